"""Lines from the library: found, added with the sheet kept open, and from other specialties."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.accounts import quick_hashes
from tests.browser.builder import administrator, builder, desk, number, paper, saved
from tests.desk import Desk
from tests.marks import on_sqlite

__all__ = ["administrator", "builder", "desk", "number", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]


def open_library(page: Page, section: str = "duties") -> Locator:
    """The sheet, opened from the list of a section."""
    page.locator(f"[data-library={section}]").click()
    sheet = page.get_by_role("dialog", name="From library")
    expect(sheet).to_be_visible()
    return sheet


def test_a_removed_duty_is_offered_and_added_again_with_the_sheet_open(
    builder: Page, desk: Desk, number: int
) -> None:
    first, *rest = desk.texts(number)
    builder.locator("ol[data-section=duties] [data-act=remove]").first.click()
    sheet = open_library(builder)
    search = sheet.get_by_role("searchbox", name="Search these lines")
    expect(search).to_be_focused()
    above, below = search.bounding_box(), sheet.get_by_text("Specialty", exact=True).bounding_box()
    assert above and below and below["y"] - above["y"] - above["height"] >= 14
    row = sheet.get_by_role("listitem").filter(has_text=first)
    expect(sheet.get_by_text(rest[0])).to_have_count(0)
    row.get_by_role("button", name="Add").click()
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("status")).to_have_text(f"Added. {len(rest) + 1} duties")
    added = row.get_by_role("button", name="Added")
    expect(added).to_have_attribute("aria-disabled", "true")
    builder.keyboard.press("Enter")
    builder.keyboard.press("Escape")
    expect(builder.locator("[data-library=duties]")).to_be_focused()
    saved(builder)
    lines = [line for line in desk.posting(number).lines if line.section == "duties"]
    assert [line.text for line in lines] == [*rest, first]
    assert lines[-1].origin
    assert lines[-1].origin not in desk.posting(number).removed_origins
    expect(paper(builder).get_by_text(first)).to_be_visible()
    builder.keyboard.press("Control+z")
    expect(paper(builder).get_by_text(first)).to_have_count(0)


def test_lines_of_another_specialty_are_found_and_added_as_own_words(
    builder: Page, desk: Desk, number: int
) -> None:
    sheet = open_library(builder, "skills")
    sheet.get_by_label("Specialty").select_option("rn-case-manager")
    expect(sheet.get_by_label("Specialty")).to_have_value("rn-case-manager")
    expect(sheet.get_by_label("Specialty")).to_be_focused()
    status = sheet.get_by_role("status")
    expect(status).to_have_text(re.compile(r"^\d\d lines$"))
    word = str(sheet.locator("[data-text]").nth(3).inner_text().split()[-1]).lower()
    sheet.get_by_role("searchbox").fill(word)
    expect(status).to_have_text(re.compile(r"^\d lines?$"))
    rows = sheet.get_by_role("listitem")
    assert rows.count() == int(status.inner_text().split()[0])
    for text in rows.all_inner_texts():
        assert word in text.lower()
    text = rows.first.locator("[data-text]").inner_text()
    section = rows.first.get_attribute("data-section")
    rows.first.get_by_role("button").click()
    expect(status).to_have_text(re.compile("^Added. "))
    sheet.get_by_role("searchbox").fill("zebra quartz")
    expect(status).to_have_text("No lines")
    expect(sheet.get_by_role("heading", level=3)).to_have_count(0)
    builder.keyboard.press("Escape")
    saved(builder)
    (line,) = [line for line in desk.posting(number).lines if line.text == text]
    assert (line.section, line.origin) == (section, None)


def test_a_sheet_that_can_not_be_read_says_so(builder: Page) -> None:
    library = re.compile("/library")
    builder.route(library, lambda route: route.fulfill(status=500, body="<h1>Oh</h1>"))
    builder.locator("[data-library=duties]").click()
    expect(builder.locator("#messages")).to_contain_text("This cannot be shown now. Try again.")
    builder.unroute(library)
    open_library(builder)
