"""An administrator invites somebody, who comes in by the link, and loses access again."""

from contextlib import closing

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.accounts import PASSWORD, set_up
from tests.marks import on_sqlite

pytestmark = on_sqlite

NEW = "maple orbit candle nine"


def test_a_person_is_invited_comes_in_and_is_signed_out_for_good(
    seeded_app: Flask, live_server: str, page: Page, browser: Browser
) -> None:
    set_up(seeded_app)
    page.goto(live_server + "/sign-in")
    page.get_by_label("Email").fill("ada@lakecounty.gov")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Account", exact=True).click()
    page.get_by_role("link", name="People").click()
    page.get_by_label("Email").fill("sam@lake.gov")
    page.get_by_label("May work as").select_option(label="HR editor")
    page.get_by_role("button", name="Make invitation").click()
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    link = page.get_by_label("Link", exact=True).input_value()
    with closing(browser.new_context()) as other:
        sam = other.new_page()
        sam.goto(link)
        sam.get_by_label("Your name").fill("Sam Rivera")
        sam.get_by_label("Password", exact=True).fill(NEW)
        sam.get_by_role("button", name="Accept invitation").click()
        expect(sam.get_by_role("heading", level=1)).to_be_visible()
        sam.goto(live_server + "/account")
        expect(sam.get_by_text("Chrome on Linux")).to_be_visible()
        page.get_by_role("link", name="Back to people").click()
        page.get_by_role("link", name="Sam Rivera").click()
        page.get_by_role("button", name="Deactivate Sam Rivera").click()
        expect(page.get_by_text("Access ended, in every browser at once.")).to_be_visible()
        sam.reload()
        expect(sam.get_by_role("heading", name="Sign in")).to_be_visible()
