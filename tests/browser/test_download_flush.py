"""No file is older than the screen; what is saved is said; nothing is lost when saving fails."""

import re
import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from jobdesc.people.person import Kind, Person
from tests.accounts import add_person, quick_hashes
from tests.browser.acting import button
from tests.browser.builder import (
    administrator,
    builder,
    control,
    desk,
    enter_builder,
    number,
    open_builder,
    paper,
    saved,
)
from tests.desk import Desk, session_of
from tests.marks import on_sqlite

__all__ = ["administrator", "builder", "desk", "number", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

CHANGES = re.compile("/changes$")


def download(page: Page, word: str) -> bytes:
    """What a press of a download button brings."""
    with page.expect_download(timeout=30_000) as begun:
        button(page, word).click()
    with open(begun.value.path(), "rb") as file:
        return file.read()


def test_a_file_has_what_was_typed_a_moment_before(builder: Page, desk: Desk, number: int) -> None:
    control(builder, "title").fill("Guide of the Nights")
    builder.get_by_text("More", exact=True).click()
    assert b"Guide of the Nights" in download(builder, "Download HTML")
    expect(builder.locator("details.menu[open]")).to_have_count(0)
    control(builder, "title").fill("Guide of the Days")
    assert download(builder, "Download PDF").startswith(b"%PDF-")
    assert desk.posting(number).title == "Guide of the Days"
    assert builder.url.endswith(f"/postings/{number}")


def test_archiving_waits_for_what_was_typed_a_moment_before(
    builder: Page, desk: Desk, number: int
) -> None:
    builder.route(CHANGES, lambda route: (time.sleep(0.5), route.continue_()))
    control(builder, "title").fill("Guide of the Nights")
    builder.get_by_text("More", exact=True).click()
    button(builder, "Archive").click()
    expect(button(builder, "Bring back")).to_be_visible()
    assert desk.posting(number).title == "Guide of the Nights"


def test_the_button_says_that_it_works_and_keeps_its_width(builder: Page) -> None:
    pdf = builder.locator("[data-download=pdf]")
    before = pdf.bounding_box()
    builder.route(re.compile(r"download\.pdf"), lambda route: (time.sleep(0.5), route.continue_()))
    with builder.expect_download(timeout=30_000):
        pdf.click()
        expect(pdf).to_have_text("Preparing...")
        during = pdf.bounding_box()
        pdf.click()
    assert before and during and before["width"] == during["width"]
    expect(pdf).to_have_text("Download PDF")


def test_nothing_is_downloaded_while_changes_can_not_be_saved(builder: Page) -> None:
    begun: list[str] = []
    builder.on("download", lambda file: begun.append(file.suggested_filename))
    builder.route(CHANGES, lambda route: route.fulfill(status=500, body="{}"))
    control(builder, "title").fill("Guide")
    button(builder, "Download PDF").click()
    message = builder.locator("#messages")
    expect(message).to_contain_text("nothing was downloaded")
    expect(builder.locator("[data-saved]")).to_have_text(
        re.compile(r"^Could not save\. Trying again in \d+ s$")
    )
    expect(builder.locator("[data-download=pdf]")).to_have_text("Download PDF")
    builder.wait_for_timeout(300)
    assert begun == []
    builder.unroute(CHANGES)
    message.get_by_role("button", name="Close").click()
    assert download(builder, "Download PDF").startswith(b"%PDF-")


def test_the_link_is_copied(builder: Page) -> None:
    builder.context.grant_permissions(["clipboard-read", "clipboard-write"])
    builder.get_by_text("More", exact=True).click()
    button(builder, "Copy link").click()
    expect(builder.locator("#messages")).to_contain_text("Link copied")
    assert builder.evaluate("navigator.clipboard.readText()") == builder.url
    builder.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    builder.get_by_text("More", exact=True).click()
    button(builder, "Copy link").click()
    expect(builder.locator("#messages")).to_contain_text(builder.url)


def test_saving_is_said_with_a_button_to_try_again(builder: Page, desk: Desk, number: int) -> None:
    words, retry = builder.locator("[data-saved]"), builder.locator("[data-retry]")
    expect(words).to_have_attribute("role", "status")
    builder.context.set_offline(True)
    control(builder, "title").fill("Guide")
    expect(words).to_have_text("Offline. Changes are kept on this device")
    builder.context.set_offline(False)
    saved(builder)
    expect(retry).to_be_hidden()
    builder.route(CHANGES, lambda route: route.fulfill(status=422, json={"message": "Too odd."}))
    control(builder, "title").fill("Guide II")
    builder.keyboard.press("Tab")
    expect(words).to_have_text("Could not save. Too odd.")
    builder.unroute(CHANGES)
    retry.click()
    saved(builder)
    assert desk.posting(number).title == "Guide II"


def test_words_from_before_a_crash_are_offered(builder: Page, desk: Desk, number: int) -> None:
    address, context = builder.url, builder.context
    context.set_offline(True)
    control(builder, "title").fill("Guide of the Nights")
    control(builder, "department").fill("Harbor")
    expect(builder.locator("[data-saved]")).to_contain_text("Offline")
    builder.wait_for_timeout(300)
    builder.close()
    context.set_offline(False)
    page = context.new_page()
    open_builder(page, address)
    notice = page.locator("#edit > .notice")
    expect(notice).to_have_text(
        re.compile(r"Recovered 2 changes from \d{1,2}:\d\d [AP]M\.\s*Keep\s*Discard")
    )
    button(page, "Keep").click()
    expect(notice).to_have_count(0)
    expect(control(page, "title")).to_have_value("Guide of the Nights")
    saved(page)
    assert desk.posting(number).department == "Harbor"


def test_a_person_who_is_signed_out_signs_in_elsewhere_and_goes_on(
    builder: Page, desk: Desk, administrator: Person, number: int
) -> None:
    builder.context.clear_cookies()
    control(builder, "title").fill("Guide")
    sheet = builder.get_by_role("dialog", name="You are signed out")
    expect(sheet).to_be_visible()
    sign_in = sheet.get_by_role("link", name="Sign in")
    expect(sign_in).to_have_attribute("target", "_blank")
    expect(sign_in).to_be_focused()
    button(builder, "Continue").click()
    expect(sheet).to_be_visible()
    token = session_of(desk.app, administrator, datetime.now(UTC))
    builder.context.add_cookies([{"name": "jobdesc_session", "value": token, "url": builder.url}])
    button(builder, "Continue").click()
    expect(sheet).to_be_hidden()
    saved(builder)
    assert desk.posting(number).title == "Guide"
    expect(paper(builder, "title")).to_have_text("Guide")


@pytest.fixture
def other(builder: Page, browser: Browser, desk: Desk) -> Page:
    """The same page before somebody else."""
    person = add_person(desk.app, Kind.HR_EDITOR, now=datetime.now(UTC))
    context = browser.new_context()
    context.set_default_timeout(30_000)
    return enter_builder(context, desk.app, person, builder.url)


def test_what_others_changed_appears_and_is_said(builder: Page, other: Page) -> None:
    control(other, "contact").fill("Ask Ana.")
    saved(other)
    control(builder, "title").fill("Guide")
    expect(control(builder, "contact")).to_have_value("Ask Ana.")
    expect(builder.locator("#messages")).to_contain_text(re.compile("edited How to apply"))
    expect(control(builder, "title")).to_have_value("Guide")


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("Keep mine", "Mine here"), ("Take theirs", "Theirs here"),
     ("Edit both", "Theirs Mine here")],
)  # fmt: skip
def test_two_texts_are_shown_and_one_is_chosen(
    builder: Page, other: Page, desk: Desk, number: int, choice: str, kept: str
) -> None:
    control(builder, "department").fill("Mine here")
    builder.context.set_offline(True)
    control(other, "department").fill("Theirs here")
    saved(other)
    builder.wait_for_timeout(100)
    builder.context.set_offline(False)
    sheet = builder.get_by_role("dialog", name="Department: two versions")
    state = builder.locator("[data-saved]")
    expect(state).to_have_text("Some changes wait for your choice", timeout=15_000)
    builder.wait_for_timeout(1_500)
    expect(sheet).to_be_hidden()  # the focus is in a field: no key of a text may answer
    if choice == "Keep mine":
        builder.locator("h1").click()
    else:
        button(builder, "Choose").click()
    expect(sheet).to_be_visible()
    builder.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    expect(sheet.locator(".version ins")).to_have_text(["added: Mine ", "added: Theirs "])
    button(builder, choice).click()
    expect(sheet).to_be_hidden()
    expect(control(builder, "department")).to_have_value(kept)
    expect(control(builder, "department")).to_be_focused()
    saved(builder)
    assert desk.posting(number).department == kept
