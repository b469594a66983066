"""Where pages begin, compared with the pages of the file itself."""

import pytest
from lxml import etree

from jobdesc.documents import pdf as pdf_module
from jobdesc.documents.blocks import Items, Outline, Paragraph
from jobdesc.documents.errors import RenderFailed
from jobdesc.documents.html import render_fragment
from jobdesc.documents.layout import Break, Layout, answer, lay_out, layout_request
from jobdesc.documents.pdf import page_count, render_pdf
from tests.documents.builders import DUTIES, a_list, a_logo, a_long_outline, a_section, an_outline
from tests.documents.reading import Part, blocks, shown, squeezed
from tests.forms import read_html


def faults(outline: Outline, pdf: bytes = b"") -> list[str]:
    """How the layout of `outline` differs from its PDF: the pages, and what each begins with."""
    layout, pdf = lay_out(outline), pdf or render_pdf(outline)
    if layout.pages != page_count(pdf) or len(layout.breaks) != layout.pages - 1:
        return [f"{page_count(pdf)} pages: {layout}"]
    said = [part for part in blocks(pdf) if part.text]
    starts = enumerate(layout.breaks, 2)
    return [
        f"page {page}: {found}" for page, found in starts if not fits(found, page, said, outline)
    ]


def fits(found: Break, page: int, said: list[Part], outline: Outline) -> bool:
    """Whether the first block of a page is what the break says; a file parts what a page parts."""
    place = next(n for n, part in enumerate(said) if page in part.pages)
    first, before = squeezed(said[place].text), squeezed(said[place - 1].text)
    words = squeezed(pointed_at(found, outline))
    if found.line == found.of:
        return words.endswith(before)
    if found.line:
        return first in words and before in words and first != words
    return words.startswith(first)


def pointed_at(found: Break, outline: Outline) -> str:
    """The text that a break names, in the fragment that the preview shows."""
    fragment = render_fragment(outline, heading_level=2, targets=True)
    root, _ = read_html(f"<!doctype html><title>t</title>{fragment}")
    kind, _, key = found.target.partition(":")
    path = "//*[@data-target=$name]"
    if kind == "section":
        path = "//*[@data-section=$name]/*[@class='heading']"
    elements = root.xpath(path, name=key if kind == "section" else found.target)
    return "".join(etree.ElementBase.itertext(elements[found.nth]))


def numbered(count: int, target: str = "about_us") -> Paragraph:
    """A paragraph of so many lines."""
    return Paragraph(text="\n".join(f"Line {n}." for n in range(count)), target=target)


def flowing(filler: int) -> Outline:
    """Sections of which one meets the page's end at another place for each `filler`."""
    lists: tuple[Items | Paragraph, ...] = (a_list(*DUTIES, lead="Lead-in"),) * 2
    return an_outline(
        sections=(
            a_section("First", numbered(filler + 1)),
            *(a_section("More", *lists, Paragraph(text=" ".join(DUTIES), target="summary")),) * 3,
        )
    )


def lines_on_page(outline: Outline, page: int) -> int:
    """How many of the numbered lines a page of the file shows."""
    texts = shown(render_pdf(outline)).texts
    return "".join(text for (number, _), text in texts.items() if number == page).count("Line")


def test_one_page_has_no_break() -> None:
    assert lay_out(an_outline()) == Layout(pages=1, breaks=())


@pytest.mark.parametrize("outline", [a_long_outline(), a_long_outline(paper="a4")])
def test_two_pages_break_where_the_file_does(outline: Outline) -> None:
    assert lay_out(outline).pages == 2
    assert faults(outline) == []


def test_every_kind_of_break_is_where_the_file_has_it() -> None:
    kinds = set()
    for filler in range(0, 30, 2):
        outline = flowing(filler)
        assert faults(outline) == []
        for found in lay_out(outline).breaks:
            place = "end" if found.line == found.of else "within" if found.line else "start"
            kinds.add((found.target.partition(":")[0].partition("-")[0], place))
    assert kinds >= {
        ("section", "start"),  # before a heading
        ("line", "start"),  # between items
        ("line", "end"),  # before a lead-in, which has no target
        ("summary", "start"),  # before a paragraph
        ("summary", "within"),
    }


def test_a_break_within_a_paragraph_counts_its_lines() -> None:
    outline = an_outline(sections=(a_section("About us", numbered(60)),))
    (found,) = lay_out(outline).breaks
    assert found == Break(target="about_us", nth=0, line=lines_on_page(outline, 1), of=60)


def test_three_pages_count_the_lines_of_both_before() -> None:
    outline = an_outline(sections=(a_section("About us", numbered(110)),))
    layout = lay_out(outline)
    assert layout.pages == 3
    assert faults(outline) == []
    on_the_first, on_the_second = lines_on_page(outline, 1), lines_on_page(outline, 2)
    assert [(found.line, found.of) for found in layout.breaks] == [
        (on_the_first, 110),
        (on_the_first + on_the_second, 110),
    ]


def test_letter_and_a4_break_at_their_own_lines() -> None:
    sections = (a_section("About us", numbered(60)),)
    letter, a4 = (
        lay_out(an_outline(paper=paper, sections=sections)).breaks[0].line
        for paper in ("letter", "a4")
    )
    assert letter < a4


def test_a_paragraph_is_told_from_others_of_its_target() -> None:
    text = "\n\n".join(f"Paragraph {n}. {DUTIES[0]}" for n in range(40))
    outline = an_outline(sections=(a_section("About us", Paragraph(text=text, target="about_us")),))
    (found,) = lay_out(outline).breaks
    assert found.target == "about_us" and found.nth > 10
    assert faults(outline) == []


def test_a_heading_is_told_by_its_part() -> None:
    found = next(
        found
        for filler in range(0, 30, 2)
        for found in lay_out(flowing(filler)).breaks
        if found.target.startswith("section:")
    )
    assert (found.target, found.line, found.of) == ("section:more", 0, 1)


def test_an_item_longer_than_a_page_breaks_within() -> None:
    outline = an_outline(sections=(a_section("Duties", a_list(" ".join(DUTIES * 14))),))
    layout = lay_out(outline)
    assert faults(outline) == []
    assert layout.breaks[-1].line > 0


def test_characters_without_a_glyph_and_right_to_left_count_as_printed() -> None:
    words = " ".join(["🎉 Welcome to the team", "صباح الخير", "ようこそ", "x" * 400] * 20)
    outline = an_outline(
        logo=a_logo(),
        sections=(a_section("About us", Paragraph(text=words, target="about_us"), numbered(30)),),
    )
    layout = lay_out(outline)
    assert layout.pages == page_count(render_pdf(outline)) > 1


def test_a_page_that_begins_with_facts_begins_after_the_title() -> None:
    facts = tuple({"label": f"Fact {n}", "value": "Long " * 60} for n in range(20))
    layout = lay_out(an_outline(facts=facts))
    assert layout.breaks[0] == Break(target="title", nth=0, line=1, of=1)


def test_a_worker_is_asked_for_layouts_and_files_alike() -> None:
    outline = a_long_outline()
    assert Layout.model_validate_json(answer(layout_request(outline))) == lay_out(outline)
    assert answer(outline.model_dump_json().encode()) == render_pdf(outline)


def test_what_the_renderer_gives_up_with_is_said_in_one_error_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_module, "render_page", lambda *_, **__: "<img src=file:///etc/passwd>")
    with pytest.raises(RenderFailed):
        lay_out(an_outline())
