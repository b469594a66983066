"""What a person does in a browser, counted."""

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page

from jobdesc.people.person import Person
from tests.desk import session_of


class Counter:
    """Clicks and fills on a page, each counted as one interaction."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, target: Locator) -> None:
        """Press a button or follow a link."""
        self.count += 1
        target.click()

    def fill(self, label: str, text: str) -> None:
        """Type into the field of this label."""
        self.count += 1
        controls = self.page.locator("input, textarea")
        self.page.get_by_label(label, exact=True).and_(controls).fill(text)

    def enter(self) -> None:
        """Send a form by the key."""
        self.count += 1
        self.page.keyboard.press("Enter")

    def download(self, target: Locator) -> tuple[str, bytes]:
        """Press what begins a download; its name and its bytes."""
        with self.page.expect_download(timeout=30_000) as begun:
            self.click(target)
        return begun.value.suggested_filename, Path(begun.value.path()).read_bytes()


def button(page: Page, name: str) -> Locator:
    """The button of this name."""
    return page.get_by_role("button", name=name, exact=True)


def level_button(page: Page, specialty: str, level: str) -> Locator:
    """A level's button on the card of a specialty."""
    heading = page.get_by_role("heading", name=specialty, exact=True)
    card = page.get_by_role("listitem").filter(has=heading)
    return card.get_by_role("button", name=re.compile(rf"^{level} ?: start a posting"))


def enter_as(context: BrowserContext, app: Flask, person: Person, url: str) -> Page:
    """A page of somebody who is signed in, at this address."""
    token = session_of(app, person, datetime.now(UTC))
    root = urljoin(url, "/")
    context.add_cookies([{"name": "jobdesc_session", "value": token, "url": root}])
    page = context.new_page()
    page.goto(url)
    return page
