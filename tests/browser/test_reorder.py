"""Moving items: by drag, by buttons, by keys and from the handle's menu."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from jobdesc.people.person import Person
from tests.accounts import quick_hashes
from tests.browser.acting import button
from tests.browser.builder import enter_builder
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


@pytest.fixture
def phone(
    browser: Browser, desk: Desk, number: int, administrator: Person, live_server: str
) -> Iterator[Page]:
    with browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as context:
        url = f"{live_server}/postings/{number}"
        yield enter_builder(context, desk.app, administrator, url)


def handle(page: Page, number: int, section: str = "duties") -> Locator:
    return item(page, number, section).locator("[data-handle]")


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, source: Locator, x: float, y: float) -> None:
    """Take hold of a handle and bring it near a point, without letting go."""
    page.mouse.move(*middle(source))
    page.mouse.down()
    page.mouse.move(x, y - 20, steps=4)
    page.mouse.move(x, y, steps=2)


def announced(page: Page, text: str) -> None:
    expect(page.locator("#announce")).to_have_text(text)


def moved(texts: list[str], start: int, end: int) -> list[str]:
    """`texts` with one moved, by numbers from 1."""
    rest = [*texts]
    rest.insert(end - 1, rest.pop(start - 1))
    return rest


def test_a_handle_drags_its_item_in_one_step(page: Page, desk: Desk, number: int) -> None:
    before = shown(page)
    # Where the page follows an item that makes room, nobody knows beforehand where the third is.
    page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    item(page, 1).scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.querySelector('#duties').offsetTop)")
    x, y = middle(item(page, 3))
    height = item(page, 3).bounding_box()
    assert height
    drag(page, handle(page, 1), x, y + height["height"] / 2 + 4)
    expect(page.locator(".dragged")).to_have_count(1)
    gap = page.locator("ol[data-section=duties] > li").nth(3)
    expect(gap).to_have_class("drop-gap")
    assert shown(page) == before
    page.mouse.up()
    assert shown(page) == moved(before, 1, 3)
    expect(page.locator(".dragged, .drop-gap, .line-menu")).to_have_count(0)
    assert item(page, 3).get_attribute("style") in (None, "")
    assert focus(page) == ("duties", 3, "handle", None)
    announced(page, f"Moved to position 3 of {len(before)}")
    assert stored(page, desk, number) == moved(before, 1, 3)
    undo(page)
    assert shown(page) == before


def test_an_item_is_dragged_into_another_list_also_an_empty_one(
    page: Page, desk: Desk, number: int
) -> None:
    skills, first = shown(page, "skills"), shown(page)[-1]
    page.set_viewport_size({"width": 1440, "height": 1600})
    source = handle(page, len(shown(page)))
    source.scroll_into_view_if_needed()
    assert shown(page, "credentials") == []
    x, y = middle(page.locator("ol[data-section=credentials]").locator("xpath=.."))
    drag(page, source, x, y)
    page.mouse.up()
    assert shown(page, "credentials") == [first]
    announced(page, "Moved to position 1 of 1 in Licenses and certifications")
    assert focus(page) == ("credentials", 1, "handle", None)
    page.evaluate("scrollBy(0, 500)")
    drag(page, handle(page, 1, "credentials"), *middle(item(page, 2, "skills")))
    place = page.eval_on_selector(
        ".drop-gap", "gap => [...gap.parentNode.children].indexOf(gap) + 1"
    )
    expect(page.locator("ol[data-section=skills] > .drop-gap")).to_have_count(1)
    page.mouse.up()
    assert shown(page, "skills") == moved([*skills, first], len(skills) + 1, place)
    announced(page, f"Moved to position {place} of {len(skills) + 1} in Skills")
    assert stored(page, desk, number, "skills") == shown(page, "skills")


def test_escape_puts_a_dragged_item_back_and_a_small_move_is_a_click(page: Page) -> None:
    before = shown(page)
    page.emulate_media(reduced_motion="reduce")
    handle(page, 1).scroll_into_view_if_needed()
    drag(page, handle(page, 1), *middle(item(page, 4)))
    page.keyboard.press("Escape")
    assert page.evaluate("document.getAnimations().length") == 0
    expect(page.locator(".dragged, .drop-gap")).to_have_count(0)
    page.mouse.up()
    assert shown(page) == before
    expect(page.locator(".line-menu")).to_have_count(0)
    x, y = middle(handle(page, 1))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2, y + 2)
    expect(page.locator(".dragged")).to_have_count(0)
    page.mouse.up()
    expect(page.locator(".line-menu")).to_have_count(1)
    assert shown(page) == before


def test_an_item_that_somebody_removes_while_it_is_dragged_is_gone(
    page: Page, desk: Desk, number: int
) -> None:
    before, first = shown(page), desk.lines(number)[0]
    place_caret(page, 2, -1)
    page.keyboard.type("!")
    handle(page, 1).scroll_into_view_if_needed()
    drag(page, handle(page, 1), *middle(item(page, 4)))
    colleague(desk.app).send(number, {}, action=f"remove:{first}")
    page.evaluate("dispatchEvent(new Event('focus'))")  # as when the window comes to the front
    expect(area(page, len(before))).to_have_count(0)
    page.mouse.up()
    expect(page.locator(".drop-gap")).to_have_count(0)
    assert shown(page) == [f"{before[1]}!", *before[2:]]


def test_the_page_comes_along_near_its_edge(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 500})
    handle(page, 1).scroll_into_view_if_needed()
    x, _ = middle(handle(page, 1))
    start = page.evaluate("scrollY")
    drag(page, handle(page, 1), x, 480)
    page.wait_for_function("start => scrollY > start + 300", arg=start)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.evaluate("scrollY") > start


def test_a_finger_drags_by_the_handle_alone(phone: Page) -> None:
    before = shown(phone)
    page, session = phone, phone.context.new_cdp_session(phone)
    page.evaluate("document.querySelector('ol[data-section=duties]').scrollIntoView()")
    page.evaluate("scrollBy(0, -150)")
    start = page.evaluate("scrollY")
    target = item(page, 2).bounding_box()
    assert target
    x, y = middle(handle(page, 1))
    swipe(session, (x, y), (0, target["y"] + target["height"] - y))
    expect(page.locator(".dragged, .drop-gap, .line-menu")).to_have_count(0)
    assert shown(page) == moved(before, 1, 2)
    assert abs(page.evaluate("scrollY") - start) < 20
    menu = page.locator(".line-menu")
    for _ in range(10):
        page.wait_for_timeout(500)  # at once, a tap only ends what a finger set going
        if menu.count():
            break
        handle(page, 1).tap()
    page.get_by_role("menuitem", name="Move down").tap()
    assert shown(page) == before
    swipe(session, middle(handle(page, 1)), (0, 100), let_go="touchCancel")
    expect(page.locator(".dragged, .drop-gap")).to_have_count(0)
    assert shown(page) == before
    start = page.evaluate("scrollY")
    swipe(session, middle(area(page, 2)), (0, -120))
    page.wait_for_function("start => scrollY > start", arg=start)
    assert shown(page) == before


def swipe(
    session: CDPSession,
    start: tuple[float, float],
    by: tuple[float, float],
    let_go: str = "touchEnd",
) -> None:
    """Put a finger down, move it, and take it up."""
    x, y = start
    for step in range(11):
        point = {"x": x + by[0] * step / 10, "y": y + by[1] * step / 10}
        kind = "touchMove" if step else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": let_go, "touchPoints": []})


def test_up_and_down_move_an_item_and_keep_the_focus(page: Page, desk: Desk, number: int) -> None:
    before = shown(page)
    button(page, "Down Duty 1").click()
    assert shown(page) == moved(before, 1, 2)
    announced(page, f"Moved to position 2 of {len(before)}")
    assert focus(page) == ("duties", 2, "down", None)
    page.keyboard.press("Enter")
    assert shown(page) == moved(before, 1, 3)
    assert focus(page) == ("duties", 3, "down", None)
    button(page, "Up Duty 1").click(force=True)
    button(page, f"Down Duty {len(before)}").click(force=True)
    assert shown(page) == moved(before, 1, 3)
    undo(page)
    undo(page)
    assert shown(page) == before
    place_caret(page, 2, 4)
    page.keyboard.press("Alt+ArrowUp")
    assert shown(page) == moved(before, 2, 1)
    assert focus(page) == ("duties", 1, "text", 4)
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowDown")
    assert shown(page) == before
    assert focus(page) == ("duties", 2, "text", 4)
    handle(page, 2).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert shown(page) == moved(before, 2, 4)
    assert focus(page) == ("duties", 4, "handle", None)
    announced(page, f"Moved to position 4 of {len(before)}")
    assert stored(page, desk, number) == moved(before, 2, 4)


def test_browsers_that_can_do_less_keep_the_focus_and_show_whole_texts(
    page: Page, number: int, live_server: str
) -> None:
    page.add_init_script("delete Element.prototype.moveBefore; CSS.supports = () => false")
    page.reload()
    page.wait_for_selector("form[data-ready]")
    assert page.evaluate("'moveBefore' in document.body") is False
    before = shown(page)
    for start, key, end in [(2, "Alt+ArrowUp", 1), (2, "Alt+ArrowDown", 3)]:
        place_caret(page, start, 4)
        page.keyboard.press(key)
        assert shown(page) == moved(before, start, end)
        assert focus(page) == ("duties", end, "text", 4)
        undo(page)
    button(page, "Down Duty 1").click()
    assert focus(page) == ("duties", 2, "down", None)
    area(page, 1).fill("Long " * 60)
    hidden = "it => it.style.height !== '' && it.scrollHeight - it.clientHeight"
    assert area(page, 1).evaluate(hidden) == 0


def test_the_menu_of_a_handle_is_one_for_keys(page: Page) -> None:
    handle(page, 1).focus()
    page.keyboard.press("Enter")
    menu = page.get_by_role("menu", name="Duty 1")
    expect(menu).to_be_visible()
    expect(handle(page, 1)).to_have_attribute("aria-expanded", "true")
    names = menu.get_by_role("menuitem").all_inner_texts()
    assert names == [
        "Move up", "Move down", "Move to top", "Move to section...", "Duplicate", "Remove",
    ]  # fmt: skip
    chosen = page.locator(":focus")
    for key, name in [("ArrowDown", "Move down"), ("End", "Remove"), ("ArrowDown", "Move up"),
                      ("ArrowUp", "Remove"), ("Home", "Move up")]:  # fmt: skip
        page.keyboard.press(key)
        expect(chosen).to_have_text(name)
    page.keyboard.press("Enter")  # it is first already
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(handle(page, 1)).to_be_focused()
    expect(handle(page, 1)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Space")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu).to_have_count(0)
    expect(area(page, 1)).to_be_focused()
    handle(page, 1).click()
    expect(menu).to_be_visible()
    handle(page, 1).click()
    expect(menu).to_have_count(0)
    handle(page, 1).click()
    page.get_by_label("Department").click()
    expect(menu).to_have_count(0)
    expect(page.get_by_label("Department")).to_be_focused()


def choose(page: Page, number: int, name: str, section: str = "duties") -> None:
    handle(page, number, section).click()
    page.get_by_role("menuitem", name=name, exact=True).click()


def test_the_menu_moves_duplicates_resets_and_removes(page: Page, desk: Desk, number: int) -> None:
    before = shown(page)
    count = len(before)
    choose(page, 3, "Move to top")
    assert shown(page) == moved(before, 3, 1)
    assert focus(page) == ("duties", 1, "handle", None)
    choose(page, 1, "Move down")
    choose(page, 2, "Move down")
    assert shown(page) == before
    choose(page, 2, "Move to section...")
    expect(page.get_by_role("menu", name="Move Duty 2 to section")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Duties", exact=True)).to_have_count(0)
    page.get_by_role("menuitem", name="Skills", exact=True).click()
    skills = shown(page, "skills")
    assert skills[-1] == before[1]
    assert focus(page) == ("skills", len(skills), "handle", None)
    announced(page, f"Moved to position {len(skills)} of {len(skills)} in Skills")
    undo(page)
    choose(page, 1, "Duplicate")
    assert shown(page) == [before[0], *before]
    assert focus(page) == ("duties", 2, "text", len(before[0]))
    page.keyboard.type("!")
    stored(page, desk, number)
    first, second = desk.posting(number).lines[:2]
    assert (first.id != second.id, second.origin) == (True, None)
    place_caret(page, 1, -1)
    page.keyboard.type("?")
    choose(page, 1, "Reset")
    assert shown(page)[0] == before[0]
    announced(page, "Reset to the wording of the template")
    undo(page)
    assert shown(page)[0] == f"{before[0]}?"
    choose(page, count + 1, "Remove")
    assert len(shown(page)) == count
    assert focus(page) == ("duties", count, "text", len(before[-2]))
    expect(page.locator("#messages")).to_contain_text("Removed.")
    page.locator("#messages").get_by_role("button", name="Undo").click()
    assert shown(page)[-1] == before[-1]
    while shown(page, "benefits"):
        button(page, "Remove Benefit 1").click()
    expect(button(page, "Add a benefit")).to_be_focused()
