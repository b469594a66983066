"""Undo, redo and the keys: one ordered stack for everything, in place of the browser's own."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.accounts import quick_hashes
from tests.browser.acting import button
from tests.browser.builder import administrator, builder, control, desk, number, paper, saved
from tests.desk import Desk
from tests.marks import on_sqlite

__all__ = ["administrator", "builder", "desk", "number", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

CARET = "document.activeElement.selectionStart"


def type_into(page: Page, name: str, text: str) -> None:
    """Type at the end of a field; the pause makes it a step of its own."""
    control(page, name).focus()
    page.keyboard.press("End")
    page.keyboard.type(text)
    page.wait_for_timeout(1050)


def test_steps_go_back_in_order_and_forward_again(builder: Page, desk: Desk, number: int) -> None:
    old = desk.posting(number)
    type_into(builder, "title", " of Nights")
    control(builder, "arrangement").select_option("remote")
    builder.locator("ol[data-section=duties] [data-act=remove]").first.click()
    type_into(builder, "department", " West")
    count = builder.locator("ol[data-section=duties] > li").count()
    builder.keyboard.press("Control+z")
    expect(control(builder, "department")).to_have_value("Intake")
    builder.keyboard.press("Control+z")
    expect(builder.locator("ol[data-section=duties] > li")).to_have_count(count + 1)
    builder.keyboard.press("Control+z")
    expect(control(builder, "arrangement")).to_have_value("on-site")
    builder.keyboard.press("Control+z")
    expect(control(builder, "title")).to_have_value(old.title)
    expect(control(builder, "title")).to_be_focused()
    expect(paper(builder, "title")).to_have_text(old.title)
    for key in ("Control+Shift+Z", "Control+y", "Meta+Shift+Z", "Control+y"):
        builder.keyboard.press(key)
    expect(control(builder, "title")).to_have_value(f"{old.title} of Nights")
    expect(control(builder, "arrangement")).to_have_value("remote")
    expect(control(builder, "department")).to_have_value("Intake West")
    expect(builder.locator("ol[data-section=duties] > li")).to_have_count(count)
    saved(builder)
    assert desk.posting(number).title == f"{old.title} of Nights"
    assert len(desk.lines(number)) == count


def test_the_caret_goes_where_the_change_was(builder: Page) -> None:
    control(builder, "title").focus()
    builder.evaluate("document.activeElement.setSelectionRange(4, 4)")
    builder.keyboard.type("load")
    control(builder, "department").focus()
    builder.keyboard.press("Control+z")
    expect(control(builder, "title")).to_be_focused()
    expect(control(builder, "title")).to_have_value("Case Manager")
    assert builder.evaluate(CARET) == 4
    builder.keyboard.press("Control+Shift+Z")
    assert builder.evaluate(CARET) == 8


def test_the_browsers_own_undo_is_ours(builder: Page) -> None:
    type_into(builder, "title", "s")
    type_into(builder, "department", "s")
    control(builder, "summary").focus()
    for kind in ("historyUndo", "historyUndo", "historyRedo"):
        prevented = builder.evaluate(
            """(inputType) => {
              const event = new InputEvent("beforeinput",
                { inputType, bubbles: true, cancelable: true });
              return !document.activeElement.dispatchEvent(event);
            }""",
            kind,
        )
        assert prevented
    expect(control(builder, "department")).to_have_value("Intake")
    expect(control(builder, "title")).to_have_value("Case Managers")


def test_the_buttons_say_whether_they_can(builder: Page) -> None:
    undo, redo = button(builder, "Undo"), button(builder, "Redo")
    expect(undo).to_have_attribute("aria-disabled", "true")
    undo.click(force=True)
    type_into(builder, "title", "s")
    expect(undo).to_have_attribute("aria-disabled", "false")
    expect(redo).to_have_attribute("aria-disabled", "true")
    undo.click()
    expect(control(builder, "title")).to_have_value("Case Manager")
    expect(undo).to_have_attribute("aria-disabled", "true")
    redo.click()
    expect(control(builder, "title")).to_have_value("Case Managers")


def test_steps_survive_a_reload(builder: Page) -> None:
    type_into(builder, "title", "s")
    saved(builder)
    builder.reload()
    builder.wait_for_selector("form[data-ready]")
    builder.keyboard.press("Control+z")
    expect(control(builder, "title")).to_have_value("Case Manager")


def test_a_field_outside_the_posting_keeps_its_own_undo(builder: Page) -> None:
    type_into(builder, "title", "s")
    search = builder.get_by_role("searchbox")
    search.focus()
    builder.keyboard.type("night")
    builder.keyboard.press("Control+z")
    expect(control(builder, "title")).to_have_value("Case Managers")


def test_a_message_takes_back_its_own_step_also_after_others(
    builder: Page, desk: Desk, number: int
) -> None:
    texts = desk.texts(number)
    builder.locator("ol[data-section=duties] [data-act=remove]").first.click()
    message = builder.locator("#messages")
    expect(message).to_contain_text("Removed")
    control(builder, "title").fill("Guide")
    message.get_by_role("button", name="Undo").click()
    expect(builder.locator("ol[data-section=duties] > li")).to_have_count(len(texts))
    expect(control(builder, "title")).to_have_value("Guide")
    expect(message).to_be_empty()
    saved(builder)
    assert desk.texts(number) == texts


def test_messages_stay_while_they_are_looked_at(builder: Page) -> None:
    builder.clock.install()
    builder.clock.pause_at(builder.evaluate("Date.now()") + 1_000)
    builder.locator("ol[data-section=duties] [data-act=remove]").first.click()
    message = builder.locator("#messages .message")
    expect(message).to_be_visible()
    builder.clock.run_for(500)
    expect(builder.locator("#announce")).to_have_text(re.compile("Removed"))
    builder.clock.fast_forward(9_000)
    expect(message).to_be_visible()
    message.hover()
    builder.clock.fast_forward(30_000)
    expect(message).to_be_visible()
    builder.locator("h1").hover()
    builder.clock.fast_forward(9_000)
    expect(message).to_be_visible()
    builder.clock.fast_forward(2_000)
    expect(message).to_have_count(0)


def test_keys_save_show_and_list_themselves(builder: Page, desk: Desk, number: int) -> None:
    control(builder, "title").fill("Guide")
    builder.keyboard.press("Control+s")
    saved(builder)
    expect(builder.locator("#announce")).to_have_text("All changes saved")
    assert desk.posting(number).title == "Guide"
    builder.keyboard.type("?")
    expect(control(builder, "title")).to_have_value("Guide?")
    expect(builder.locator("#keys-sheet")).to_be_hidden()
    builder.evaluate("document.activeElement.blur()")
    builder.keyboard.press("?")
    sheet = builder.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    expect(sheet.locator(".keys")).to_be_focused()
    builder.keyboard.press("Control+z")
    expect(control(builder, "title")).to_have_value("Guide?")
    builder.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    builder.keyboard.press("p")
    expect(builder.locator("#preview")).to_be_focused()


def test_escape_closes_a_message(builder: Page) -> None:
    builder.locator("ol[data-section=duties] [data-act=remove]").first.click()
    expect(builder.locator("#messages .message")).to_be_visible()
    builder.keyboard.press("Escape")
    expect(builder.locator("#messages .message")).to_have_count(0)
