"""An editor changes a role for a level and sees it in the next posting; a director may not."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from jobdesc.people.person import Kind
from tests.accounts import PASSWORD, add_person, set_up
from tests.marks import on_sqlite

pytestmark = [on_sqlite, pytest.mark.browser]

NEW = "Assess each patient at home within two days of discharge."
CELL = "Clinical assessment at level II: text"


def enter(app: Flask, page: Page, url: str, kind: Kind) -> None:
    set_up(app)
    email = add_person(app, kind).email
    page.goto(url + "/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Account", exact=True)).to_be_visible()


def test_an_editor_changes_a_role_at_a_level_and_sees_it_in_the_next_posting(
    seeded_app: Flask, live_server: str, page: Page
) -> None:
    enter(seeded_app, page, live_server, Kind.HR_EDITOR)
    page.get_by_text("Account", exact=True).click()
    page.get_by_role("link", name="Role templates").click()
    page.get_by_role("link", name="Registered Nurse Case Manager").click()
    page.get_by_role("link", name="Duties").click()
    page.get_by_label(CELL).fill(NEW)
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.get_by_role("button", name="Save duties").click()
    expect(page.get_by_text("Duties saved")).to_be_visible()
    page.get_by_role("link", name="View guide page").click()
    page.get_by_role(
        "button", name="Start a posting for RN Case Manager, level II", exact=True
    ).click()
    expect(page.locator("#preview")).to_contain_text(NEW)
    page.goto(live_server + "/roles/rn-case-manager/history")
    expect(page.locator(".row-item").first).to_contain_text("Sam Rivera")
    page.get_by_role("button", name="Restore this version 1").click()
    expect(page.get_by_text("Version 1 is restored")).to_be_visible()


def test_a_director_reads_levels_and_may_not_touch_templates(
    seeded_app: Flask, live_server: str, page: Page
) -> None:
    enter(seeded_app, page, live_server, Kind.HIRING_DIRECTOR)
    page.get_by_text("Account", exact=True).click()
    expect(page.get_by_role("link", name="Your account")).to_be_visible()
    expect(page.get_by_role("link", name="Role templates")).to_have_count(0)
    page.goto(live_server + "/roles/rn-case-manager")
    expect(page.get_by_role("link", name="Edit role")).to_have_count(0)
    page.get_by_role("link", name="Compare levels").click()
    page.get_by_role("button", name="Start at this level III").click()
    expect(page.get_by_label("Job title")).to_have_value("Senior RN Case Manager")
    page.goto(live_server + "/roles/rn-case-manager/edit/duties")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account does not allow this")


def test_rows_move_and_go_in_place_and_leaving_asks_first(
    seeded_app: Flask, live_server: str, page: Page
) -> None:
    enter(seeded_app, page, live_server, Kind.HR_EDITOR)
    address = live_server + "/roles/rn-case-manager/edit/duties"
    page.goto(address)
    rows = page.locator("tbody tr .line-title")
    first, second = rows.nth(0).inner_text(), rows.nth(1).inner_text()
    page.get_by_role("button", name=f"Down {first}").click()
    expect(rows.nth(0)).to_have_text(second)
    expect(page.get_by_role("button", name=f"Down {first}")).to_be_focused()
    expect(page.get_by_text("Moved to position 2")).to_be_visible()
    page.keyboard.press("Alt+ArrowUp")
    expect(rows.nth(0)).to_have_text(first)
    page.get_by_role("button", name=f"Remove {second}").click()
    expect(page.get_by_text(f"Removed: {second}")).to_be_visible()
    page.get_by_role("button", name="Put back").click()
    expect(rows.nth(1)).to_have_text(second)
    page.get_by_label(f"{first} at level II: text").fill("From now on.")
    expect(page.get_by_label(f"{first} at level III: text")).to_have_attribute(
        "placeholder", "From now on."
    )
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Skills").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("skills")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("width", [1440, 768])
def test_a_source_of_pay_is_shown_to_its_end_as_editions_differ_only_there(
    seeded_app: Flask, live_server: str, page: Page, width: int
) -> None:
    enter(seeded_app, page, live_server, Kind.HR_EDITOR)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server + "/roles/rn-case-manager/edit/pay")
    source = page.get_by_label("Source 1 at level III")
    assert source.input_value().endswith(", May 2025")
    assert source.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_on_a_phone_one_level_is_edited_at_a_time(
    seeded_app: Flask, live_server: str, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    enter(seeded_app, page, live_server, Kind.HR_EDITOR)
    page.goto(live_server + "/roles/rn-case-manager/edit/duties")
    expect(page.get_by_label(CELL)).to_be_visible()
    page.get_by_label("Level III", exact=True).check()
    expect(page.get_by_label(CELL)).to_be_hidden()
    page.get_by_label("Clinical assessment at level III: text").fill("Done on a phone.")
    page.get_by_role("button", name="Save duties").click()
    expect(page.get_by_text("Duties saved")).to_be_visible()
    page.get_by_label("Level III", exact=True).check()
    expect(page.get_by_label("Clinical assessment at level III: text")).to_have_value(
        "Done on a phone."
    )
    page.goto(live_server + "/roles/rn-case-manager/edit/basics")
    for level in ("Lead", "I"):
        page.get_by_label(f"Level {level}", exact=True).check()
        page.get_by_label(f"Title at level {level}", exact=True).fill("x" * 200)
    page.get_by_label("Level II", exact=True).check()
    page.get_by_role("button", name="Save basics").click()
    expect(page.get_by_label("Title at level I", exact=True)).to_be_visible()
    expect(page.get_by_label("Title at level Lead", exact=True)).to_be_hidden()
    page.get_by_role("link", name="Title, level Lead is too long").click()
    expect(page.get_by_label("Title at level Lead", exact=True)).to_be_in_viewport()
