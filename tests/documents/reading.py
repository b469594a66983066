"""Read a PDF back: its structure tree, what each part says and on which page, its glyphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from itertools import takewhile
from typing import Any

import page as page_validation
import pikepdf

KEPT = 400
"""More than the shipped documents, which one test after another goes through."""

_PAIR = re.compile(r"<([0-9a-f]{4})> <([0-9a-f]*)>")


@dataclass(frozen=True)
class Part:
    """One element of the structure tree."""

    tag: str
    text: str
    pages: tuple[int, ...]
    inside: tuple[str, ...]
    alt: str = ""


@dataclass
class Shown:
    """What the pages show: text by page and mark, and every font with its glyph ids."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    glyphs: dict[str, set[int]] = field(default_factory=dict)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def rules_failed(pdf: bytes) -> list[str]:
    """Every rule of PDF/UA-1 that `pdf` breaks."""
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf_bytes(pdf, profile=profile)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@lru_cache(maxsize=KEPT)
def parts(pdf: bytes) -> list[Part]:
    """All elements of the structure tree in reading order."""
    document = opened(pdf)
    numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
    texts = shown(pdf).texts
    return [
        part
        for kid in _kids(document.Root.StructTreeRoot)
        for part in _walk(kid, numbers, texts, ())
    ]


def lines(pdf: bytes) -> list[str]:
    """The text of every heading, paragraph and list item, in reading order."""
    return [part.text for part in blocks(pdf) if part.text]


def blocks(pdf: bytes) -> list[Part]:
    """Headings, paragraphs and bodies of bulleted items."""
    found = parts(pdf)
    return [
        part
        for place, part in enumerate(found)
        if part.tag in ("P", "H1", "H2")
        or (part.tag == "LBody" and "P" not in _tags_in(place, found))
    ]


@lru_cache(maxsize=KEPT)
def shown(pdf: bytes) -> Shown:
    """Decode the text of all pages by the fonts' own maps."""
    result = Shown()
    with opened(pdf) as document:
        for number, page in enumerate(document.pages, 1):
            _read_page(page, number, result)
    return result


def squeezed(text: str) -> str:
    """`text` without any white space, as line ends are not kept in a PDF."""
    return re.sub(r"[\s\u200b]+", "", text)


def _read_page(page: Any, number: int, result: Shown) -> None:
    fonts = {name: _font(font) for name, font in (page.Resources.get("/Font") or {}).items()}
    name, mapping, mark = "", {}, -1
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                mark = int(operands[1].get("/MCID", -1)) if len(operands) > 1 else -1
            case "EMC":
                mark = -1
            case "Tf":
                name, mapping = fonts[str(operands[0])]
            case "Tj" | "TJ":
                kinds = operands[0] if str(operator) == "TJ" else operands
                for codes in (bytes(part) for part in kinds if isinstance(part, pikepdf.String)):
                    ids = [int.from_bytes(codes[n : n + 2]) for n in range(0, len(codes), 2)]
                    result.glyphs.setdefault(name, set()).update(ids)
                    text = "".join(mapping.get(glyph, "") for glyph in ids)
                    result.texts[number, mark] = result.texts.get((number, mark), "") + text
            case _:
                pass


def _font(font: Any) -> tuple[str, dict[int, str]]:
    table = font.ToUnicode.read_bytes().decode()
    pairs = _PAIR.findall(table.partition("beginbfchar")[2])
    return str(font.BaseFont), {
        int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs
    }


def _walk(
    element: Any,
    numbers: dict[Any, int],
    texts: dict[tuple[int, int], str],
    inside: tuple[str, ...],
) -> Iterator[Part]:
    tag = str(element.S)[1:]
    below = [
        part
        for kid in _kids(element)
        if isinstance(kid, pikepdf.Dictionary)
        for part in _walk(kid, numbers, texts, (*inside, tag))
    ]
    number = numbers[element.Pg.objgen] if "/Pg" in element else 0
    marks = [int(kid) for kid in _kids(element) if not isinstance(kid, pikepdf.Dictionary)]
    direct = [part for part in below if len(part.inside) == len(inside) + 1]
    text = "".join(texts.get((number, mark), "") for mark in marks)
    text += "".join(part.text for part in direct)
    pages = {number} if marks else {page for part in direct for page in part.pages}
    yield Part(tag, text, tuple(sorted(pages)), inside, str(element.get("/Alt", "")))
    yield from below


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _tags_in(place: int, found: list[Part]) -> set[str]:
    """The tags of the elements that stand under the one at `place`, which follow it."""
    under = takewhile(lambda part: len(part.inside) > len(found[place].inside), found[place + 1 :])
    return {part.tag for part in under}
