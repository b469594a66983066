"""Every shipped role at every level, as a posting and as a job description, in every format."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, pairwise, product
from pathlib import Path

import pytest

from jobdesc.app import ROOT
from jobdesc.documents.blocks import Items, Outline
from jobdesc.documents.html import render_html
from jobdesc.documents.job_description import job_description_outline
from jobdesc.documents.lines import outline_lines
from jobdesc.documents.naming import unprintable
from jobdesc.documents.outline import posting_outline
from jobdesc.documents.pdf import page_count
from jobdesc.postings.assemble import assemble
from jobdesc.roles.at_level import role_at_level
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.services.content import Content, read_folder
from jobdesc.workers.pool import RenderPool
from tests.documents.builders import a_logo
from tests.documents.reading import blocks, lines, opened, parts, rules_failed, shown, squeezed
from tests.documents.test_html import html_lines
from tests.documents.test_layout import faults as layout_faults
from tests.markup import html_problems
from tests.samples import harbor_county

MOMENT = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)
SLUGS = sorted(path.stem for path in (ROOT / "content" / "roles").glob("*.yaml"))
KINDS = ("letter", "a4", "description")
NAMES = [f"{slug}/{level}/{kind}" for slug, level, kind in product(SLUGS, LEVELS, KINDS)]
POSTINGS = [name for name in NAMES if not name.endswith("description")]
POINTS = {"letter": (612, 792), "a4": (595, 842), "description": (612, 792)}


@dataclass(frozen=True)
class Made:
    """One document: what it should say, and its two files."""

    outline: Outline
    pdf: bytes
    html: bytes


def outline_of(name: str, content: Content) -> Outline:
    """The outline called role/level/kind, for an organization whose profile is filled."""
    slug, level, kind = name.split("/")
    references = content.references
    held = role_at_level(content.roles[slug], Level(level), references.credentials)
    if kind == "description":
        return job_description_outline(held, harbor_county(), a_logo())
    organization, numbers = harbor_county(paper=kind), count()
    posting = assemble(held, organization, references.statements, lambda: f"n{next(numbers)}")
    return posting_outline(posting, organization, a_logo(), MOMENT, MOMENT)


@pytest.fixture(scope="module")
def made() -> dict[str, Made]:
    """Every document by its name, made by the processes that make downloads."""
    content = read_folder(ROOT / "content")
    outlines = [outline_of(name, content) for name in NAMES]
    whole = zip(NAMES, outlines, all_pdfs(outlines), strict=True)
    return {name: Made(outline, pdf, render_html(outline)) for name, outline, pdf in whole}


def all_pdfs(outlines: list[Outline]) -> list[bytes]:
    """The PDFs of the outlines, made two at a time."""
    pool = RenderPool("jobdesc.documents.pdf:render_request", size=2, wait_seconds=120)
    requests = (outline.model_dump_json().encode() for outline in outlines)
    with closing(pool), ThreadPoolExecutor(2) as threads:
        return list(threads.map(pool.render, requests))


Where = Callable[[Made], object]


def failing(made: dict[str, Made], fault: Where) -> dict[str, object]:
    """What `fault` finds, by the name of the document it was found in."""
    return {name: found for name, document in made.items() if (found := fault(document))}


def test_22_roles_at_five_levels_are_shipped(made: dict[str, Made]) -> None:
    assert len(made) == 22 * 5 * len(KINDS)


def test_every_pdf_keeps_every_rule_of_pdf_ua_1(made: dict[str, Made]) -> None:
    assert failing(made, lambda document: rules_failed(document.pdf)) == {}


def test_every_pdf_says_the_lines_of_its_outline_in_order(made: dict[str, Made]) -> None:
    def differs(document: Made) -> bool:
        said = squeezed("".join(lines(document.pdf)))
        return said != squeezed("".join(outline_lines(document.outline)))

    assert failing(made, differs) == {}


def test_every_html_file_says_the_lines_of_its_outline_in_order(made: dict[str, Made]) -> None:
    def differs(document: Made) -> bool:
        said = " ".join(html_lines(document.html))
        return said != " ".join(" ".join(outline_lines(document.outline)).split())

    assert failing(made, differs) == {}


def test_every_html_file_is_valid(made: dict[str, Made], tmp_path: Path) -> None:
    names = [name for name in made if not name.endswith("a4")]  # which differs in one rule only
    files = [tmp_path / f"{name.replace('/', '_')}.html" for name in names]
    for name, file in zip(names, files, strict=True):
        file.write_bytes(made[name].html)
    assert html_problems(files) == []


def test_no_heading_stands_alone_at_the_foot_of_a_page(made: dict[str, Made]) -> None:
    def alone(document: Made) -> list[str]:
        leads = {
            squeezed(block.lead)
            for section in document.outline.sections
            for block in section.blocks
            if isinstance(block, Items) and block.lead
        }
        found = [part for part in blocks(document.pdf) if part.text]
        return [
            part.text
            for part, following in pairwise(found)
            if (part.tag == "H2" or squeezed(part.text) in leads)
            and part.pages[-1:] != following.pages[:1]
        ]

    assert failing(made, alone) == {}


def test_no_item_is_split_by_the_end_of_a_page(made: dict[str, Made]) -> None:
    def split(document: Made) -> list[str]:
        return [p.text for p in parts(document.pdf) if p.tag == "LI" and len(p.pages) > 1]

    assert failing(made, split) == {}


def test_no_character_lacks_its_glyph(made: dict[str, Made]) -> None:
    def lacking(document: Made) -> object:
        boxes = [font for font, glyphs in shown(document.pdf).glyphs.items() if 0 in glyphs]
        return boxes or unprintable(document.outline)

    assert failing(made, lacking) == {}


def test_the_page_has_the_size_of_the_paper(made: dict[str, Made]) -> None:
    sizes = {name: POINTS[name.rpartition("/")[2]] for name in made}
    assert {name: size_of(document.pdf) for name, document in made.items()} == sizes


def test_every_posting_fits_on_two_pages(made: dict[str, Made]) -> None:
    pages = {name: page_count(made[name].pdf) for name in POSTINGS}
    assert {name: number for name, number in pages.items() if number not in (1, 2)} == {}


def test_the_layout_that_the_builder_asks_for_is_that_of_the_file(made: dict[str, Made]) -> None:
    some = {name: made[name] for name in POSTINGS[::7]}  # each role, level and paper among them
    assert failing(some, lambda posting: layout_faults(posting.outline, posting.pdf)) == {}


def size_of(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page in points."""
    with opened(pdf) as document:
        box = [float(side) for side in document.pages[0].mediabox]
    return round(box[2]), round(box[3])
