"""The lists of a posting in the live builder: a page open before an editor, and what it holds."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from jobdesc.people.person import Person
from tests.browser.builder import administrator, desk, enter_builder, number
from tests.desk import Desk

__all__ = ["administrator", "desk", "number", "page_of_lists"]

READER = """() => import(
  document.querySelector("script[src*='builder/main.js']").src.replace("main.js", "pasted.js"))"""
"""What reads a clipboard, otherwise there a moment after the first paste."""
FOCUS = """() => {
  const it = document.activeElement, item = it.closest("[data-line]");
  const nth = item ? [...item.parentNode.children].indexOf(item) : -1;
  const what = it.matches("textarea") ? "text" : it.dataset.act ?? it.dataset.add
    ?? ("handle" in it.dataset ? "handle" : it.tagName);
  return [item?.parentNode.dataset.section ?? "", nth, what, it.selectionStart ?? null];
}"""


@pytest.fixture
def page_of_lists(
    context: BrowserContext, desk: Desk, number: int, administrator: Person, live_server: str
) -> Page:
    """The builder, with the right to use the clipboard."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server)
    url = f"{live_server}/postings/{number}"
    page = enter_builder(context, desk.app, administrator, url)
    page.evaluate(READER)
    return page


def item(page: Page, number: int, section: str = "duties") -> Locator:
    """An item by its number in its list, from 1."""
    return page.locator(f"ol[data-section={section}] > li[data-line]").nth(number - 1)


def area(page: Page, number: int, section: str = "duties") -> Locator:
    """The text of an item."""
    return item(page, number, section).locator("textarea")


def shown(page: Page, section: str = "duties") -> list[str]:
    """The texts of a list as the page shows them."""
    texts: list[str] = page.eval_on_selector_all(
        f"ol[data-section={section}] textarea", "areas => areas.map((it) => it.value)"
    )
    return texts


def place_caret(page: Page, number: int, start: int, section: str = "duties") -> None:
    """The caret into an item's text, counted from the end where `start` is negative."""
    area(page, number, section).evaluate(
        """(it, at) => {
          it.focus();
          const start = at < 0 ? it.value.length + 1 + at : at;
          it.setSelectionRange(start, start);
        }""",
        start,
    )


def focus(page: Page) -> tuple[str, int, str, int | None]:
    """Where the focus is: list, number of the item, what of it, and where the caret is."""
    section, index, what, caret = page.evaluate(FOCUS)
    return section, index + 1, what, caret


def undo(page: Page) -> None:
    """Take back one step."""
    page.keyboard.press("Control+z")


def copy(page: Page, text: str, html: str = "") -> None:
    """Put a text, and what it looks like, on the clipboard."""
    page.evaluate(
        """([text, html]) => navigator.clipboard.write([new ClipboardItem({
          "text/plain": new Blob([text], {type: "text/plain"}),
          ...(html ? {"text/html": new Blob([html], {type: "text/html"})} : {}),
        })])""",
        [text, html],
    )


def paste(page: Page, text: str, html: str = "") -> None:
    """Paste a text where the caret is, and wait until it is there."""
    copy(page, text, html)
    page.keyboard.press("Control+v")
    page.evaluate(READER)


def stored(page: Page, desk: Desk, number: int, section: str = "duties") -> list[str]:
    """The texts of a list on the server, once everything is saved."""
    page.keyboard.press("Control+s")
    expect(page.locator("[data-saved]")).to_have_text("All changes saved")
    return desk.texts(number, section)
