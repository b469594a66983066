"""Typing in the items of a list: keys that split, join, begin and leave them; one step each."""

import pytest
from playwright.sync_api import Page, expect

from tests.accounts import quick_hashes
from tests.browser.acting import button
from tests.browser.lists import (
    administrator,
    area,
    desk,
    focus,
    item,
    number,
    page_of_lists,
    place_caret,
    shown,
    stored,
    undo,
)
from tests.desk import Desk, colleague
from tests.marks import on_sqlite

__all__ = ["administrator", "desk", "number", "page_of_lists", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]


@pytest.fixture
def page(page_of_lists: Page) -> Page:
    return page_of_lists


def test_enter_splits_an_item_at_the_caret_in_one_step(page: Page, desk: Desk, number: int) -> None:
    before = shown(page)
    head, tail = before[1].split(" ", 1)
    for key in ("Enter", "Shift+Enter"):
        place_caret(page, 2, len(head))
        page.keyboard.press(key)
        assert shown(page) == [before[0], head, tail, *before[2:]]
        assert focus(page) == ("duties", 3, "text", 0)
        undo(page)
        assert shown(page) == before
        assert focus(page)[:3] == ("duties", 2, "text")
    page.keyboard.press("Control+Shift+z")
    expect(item(page, 2)).to_contain_text("Changed from template")
    expect(item(page, 3).locator(".changed-mark")).to_be_hidden()
    assert stored(page, desk, number) == [before[0], head, tail, *before[2:]]
    first, second = desk.posting(number).lines[1:3]
    assert first.origin
    assert second.origin is None
    area(page, 1).evaluate("it => { it.focus(); it.setSelectionRange(3, 8); }")
    page.keyboard.press("Enter")
    assert shown(page)[:2] == [before[0][:3].strip(), before[0][8:].strip()]
    undo(page)
    assert shown(page)[0] == before[0]


def test_enter_at_the_end_begins_an_item_and_at_the_start_one_above(
    page: Page, desk: Desk, number: int
) -> None:
    before = shown(page)
    place_caret(page, 2, -1)
    page.keyboard.press("Enter")
    assert focus(page) == ("duties", 3, "text", 0)
    page.keyboard.press("Enter")  # in an empty item it does nothing
    page.keyboard.type("Drives the van.")
    place_caret(page, 1, 0)
    page.keyboard.press("Enter")
    assert focus(page) == ("duties", 2, "text", 0)
    assert shown(page)[:2] == ["", before[0]]
    page.keyboard.press("ArrowUp")
    page.keyboard.type("Opens the gate.")
    now = ["Opens the gate.", *before[:2], "Drives the van.", *before[2:]]
    assert shown(page) == now
    assert stored(page, desk, number) == now
    for _ in range(4):
        undo(page)
    assert shown(page) == before


def test_enter_while_composing_is_not_ours(page: Page) -> None:
    before = shown(page)
    place_caret(page, 1, -1)
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    page.keyboard.press("Enter")
    session.send("Input.insertText", {"text": "日本"})
    assert len(shown(page)) == len(before)
    assert "日本" in shown(page)[0]
    page.keyboard.press("Enter")
    assert len(shown(page)) == len(before) + 1


def test_backspace_and_delete_join_items_with_the_caret_at_the_seam(
    page: Page, desk: Desk, number: int
) -> None:
    before = shown(page)
    place_caret(page, 2, 0)
    page.keyboard.press("Backspace")
    joined = [f"{before[0]} {before[1]}", *before[2:]]
    assert shown(page) == joined
    assert focus(page) == ("duties", 1, "text", len(before[0]) + 1)
    undo(page)
    assert shown(page) == before
    place_caret(page, 1, -1)
    page.keyboard.press("Delete")
    assert shown(page) == joined
    assert focus(page) == ("duties", 1, "text", len(before[0]) + 1)
    assert stored(page, desk, number) == joined
    place_caret(page, 1, 0)
    page.keyboard.press("Backspace")  # nothing is above
    place_caret(page, len(joined), -1)
    page.keyboard.press("Delete")  # nor below
    assert shown(page) == joined


def test_backspace_in_an_empty_item_removes_it(page: Page) -> None:
    before = shown(page)
    area(page, 2).fill("")
    page.keyboard.press("Backspace")
    assert shown(page) == [before[0], *before[2:]]
    assert focus(page) == ("duties", 1, "text", len(before[0]))
    undo(page)
    area(page, 1).fill("")
    page.keyboard.press("Backspace")
    assert shown(page)[0] == ""  # made empty again by undo, and the first goes
    assert focus(page) == ("duties", 1, "text", 0)
    undo(page)
    undo(page)
    place_caret(page, 1, -1)
    page.keyboard.press("Enter")
    page.keyboard.press("Delete")
    assert shown(page)[0] == before[0]
    assert focus(page)[:3] == ("duties", 2, "text")


def test_an_item_left_empty_goes_and_one_just_made_leaves_no_step(
    page: Page, desk: Desk, number: int
) -> None:
    before = shown(page)
    undo_button = page.locator("[data-undo]")
    button(page, "Add a duty").click()
    assert focus(page) == ("duties", len(before) + 1, "text", 0)
    assert shown(page) == [*before, ""]
    page.get_by_label("Department").click()
    expect(area(page, len(before) + 1)).to_have_count(0)
    expect(undo_button).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_label("Department")).to_be_focused()
    area(page, 1).fill("")
    assert shown(page)[0] == ""
    page.wait_for_timeout(1100)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(area(page, len(before))).to_have_count(0)
    assert shown(page) == before[1:]
    undo(page)
    undo(page)
    assert shown(page) == before
    button(page, "Add a duty").click()
    page.keyboard.type("Keeps the log")
    page.get_by_label("Department").click()
    assert stored(page, desk, number) == [*before, "Keeps the log"]


LEAVE_WINDOW = """() => {
    document.hasFocus = () => false;
    for (const event of ["blur", "focusout"])
        document.activeElement.dispatchEvent(
            new FocusEvent(event, { bubbles: event === "focusout" }),
        );
    window.dispatchEvent(new FocusEvent("blur"));
    delete document.hasFocus;
}"""
"""What a page sees when its window is left; a browser without windows never leaves one."""


def test_an_empty_item_stays_while_it_is_not_left_and_its_going_spoils_no_click(
    page: Page,
) -> None:
    before = shown(page)
    button(page, "Add a duty").click()
    page.evaluate(LEAVE_WINDOW)
    assert shown(page) == [*before, ""]
    item(page, 3).locator("[data-act=remove]").click()
    expect(area(page, len(before))).to_have_count(0)
    assert shown(page) == [*before[:2], *before[3:]]


def test_up_and_down_go_to_the_neighbor_only_where_the_caret_can_not_go_on(page: Page) -> None:
    area(page, 2).fill("First visual line " * 8)  # several lines on the screen
    place_caret(page, 2, 0)
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(50)
    section, nth, _, caret = focus(page)
    assert (section, nth) == ("duties", 2)
    assert caret
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowDown")
    assert focus(page) == ("duties", 3, "text", 0)
    page.keyboard.press("ArrowUp")
    assert focus(page)[:3] == ("duties", 2, "text")
    assert focus(page)[3] == len(area(page, 2).input_value())
    place_caret(page, 2, 4)
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(50)
    if focus(page)[1] == 2:  # some systems go to the start of the line first
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(50)
    assert focus(page)[1] == 1
    place_caret(page, 1, 0)
    page.keyboard.press("ArrowUp")
    assert focus(page) == ("duties", 1, "text", 0)


def test_words_stay_as_typed_and_one_undo_takes_back_a_burst(
    page: Page, desk: Desk, number: int
) -> None:
    before = shown(page)
    place_caret(page, 1, -1)
    page.keyboard.type(" and  more ")
    assert shown(page)[0] == before[0] + " and  more "
    assert stored(page, desk, number)[0] == before[0] + " and  more"
    page.wait_for_timeout(300)
    assert shown(page)[0] == before[0] + " and  more "
    undo(page)
    assert shown(page) == before


def test_names_counts_and_marks_follow_the_lists(page: Page) -> None:
    count = len(shown(page))
    rail = page.locator("[data-count=duties]")
    expect(rail).to_have_text(str(count))
    place_caret(page, 1, -1)
    page.keyboard.press("Enter")
    page.keyboard.type("Keeps the log")
    expect(rail).to_have_text(str(count + 1))
    expect(area(page, 2)).to_have_accessible_name("Duty 2")
    expect(button(page, "Up Duty 2")).to_have_count(1)
    expect(button(page, "Duty 3: move, duplicate or remove")).to_have_count(1)
    expect(button(page, "Up Duty 1")).to_have_attribute("aria-disabled", "true")
    expect(button(page, "Up Duty 2")).not_to_have_attribute("aria-disabled", "true")
    expect(button(page, f"Down Duty {count + 1}")).to_have_attribute("aria-disabled", "true")
    expect(item(page, 2)).not_to_have_class("changed")
    area(page, 1).press_sequentially("!")
    expect(item(page, 1).locator(".changed-mark")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(item(page, 1).locator(".changed-mark")).to_be_hidden()
    low = area(page, 1).bounding_box()
    area(page, 1).fill("Long " * 100)
    high = area(page, 1).bounding_box()
    assert low
    assert high
    assert high["height"] > low["height"] * 2


def test_what_others_do_leaves_the_focus_and_the_caret(page: Page, desk: Desk, number: int) -> None:
    other = colleague(desk.app)
    first, second, third, *_ = desk.lines(number)
    other.send(number, {f"line:{second}": "Theirs."}, action=f"down:{first}")
    place_caret(page, 3, 5)
    area(page, 3).evaluate("it => { window.held = it; }")
    page.keyboard.type("X")
    page.keyboard.press("Control+s")
    expect(area(page, 1)).to_have_value("Theirs.")
    assert focus(page) == ("duties", 3, "text", 6)
    assert page.evaluate("document.activeElement === window.held")
    other.send(number, {}, action=f"up:{third}")
    page.keyboard.type("Y")
    page.keyboard.press("Control+s")
    expect(item(page, 2)).to_have_attribute("data-line", third)
    assert focus(page) == ("duties", 2, "text", 7)
    assert page.evaluate("document.activeElement === window.held")


def test_too_much_is_refused_in_words_and_nothing_is_lost(
    page: Page, desk: Desk, number: int
) -> None:
    area(page, 1).fill("W" * 1500)
    area(page, 2).fill("V" * 1500)
    before = shown(page)
    place_caret(page, 2, 0)
    page.keyboard.press("Backspace")
    expect(page.locator("#messages")).to_contain_text(
        "That makes an item of 3,001 characters. One holds up to 2,000"
    )
    assert shown(page) == before
    stored(page, desk, number)
    room = 200 - len(desk.posting(number).lines)
    desk.send(number, {"new:skills": "\n".join(f"Skill {n}" for n in range(room))})
    page.reload()
    page.wait_for_selector("form[data-ready]")
    before = shown(page)
    place_caret(page, 1, 3)
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text(
        "That makes 201 items. A posting holds up to 200"
    )
    button(page, "Add a duty").click()
    assert shown(page) == before
    assert stored(page, desk, number) == before
