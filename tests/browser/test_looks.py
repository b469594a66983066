"""What the style sheet promises: short lines, one main action, an order as seen, room to press."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from jobdesc.people.person import Person
from tests.browser.acting import enter_as
from tests.browser.builder import administrator, desk, number
from tests.desk import Desk
from tests.marks import on_sqlite

__all__ = ["administrator", "desk", "number"]

pytestmark = [on_sqlite, pytest.mark.browser]

LONGEST_LINE = """() => Math.max(...[...document.querySelectorAll("main p")].map((it) => {
  const range = document.createRange();
  range.selectNodeContents(it);
  const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top / 8)));
  return lines.size > 1 ? it.innerText.length / lines.size : 0;
}))"""
FILLED = """() => [...document.querySelectorAll(".button-main")].filter((it) =>
  it.checkVisibility() && getComputedStyle(it).backgroundColor === getComputedStyle(
    document.querySelector(".action-bar .button-main")).backgroundColor).length"""
SMALL = """() => [...document.querySelectorAll("a.chip, summary, th > a, td > a, .breadcrumbs a")]
  .filter((it) => it.checkVisibility()).map((it) => [it.innerText, it.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 43.9).map(([words]) => words)"""
TOPS = """(chosen) => [...document.querySelectorAll(chosen)].map((it) =>
  it.getBoundingClientRect().top)"""


@pytest.fixture
def phone(
    browser: Browser, desk: Desk, number: int, administrator: Person, live_server: str
) -> Iterator[Page]:
    """The list of postings on a screen that is touched, 390 wide."""
    size = {"width": 390, "height": 844}
    with browser.new_context(
        viewport=size, has_touch=True, is_mobile=True, reduced_motion="reduce"
    ) as context:  # type: ignore[arg-type]
        yield enter_as(context, desk.app, administrator, f"{live_server}/postings")


def test_a_phone_has_room_to_press_and_the_order_of_the_focus(phone: Page, number: int) -> None:
    assert phone.evaluate(SMALL) == []
    heads = phone.evaluate(TOPS, ".page-head .buttons > *")
    assert heads == sorted(heads)
    box, title = phone.evaluate(TOPS, ".tick, tbody th > a")
    assert abs(box - title) < 12


def test_lines_are_short_and_one_action_is_the_main_one(
    phone: Page, number: int, live_server: str
) -> None:
    wide = {"width": 1440, "height": 900}
    phone.set_viewport_size(wide)  # type: ignore[arg-type]
    phone.locator(".tick input").check()
    assert phone.evaluate(FILLED) == 1
    for path in (f"/postings/{number}/publish", "/settings/pay", "/roles/case-manager/pay"):
        phone.goto(live_server + path)
        assert phone.evaluate(LONGEST_LINE) < 80, path
