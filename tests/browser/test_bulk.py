"""A recruiter at the list: a PDF in two interactions, a zip of 40 in three, with progress."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from jobdesc.people.person import Kind, Person
from jobdesc.postings.changes import SetField
from jobdesc.roles.levels import Level
from jobdesc.services.postings import save_changes, start_posting
from tests.accounts import add_person, quick_hashes, set_up
from tests.browser.acting import Counter, button, enter_as
from tests.desk import furnish
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

MANY = 40


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def either(browser: Browser, scripts: bool) -> Iterator[BrowserContext]:
    """A browser with or without JavaScript."""
    with browser.new_context(java_script_enabled=scripts, accept_downloads=True) as context:
        context.set_default_timeout(30_000)
        yield context


@pytest.fixture
def recruiter(seeded_app: Flask) -> Person:
    """A recruiter of a house with 40 postings."""
    now = datetime.now(UTC)
    administrator = set_up(seeded_app, now)
    furnish(seeded_app)
    with seeded_app.app_context():
        for number in range(1, MANY + 1):
            moment = now - timedelta(minutes=MANY - number)
            started = start_posting(administrator, "case-manager", Level.MID, moment)
            title = f"Case Manager {number:02}"
            change = SetField(target="title", before="Case Manager", after=title)
            save_changes(administrator, started, (change,), moment)
    return add_person(seeded_app, Kind.RECRUITER, now=now)


def test_a_pdf_in_two_interactions(
    either: BrowserContext, seeded_app: Flask, recruiter: Person, live_server: str
) -> None:
    page = enter_as(either, seeded_app, recruiter, f"{live_server}/postings")
    acts = Counter(page)
    name, body = acts.download(page.get_by_role("link", name="PDF of Case Manager 40"))
    assert name.startswith("case-manager-ii_portland_") and body.startswith(b"%PDF-")
    assert acts.count <= 2


def test_a_zip_of_40_pdfs_in_three_interactions_with_progress(
    either: BrowserContext, scripts: bool, seeded_app: Flask, recruiter: Person, live_server: str
) -> None:
    page = enter_as(either, seeded_app, recruiter, f"{live_server}/postings")
    acts = Counter(page)
    acts.click(page.get_by_label(f"Select all {MANY}"))
    acts.click(button(page, "Download PDF"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Zip of {MANY} PDFs")
    expect(page.get_by_role("progressbar")).to_be_visible()
    if scripts:
        some = re.compile(r"^[1-9]\d? of 40 PDFs$")
        expect(page.locator("[data-words]")).to_have_text(some, timeout=60_000)
    ready = page.get_by_role("link", name="Download zip")
    while not scripts and not ready.is_visible():
        page.get_by_role("link", name="Show progress").click()  # waiting is no interaction
        expect(page.locator("[data-words]")).to_have_text(re.compile(r"40 PDFs"))
        page.wait_for_timeout(500)
    expect(ready).to_be_visible(timeout=120_000)
    name, body = acts.download(ready)
    assert acts.count <= 3
    assert re.fullmatch(r"40-postings_\d{4}-\d\d-\d\d_pdf\.zip", name)
    with ZipFile(io.BytesIO(body)) as archive:
        assert len(set(archive.namelist())) == MANY
        assert all(archive.read(one).startswith(b"%PDF-") for one in archive.namelist())


def test_a_zip_left_alone_is_told_on_the_next_page(
    context: BrowserContext, seeded_app: Flask, recruiter: Person, live_server: str
) -> None:
    page = enter_as(context, seeded_app, recruiter, f"{live_server}/postings")
    page.get_by_label("Select Case Manager 40").check()
    button(page, "Download HTML").click()
    expect(page.locator("[data-words]")).to_have_text("1 HTML file ready", timeout=30_000)
    page.goto(live_server)
    expect(page.get_by_text("Your zip: 1 HTML file ready.")).to_be_visible()
    button(page, "Dismiss").click()
    expect(page).to_have_url(f"{live_server}/")
    expect(page.get_by_text("Your zip")).to_have_count(0)


@pytest.fixture
def rows(context: BrowserContext, seeded_app: Flask, recruiter: Person, live_server: str) -> Page:
    """The list, open."""
    return enter_as(context, seeded_app, recruiter, f"{live_server}/postings")


def test_the_bar_rises_with_the_first_tick_and_counts(rows: Page) -> None:
    bar = rows.get_by_role("group", name="With the selected postings")
    expect(bar).to_be_hidden()
    ticks = rows.locator("tbody input")
    ticks.nth(2).click()
    expect(bar).to_contain_text("1 selected")
    ticks.nth(6).click(modifiers=["Shift"])
    expect(bar).to_contain_text("5 selected")
    expect(rows.locator("tbody input:checked")).to_have_count(5)
    ticks.nth(4).click()
    expect(bar).to_contain_text("4 selected")
    everything = rows.get_by_label(f"Select all {MANY}")
    everything.click()
    expect(bar).to_contain_text(f"{MANY} selected")
    ticks.nth(0).click()
    expect(everything).not_to_be_checked()
    expect(bar).to_contain_text(f"{MANY - 1} selected")
    ticks.nth(0).focus()
    for _ in range(20):
        rows.keyboard.press("Tab")
    focused = rows.evaluate(
        """() => { const at = document.activeElement.getBoundingClientRect();
        const bar = document.querySelector('.action-bar').getBoundingClientRect();
        return at.bottom <= bar.top + 1 }"""
    )
    assert focused, "the bar covers what has the focus"


def test_a_zip_under_way_is_canceled(rows: Page) -> None:
    rows.get_by_label(f"Select all {MANY}").click()
    button(rows, "Download both").click()
    button(rows, "Cancel zip").click()
    expect(rows.locator("[data-words]")).to_contain_text("Canceled. Nothing was kept")
    expect(button(rows, "Begin again")).to_be_visible()
