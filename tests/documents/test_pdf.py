"""PDFs opened and read back."""

import hashlib
import os
import subprocess
import sys
from itertools import pairwise

import pytest

from jobdesc.documents import pdf as pdf_module
from jobdesc.documents.blocks import Items, Outline, Paragraph
from jobdesc.documents.errors import PdfUnavailable, RenderFailed
from jobdesc.documents.lines import outline_lines
from jobdesc.documents.pdf import asset_fetcher, page_count, render_pdf, render_request
from tests.documents.builders import DUTIES, a_list, a_logo, a_long_outline, a_section, an_outline
from tests.documents.reading import blocks, lines, opened, parts, rules_failed, shown, squeezed

POINTS = {"letter": (612, 792), "a4": (595, 842)}


def test_one_and_two_pages_pass_pdf_ua_1() -> None:
    for outline in (an_outline(), a_long_outline()):
        assert rules_failed(render_pdf(outline)) == []


def test_the_pdf_says_the_lines_of_the_outline_in_order() -> None:
    for outline in (an_outline(), a_long_outline()):
        said = squeezed("".join(lines(render_pdf(outline))))
        assert said == squeezed("".join(outline_lines(outline)))


def test_headings_lists_and_picture_are_tagged() -> None:
    found = parts(render_pdf(a_long_outline()))
    tags = [part.tag for part in found]
    assert tags.count("H1") == 1
    assert tags.count("H2") == 9
    bullets = [part for part in found if part.tag == "Lbl"]
    assert len(bullets) == 6 + 4 + 1 + 3 + 2 + 3 + 2
    assert all(part.inside[-2:] == ("L", "LI") for part in found if part.tag in ("Lbl", "LBody"))
    assert [part.alt for part in found if part.tag == "Figure"] == [
        "Harbor County Health Services logo"
    ]


def test_language_title_dates_and_bookmarks_are_set() -> None:
    with opened(render_pdf(an_outline(lang="es-US"))) as pdf, pdf.open_metadata() as meta:
        assert str(pdf.Root.Lang) == "es-US"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert meta["dc:title"] == "Registered Nurse Case Manager II"
        assert str(pdf.docinfo["/ModDate"]).startswith("D:20261123160500")
        with pdf.open_outline() as outline:
            assert [entry.title for entry in outline.root] == ["Registered Nurse Case Manager II"]
            assert [entry.title for entry in outline.root[0].children][:2] == [
                "About the role", "What you will do",
            ]  # fmt: skip


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_page_has_the_size_of_the_paper(paper: str) -> None:
    with opened(render_pdf(an_outline(paper=paper))) as pdf:
        box = [float(side) for side in pdf.pages[0].mediabox]
    assert (round(box[2]), round(box[3])) == POINTS[paper]


def test_title_and_page_number_stand_in_the_foot_from_the_second_page() -> None:
    pdf = render_pdf(a_long_outline())
    texts = shown(pdf).texts
    feet = {number for (number, _), text in texts.items() if text in ("1 / 2", "2 / 2")}
    assert feet == {2}
    title = a_long_outline().title
    assert [number for (number, _), text in texts.items() if text == title] == [1, 2]
    assert lines(pdf).count(title) == 1, "the foot is not read out"


def test_pages_are_counted() -> None:
    assert page_count(render_pdf(an_outline())) == 1
    assert page_count(render_pdf(a_long_outline())) == 2
    assert page_count(b"not a file") == 0


def test_the_same_outline_gives_the_same_bytes_in_two_processes() -> None:
    script = (
        "import sys, hashlib; from jobdesc.documents.pdf import render_request;"
        "print(hashlib.sha256(render_request(sys.stdin.buffer.read())).hexdigest())"
    )
    request = a_long_outline().model_dump_json().encode()
    digests = {hashlib.sha256(render_request(request)).hexdigest()}
    for seed in ("1", "2"):
        environ = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run(
            [sys.executable, "-c", script],
            input=request,
            capture_output=True,
            check=True,
            env=environ,
        )
        digests.add(run.stdout.decode().strip())
    assert len(digests) == 1


@pytest.mark.parametrize("filler", range(0, 30, 3))
def test_no_heading_ends_a_page_and_no_item_is_split(filler: int) -> None:
    pdf = render_pdf(_flowing(filler))
    found = [part for part in blocks(pdf) if part.text]
    for part, following in pairwise(found):
        if part.tag == "H2" or part.text.startswith("Lead-in"):
            assert part.pages == following.pages
    assert all(len(part.pages) == 1 for part in parts(pdf) if part.tag == "LI")
    assert rules_failed(pdf) == []


def _flowing(filler: int) -> Outline:
    """Sections of which one meets the page's end at another place for each `filler`."""
    words = Paragraph(text="\n".join(f"Line {n}" for n in range(filler + 1)))
    long_item = " ".join(DUTIES[:3])
    lists: tuple[Items | Paragraph, ...] = (a_list(long_item, *DUTIES, lead="Lead-in"),) * 2
    return an_outline(sections=(a_section("First", words), *(a_section("More", *lists),) * 4))


def test_sixty_items_and_long_titles_flow_over_pages() -> None:
    outline = an_outline(
        title=("Registered Nurse Case Manager for Complex Pediatric and Transitional Care " * 2)[
            :90
        ],
        sections=(a_section("What you will do", a_list(*(DUTIES * 10))),),
    )
    pdf = render_pdf(outline)
    assert rules_failed(pdf) == []
    assert sum(part.tag == "Lbl" for part in parts(pdf)) == 60


def test_a_request_is_the_outline_as_json_with_its_logo() -> None:
    outline = an_outline(logo=a_logo())
    assert render_request(outline.model_dump_json().encode()) == render_pdf(outline)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1/", "https://a.example/", "data:,x", "asset:x"],
)
def test_the_fetcher_refuses_all_but_its_own_assets(address: str) -> None:
    fetcher = asset_fetcher({"asset:logo": ("image/png", b"x")})
    with pytest.raises(ValueError, match="Refused"):
        fetcher.fetch(address)
    with pytest.raises(ValueError, match="Refused"):
        fetcher(address)
    assert fetcher.fetch("asset:logo").read() == b"x"


def test_a_page_that_asks_for_a_file_is_not_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pdf_module, "render_page", lambda *_, **__: "<link rel=attachment href=file:///etc/passwd>"
    )
    with pytest.raises(RenderFailed):
        render_pdf(an_outline())


def test_a_missing_library_or_font_is_said_in_one_error_type() -> None:
    hidden = (
        "import sys; sys.modules['weasyprint'] = None\n"
        "from jobdesc.documents.pdf import warm_up\n"
        "from jobdesc.documents.errors import PdfUnavailable\n"
        "try: warm_up()\n"
        "except PdfUnavailable as error: print(error)"
    )
    run = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, check=True)
    assert "weasyprint" in run.stdout
    assert issubclass(PdfUnavailable, Exception)
