"""The fragment and the self-contained file."""

import base64
import hashlib
import re
from pathlib import Path

import html5lib
import pytest
from lxml import etree

from jobdesc.documents.blocks import Fact, Outline, Paragraph
from jobdesc.documents.html import document_rules, render_fragment, render_html
from jobdesc.documents.lines import outline_lines
from tests.documents.builders import a_list, a_logo, a_long_outline, a_section, an_outline
from tests.markup import html_problems

HOSTILE = "</style></title><script>alert(1)</script> {{ 7*7 }} & \"x\" 'y' <img src=x onerror=a>"


def parsed(html: bytes | str) -> etree._Element:
    text = html.decode() if isinstance(html, bytes) else html
    return html5lib.parse(text, treebuilder="lxml", namespaceHTMLElements=False).getroot()


def html_lines(html: bytes) -> list[str]:
    found = parsed(html).iter("p", "h1", "h2", "dt", "dd", "li")
    return [" ".join(" ".join(element.itertext()).split()) for element in found]


def hostile_outline() -> Outline:
    return an_outline(
        title=HOSTILE,
        organization=HOSTILE,
        subtitle=HOSTILE,
        footnote=HOSTILE,
        lang="en-US",
        facts=(Fact(label=HOSTILE, value=HOSTILE),),
        sections=(a_section(HOSTILE, Paragraph(text=HOSTILE), a_list(HOSTILE, lead=HOSTILE)),),
        accent="red}</style><script>",
    )


def test_the_file_says_the_lines_of_the_outline_in_order() -> None:
    for outline in (an_outline(), a_long_outline()):
        joined = " ".join(html_lines(render_html(outline)))
        assert joined == " ".join(" ".join(outline_lines(outline)).split())


def test_the_file_is_valid_html(tmp_path: Path) -> None:
    outlines = (
        an_outline(),
        a_long_outline(),
        hostile_outline(),
        an_outline(facts=(), sections=()),
    )
    files = [tmp_path / f"{number}.html" for number in range(len(outlines))]
    for file, outline in zip(files, outlines, strict=True):
        file.write_bytes(render_html(outline))
    assert html_problems(files) == []


def test_hostile_text_is_text() -> None:
    root = parsed(render_html(hostile_outline()))
    assert not list(root.iter("script"))
    assert not list(root.iter("img"))
    assert HOSTILE in "".join(root.itertext("h1"))
    assert "49" not in "".join(root.itertext("h1"))


def test_the_policy_allows_its_own_style_and_nothing_else() -> None:
    root = parsed(render_html(a_long_outline()))
    style = root.findtext(".//style")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = root.find(".//meta[@http-equiv]").get("content")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    assert not re.search(r"(?:href|url\(|@import|@font-face)", style)


def test_the_file_has_language_title_viewport_and_dates() -> None:
    root = parsed(render_html(an_outline(lang="es-US")))
    meta = {element.get("name"): element.get("content") for element in root.iter("meta")}
    assert root.get("lang") == "es-US"
    assert root.findtext(".//title") == "Registered Nurse Case Manager II"
    assert meta["viewport"] == "width=device-width, initial-scale=1"
    assert meta["dcterms.created"] == "2026-11-03T09:30:00Z"
    assert meta["dcterms.modified"] == "2026-11-23T16:05:00Z"


def test_the_logo_is_within_the_file_or_comes_from_where_the_page_says() -> None:
    outline = an_outline(logo=a_logo())
    image = parsed(render_html(outline)).find(".//img")
    assert image.get("src").startswith("data:image/png;base64,")
    assert image.get("alt") == "Harbor County Health Services logo"
    assert 'src="/logo"' in render_fragment(outline, logo_source="/logo")


def test_the_fragment_has_the_level_that_the_page_asks_for_and_no_style() -> None:
    fragment = render_fragment(an_outline(), heading_level=2)
    root = parsed(fragment)
    assert len(list(root.iter("h2"))) == 1
    assert len(list(root.iter("h3"))) == 5
    assert not list(root.iter("h1", "style", "script"))
    assert "style=" not in fragment
    assert "data-" not in fragment


def test_the_fragment_carries_targets_for_the_preview() -> None:
    root = parsed(render_fragment(an_outline(), targets=True))
    targets = [element.get("data-target") for element in root.iter() if element.get("data-target")]
    assert targets[:3] == ["title", "summary", "line-Asse"]
    assert next(root.iter("section")).get("data-section") == "about the role"


def test_blank_lines_make_paragraphs_and_line_ends_make_lines() -> None:
    outline = an_outline(sections=(a_section("How to apply", Paragraph(text="a\nb\n\n\nc")),))
    assert '<p dir="auto">a<br>b</p>\n<p dir="auto">c</p>' in render_fragment(outline)


@pytest.mark.parametrize(
    ("accent", "used"),
    [("#aa3300", "#aa3300"), ("", "#0f5f66"), ("red", "#0f5f66"), ("#fff;}x{", "#0f5f66")],
)
def test_only_a_checked_color_reaches_the_style(accent: str, used: str) -> None:
    assert f"--accent:{used}}}" in document_rules(an_outline(accent=accent))


def test_paper_decides_the_page_size() -> None:
    assert "size:8.5in 11in" in document_rules(an_outline())
    assert "size:210mm 297mm" in document_rules(an_outline(paper="a4"))
