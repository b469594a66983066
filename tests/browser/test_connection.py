"""The connection is cut in the middle of typing, or the page dies: no word is lost."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from jobdesc.people.person import Person
from tests.accounts import quick_hashes
from tests.browser.builder import (
    administrator,
    builder,
    desk,
    enter_builder,
    number,
    open_builder,
    saved,
    wait_until_ready,
)
from tests.chromium import FLAGS, program
from tests.desk import Desk
from tests.marks import on_sqlite

__all__ = ["administrator", "builder", "desk", "number", "quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

FIRST = "ol.bullets[data-section=duties] textarea"


def type_at_the_end(page: Page, text: str) -> None:
    page.locator(FIRST).first.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text, delay=20)


def kill_the_tabs(browser: Browser) -> None:
    """End the processes behind all pages at once, without a word to them."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    for process in told["processInfo"]:
        if process["type"] == "renderer":
            os.kill(process["id"], signal.SIGKILL)


def test_a_cut_connection_keeps_the_words_and_sends_them_when_it_is_back(
    context: BrowserContext, builder: Page, desk: Desk, number: int
) -> None:
    type_at_the_end(builder, " Before the cut,")
    context.set_offline(True)
    type_at_the_end(builder, " and after it.")
    state = builder.locator("[data-saved]")
    expect(state).to_have_text("Offline. Changes are kept on this device")
    context.set_offline(False)
    expect(state).to_have_text("All changes saved")
    assert desk.texts(number)[0].endswith("Before the cut, and after it.")


def test_what_is_typed_after_somebody_archived_the_posting_is_there_when_it_is_back(
    builder: Page, desk: Desk, number: int
) -> None:
    before = desk.texts(number)[0]
    desk.client.post(f"/postings/{number}/archive", data={"csrf_token": desk.token()})
    type_at_the_end(builder, " Typed too late.")
    expect(builder.locator("[data-saved]")).to_have_text(
        "Could not save. Ada Lake archived this posting. Reload to bring it back: your "
        "changes are kept on this device."
    )  # fmt: skip
    assert desk.texts(number)[0] == before
    builder.reload()
    builder.get_by_role("button", name="Bring back").click()
    wait_until_ready(builder)
    expect(builder.locator(FIRST).first).to_have_value(f"{before} Typed too late.")
    saved(builder)
    assert desk.texts(number)[0] == f"{before} Typed too late."


@pytest.mark.parametrize("answer", ["Keep", "Discard"])
def test_a_page_that_dies_while_offline_offers_its_words_to_the_next(
    browser: Browser,
    context: BrowserContext,
    builder: Page,
    desk: Desk,
    number: int,
    live_server: str,
    answer: str,
) -> None:
    before = desk.texts(number)[0]
    context.set_offline(True)
    type_at_the_end(builder, " Written on a train.")
    expect(builder.locator("[data-saved]")).to_have_text(
        "Offline. Changes are kept on this device"
    )  # fmt: skip
    kill_the_tabs(browser)
    builder.close()
    context.set_offline(False)
    again = context.new_page()
    open_builder(again, f"{live_server}/postings/{number}")
    offer = again.locator("#edit .notice", has_text="Recovered 1 change from")
    expect(offer).to_be_visible()
    assert desk.texts(number)[0] == before
    offer.get_by_role("button", name=answer, exact=True).click()
    if answer == "Keep":
        expect(again.locator(FIRST).first).to_have_value(f"{before} Written on a train.")
        saved(again)
        assert desk.texts(number)[0] == f"{before} Written on a train."
    else:
        again.reload()
        again.wait_for_selector("form[data-ready]")
        expect(again.locator(FIRST).first).to_have_value(before)
        expect(again.locator("#edit .notice")).to_have_count(0)


def test_a_browser_that_dies_after_work_offline_offers_its_words(
    browser: Browser,
    administrator: Person,
    desk: Desk,
    number: int,
    live_server: str,
    tmp_path: Path,
) -> None:
    """Killed as by the system: what local storage had not written to the disk is gone."""
    url, words = f"{live_server}/postings/{number}", " ".join(f"word{n}" for n in range(20))
    with own_browser(browser, tmp_path) as context:
        page = enter_builder(context, desk.app, administrator, url)
        context.set_offline(True)
        type_at_the_end(page, f" {words}")
        page.wait_for_timeout(1_500)
        kill_all(tmp_path)
    with own_browser(browser, tmp_path) as context:
        page = enter_builder(context, desk.app, administrator, url)
        page.locator("#edit .notice").get_by_role("button", name="Keep", exact=True).click()
        saved(page)
    assert desk.texts(number)[0].endswith(words)


@contextmanager
def own_browser(browser: Browser, profile: Path) -> Iterator[BrowserContext]:
    """A browser of its own that keeps what it has to keep in this folder."""
    context = browser.browser_type.launch_persistent_context(
        profile / "browser",
        executable_path=program(),
        args=list(FLAGS),
    )
    context.set_default_timeout(10_000)
    yield context
    with suppress(Error):  # one that was killed is closed already
        context.close()


def kill_all(profile: Path) -> None:
    """End every process of the browser of this folder at once."""
    mark = f"--user-data-dir={profile}"
    of_it = [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(part.startswith(mark) for part in process.info["cmdline"] or ())
    ]
    assert of_it
    for process in of_it:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def test_a_page_closed_in_the_middle_of_typing_has_saved(
    context: BrowserContext, builder: Page, desk: Desk, number: int, live_server: str
) -> None:
    type_at_the_end(builder, " Typed and gone.")
    builder.close(run_before_unload=False)
    again = context.new_page()
    open_builder(again, f"{live_server}/postings/{number}")
    expect(again.locator(FIRST).first).to_have_value(re.compile(r" Typed and gone\.$"))
    assert desk.texts(number)[0].endswith("Typed and gone.")


def test_a_reload_in_the_middle_of_typing_keeps_every_letter(
    builder: Page, desk: Desk, number: int
) -> None:
    type_at_the_end(builder, " Half a sent")
    builder.reload()
    builder.wait_for_selector("form[data-ready]")
    expect(builder.locator(FIRST).first).to_have_value(re.compile(r" Half a sent$"))
    builder.keyboard.press("Control+s")
    saved(builder)
    assert desk.texts(number)[0].endswith("Half a sent")
