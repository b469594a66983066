"""The checked client finds each fault that it is there for."""

import pytest

from tests.checked import page_faults

GOOD = """<!doctype html>
<html lang="en-US"><head><meta charset="utf-8"><title>{title}Edit - jobdesc</title></head>
<body><main id="main"><h1>Edit</h1>{body}</main></body></html>"""
FORM = '<form method="post"><input type="hidden" name="csrf_token" value="x">{}</form>'


def faults_of(body: str = "", title: str = "") -> str:
    return "; ".join(page_faults(GOOD.format(title=title, body=body)))


@pytest.mark.parametrize(
    "body",
    [
        "",
        FORM.format('<label for="a">A</label><input id="a">'),
        FORM.format('<label>A <input></label><textarea aria-label="B"></textarea>'),
        '<form action="/"><input type="search" name="q" aria-label="Search"></form>',
        '<a href="https://www.bls.gov/">Wages</a><a href="#main">Up</a><img src="/a" alt="">',
    ],
)
def test_a_good_page_has_no_fault(body: str) -> None:
    assert faults_of(body) == ""
    assert faults_of(body, "Error: ") == ""


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p><div></p>", "line"),
        ("<h1>Two</h1>", "2 h1"),
        ("<input id='a'>", "no label"),
        ("<select></select>", "no label"),
        ("<textarea></textarea>", "no label"),
        ("<button></button>", "no words"),
        ("<img src='/a'>", "no alt"),
        ("<p id='a'></p><p id='a'></p>", "'a' stands 2 times"),
        ("<label for='a'>A</label>", "for to no 'a'"),
        ("<p aria-describedby='main gone'></p>", "aria-describedby to no 'gone'"),
        ("<a href='#gone'>x</a>", "a link to no '#gone'"),
        ("<form method='POST'></form>", "without its token"),
        ("<form><input type='hidden' name='csrf_token' value='x'></form>", "token in an address"),
        ("<p style='color:red'></p>", "inline style"),
        ("<p onclick='x()'></p>", "inline onclick"),
        ("<script>x()</script>", "inline <script>"),
        ("<style>p{}</style>", "inline <style>"),
        ("<a href=' JavaScript:x()'>x</a>", "script in a link"),
        ("<script src='https://cdn.example/x.js'></script>", "another host"),
        ("<img alt='' src='//cdn.example/x.png'>", "another host"),
        ("<form action='https://evil.example'></form>", "another host"),
    ],
)
def test_each_fault_is_found(body: str, fault: str) -> None:
    assert fault in faults_of(body)


def test_the_title_starts_with_the_heading() -> None:
    assert "does not start with the h1" in faults_of(title="Do ")


def test_a_part_of_a_page_needs_no_heading_and_is_checked_all_the_same() -> None:
    assert page_faults("<div><p>Two results</p></div>") == []
    assert "no label" in "; ".join(page_faults("<div><input></div>"))
