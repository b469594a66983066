"""The preview follows the keys, points at the editor and is pointed at, and shows its pages."""

import random
import re
import time

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect

from tests.accounts import quick_hashes
from tests.browser.builder import (
    administrator,
    builder,
    control,
    desk,
    number,
    open_builder,
    paper,
)
from tests.marks import on_sqlite

__all__ = ["administrator", "builder", "desk", "number", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

ASKED = re.compile(r"/postings/\d+/preview$")
COUNT_PREVIEWS = """() => {
  const ask = fetch;
  globalThis.previews = { out: 0, most: 0, all: 0 };
  globalThis.fetch = async (url, init) => {
    if (!url.endsWith("/preview")) return ask(url, init);
    previews.all++;
    previews.most = Math.max(previews.most, ++previews.out);
    try { return await ask(url, init); } finally { previews.out--; }
  };
}"""
TIME_PAGES = """() => {
  const ask = fetch;
  globalThis.timed = { typed: 0, asked: [] };
  addEventListener("input", () => { timed.typed = performance.now(); });
  globalThis.fetch = (url, init) => {
    if (url.endsWith("/pages")) timed.asked.push(performance.now());
    return ask(url, init);
  };
}"""
PATCH_ALL = """async ([address, sheets]) => {
  const { patch } = await import(address);
  const template = document.createElement("template");
  const box = document.createElement("div");
  box.innerHTML = sheets[0];
  return sheets.flatMap((html) => {
    const kept = new Map([...box.querySelectorAll("[data-target]")].map((it) => [it.dataset.target, it]));
    const sections = new Map([...box.querySelectorAll("[data-section]")].map((it) => [it.dataset.section, it]));
    patch(box.firstElementChild, html);
    template.innerHTML = html;
    const faults = box.innerHTML === template.innerHTML ? [] : [box.innerHTML];
    for (const now of box.querySelectorAll("[data-section]")) {
      const old = sections.get(now.dataset.section);
      if (old && old !== now) faults.push(`made anew: ${now.dataset.section}`);
    }
    return faults;
  });
}"""  # noqa: E501
IN_VIEW = """(it) => {
  const frame = document.querySelector("#preview").getBoundingClientRect();
  const box = it.getBoundingClientRect();
  return box.top >= frame.top && box.bottom <= frame.bottom;
}"""
FIRST_LAYOUT = 30_000
"""A process that makes pages starts with the first."""
SCROLL = "document.querySelector('#preview').scrollTop"


def lines_of(page: Page, section: str = "duties") -> list[str]:
    return page.eval_on_selector_all(
        f"ol[data-section={section}] > [data-line]", "items => items.map((it) => it.dataset.line)"
    )


def test_what_is_typed_stands_in_the_preview_and_in_the_title(builder: Page) -> None:
    title = control(builder, "title")
    title.fill("Night Guide")
    title.press("End")
    title.press_sequentially(" <b>II</b>")
    expect(paper(builder, "title")).to_have_text("Night Guide <b>II</b>")
    expect(builder.get_by_role("heading", level=1)).to_have_text("Night Guide <b>II</b>")
    expect(builder).to_have_title(re.compile("^Night Guide"))


def test_nothing_is_asked_before_something_changes(builder: Page) -> None:
    asked: list[str] = []
    builder.on("request", lambda sent: asked.append(sent.url) if ASKED.search(sent.url) else None)
    builder.reload()
    builder.wait_for_selector("form[data-ready]")
    builder.wait_for_timeout(300)
    assert asked == []
    control(builder, "title").fill("Guide")
    expect(paper(builder, "title")).to_have_text("Guide")
    assert asked


def test_one_question_is_out_at_a_time_and_the_newest_text_wins(builder: Page) -> None:
    def slowly(route: Route) -> None:
        time.sleep(0.08)
        route.continue_()

    builder.evaluate(COUNT_PREVIEWS)
    builder.route(ASKED, slowly)
    title = control(builder, "title")
    title.fill("")
    title.press_sequentially("A guide for the long nights of the north", delay=10)
    expect(paper(builder, "title")).to_have_text("A guide for the long nights of the north")
    counted = builder.evaluate("previews")
    assert counted["most"] == 1
    assert counted["all"] < 30


def test_a_benchmark_can_have_the_preview_wait(builder: Page) -> None:
    asked: list[str] = []
    builder.on("request", lambda sent: asked.append(sent.url) if ASKED.search(sent.url) else None)
    builder.route(
        re.compile(r"/postings/\d+$"),
        lambda route: route.fulfill(
            body=route.fetch()
            .text()
            .replace("data-posting=", "data-preview-wait=2000 data-posting=")
        ),
    )
    open_builder(builder, builder.url)
    title = control(builder, "title")
    title.fill("")
    title.press_sequentially("Guide of the north", delay=20)
    expect(paper(builder, "title")).to_have_text("Guide of the north")
    assert len(asked) == 1


def test_what_stays_in_the_preview_keeps_its_elements_and_scroll_position(builder: Page) -> None:
    first = lines_of(builder)[0]
    builder.evaluate("document.querySelector('#preview').scrollTop = 200")
    item = paper(builder, f"line:{first}")
    item.evaluate("(it) => { it.known = true; getSelection().selectAllChildren(it); }")
    chosen = builder.evaluate("getSelection().toString()")
    summary = control(builder, "summary")
    summary.evaluate(
        "(it) => { it.value = 'Shorter.'; it.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    expect(paper(builder, "summary")).to_have_text("Shorter.")
    assert item.evaluate("(it) => it.known")
    assert chosen == builder.evaluate("getSelection().toString()") != ""
    assert builder.evaluate(SCROLL) == 200


def test_any_sheet_becomes_any_other_and_keeps_what_stays(builder: Page) -> None:
    chance = random.Random(20261123)
    sheets = [a_sheet(chance) for _ in range(300)]
    address = builder.locator("script[src$='builder/main.js']").get_attribute("src")
    assert address
    found = builder.evaluate(PATCH_ALL, [address.replace("main.js", "patch.js"), sheets])
    assert found == []


def a_sheet(chance: random.Random) -> str:
    """A document of sections and items in any order."""

    def item(number: int) -> str:
        mark = chance.choice(("", "<strong>Must</strong> "))
        return f'<li data-target="line:{number}">{mark}{chance.choice("tu")}</li>\n'

    def block(section: str) -> str:
        lead = chance.choice(("", '<p class="lead">Lead</p>\n'))
        prose = chance.choice(("", f'<p data-target="{section}">one<br>two</p>\n'))
        items = [item(number) for number in chance.sample(range(6), chance.randrange(6))]
        return f'{lead}{prose}<ul class="items">\n{"".join(items)}</ul>\n'

    parts = [
        f'<section data-section="{key}">\n<h3>{key}</h3>\n'
        f"{''.join(block(key) for _ in range(chance.randrange(1, 4)))}</section>\n"
        for key in chance.sample("abcd", chance.randrange(5))
    ]
    head = chance.choice(("", "<p>A subtitle</p>\n"))
    return f'<article class="posting">\n<header>\n<h2>T</h2>\n{head}</header>\n{"".join(parts)}</article>'  # noqa: E501


def test_a_click_in_the_preview_leads_to_the_end_of_the_text(builder: Page) -> None:
    second = lines_of(builder)[1]
    paper(builder, f"line:{second}").click()
    area = control(builder, f"line:{second}")
    expect(area).to_be_focused()
    assert area.evaluate("(it) => it.selectionStart === it.value.length")
    paper(builder, "summary").click()
    expect(control(builder, "summary")).to_be_focused()
    paper(builder, "title").click()
    expect(control(builder, "title")).to_be_focused()


def test_on_a_narrow_screen_a_click_in_the_preview_goes_to_the_editor(builder: Page) -> None:
    builder.set_viewport_size({"width": 390, "height": 800})
    builder.get_by_role("link", name="Preview", exact=True).click()
    expect(control(builder, "title")).not_to_be_visible()
    paper(builder, "summary").click()
    expect(control(builder, "summary")).to_be_visible()
    expect(control(builder, "summary")).to_be_focused()
    expect(control(builder, "summary")).to_be_in_viewport()
    builder.locator("h1").click()
    builder.evaluate("document.activeElement.blur()")
    builder.keyboard.press("p")
    expect(builder.locator("#preview")).to_be_visible()
    builder.keyboard.press("p")
    expect(builder.locator("#preview")).not_to_be_visible()


def test_the_paragraph_of_the_field_is_marked_and_brought_into_view(builder: Page) -> None:
    control(builder, "accommodation").focus()
    marked = paper(builder).locator(".marked")
    expect(marked).to_have_attribute("data-target", "accommodation")
    assert marked.first.evaluate(IN_VIEW)
    control(builder, "summary").focus()
    expect(marked).to_have_attribute("data-target", "summary")
    assert marked.evaluate(IN_VIEW)
    builder.keyboard.press("End")
    builder.keyboard.type(" More.")
    expect(paper(builder, "summary").last).to_contain_text("More.")
    expect(marked.last).to_have_attribute("data-target", "summary")


def test_the_preview_stays_where_it_is_while_somebody_types(builder: Page) -> None:
    control(builder, "title").focus()
    builder.wait_for_timeout(50)
    builder.evaluate("document.querySelector('#preview').scrollTop = 300")
    builder.keyboard.type("Chief ")
    expect(paper(builder, "title")).to_contain_text("Chief ")
    assert builder.evaluate(SCROLL) == 300


def test_pages_are_counted_and_their_beginnings_marked(builder: Page) -> None:
    words = builder.locator("[data-pages]")
    named = builder.locator("[data-named]")
    expect(words).to_have_text(re.compile(r"^[12] pages?, US Letter$"), timeout=FIRST_LAYOUT)
    expect(named).to_be_hidden()
    control(builder, "about_us").fill("A long story of the house. " * 150 + "\U0001f98a")
    expect(words).to_have_text("3 pages, US Letter", timeout=15_000)
    expect(named).to_have_text(
        "A PDF has no sign for fox face, and prints the name in brackets instead."
    )
    breaks = paper(builder).locator(".page-break")
    expect(breaks).to_have_text(["Page 2", "Page 3"])
    assert breaks.first.get_attribute("aria-hidden") == "true"
    wide = tops(breaks)
    assert wide == sorted(wide)
    builder.set_viewport_size({"width": 1200, "height": 900})
    expect(breaks).to_have_count(2)
    builder.wait_for_timeout(200)
    assert tops(breaks) != wide


def tops(marks: Locator) -> list[float]:
    """Where the marks stand, from the top."""
    return [box["y"] for box in (mark.bounding_box() for mark in marks.all()) if box]


def test_pages_are_asked_for_once_nobody_types(builder: Page) -> None:
    expect(builder.locator("[data-pages]")).to_contain_text("page", timeout=FIRST_LAYOUT)
    builder.evaluate(TIME_PAGES)
    control(builder, "title").focus()
    builder.keyboard.type("A guide for the long nights", delay=60)
    builder.wait_for_timeout(2_000)
    timed = builder.evaluate("timed")
    assert len(timed["asked"]) == 1
    assert timed["asked"][0] - timed["typed"] > 900


def test_a_failure_is_silent_and_the_next_change_asks_again(builder: Page) -> None:
    builder.route(ASKED, lambda route: route.fulfill(status=503, body="{}"))
    before = paper(builder, "title").inner_text()
    control(builder, "title").fill("Guide")
    builder.wait_for_timeout(200)
    assert paper(builder, "title").inner_text() == before
    expect(builder.locator("#messages")).to_be_empty()
    builder.unroute(ASKED)
    control(builder, "department").fill("Nights")
    expect(paper(builder, "title")).to_have_text("Guide")


def test_html_in_a_text_is_text_and_nothing_in_it_runs(builder: Page, seeded_app: Flask) -> None:
    text = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
    control(builder, "summary").fill(text)
    expect(paper(builder, "summary")).to_have_text(text)
    assert builder.title() != "taken"
    assert paper(builder).locator("script, img[onerror]").count() == 0
