"""What the library's scripts add: results while typing, a search key, a menu that closes."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.accounts import ADMINISTRATOR, PASSWORD, quick_hashes, set_up
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]
pytestmark = [on_sqlite, pytest.mark.browser]


@pytest.fixture
def library(seeded_app: Flask, live_server: str, page: Page) -> Page:
    """The library page, open in a browser in which the administrator is signed in."""
    set_up(seeded_app)
    page.goto(f"{live_server}/sign-in")
    page.get_by_label("Email").fill(ADMINISTRATOR)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live_server}/")
    return page


def test_results_appear_while_typing_and_the_address_stays(library: Page) -> None:
    before = library.url
    library.keyboard.press("/")
    library.keyboard.type("LCSW")
    first = library.locator(".result-title").first
    expect(first).to_have_text("Social Work Case Manager")
    expect(library.locator("[data-search-count]")).to_have_text("6 results")
    expect(library.locator(".specialty").first).to_be_hidden()
    assert library.url == before


def test_escape_clears_the_search_and_brings_the_page_back(library: Page) -> None:
    field = library.get_by_role("searchbox")
    field.fill("paralegal")
    expect(library.locator(".result").first).to_be_visible()
    field.press("Escape")
    expect(field).to_have_value("")
    expect(library.locator(".specialty").first).to_be_visible()
    expect(library.locator(".result")).to_have_count(0)


def test_a_result_starts_a_posting(library: Page) -> None:
    library.get_by_role("searchbox").fill("discharge planning")
    library.locator(".result .level").nth(1).click()
    library.wait_for_url("**/postings/*")
    expect(library.get_by_role("heading", level=1)).to_contain_text("Hospital Case Manager")


def test_escape_closes_the_account_menu_and_returns_to_it(library: Page) -> None:
    opener = library.locator(".menu summary")
    opener.click()
    sign_out = library.get_by_role("button", name="Sign out")
    expect(sign_out).to_be_visible()
    library.keyboard.press("Escape")
    expect(sign_out).to_be_hidden()
    expect(opener).to_be_focused()
