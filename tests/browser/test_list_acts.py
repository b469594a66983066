"""Many postings archived and that undone, one cloned, and a list that fits every window."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from jobdesc.people.person import Kind, Person
from tests.browser.acting import button, enter_as
from tests.browser.test_bulk import MANY, either, recruiter, scripts
from tests.desk import Desk
from tests.marks import on_sqlite

__all__ = ["either", "recruiter", "scripts"]

pytestmark = [on_sqlite, pytest.mark.browser]

WIDTHS = (320, 390, 641, 768, 900, 1180, 1181, 1440)


@pytest.fixture
def rows(either: BrowserContext, editor: Person, seeded_app: Flask, live_server: str) -> Page:
    """The list, open before its administrator, with scripts or without."""
    return enter_as(either, seeded_app, editor, f"{live_server}/postings")


@pytest.fixture
def editor(recruiter: Person) -> Person:
    """The administrator of the house."""
    return Person(1, "Ada Lake", "ada@lakecounty.gov", Kind.ADMINISTRATOR)


def test_all_are_archived_and_brought_back_at_once(rows: Page) -> None:
    rows.get_by_label(f"Select all {MANY}").check()
    button(rows, "Archive").click()
    expect(rows.get_by_text(f"{MANY} postings archived.")).to_be_visible()
    expect(rows.locator("tbody")).to_have_count(0)
    button(rows, "Undo").click()
    expect(rows.get_by_text(f"{MANY} postings in the list again.")).to_be_visible()
    expect(rows.locator("tbody tr")).to_have_count(MANY)


def test_one_is_cloned_for_another_place_and_level(rows: Page) -> None:
    rows.get_by_role("link", name="Case Manager 40", exact=True).click()
    rows.get_by_text("More", exact=True).click()
    rows.get_by_role("link", name="Clone").click()
    rows.get_by_label("Or another place").fill("Salem, OR")
    rows.get_by_label("Level", exact=True).select_option("senior")
    button(rows, "Make the copy").click()
    expect(rows.get_by_role("heading", level=1)).to_contain_text("III")
    rows.locator("button[type=submit], button:not([type])").get_by_text("Apply").first.click()
    expect(rows.get_by_label("Requisition number")).to_have_value("")
    expect(rows.get_by_label("City").first).to_have_value("Salem")


def test_a_number_of_another_posting_is_told_while_one_types(
    context: BrowserContext, editor: Person, seeded_app: Flask, live_server: str
) -> None:
    desk = Desk(seeded_app, editor)
    desk.send(1, {"requisition": "R-2231"})
    page = enter_as(context, seeded_app, editor, f"{live_server}/postings/2")
    page.wait_for_selector("form[data-ready]")
    number = page.get_by_label("Requisition number")
    number.fill("R-2231")
    number.blur()
    expect(page.get_by_text("R-2231 is also on Case Manager 01.")).to_be_visible()
    number.fill("R-2232")
    number.blur()
    expect(page.get_by_text("is also on")).to_have_count(0)


def test_the_list_needs_no_scrolling_sideways_at_any_width(
    context: BrowserContext, editor: Person, seeded_app: Flask, live_server: str
) -> None:
    desk = Desk(seeded_app, editor)
    long = "Registered Nurse Case Manager for Transitions of Care, Behavioral Health, Home Visits"
    desk.send(1, {"title": long, "requisition": "R" * 200, "pay_low": "112,400"})
    page = enter_as(context, seeded_app, editor, f"{live_server}/postings")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        over = page.evaluate(
            """() => [document.scrollingElement, document.querySelector(".table-wrap")]
            .map((it) => it.scrollWidth - it.clientWidth)"""
        )
        assert over == [0, 0], width
