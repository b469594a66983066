"""Pasting what was copied elsewhere: lines become items, headings lead to their sections."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.accounts import quick_hashes
from tests.browser.acting import button
from tests.browser.lists import (
    administrator,
    area,
    desk,
    focus,
    number,
    page_of_lists,
    paste,
    place_caret,
    shown,
    stored,
    undo,
)
from tests.desk import Desk
from tests.marks import on_sqlite

__all__ = ["administrator", "desk", "number", "page_of_lists", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

READ = """async (cases) => {
  const main = document.querySelector("script[src*='builder/main.js']").src;
  const { readPaste } = await import(main.replace("main.js", "paste.js"));
  return cases.map(([html, text]) => readPaste(html, text).map((it) => [it.section, it.lines]));
}"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:x"><head>
<meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0in} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
</head><body lang=EN-US style='tab-interval:.5in'><!--StartFragment-->
<p class=MsoNormal><b>Essential Duties &amp; Responsibilities:<o:p></o:p></b></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Assess
each client\u2019s <b>needs</b> within&nbsp;5 working&nbsp;days<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>Write a care\u00adplan<br>
with the family<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><span style='display:none;mso-hide:all'>Draft 3</span></p>
<p class=MsoNormal><b>Required Qualifications</b></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span></span><!--[endif]-->RN license</p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal>Education</p></td>
<td><p class=MsoNormal>Bachelor&#8217;s degree</p></td></tr></table>
<!--EndFragment--></body></html>"""
OUTLOOK = """<div class="WordSection1"><p class="MsoNormal">Benefits<o:p></o:p></p>
<ul style="margin-top:0in" type="disc"><li class="MsoListParagraph" style="mso-list:l0 level1 lfo1">
Health insurance<o:p></o:p></li><li class="MsoNormal">12&nbsp;holidays</li></ul>
<p class="MsoNormal"><img src="https://example.com/track.gif"><o:p>&nbsp;</o:p></p></div>"""
GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a">
<h2 dir="ltr"><span style="white-space:pre-wrap;">What you\u2019ll do</span></h2>
<ul style="margin-top:0"><li dir="ltr" style="list-style-type:disc" aria-level="1"><p dir="ltr"
role="presentation"><span style="white-space:pre-wrap;">Plan care</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span
style="white-space:pre-wrap;">Review it every 90 days</span></p></li></ul></ul><br>
<p dir="ltr"><span style="white-space:pre-wrap;">Nice to have</span></p>
<ol><li dir="ltr" aria-level="1"><p dir="ltr">Spanish \u2014 spoken</p></li></ol></b>"""
WEB = """<style>.x{color:red}</style><script>alert(1)</script><h3>Skills</h3><ul>
<li>Case\u200b notes <span hidden>secret</span><i aria-hidden="true">check</i></li>
<li><a href="javascript:alert(1)">Excel</a>, <em>Word</em><ul><li>Pivot   tables</li></ul></li></ul>
<template><p>no</p></template><!-- nor this --><p>\u2022 Drives<br>\u2022 Lifts 25 lb</p>
<img src=x onerror="alert(1)"><div style="visibility: hidden">unseen</div>"""
TEXT = """Job summary
Helps people.

RESPONSIBILITIES:
\u2022\tAssess needs
  of each client
o\tWrite plans
- Meet families
* Call agencies

Licenses & Certifications
1) RN license
(2) CCM
a. BLS

Working conditions
\u27a2 Sits
\u2013 5 days in the office
-5 to 40 degrees outdoors
"""
DOCTOR = "\U0001f469\U0001f3fd\u200d\u2695\ufe0f"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
MARKDOWN = """## **Requirements**
* Two (2) years of **direct** care
1. 2.5 GPA
"""

CASES: dict[str, tuple[str, str, list[Any]]] = {
    "Word": (WORD, "", [
        ["duties", ["Assess each client\u2019s needs within 5 working days",
                    "Write a careplan with the family"]],
        ["skills", ["RN license", "Education, Bachelor\u2019s degree"]],
    ]),
    "Outlook": (OUTLOOK, "", [["benefits", ["Health insurance", "12 holidays"]]]),
    "Google Docs": (GOOGLE_DOCS, "", [
        ["duties", ["Plan care", "Review it every 90 days"]],
        ["preferred", ["Spanish \u2014 spoken"]],
    ]),
    "web": (WEB, "", [
        ["skills", ["Case notes", "Excel, Word", "Pivot tables", "Drives", "Lifts 25 lb"]],
    ]),
    "plain text": ("", TEXT, [
        [None, ["Job summary", "Helps people."]],
        ["duties", ["Assess needs of each client", "Write plans", "Meet families",
                    "Call agencies"]],
        ["credentials", ["RN license", "CCM", "BLS"]],
        ["conditions", ["Sits", "5 days in the office", "-5 to 40 degrees outdoors"]],
    ]),
    "Markdown": ("", MARKDOWN, [["skills", ["Two (2) years of direct care", "2.5 GPA"]]]),
    "one word": ("<b>Skills</b>", "Skills", [[None, ["Skills"]]]),
    "nothing but a picture": ("<img src=x>", "", []),
    "our own headings": (
        "".join(f"<h3>{words}</h3><ul><li>x</li></ul>" for words in [
            "What you will do", "What you need", "Education", "Licenses and certifications",
            "Experience", "Skills", "Helpful, not required", "Pay and benefits",
            "Working conditions",
        ]),
        "",
        [[key, ["x"]] for key in [
            "duties", "skills", "education", "credentials", "experience", "skills", "preferred",
            "benefits", "conditions",
        ]],
    ),
    "headings of others": (
        "",
        "".join(f"{words}\n. x\n" for words in [
            "Key Responsibilities", "ESSENTIAL FUNCTIONS:", "Duties/Responsibilities",
            "Minimum Qualifications", "Knowledge, Skills, and Abilities", "Preferred Skills",
            "Education and Experience", "Certificates, Licenses, Registrations",
            "Physical Requirements", "Work Environment", "What we offer", "What you\u2019ll need",
            "We're hiring", "The skills of a nurse", "Experience with Excel",
        ]),
        [[key, [". x"]] for key in [
            "duties", "duties", "duties", "skills", "skills", "preferred", "education",
            "credentials", "conditions", "conditions", "benefits",
        ]] + [["skills", [". x", "We're hiring", ". x", "The skills of a nurse", ". x",
                          "Experience with Excel", ". x"]]],
    ),
    "emoji and other scripts": ("", f"\u2705 Teaches {DOCTOR}\n{PERSIAN}\u200b\nco\u200doperate", [
        [None, [f"Teaches {DOCTOR}", PERSIAN, "cooperate"]],
    ]),
    "cells with lists": (
        "<table><tr><th>Requirements</th><td><ul><li>a</li><li>b</li></ul></td></tr>"
        "<tr><td>Lifts</td><td>25 lb</td><td>daily</td></tr></table>", "",
        [["skills", ["a", "b", "Lifts, 25 lb, daily"]]],
    ),
}  # fmt: skip


@pytest.fixture
def page(page_of_lists: Page) -> Page:
    return page_of_lists


def test_what_other_programs_copy_is_read_as_plain_lines(page: Page) -> None:
    read = page.evaluate(READ, [[html, text] for html, text, _ in CASES.values()])
    for name, found, (_, _, wanted) in zip(CASES, read, CASES.values(), strict=True):
        assert found == wanted, name


def test_one_line_goes_in_at_the_caret(page: Page, desk: Desk, number: int) -> None:
    before = shown(page)
    place_caret(page, 1, 6)
    paste(page, " boldly ", "<p> <b>bold</b>ly </p>")
    assert shown(page) == [f"{before[0][:6]} boldly {before[0][6:]}", *before[1:]]
    assert focus(page) == ("duties", 1, "text", 14)
    undo(page)
    place_caret(page, 1, -1)
    paste(page, "and ")
    page.keyboard.type("more")
    assert stored(page, desk, number)[0] == f"{before[0]}and more"
    undo(page)
    assert shown(page)[0].strip() == f"{before[0]}and"
    undo(page)
    assert shown(page) == before


def test_several_lines_make_several_items_in_one_step(page: Page, desk: Desk, number: int) -> None:
    before = shown(page)
    head, tail = before[1][:10].rstrip(), before[1][10:].strip()
    place_caret(page, 2, 10)
    paste(page, "\u2022 One\n\u2022 Two\n\u2022 Three\n")
    now = [before[0], f"{head} One", "Two", f"Three {tail}", *before[2:]]
    assert shown(page) == now
    assert focus(page) == ("duties", 4, "text", len("Three"))
    expect(page.locator("#announce")).to_have_text("Pasted 3 items into Duties.")
    assert stored(page, desk, number) == now
    undo(page)
    assert shown(page) == before
    button(page, "Add a duty").click()
    paste(page, "a\nb\nc")
    assert shown(page) == [*before, "a", "b", "c"]
    undo(page)
    assert shown(page) == [*before, ""]


def test_joining_what_was_pasted_takes_no_words_back(page: Page) -> None:
    before = shown(page)
    place_caret(page, 1, -1)
    paste(page, "One thing\nAnother thing\nA third thing")
    place_caret(page, 3, 0)
    page.keyboard.press("Backspace")
    pasted = ["One thing Another thing", "A third thing"]
    assert shown(page) == [before[0], *pasted, *before[1:]]


def test_sections_lead_items_to_their_lists(page: Page, desk: Desk, number: int) -> None:
    sections = ("duties", "skills", "benefits")
    before = {section: shown(page, section) for section in sections}
    button(page, "Add a duty").click()
    paste(page, "", WORD + OUTLOOK)
    messages = page.locator("#messages")
    expect(messages).to_contain_text("Pasted 6 items into 3 sections.")
    added = {section: lines for html in (WORD, OUTLOOK) for section, lines in [
        (found, lines) for _, (source, _, groups) in CASES.items() if source == html
        for found, lines in groups
    ]}  # fmt: skip
    for section in sections:
        assert shown(page, section) == before[section] + added[section]
        assert stored(page, desk, number, section) == shown(page, section)
    messages.get_by_role("button", name="Undo").click()
    expect(area(page, len(before["duties"]) + 2)).to_have_count(0)
    assert [shown(page, section) for section in sections[1:]] == [
        before[section] for section in sections[1:]
    ]


def test_too_many_lines_are_refused_in_words(page: Page) -> None:
    before = shown(page)
    place_caret(page, 1, 3)
    text = "\n".join(f"Item {n}" for n in range(250))
    paste(page, text)
    expect(page.locator("#messages")).to_contain_text("A posting holds up to 200")
    assert shown(page) == before
    assert focus(page) == ("duties", 1, "text", 3)
    assert page.evaluate("navigator.clipboard.readText()") == text
    paste(page, "W" * 2001)
    expect(page.locator("#messages")).to_contain_text("One holds up to 2,000")
    assert shown(page) == before


def test_fields_take_plain_text(page: Page, desk: Desk, number: int) -> None:
    department = page.get_by_label("Department")
    department.fill("")
    paste(page, "Behavioral\r\n  Health\tEast\n")
    expect(department).to_have_value("Behavioral Health East")
    summary = page.get_by_role("textbox", name="About the role")
    summary.fill("")
    paste(page, "Helps\u00a0people.\n\n\n\n\u2022\tAt home\n\u2022\tAt work\n", WORD)
    expect(summary).to_have_value("Helps people.\n\nAt home\nAt work")
    stored(page, desk, number)
    assert desk.posting(number).summary == "Helps people.\n\nAt home\nAt work"
    assert desk.posting(number).department == "Behavioral Health East"


def test_dropped_words_are_pasted_and_dropped_files_are_not(page: Page, live_server: str) -> None:
    before = shown(page)
    area(page, 1).scroll_into_view_if_needed()
    box = area(page, 1).bounding_box()
    assert box
    session = page.context.new_cdp_session(page)

    def drop(data: dict[str, Any], x: float, y: float) -> None:
        for kind in ("dragEnter", "dragOver", "drop"):
            session.send("Input.dispatchDragEvent", {
                "type": kind, "x": x, "y": y,
                "data": {"items": [], "dragOperationsMask": 1, **data},
            })  # fmt: skip

    words = {"items": [{"mimeType": "text/plain", "data": "- One\n- Two"}]}
    drop(words, box["x"] + 12, box["y"] + 12)
    texts = shown(page)
    assert len(texts) == len(before) + 1
    assert "One" in texts[0]
    assert "Two" in texts[1]
    undo(page)
    assert shown(page) == before
    url = page.url
    for x in (box["x"] + 12, 5):
        drop({"files": ["/etc/hostname"]}, x, box["y"] + 12)
    page.wait_for_timeout(200)
    assert page.url == url
    assert shown(page) == before
