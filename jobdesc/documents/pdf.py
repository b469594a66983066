"""Outline to PDF/UA-1. The only module that knows WeasyPrint, and it loads it on first use.

One process renders one document at a time: the engine is not safe to share between threads,
so the app calls `render_request` in processes of its own (jobdesc.workers).
"""

import os
import re
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jobdesc.documents.blocks import Outline
from jobdesc.documents.errors import PdfUnavailable, RenderFailed
from jobdesc.documents.html import document_rules, render_page, style_text
from jobdesc.documents.naming import Namer
from jobdesc.documents.text import breakable
from jobdesc.documents.typefaces import coverage, fontconfig_text

LOGO = "asset:logo"
SHEETS = ("posting.css", "posting-print.css")
# WeasyPrint tags dl wrongly; a list of label and value gives L, LI and LBody.
FACTS = {"list": "ul", "fact": "li", "label": "p", "value": "p"}
GIVES_UP = (ArithmeticError, AssertionError, LookupError, OSError, TypeError, ValueError)
_OBJECTS = re.compile(rb"<</Type /ObjStm[^>]*/Length (\d+)>>\s*stream\n")
_PAGES = re.compile(rb"/Type /Pages.*?/Count (\d+)", re.DOTALL)


@dataclass(frozen=True)
class Engine:
    """WeasyPrint's module, the one font configuration, the parsed style sheet, two of its types."""

    weasyprint: Any
    fonts: Any
    sheet: Any
    refusal: type[BaseException]
    line: type[Any]


def render_pdf(outline: Outline) -> bytes:
    """A PDF/UA-1 file; the same outline gives the same bytes on the same machine.

    Characters without a glyph are named in brackets: `naming.unprintable` lists them.
    Raises `PdfUnavailable` or `RenderFailed`.
    """
    engine = load_engine()
    html, options = _prepare(engine, outline)
    with _giving_up(engine):
        return bytes(html.write_pdf(finisher=_map_every_glyph, **options))


def page_boxes(outline: Outline) -> list[Any]:
    """WeasyPrint's box of each page of `render_pdf`; elements carry data-target. Raises as it."""
    engine = load_engine()
    html, options = _prepare(engine, outline, targets=True)
    with _giving_up(engine):
        return [page._page_box for page in html.render(**options).pages]


def render_request(request: bytes) -> bytes:
    """`render_pdf` for a worker process: `request` is `outline.model_dump_json()` in UTF-8."""
    return render_pdf(Outline.model_validate_json(request))


def warm_up() -> None:
    """Load everything that the first document would wait for."""
    load_engine()


def page_count(pdf: bytes) -> int:
    """How many pages a file of `render_pdf` has; its page tree stands in its object stream."""
    total = 0
    for head in _OBJECTS.finditer(pdf):
        objects = zlib.decompress(pdf[head.end() : head.end() + int(head[1])])
        total += sum(int(count) for count in _PAGES.findall(objects))
    return total


@cache
def load_engine() -> Engine:
    """Import WeasyPrint with our fonts alone. Raises `PdfUnavailable`."""
    with tempfile.TemporaryDirectory(prefix="jobdesc-fonts-") as folder:
        setup = Path(folder) / "fonts.conf"
        setup.write_text(fontconfig_text(_index_folder()), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(setup)
        try:
            import weasyprint  # noqa: PLC0415
            from weasyprint.formatting_structure.boxes import LineBox  # noqa: PLC0415
            from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
            from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415
        except (ImportError, OSError) as error:
            raise PdfUnavailable(str(error)) from error
        fonts = FontConfiguration()
    sheet = weasyprint.CSS(
        string=style_text(SHEETS), font_config=fonts, url_fetcher=asset_fetcher({})
    )
    return Engine(weasyprint, fonts, sheet, FatalURLFetchingError, LineBox)


def asset_fetcher(assets: Mapping[str, tuple[str, bytes]]) -> Any:
    """A fetcher that serves `assets` (address to media type and bytes) and refuses all else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url not in assets:
                raise ValueError(f"Refused to fetch {url}")
            media_type, data = assets[url]
            return URLFetcherResponse(url, data, {"Content-Type": media_type})

    return AssetFetcher()


def _prepare(
    engine: Engine, outline: Outline, *, targets: bool = False
) -> tuple[Any, dict[str, Any]]:
    """WeasyPrint's document and what it is rendered with, the same for files and layouts."""
    namer = Namer(coverage())
    source = render_page(
        outline,
        style=document_rules(outline),
        say=lambda text: breakable(namer(text)),
        logo_source=LOGO,
        parts=FACTS,
        targets=targets,
    )
    fetch = asset_fetcher(_assets(outline))
    html = engine.weasyprint.HTML(string=source, url_fetcher=fetch)
    return html, {
        "stylesheets": [engine.sheet],
        "font_config": engine.fonts,
        "pdf_variant": "pdf/ua-1",
    }


@contextmanager
def _giving_up(engine: Engine) -> Iterator[None]:
    """Whatever the renderer gives up with becomes `RenderFailed`."""
    try:
        yield
    except (*GIVES_UP, engine.refusal) as error:
        raise RenderFailed(f"{type(error).__name__}: {error}") from error


def _map_every_glyph(_document: Any, pdf: Any) -> None:
    """Give the second glyph of a cluster, as in Devanagari, a text too, as PDF/UA asks.

    WeasyPrint leaves it empty; the combining grapheme joiner is ignored by readers.
    """
    for entry in pdf.objects:
        lines = getattr(entry, "stream", None)
        if lines and lines[0] == b"/CIDInit /ProcSet findresource begin":
            entry.stream = [re.sub(rb"(?<= )<>$", b"<034f>", line) for line in lines]


def _assets(outline: Outline) -> dict[str, tuple[str, bytes]]:
    logo = outline.logo
    return {LOGO: (logo.media_type, logo.data)} if logo else {}


def _index_folder() -> Path:
    """Where fontconfig keeps its index of fonts between starts."""
    home = Path.home() if "HOME" in os.environ else Path(tempfile.gettempdir())
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "jobdesc" / "fontconfig"
