"""The ways that people go most, with the interactions that they take."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect

from jobdesc.people.person import Kind, Person
from tests.accounts import ADMINISTRATOR, PASSWORD, add_person, new_link_token, quick_hashes, set_up
from tests.browser.acting import Counter, button, enter_as, level_button
from tests.desk import Desk, furnish
from tests.marks import on_sqlite
from tests.serving import serving

__all__ = ["quick_hashes"]

pytestmark = [on_sqlite, pytest.mark.browser]

RN = "Registered Nurse Case Manager"


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
def administrator(seeded_app: Flask) -> Person:
    return set_up(seeded_app, datetime.now(UTC))


def test_hr_of_a_new_organization_has_a_pdf_within_five(
    either: BrowserContext, seeded_app: Flask, administrator: Person, live_server: str
) -> None:
    page = enter_as(either, seeded_app, administrator, live_server)
    hr = Counter(page)
    hr.click(level_button(page, RN, "II"))
    hr.fill("Location", "Portland, OR")
    hr.fill("Schedule", "Monday to Friday, 8 AM to 4:30 PM")
    hr.fill("How to apply", "Send a resume to jobs@lakecounty.gov")
    name, body = hr.download(button(page, "Download PDF"))
    assert name.startswith("rn-case-manager-ii_portland_")
    assert body.startswith(b"%PDF-")
    assert hr.count <= 5
    expect(page.get_by_text("Your PDF is downloading.").first).to_be_visible()
    expect(page.locator(".missing-strip")).to_be_hidden()


def test_hr_of_a_filled_profile_has_a_pdf_within_two(
    either: BrowserContext, seeded_app: Flask, administrator: Person, live_server: str
) -> None:
    furnish(seeded_app)
    page = enter_as(either, seeded_app, administrator, live_server)
    hr = Counter(page)
    hr.click(level_button(page, RN, "Director"))
    name, body = hr.download(button(page, "Download PDF"))
    assert name.startswith("rn-case-manager-director_portland_")
    assert body.startswith(b"%PDF-")
    assert hr.count <= 2


def test_a_recruiter_signs_in_searches_and_has_the_rows_pdf(
    either: BrowserContext,
    scripts: bool,
    seeded_app: Flask,
    administrator: Person,
    live_server: str,
) -> None:
    furnish(seeded_app)
    desk = Desk(seeded_app, administrator)
    desk.send(desk.start("legal-case-manager"), {"title": "Courthouse Navigator"})
    add_person(seeded_app, Kind.RECRUITER, now=datetime.now(UTC))
    page = either.new_page()
    page.goto(live_server)
    signing_in = Counter(page)
    signing_in.fill("Email", "recruiter@lakecounty.gov")
    signing_in.fill("Password", PASSWORD)
    signing_in.click(button(page, "Sign in"))
    recruiter = Counter(page)
    recruiter.fill("Search roles and postings", "courthouse")
    if not scripts:
        recruiter.enter()
    name, body = recruiter.download(page.get_by_role("link", name="PDF of Courthouse Navigator"))
    assert name.startswith("legal-case-manager-ii_portland_")
    assert body.startswith(b"%PDF-")
    assert recruiter.count <= (2 if scripts else 3)


def test_the_first_start_goes_from_the_link_to_a_pdf(
    either: BrowserContext, seeded_app: Flask
) -> None:
    path = f"/set-up/{new_link_token(seeded_app)}"
    with serving(seeded_app) as url:
        page = either.new_page()
        page.goto(url)
        expect(page.get_by_role("heading", level=1)).to_have_text("Not set up yet")
        page.goto(url + path)
        first = Counter(page)
        first.fill("Your name", "Ada Lake")
        first.fill("Email", ADMINISTRATOR)
        first.fill("Password", PASSWORD)
        first.fill("Organization", "Lake County Human Services")
        first.click(button(page, "Create administrator"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Organization")
        expect(page.get_by_label("Organization name")).to_have_value("Lake County Human Services")
        first.click(page.get_by_role("link", name="Library", exact=True))
        first.click(level_button(page, "Case Manager", "I"))
        name, body = first.download(button(page, "Download PDF"))
    assert name.startswith("case-manager-i_")
    assert body.startswith(b"%PDF-")
    assert first.count <= 8


def test_what_a_person_typed_is_there_after_a_wrong_password(
    either: BrowserContext, administrator: Person, live_server: str
) -> None:
    page = either.new_page()
    page.goto(live_server + "/postings")
    page.get_by_label("Email").fill(ADMINISTRATOR)
    page.get_by_label("Password").fill("wrong")
    button(page, "Sign in").click()
    expect(page).to_have_title("Error: Sign in - jobdesc")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.get_by_label("Email")).to_have_value(ADMINISTRATOR)
    page.get_by_label("Password").fill(PASSWORD)
    button(page, "Sign in").click()
    expect(page).to_have_url(live_server + "/postings")


def test_a_password_can_be_looked_at_while_it_is_typed(
    context: BrowserContext, administrator: Person, live_server: str
) -> None:
    page = context.new_page()
    page.goto(f"{live_server}/sign-in")
    password = page.get_by_label("Password", exact=True)
    password.fill("walnut")
    page.get_by_role("button", name="Show password").click()
    expect(password).to_have_attribute("type", "text")
    expect(password).to_be_focused()
    page.get_by_role("button", name="Hide password").click()
    expect(password).to_have_attribute("type", "password")
