"""The organization's pay range in the live builder: offered, taken, and taken back."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from jobdesc.postings.band_edits import BandEdit, band_mark
from jobdesc.services.pay_bands import save_bands
from tests.accounts import NOW, quick_hashes, set_up
from tests.browser.builder import control, enter_builder, saved
from tests.desk import Desk, furnish
from tests.marks import on_sqlite
from tests.postings.bands import a_band

__all__ = ["quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]


def test_the_range_is_offered_as_pay_leaves_it_taken_with_a_press_and_undone(
    context: BrowserContext, seeded_app: Flask, live_server: str
) -> None:
    ada = set_up(seeded_app)
    furnish(seeded_app)
    desk = Desk(seeded_app, ada)
    with seeded_app.app_context():
        band = a_band(state="OR")
        save_bands(ada, "case-manager", [BandEdit(band.key, band_mark(None), band)], NOW)
    number = desk.start()
    page = enter_builder(context, seeded_app, ada, f"{live_server}/postings/{number}")
    offer = page.locator("[data-beside=pay]")
    expect(control(page, "pay_low")).to_have_value("66,000")
    expect(offer).to_be_empty()
    control(page, "pay_low").fill("20,000")
    words = "Your organization's range for level II in Oregon is $66,000 to $84,000 a year."
    expect(offer).to_contain_text(words)
    expect(page.locator("[data-pay]")).to_contain_text("Below the minimum wage of Oregon")
    offer.get_by_role("button", name="Use this range").click()
    expect(page.locator("#messages")).to_contain_text("Pay replaced")
    expect(control(page, "pay_low")).to_have_value("66,000")
    expect(control(page, "pay_low")).to_be_focused()
    expect(offer).to_be_empty()
    page.locator("#messages").get_by_role("button", name="Undo").click()
    expect(control(page, "pay_low")).to_have_value("20,000")
    saved(page)
    assert desk.posting(number).pay_low == "20,000"
