"""The sheet of a change of level: what it shows, what it applies, and that it can be undone."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.accounts import quick_hashes
from tests.browser.builder import (
    administrator,
    builder,
    control,
    desk,
    number,
    paper,
    saved,
)
from tests.desk import Desk
from tests.marks import on_sqlite

__all__ = ["administrator", "builder", "desk", "number", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

MOST_MILLISECONDS = 300
"""From the press to the open sheet, on a quiet machine."""


def press_level(page: Page, label: str) -> Locator:
    """The sheet that the button opens."""
    page.locator("#basics").get_by_role("button", name=label, exact=True).click()
    sheet = page.locator("#level-sheet")
    expect(sheet).to_be_visible()
    return sheet


def level(page: Page) -> Locator:
    """The button of the posting's level."""
    return page.locator("[data-level][aria-pressed=true]")


def test_a_level_is_applied_shown_and_undone(builder: Page, desk: Desk, number: int) -> None:
    old = desk.posting(number)
    sheet = press_level(builder, "III")
    expect(sheet).to_have_accessible_name(re.compile(r"^Level II to level III: \d+ differences$"))
    ticked = sheet.locator("[data-changes]:checked").count()
    expect(sheet.locator("input[type=checkbox]").first).to_be_focused()
    main = sheet.locator(".button-main")
    expect(main).to_have_text(f"Apply {ticked} changes")
    sheet.locator("[data-changes]:checked").last.uncheck()
    expect(main).to_have_text(f"Apply {ticked - 1} changes")
    sheet.locator("[data-changes]").last.check()
    main.click()
    expect(sheet).to_be_hidden()
    expect(level(builder)).to_have_text("III")
    message = builder.locator("#messages")
    expect(message).to_contain_text(f"Level III. {ticked} changes applied.")
    expect(builder.locator(".flash").first).to_be_visible()
    expect(paper(builder, "pay_low")).to_have_class(re.compile("changed-now"))
    expect(control(builder, "pay_low")).not_to_have_value(old.pay_low)
    saved(builder)
    assert desk.posting(number).level == "senior"
    message.get_by_role("button", name="Undo").click()
    expect(level(builder)).to_have_text("II")
    expect(control(builder, "pay_low")).to_have_value(old.pay_low)
    expect(builder.locator(".changed-now")).to_have_count(0)
    expect(message).to_be_empty()
    saved(builder)
    assert desk.posting(number).model_dump(exclude={"part_order"}) == old.model_dump(
        exclude={"part_order"}
    )


def test_the_marks_of_a_change_last_until_the_next_edit(builder: Page) -> None:
    press_level(builder, "III").locator(".button-main").click()
    expect(paper(builder).locator(".changed-now").first).to_be_visible()
    expect(builder.locator(".flash")).to_have_count(0)
    expect(paper(builder).locator(".changed-now").first).to_be_visible()
    control(builder, "department").fill("Nights")
    expect(paper(builder).locator(".changed-now")).to_have_count(0)


@pytest.mark.parametrize("way", ["Cancel", "Escape", "Close"])
def test_leaving_the_sheet_changes_nothing(
    builder: Page, desk: Desk, number: int, way: str
) -> None:
    old = desk.posting(number)
    sheet = press_level(builder, "Lead")
    if way == "Escape":
        builder.keyboard.press("Escape")
    else:
        sheet.get_by_role("button", name=way, exact=True).click()
    expect(sheet).to_be_hidden()
    expect(builder.locator("#basics").get_by_role("button", name="Lead")).to_be_focused()
    expect(level(builder)).to_have_text("II")
    builder.keyboard.press("Control+s")
    saved(builder)
    assert desk.posting(number) == old


def test_the_level_alone_can_be_changed_by_the_keys(builder: Page, desk: Desk, number: int) -> None:
    old = desk.posting(number)
    sheet = press_level(builder, "I")
    for box in sheet.get_by_role("checkbox").all():
        box.set_checked(False)
    expect(sheet.locator(".button-main")).to_have_text("Change level only")
    builder.keyboard.press("Control+Enter")
    expect(sheet).to_be_hidden()
    expect(level(builder)).to_have_text("I")
    expect(builder.locator("#messages")).to_contain_text("Level I.")
    saved(builder)
    new = desk.posting(number)
    assert (new.level, new.lines, new.pay_low) == ("entry", old.lines, old.pay_low)


def test_words_of_a_person_are_not_ticked_and_stay(builder: Page, desk: Desk, number: int) -> None:
    control(builder, "pay_low").fill("61,000")
    sheet = press_level(builder, "III")
    row = sheet.locator(".sheet-row").filter(has_text="61,000")
    expect(row.get_by_role("checkbox")).not_to_be_checked()
    expect(row).to_contain_text("You changed this. Keeping your figures.")
    sheet.locator(".button-main").click()
    expect(control(builder, "pay_low")).to_have_value("61,000")
    saved(builder)
    assert desk.posting(number).pay_low == "61,000"


def test_the_sheet_waits_until_everything_is_saved_or_says_why_not(builder: Page) -> None:
    changes = re.compile("/changes$")
    builder.route(changes, lambda route: route.fulfill(status=500, body="{}"))
    control(builder, "department").fill("Nights")
    builder.locator("#basics").get_by_role("button", name="III", exact=True).click()
    message = builder.locator("#messages")
    expect(message).to_contain_text("The newest changes are not saved yet")
    expect(builder.locator("#level-sheet")).to_be_hidden()
    message.get_by_role("button", name="Close").click()
    expect(message).to_be_empty()
    builder.unroute(changes)
    press_level(builder, "III")


def test_a_level_that_somebody_else_changed_is_not_changed_again(
    builder: Page, desk: Desk, number: int
) -> None:
    sheet = press_level(builder, "III")
    address = f"/postings/{number}/levels/lead"
    hidden = desk.root(address).xpath("//form[@data-after]/input[@type='hidden']")
    sent = {control.get("name"): control.get("value") for control in hidden}
    answer = desk.client.post(address, data=sent)
    assert answer.status_code == 303
    expect(level(builder)).to_have_text("Lead", timeout=15_000)
    sheet.locator(".button-main").click()
    expect(builder.locator("#messages")).to_contain_text("Nothing was applied.")
    expect(level(builder)).to_have_text("Lead")


def test_why_there_is_no_sheet_is_said(builder: Page) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=404, json={"message": "The library no longer has this role."})

    builder.route(re.compile("/levels/"), refuse)
    builder.locator("#basics").get_by_role("button", name="III", exact=True).click()
    expect(builder.locator("#messages")).to_contain_text("The library no longer has this role.")


def test_the_sheet_opens_at_once(builder: Page) -> None:
    press_level(builder, "III").get_by_role("button", name="Cancel").click()
    took = builder.evaluate(
        """async () => {
          const begin = performance.now();
          document.querySelector("[data-level=lead]").click();
          const sheet = document.querySelector("#level-sheet");
          while (!sheet.open) await new Promise(requestAnimationFrame);
          return performance.now() - begin;
        }"""
    )
    # Other work on the machine may take most of its time: the bench holds the budget itself.
    assert took < 5 * MOST_MILLISECONDS
