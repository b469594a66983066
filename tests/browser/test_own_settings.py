"""The settings of one's account at work: dark pages around a white paper, and no single letters."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from jobdesc.people.person import Person, Settings, Theme
from jobdesc.services.own_account import change_settings
from tests.accounts import quick_hashes
from tests.browser.builder import administrator, builder, desk, number, wait_until_ready
from tests.marks import on_sqlite

__all__ = ["administrator", "builder", "desk", "number", "quick_hashes"]
pytestmark = [on_sqlite, pytest.mark.browser]

BACKGROUND = "element => getComputedStyle(element).backgroundColor"


def open_with(settings: Settings, app: Flask, person: Person, page: Page) -> None:
    """The page anew, as `settings` have it."""
    with app.app_context():
        change_settings(person, settings.theme, settings.letter_keys)
    page.reload()
    wait_until_ready(page)


def test_pages_are_dark_or_light_whatever_the_system_is_and_paper_stays_white(
    builder: Page, seeded_app: Flask, administrator: Person
) -> None:
    for system, theme, ground in (
        ("light", Theme.DARK, "rgb(17, 22, 27)"),
        ("dark", Theme.LIGHT, "rgb(243, 241, 236)"),
        ("dark", Theme.SYSTEM, "rgb(17, 22, 27)"),
    ):
        builder.emulate_media(color_scheme=system)  # type: ignore[arg-type]
        open_with(Settings(theme), seeded_app, administrator, builder)
        assert builder.locator("html").evaluate(BACKGROUND) == ground
        assert builder.locator(".paper").evaluate(BACKGROUND) == "rgb(255, 255, 255)"


def test_single_letters_do_nothing_where_they_are_off(
    builder: Page, seeded_app: Flask, administrator: Person, live_server: str
) -> None:
    open_with(Settings(letter_keys=False), seeded_app, administrator, builder)
    before = builder.url
    builder.locator("h1").click()
    for key in ("?", "p", "/"):
        builder.keyboard.press(key)
    expect(builder.locator("#keys-sheet")).to_be_hidden()
    expect(builder.locator("#preview")).not_to_be_focused()
    assert builder.url == before
    builder.locator(".builder-actions summary").click()
    builder.locator("[data-keys]").click()
    sheet = builder.locator("#keys-sheet")
    expect(sheet).to_contain_text("Single letters are off. Switch them on in your account.")
    expect(sheet.get_by_text("Preview or edit")).to_have_count(0)
    builder.goto(f"{live_server}/account")
    builder.locator("h1").click()
    builder.keyboard.press("/")
    expect(builder.get_by_role("searchbox")).not_to_be_focused()
