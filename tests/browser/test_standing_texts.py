"""Locks and other texts in the live builder, and placeholders put into a text."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from jobdesc.people.person import Kind
from jobdesc.postings.variants import StatementKind
from jobdesc.services.statements import create_variant, lock_text, unlock_text
from tests.accounts import NOW, add_person, quick_hashes, set_up
from tests.browser.acting import enter_as
from tests.browser.builder import control, enter_builder, paper, saved
from tests.desk import Desk, furnish
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

KIND = StatementKind.EQUAL_OPPORTUNITY
ADA = "Locked by Ada Lake. An administrator can change it."


@pytest.fixture
def director(seeded_app: Flask) -> Desk:
    """A hiring director where Ada locked the text for Oregon and the benefits."""
    ada = set_up(seeded_app)
    furnish(seeded_app)
    with seeded_app.app_context():
        oregon = {"name": "Oregon", "text": "In Oregon we hire.", "states": ["OR"]}
        lock_text(ada, create_variant(ada, KIND, oregon, NOW).id, NOW)
        lock_text(ada, "benefits", NOW)
        idaho = {"name": "Idaho", "text": "In Idaho {organization} hires.", "states": ["ID"]}
        lock_text(ada, create_variant(ada, KIND, idaho, NOW).id, NOW)
    return Desk(seeded_app, add_person(seeded_app, Kind.HIRING_DIRECTOR))


@pytest.fixture
def number(director: Desk) -> int:
    return director.start()


@pytest.fixture
def builder(context: BrowserContext, director: Desk, number: int, live_server: str) -> Page:
    """The director's posting, open."""
    url = f"{live_server}/postings/{number}"
    return enter_builder(context, director.app, director.person, url)


def test_what_is_locked_is_shown_and_cannot_be_typed_into_or_removed(
    builder: Page, director: Desk, number: int
) -> None:
    before = director.posting(number)
    field = control(builder, "equal_opportunity")
    expect(field).not_to_be_editable()
    expect(builder.locator("[data-beside=equal_opportunity]")).to_have_text(ADA)
    row = builder.locator("#benefits li").first
    row.hover()
    row.locator("[data-act=remove]").click()
    expect(builder.locator("#messages")).to_contain_text(ADA)
    expect(builder.locator("#benefits li")).to_have_count(2)
    area = row.locator("textarea")
    expect(area).not_to_be_editable()
    area.focus()
    builder.keyboard.press("Enter")
    expect(builder.locator("#benefits li")).to_have_count(2)
    control(builder, "title").fill("Intake")
    saved(builder)
    after = director.posting(number)
    assert after.title == "Intake"
    assert after.equal_opportunity == before.equal_opportunity
    assert after.lines == before.lines


def test_what_a_script_sends_all_the_same_is_refused_and_said(
    builder: Page, director: Desk, number: int
) -> None:
    field = control(builder, "equal_opportunity")
    director.send(number, {"equal_opportunity": ""})
    field.evaluate("it => { it.readOnly = false; }")
    builder.locator("#arrange-sheet").evaluate("it => it.close()")
    builder.get_by_role("button", name="Arrange sections").first.click()
    sheet = builder.locator("#arrange-sheet")
    sheet.get_by_role("button", name="Hide Equal opportunity and accommodation").click()
    expect(builder.locator("#messages")).to_contain_text(ADA)
    assert director.posting(number).hidden_parts == ()


def test_another_text_is_offered_when_the_place_changes_used_and_undone(
    builder: Page, director: Desk, number: int
) -> None:
    place = director.posting(number).places[0].id
    notes = builder.locator("[data-beside=equal_opportunity]")
    control(builder, f"place:{place}.state").fill("ID")
    expect(notes).to_contain_text("Your organization has another text for Idaho.")
    expect(control(builder, "equal_opportunity")).to_have_value("In Oregon we hire.")
    notes.get_by_role("button", name="Use this text").click()
    expect(control(builder, "equal_opportunity")).to_have_value("In Idaho {organization} hires.")
    expect(control(builder, "equal_opportunity")).to_be_focused()
    expect(paper(builder, "equal_opportunity")).to_have_text(
        "In Idaho Harbor County Health Services hires."
    )
    expect(notes).to_have_text(ADA)
    saved(builder)
    assert director.posting(number).equal_opportunity == "In Idaho {organization} hires."
    expect(control(builder, "equal_opportunity")).not_to_be_editable()
    builder.locator("#messages").get_by_role("button", name="Undo").click()
    expect(control(builder, "equal_opportunity")).to_have_value("In Oregon we hire.")
    saved(builder)


def test_what_is_no_longer_locked_can_be_typed_into_without_loading_the_page_again(
    context: BrowserContext, seeded_app: Flask, live_server: str
) -> None:
    ada = set_up(seeded_app)
    furnish(seeded_app)
    with seeded_app.app_context():
        lock_text(ada, KIND.value, NOW)
    desk = Desk(seeded_app, add_person(seeded_app, Kind.HIRING_DIRECTOR))
    url = f"{live_server}/postings/{desk.start()}"
    page = enter_builder(context, seeded_app, desk.person, url)
    expect(control(page, "equal_opportunity")).not_to_be_editable()
    with seeded_app.app_context():
        unlock_text(ada, KIND.value, NOW)
    control(page, "title").fill("Intake")
    expect(control(page, "equal_opportunity")).to_be_editable()
    expect(page.locator("[data-beside=equal_opportunity]")).to_be_empty()


def test_a_gap_is_amber_in_the_preview_and_named_at_its_field(builder: Page) -> None:
    summary = control(builder, "summary")
    summary.fill("Work in {plaec}, {department}.")
    gap = paper(builder, "summary").locator(".gap")
    expect(gap).to_have_text(["[plaec missing]", "[department missing]"])
    assert gap.first.evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(253, 240, 213)"
    summary.blur()
    expect(builder.locator("#summary-error")).to_have_text(
        "{plaec} is not a placeholder. Did you mean {place}?"
    )
    expect(builder.locator("#missing")).to_contain_text("1 detail missing: department")
    builder.locator("#missing").get_by_role("link", name="department").click()
    department = builder.locator("#basics [name=department]")
    expect(department).to_be_focused()
    department.fill("Intake")
    expect(gap).to_have_text(["[plaec missing]"])


def test_a_placeholder_is_put_where_the_caret_is(
    context: BrowserContext, director: Desk, live_server: str
) -> None:
    editor = add_person(director.app, Kind.HR_EDITOR)
    url = f"{live_server}/settings/statements/about/new"
    page = enter_as(context, director.app, editor, url)
    text = page.locator("#text")
    text.fill("We at  help.")
    text.evaluate("it => it.setSelectionRange(6, 6)")
    page.get_by_text("Placeholders", exact=True).click()
    page.get_by_role("button", name="Insert Name of the organization").click()
    expect(text).to_have_value("We at {organization} help.")
    assert leave(page) == ["beforeunload"]


def test_leaving_the_profile_asks_only_where_something_was_typed_and_not_saved(
    context: BrowserContext, director: Desk, live_server: str
) -> None:
    url = f"{live_server}/settings/organization"
    page = enter_as(context, director.app, add_person(director.app, Kind.HR_EDITOR), url)
    assert leave(page) == []
    page.goto(url)
    page.get_by_label("Schedule", exact=True).fill("Nights")
    page.get_by_role("button", name="Save defaults").click()
    expect(page.get_by_text("Defaults saved")).to_be_visible()
    assert leave(page) == []
    page.goto(url)
    page.get_by_label("Schedule", exact=True).fill("Weekends")
    assert leave(page) == ["beforeunload"]


def leave(page: Page) -> list[str]:
    """What the browser asks before it leads to the postings."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.get_by_role("link", name="Postings", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Postings")
    page.remove_listener("dialog", answer)
    return asked
