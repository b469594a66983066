"""The page of a posting: what it does without a script, the keyboard, and small screens."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from jobdesc.people.person import Kind, Person
from tests.accounts import add_person, quick_hashes, set_up
from tests.browser.acting import button, enter_as
from tests.desk import Desk, furnish
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

HOSTILE = "<script>document.title='taken'</script> مرحبا بكم 👩🏽‍⚕️ \"quoted\" "
LONG = (HOSTILE * 200)[:10_000].strip()
FOCUSED = """() => {
  const it = document.activeElement;
  if (it === document.body) return null;
  const box = it.getBoundingClientRect();
  const style = getComputedStyle(it);
  const around = getComputedStyle(it.closest(":focus-within") || it);
  const ringed = [style, around].some((look) => look.boxShadow !== "none"
    || (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2));
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const seen = [0.1, 0.5, 0.9].every((part) => {
    const y = top + (bottom - top) * part;
    const x = box.left + Math.min(box.width / 2, 20);
    const hit = document.elementFromPoint(x, y);
    return hit && (it.contains(hit) || hit.contains(it) && !hit.matches(".bar, .builder-bar"));
  });
  // Of a text area the browser brings the line with the caret into view.
  const fits = box.top >= 0 && (box.bottom <= innerHeight + 1 || it.matches("textarea, section"));
  const number = [...document.querySelectorAll("*")].indexOf(it);
  return { number, ringed, seen: seen && fits, what: it.outerHTML.slice(0, 90) };
}"""
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
  )].filter((it) => it.checkVisibility() && !it.disabled)
  .map((it) => [[...document.querySelectorAll("*")].indexOf(it), it.outerHTML.slice(0, 90)])"""
STICKING_OUT = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
    .map((it) => it.outerHTML.slice(0, 60))"""


@pytest.fixture
def administrator(seeded_app: Flask) -> Person:
    person = set_up(seeded_app, datetime.now(UTC))
    furnish(seeded_app)
    return person


@pytest.fixture
def desk(seeded_app: Flask, administrator: Person) -> Desk:
    return Desk(seeded_app, administrator)


@pytest.fixture
def number(desk: Desk) -> int:
    number = desk.start()
    desk.send(number, {"department": "Intake"})
    return number


@pytest.fixture
def editing(
    context: BrowserContext, desk: Desk, number: int, administrator: Person, live_server: str
) -> Page:
    """The page of the posting, open before an editor."""
    return enter_as(context, desk.app, administrator, f"{live_server}/postings/{number}")


@pytest.fixture
def plain(
    browser: Browser, desk: Desk, number: int, administrator: Person, live_server: str
) -> Iterator[Page]:
    """The page of the posting in a browser without scripts."""
    with browser.new_context(java_script_enabled=False) as context:
        yield opened(context, desk, administrator, f"{live_server}/postings/{number}")


@pytest.fixture
def other(browser: Browser, desk: Desk, number: int, live_server: str) -> Iterator[Page]:
    """The same page, without scripts too, in the browser of somebody else."""
    person = add_person(desk.app, Kind.HR_EDITOR, now=datetime.now(UTC))
    with browser.new_context(java_script_enabled=False) as context:
        yield opened(context, desk, person, f"{live_server}/postings/{number}")


def opened(context: BrowserContext, desk: Desk, person: Person, address: str) -> Page:
    context.set_default_timeout(30_000)
    return enter_as(context, desk.app, person, address)


def save(page: Page) -> None:
    button(page, "Save changes").first.click()


def test_errors_keep_the_text_and_lead_to_it(plain: Page, desk: Desk, number: int) -> None:
    plain.get_by_role("textbox", name="About the role").fill(LONG)
    plain.get_by_role("textbox", name="Job title").fill("Night Guide " + HOSTILE)
    save(plain)
    expect(plain).to_have_title(re.compile("^Error: "))
    summary = plain.locator("#error-summary")
    expect(summary).to_be_focused()
    expect(plain.get_by_role("textbox", name="About the role")).to_have_value(LONG)
    expect(plain.get_by_role("heading", level=1)).to_have_text(f"Night Guide {HOSTILE}".strip())
    plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("textbox", name="About the role")).to_be_focused()
    expect(plain.get_by_role("textbox", name="About the role")).to_be_in_viewport()
    assert desk.posting(number).title == f"Night Guide {HOSTILE}".strip()


def test_two_editors_of_different_lines_are_both_kept(
    plain: Page, other: Page, desk: Desk, number: int
) -> None:
    plain.get_by_role("textbox", name="Duty 1", exact=True).fill("Mine.")
    other.get_by_role("textbox", name="Duty 2", exact=True).fill("Theirs.")
    save(plain)
    expect(plain.locator("[data-saved]")).to_contain_text("All changes saved")
    save(other)
    expect(other.get_by_role("textbox", name="Duty 1", exact=True)).to_have_value("Mine.")
    assert desk.texts(number)[:2] == ["Mine.", "Theirs."]


def test_two_editors_of_one_line_see_both_texts_and_the_second_decides(
    plain: Page, other: Page, desk: Desk, number: int
) -> None:
    plain.get_by_role("textbox", name="Duty 1", exact=True).fill("Mine.")
    other.get_by_role("textbox", name="Duty 1", exact=True).fill("Theirs.")
    save(plain)
    expect(plain.locator("[data-saved]")).to_contain_text("All changes saved")
    save(other)
    expect(other).to_have_title(re.compile("^Error: "))
    expect(other.locator("#error-summary")).to_be_focused()
    expect(other.locator("#error-summary")).to_contain_text("Save again to replace it: Mine.")
    expect(other.get_by_role("textbox", name="Duty 1", exact=True)).to_have_value("Theirs.")
    assert desk.texts(number)[0] == "Mine."
    save(other)
    expect(other.locator("[data-saved]")).to_contain_text("All changes saved")
    assert desk.texts(number)[0] == "Theirs."


def test_lines_are_moved_removed_added_and_offered_again(
    plain: Page, desk: Desk, number: int
) -> None:
    first, second, *rest = desk.texts(number)
    duties = plain.locator("#duties")
    button(plain, "Down Duty 1").click()
    expect(plain.get_by_role("textbox", name="Duty 2", exact=True)).to_have_value(first)
    expect(plain.get_by_role("textbox", name="Duty 2", exact=True)).to_be_in_viewport()
    button(plain, "Up Duty 2").click()
    expect(plain.get_by_role("textbox", name="Duty 1", exact=True)).to_have_value(first)
    button(plain, "Remove Duty 1").click()
    expect(plain.get_by_role("textbox", name="Duty 1", exact=True)).to_have_value(second)
    duties.locator("summary").first.click()
    plain.get_by_label("New duty").fill("Drives the van.\nKeeps the log.")
    button(plain, "Add this duty").click()
    expect(plain.get_by_role("textbox", name=f"Duty {len(rest) + 3}", exact=True)).to_have_value(
        "Keeps the log."
    )
    duties.get_by_text("From the role template").click()
    duties.get_by_role("listitem").filter(has_text=first).get_by_role("button").click()
    expect(plain.get_by_role("textbox", name=f"Duty {len(rest) + 4}", exact=True)).to_have_value(
        first
    )
    assert desk.texts(number) == [second, *rest, "Drives the van.", "Keeps the log.", first]


@pytest.mark.parametrize("path", ["/", "/postings/{number}", "/settings/organization"])
@pytest.mark.parametrize("width", [1440, 320])
def test_the_keyboard_reaches_everything_and_what_it_reaches_is_seen(
    editing: Page, live_server: str, number: int, path: str, width: int
) -> None:
    editing.set_viewport_size({"width": width, "height": 800})
    editing.goto(live_server + path.format(number=number))
    wanted = dict(editing.evaluate(REACHABLE))
    assert len(wanted) > 20
    reached: dict[int, str] = {}
    hidden = []
    for _ in range(len(wanted) + 10):
        editing.keyboard.press("Tab")
        at = editing.evaluate(FOCUSED)
        if at is None:
            break
        if at["number"] in reached:
            break
        reached[at["number"]] = at["what"]
        if not (at["ringed"] and at["seen"]):
            hidden.append(at)
    assert hidden == []
    assert {what for key, what in wanted.items() if key not in reached} == set()
    assert list(reached) == sorted(reached), "the order is that of the page"


def test_the_keyboard_opens_what_is_folded(plain: Page) -> None:
    summary = plain.locator("#duties summary").first
    summary.focus()
    plain.keyboard.press("Enter")
    plain.keyboard.press("Tab")
    expect(plain.get_by_label("New duty")).to_be_focused()
    plain.get_by_text("Account", exact=True).focus()


def test_a_recruiter_sees_the_posting_and_nothing_to_change_it_with(
    context: BrowserContext, desk: Desk, number: int, live_server: str
) -> None:
    recruiter = add_person(desk.app, Kind.RECRUITER, now=datetime.now(UTC))
    page = enter_as(context, desk.app, recruiter, live_server)
    assert page.locator("button.level").count() == 0
    page.goto(f"{live_server}/postings/{number}")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Download PDF")).to_be_visible()
    assert main.locator("form, input, textarea, select, button").count() == 0
    answer = page.request.post(f"{live_server}/postings/{number}", form={"title": "Mine"})
    assert answer.status in (400, 403)
    assert desk.posting(number).title != "Mine"


@pytest.mark.parametrize("height", [450, 800])
def test_a_long_posting_fits_a_small_screen(
    editing: Page, desk: Desk, number: int, height: int
) -> None:
    desk.send(
        number, {"title": "W" * 90, "new:duties": "\n".join(f"{'W' * 60} {n}" for n in range(20))}
    )
    editing.set_viewport_size({"width": 320, "height": height})
    editing.reload()
    editing.evaluate(
        "document.querySelectorAll('details').forEach((part) => { part.open = true; })"
    )
    assert editing.evaluate(STICKING_OUT) == []
    editing.evaluate("window.scrollTo(5000, 5000)")
    assert editing.evaluate("window.scrollX") == 0
