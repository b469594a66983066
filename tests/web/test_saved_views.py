"""Views with names through the pages: saved, opened, renamed, removed, and refused in words."""

import pytest
from flask import Flask
from lxml import etree
from werkzeug.test import TestResponse

from jobdesc.people.person import Kind
from tests.accounts import quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, colleague, error_at, held_in, notices
from tests.forms import parsed
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

SENIOR = "/postings?level=senior&sort=title"


@pytest.fixture
def desk(seeded_app: Flask) -> Desk:
    desk = Desk(seeded_app, set_up(seeded_app))
    desk.send(desk.start(), {"title": "One"})
    return desk


def save(desk: Desk, at: str, name: str, **more: str) -> TestResponse:
    """Press Save view on the list at an address."""
    [form] = desk.root(at).xpath("//form[starts-with(@action, '/postings/views')]")
    view = form.xpath(".//input[@name='view']/@value")[0]
    data = {"csrf_token": desk.token(), "view": view, "name": name, **more}
    return desk.client.post(form.get("action"), data=data)


def links(page: etree._Element) -> dict[str, str]:
    found = page.xpath("//nav[@aria-label='Saved views']/a")
    return {words(link): link.get("href") for link in found}


def test_a_view_is_saved_opened_renamed_and_removed(desk: Desk) -> None:
    answer = save(desk, SENIOR, "Seniors")
    assert answer.location == SENIOR
    page = desk.root(SENIOR)
    assert notices(page)[0].startswith("This view is saved.")
    assert links(page) == {"Seniors": SENIOR}
    assert page.xpath("//nav[@aria-label='Saved views']/a/@aria-current") == ["page"]
    assert held_in(page, "name") == "Seniors"
    save(desk, SENIOR, "Level III")
    page = desk.root("/postings")
    assert links(page) == {"Level III": SENIOR}
    assert not page.xpath("//form[starts-with(@action, '/postings/views')]")
    [remove] = desk.root(SENIOR).xpath("//button[contains(@formaction, '/remove')]/@formaction")
    answer = desk.client.post(remove, data={"csrf_token": desk.token()})
    assert answer.location == SENIOR
    page = desk.root(SENIOR)
    assert "Level III" in notices(page)[0] and links(page) == {}


def test_what_is_wrong_with_a_name_stands_at_it_with_what_was_typed(desk: Desk) -> None:
    save(desk, SENIOR, "Seniors")
    for name, message in {
        "": "Enter a name", "seniors": "There is a view of this name", "x" * 90: "This name has 90",
    }.items():  # fmt: skip
        answer = save(desk, "/postings?level=lead", name)
        assert answer.status_code == 422
        page = parsed(answer.text)
        assert error_at(page, "name").startswith(message)
        assert held_in(page, "name") == name
        assert not page.xpath("//input[@id='name']/@maxlength"), "a browser would cut it unsaid"
        assert page.xpath("//details[.//input[@id='name']]/@open") == [""]
    data = {"csrf_token": desk.token(), "name": "All", "view": ""}
    assert "Narrow or sort it first" in desk.client.post("/postings/views", data=data).text


def test_a_view_for_everybody_is_seen_by_all_and_changed_by_editors(desk: Desk) -> None:
    save(desk, "/postings?owner=mine", "Mine", shared="y")
    recruiter = colleague(desk.app, Kind.RECRUITER)
    page = recruiter.root("/postings?owner=mine")
    assert links(page) == {"Mine": "/postings?owner=mine"}
    assert not page.xpath("//form[starts-with(@action, '/postings/views')]")
    data = {"csrf_token": desk.token(), "name": "x", "view": "level=mid", "shared": "y"}
    assert "For everybody" not in recruiter.get("/postings?level=mid").text
    data["csrf_token"] = recruiter.root("/postings").xpath("//input[@name='csrf_token']/@value")[0]
    assert recruiter.client.post("/postings/views", data=data).status_code == 403
    assert recruiter.client.post("/postings/views/1/rename", data=data).status_code == 403
    assert recruiter.client.post("/postings/views/1/remove", data=data).status_code == 403
    editor = colleague(desk.app)
    assert editor.root("/postings?owner=mine").xpath("//button[contains(@formaction, '/remove')]")


def test_a_view_of_what_is_gone_still_opens(desk: Desk) -> None:
    gone = "/postings?specialty=no-such-role&state=ZZ&owner=4711"
    save(desk, gone, "Gone")
    page = desk.root(links(desk.root("/postings"))["Gone"])
    chips = page.xpath("//nav[@aria-label='Filters']/a[@aria-current]")
    assert [words(chip).partition(" \u00d7")[0] for chip in chips] == [
        "Specialty: no-such-role", "State: ZZ", "Owner: 4711",
    ]  # fmt: skip
    assert page.xpath("//*[@class='empty']")


@pytest.mark.parametrize(
    "view", ["%00", "q=" + "x" * 5_000, "sort=;&&=&q==", "\u202e", "a" * 9_000]
)
def test_a_view_that_says_nothing_sensible_is_read_as_an_address_is(desk: Desk, view: str) -> None:
    data = {"csrf_token": desk.token(), "name": "Odd", "view": view}
    answer = desk.client.post("/postings/views", data=data)
    assert answer.status_code in (303, 422)
    for address in links(desk.root("/postings")).values():
        assert desk.get(address).status_code == 200
