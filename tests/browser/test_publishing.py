"""From the builder to a published posting, and on: publish, edit, see the difference, publish."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from jobdesc.services.published import publications_of
from tests.accounts import quick_hashes
from tests.browser.acting import button
from tests.browser.builder import (
    administrator,
    builder,
    control,
    desk,
    number,
    open_builder,
    saved,
)
from tests.desk import Desk
from tests.marks import on_sqlite

__all__ = ["administrator", "builder", "desk", "number", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

CHANGES = re.compile("/changes$")


def titles(app: Flask, desk: Desk, number: int) -> list[str]:
    with app.app_context():
        return [one.title for one in publications_of(desk.person, number)]


def test_publish_edit_look_at_the_difference_and_publish_the_changes(
    builder: Page, seeded_app: Flask, desk: Desk, number: int
) -> None:
    control(builder, "title").fill("Guide of the Nights")
    button(builder, "Publish").click()
    expect(builder.get_by_role("heading", level=1)).to_have_text("Publish posting")
    expect(builder.locator(".paper")).to_contain_text("Guide of the Nights")
    button(builder, "Publish posting").click(timeout=60_000)
    name = builder.locator(".builder-name")
    expect(name).to_contain_text("Published", timeout=60_000)
    expect(name).to_contain_text("by Ada Lake")
    with builder.expect_download() as begun:
        builder.get_by_text("More", exact=True).click()
        builder.get_by_role("link", name="Download published PDF").click()
    with open(begun.value.path(), "rb") as file:
        first = file.read()
    assert first.startswith(b"%PDF-")

    builder.wait_for_selector("form[data-ready]")
    expect(button(builder, "Publish changes")).to_be_hidden()
    control(builder, "title").fill("Guide of the Days")
    expect(builder.get_by_role("link", name="changes not published")).to_be_hidden()
    expect(button(builder, "Publish changes")).to_be_visible()
    saved(builder)
    builder.get_by_role("link", name="changes not published").click()
    edit = builder.locator(".edit")
    expect(edit.locator("del")).to_have_text("removed: Nights")
    expect(edit.locator("ins")).to_have_text("added: Days")
    assert titles(seeded_app, desk, number) == ["Guide of the Nights"]
    assert desk.get(f"/postings/{number}/published.pdf").data == first
    button(builder, "Publish changes").click(timeout=60_000)
    expect(builder.get_by_text("Number 2 is public now")).to_be_visible(timeout=60_000)
    expect(builder.get_by_role("link", name="changes not published")).to_be_hidden()
    assert titles(seeded_app, desk, number) == ["Guide of the Days", "Guide of the Nights"]
    assert desk.get(f"/postings/{number}/published.pdf?number=1").data == first
    assert desk.get(f"/postings/{number}/published.pdf").data != first

    open_builder(builder, builder.url)
    control(builder, "title").fill("Guide of no Time")
    saved(builder)
    builder.get_by_role("link", name="changes not published").click()
    button(builder, "Discard changes").click()
    builder.wait_for_selector("form[data-ready]")
    undo = builder.locator("button[form=undo-form]")
    expect(undo).to_be_visible()
    control(builder, "title").fill("Guide of the Hours")
    saved(builder)
    expect(undo).to_be_hidden()


def test_versions_lead_back_and_the_builder_has_the_restored_words(
    builder: Page, desk: Desk, number: int
) -> None:
    before = desk.posting(number).title
    control(builder, "title").fill("Never mind")
    builder.get_by_text("More", exact=True).click()
    button(builder, "Versions").click()
    builder.get_by_role("link", name="Show changes of version 2").click()
    button(builder, "Restore version 1").click()
    expect(builder.get_by_text("Version 1 restored")).to_be_visible()
    builder.get_by_role("link", name="Back to the posting").click()
    open_builder(builder, builder.url)
    expect(control(builder, "title")).to_have_value(before)


def test_nobody_leaves_for_publishing_while_changes_are_not_saved(builder: Page) -> None:
    builder.route(CHANGES, lambda route: route.fulfill(status=500, body="{}"))
    control(builder, "title").fill("Guide")
    here = builder.url
    button(builder, "Publish").click()
    expect(builder.locator("#messages")).to_contain_text("are not saved")
    expect(button(builder, "Publish")).to_be_enabled()
    assert builder.url == here
    builder.unroute(CHANGES)
