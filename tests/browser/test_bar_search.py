"""Results under the search field of the bar, on every page that has one."""

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from tests.accounts import quick_hashes, set_up
from tests.desk import Desk, furnish, session_of
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]
pytestmark = [on_sqlite, pytest.mark.browser]


@pytest.fixture
def account(seeded_app: Flask, live_server: str, page: Page) -> Page:
    """A page with a bar, of the administrator, who has a posting."""
    person = set_up(seeded_app)
    furnish(seeded_app)
    desk = Desk(seeded_app, person)
    desk.send(desk.start("legal-case-manager"), {"title": "Courthouse Navigator"})
    cookie = session_of(seeded_app, person)
    page.context.add_cookies([{"name": "jobdesc_session", "value": cookie, "url": live_server}])
    page.goto(f"{live_server}/account")
    return page


def test_typing_shows_results_that_keys_reach_and_escape_closes(account: Page) -> None:
    results = account.get_by_role("region", name="Results")
    account.keyboard.press("/")
    account.keyboard.type("courthouse")
    expect(results.get_by_role("link", name="Courthouse Navigator").first).to_be_visible()
    expect(results.locator("mark").first).to_have_text("Courthouse")
    expect(account.locator("[data-bar-count]")).to_contain_text("result")
    account.keyboard.press("ArrowDown")
    expect(results.get_by_role("link").first).to_be_focused()
    account.keyboard.press("ArrowUp")
    field = account.get_by_role("searchbox")
    expect(field).to_be_focused()
    account.keyboard.press("Escape")
    expect(results).to_be_hidden()
    expect(field).to_have_value("courthouse")
    account.get_by_role("heading", level=1).click()
    field.focus()
    expect(results).to_be_visible()
    account.get_by_role("heading", level=1).click()
    expect(results).to_be_hidden()


def test_a_pdf_is_two_interactions_away_on_every_page(account: Page) -> None:
    account.get_by_role("searchbox").fill("cuorthouse")
    with account.expect_download() as download:
        account.get_by_role("link", name="PDF of Courthouse Navigator").click()
    assert download.value.suggested_filename.startswith("legal-case-manager")


def test_enter_leads_to_all_results(account: Page) -> None:
    field = account.get_by_role("searchbox")
    field.fill("courthouse")
    field.press("Enter")
    account.wait_for_url("**/?q=courthouse")
    expect(account.locator(".result-title").first).to_be_visible()


def test_what_is_typed_before_the_script_came_is_answered(account: Page, live_server: str) -> None:
    held: list[Route] = []
    script = "**/search.js"
    account.route(script, lambda route: held.append(route))
    with account.expect_request(script):
        account.goto(live_server, wait_until="commit")
    account.get_by_role("searchbox").fill("courthouse")
    for route in held:
        route.continue_()
    expect(account.get_by_role("link", name="Courthouse Navigator").first).to_be_visible()
    expect(account.locator("[data-search-count]")).to_contain_text("result")
