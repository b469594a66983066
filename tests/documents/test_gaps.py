"""A gap that a placeholder leaves is the same words in every format, and marked on the page."""

from datetime import UTC, datetime

from jobdesc.documents.html import render_fragment, render_html
from jobdesc.documents.lines import outline_lines
from jobdesc.documents.outline import posting_outline
from jobdesc.documents.pdf import render_pdf
from jobdesc.documents.text import mark_gaps
from tests.documents.reading import lines
from tests.postings.builders import a_posting, an_organization

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
POSTING = a_posting(
    summary="{title} in {place}, {department}. {plaec} {{x}} <b>{level}</b>",
    lines=[{"id": "a", "section": "duties", "text": "Serve {place} for {contact}."}],
)
OUTLINE = posting_outline(POSTING, an_organization(), None, NOON, NOON, "Case Manager")
WORDS = (
    "Case Manager in Portland, Oregon, [department missing]. [plaec missing] {x} <b>II</b>",
    "Serve Portland, Oregon for [contact missing].",
)


def test_pdf_html_and_text_say_the_same_gaps() -> None:
    for said in WORDS:
        assert said in outline_lines(OUTLINE)
        assert said in " ".join(lines(render_pdf(OUTLINE)))
    html = render_html(OUTLINE).decode()
    assert '<span class="gap">[department missing]</span>' in html
    assert "{department}" not in html and "{plaec}" not in html
    assert "&lt;b&gt;II&lt;/b&gt;" in html


def test_only_gaps_are_marked() -> None:
    fragment = render_fragment(OUTLINE)
    assert fragment.count('class="gap"') == 3
    assert mark_gaps("a [x missing] b") == [(False, "a "), (True, "[x missing]"), (False, " b")]
    assert mark_gaps("[missing]") == [(False, "[missing]")]
    assert mark_gaps("") == []
