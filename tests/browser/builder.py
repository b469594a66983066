"""The live builder of a posting, open before an editor."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page, expect

from jobdesc.people.person import Person
from tests.accounts import set_up
from tests.browser.acting import enter_as
from tests.desk import Desk, furnish

OpenBuilder = Callable[..., Page]
READY = "form[data-ready]"


@pytest.fixture
def administrator(seeded_app: Flask) -> Person:
    """Somebody of an organization whose profile is empty."""
    return set_up(seeded_app, datetime.now(UTC))


@pytest.fixture
def desk(seeded_app: Flask, administrator: Person) -> Desk:
    """What is stored, without a browser; the profile leaves no detail of a posting open."""
    furnish(seeded_app)
    return Desk(seeded_app, administrator)


@pytest.fixture
def number(desk: Desk) -> int:
    """A posting for a case manager, level II, that somebody has worked on."""
    number = desk.start()
    desk.send(number, {"department": "Intake"})
    return number


@pytest.fixture
def builder(
    context: BrowserContext, desk: Desk, number: int, administrator: Person, live_server: str
) -> Iterator[Page]:
    """The page of that posting, ready."""
    yield enter_builder(context, desk.app, administrator, f"{live_server}/postings/{number}")
    context.set_offline(False)


def enter_builder(context: BrowserContext, app: Flask, person: Person, url: str) -> Page:
    """The page of a posting, ready, before somebody who is signed in."""
    page = enter_as(context, app, person, url)
    wait_until_ready(page)
    return page


def open_builder(page: Page, url: str) -> None:
    """Open a posting and wait for its scripts."""
    page.goto(url)
    wait_until_ready(page)


def wait_until_ready(page: Page) -> None:
    """Until scripts answer, and until the fonts are there: with them lines break elsewhere."""
    page.wait_for_selector(READY)
    page.evaluate("document.fonts.ready.then(() => null)")


def control(page: Page, name: str) -> Locator:
    """The control of a field."""
    return page.locator(f'#posting-form [name="{name}"]')


def paper(page: Page, target: str = "") -> Locator:
    """The sheet of the preview, or what it shows of a field or line."""
    sheet = page.locator("[data-paper]")
    return sheet.locator(f'[data-target="{target}"]') if target else sheet


def saved(page: Page) -> None:
    """Wait until everything is on the server."""
    expect(page.locator("[data-saved]")).to_have_text("All changes saved")
