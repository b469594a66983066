"""Archive, bring back, hand over and clone through the pages, one posting and many."""

from datetime import timedelta

import pytest
from flask import Flask
from lxml import etree
from werkzeug.test import TestResponse

from jobdesc.people.person import Kind
from tests.accounts import NOW, Clock, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, colleague, error_at, furnish, held_in, notices
from tests.forms import form_values, parsed
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite


@pytest.fixture
def clock(seeded_app: Flask) -> Clock:
    return Clock(seeded_app)


@pytest.fixture
def desk(seeded_app: Flask, clock: Clock) -> Desk:
    desk = Desk(seeded_app, set_up(seeded_app))
    furnish(seeded_app)
    return desk


def add(desk: Desk, *titles: str) -> list[int]:
    """Postings that everybody sees."""
    numbers = []
    for title in titles:
        numbers.append(desk.start())
        desk.send(numbers[-1], {"title": title})
    return numbers


def bulk(desk: Desk, act: str, *numbers: int, at: str = "/postings", **more: str) -> TestResponse:
    """Tick rows of the list at an address and press a button of the bar."""
    page = desk.root(at)
    form = page.xpath("//form[@data-bulk]")[0]
    kept = {
        name: form.xpath(f".//input[@name='{name}']/@value")[0]
        for name in ("csrf_token", "view", "seen")
    }
    assert form.xpath(f".//button[@formaction='/postings/{act}']"), act
    data: dict[str, object] = {**kept, "posting": [str(one) for one in numbers], **more}
    return desk.client.post(f"/postings/{act}", data=data)


def after(desk: Desk, answer: TestResponse) -> etree._Element:
    assert answer.status_code == 303, answer.status
    return desk.root(answer.location)


def titles(page: etree._Element) -> list[str]:
    return [words(cell) for cell in page.xpath("//tbody//th/a")]


def test_ticked_ones_are_archived_and_that_is_undone(desk: Desk) -> None:
    first, second, _ = add(desk, "One", "Two", "Three")
    page = after(desk, bulk(desk, "archive", first, second))
    assert titles(page) == ["Three"]
    assert any(said.startswith("2 postings archived.") for said in notices(page))
    undo = page.xpath("//form[@action='/postings/undo-archive']")[0]
    values = {one.get("name"): one.get("value") for one in undo.xpath(".//input")}
    page = after(desk, desk.client.post("/postings/undo-archive", data=values))
    assert set(titles(page)) == {"One", "Two", "Three"}
    assert notices(page) == ["2 postings in the list again."]
    page = after(desk, desk.client.post("/postings/undo-archive", data=values))
    assert notices(page) == ["Nothing was left to undo."]


def test_archived_ones_stand_under_their_filter_and_come_back_from_there(desk: Desk) -> None:
    first, _ = add(desk, "One", "Two")
    after(desk, bulk(desk, "archive", first))
    page = desk.root("/postings?archived=yes")
    assert titles(page) == ["One"]
    assert words(page.xpath("//nav[@aria-label='Filters']/a[1]")[0]).startswith("Archived")
    assert not page.xpath("//button[@formaction='/postings/archive']")
    page = after(desk, bulk(desk, "bring-back", first, at="/postings?archived=yes"))
    assert titles(page) == []
    assert "Nothing is archived." in words(page.xpath("//*[@class='empty']")[0])
    assert set(titles(desk.root("/postings"))) == {"One", "Two"}


def test_what_changed_since_the_page_was_shown_is_left_and_named(desk: Desk, clock: Clock) -> None:
    first, second = add(desk, "One", "Two")
    page = desk.root("/postings")
    form = page.xpath("//form[@data-bulk]")[0]
    seen = form.xpath(".//input[@name='seen']/@value")[0]
    clock.turn(timedelta(minutes=1))
    colleague(desk.app).send(first, {"title": "One, again"})
    data = {"csrf_token": desk.token(), "seen": seen, "posting": [str(first), str(second), "99"]}
    page = after(desk, desk.client.post("/postings/archive", data=data))
    assert notices(page)[0].startswith(
        "1 of 3 archived. Changed meanwhile: One, again. Not here any more: Posting 99."
    )


@pytest.mark.parametrize("seen", ["", "yesterday", "2026-11-23", "9" * 500, "\u0000"])
def test_a_moment_that_is_none_counts_for_nothing(desk: Desk, seen: str) -> None:
    [number] = add(desk, "One")
    data = {"csrf_token": desk.token(), "seen": seen, "posting": [str(number)]}
    assert titles(after(desk, desk.client.post("/postings/archive", data=data))) == []
    again = {"csrf_token": desk.token(), "at": seen, "next": "//elsewhere.example"}
    answer = desk.client.post("/postings/undo-archive", data=again)
    assert answer.location == "/postings"


def test_nothing_ticked_is_told_and_long_titles_are_cut(desk: Desk) -> None:
    add(desk, "One")
    page = after(desk, bulk(desk, "archive"))
    assert notices(page) == ["Select at least one posting first."]
    numbers = add(desk, *("Nurse " * 40 for _ in range(8)))
    for act in ("archive", "archive"):
        data = {"csrf_token": desk.token(), "posting": [str(one) for one in numbers]}
        answer = desk.client.post(f"/postings/{act}", data=data)
        assert all(len(cookie) < 4_000 for cookie in answer.headers.getlist("Set-Cookie"))
    [said] = notices(after(desk, answer))
    assert said.startswith("None archived. Archived already: Nurse Nurse")
    assert said.endswith("\u2026 and 3 more.")


def test_an_archived_posting_says_so_and_is_brought_back_from_its_page(desk: Desk) -> None:
    [number] = add(desk, "One")
    page = after(desk, desk.client.post(f"/postings/{number}/archive",
                                        data={"csrf_token": desk.token()}))  # fmt: skip
    assert any(said.startswith("Ada Lake archived this posting") for said in notices(page))
    assert not page.xpath("//form[@id='posting-form']")
    page = after(desk, desk.client.post(f"/postings/{number}/bring-back",
                                        data={"csrf_token": desk.token()}))  # fmt: skip
    assert page.xpath("//form[@id='posting-form']")
    assert titles(desk.root("/postings")) == ["One"]


def test_what_was_typed_before_archive_is_pressed_is_saved_first(desk: Desk) -> None:
    [number] = add(desk, "One")
    button = desk.root(f"/postings/{number}").xpath("//button[@value='archive']")[0]
    assert "no-script" in button.get("class").split()
    form = desk.form(number) | {"title": "Typed before", "action": "archive"}
    saved = desk.client.post(f"/postings/{number}", data=form)
    assert saved.status_code == 307, "the browser sends the same there"
    page = after(desk, desk.client.post(saved.location, data=form))
    assert any(said.startswith("Ada Lake archived this posting") for said in notices(page))
    assert desk.posting(number).title == "Typed before"
    assert titles(desk.root("/postings")) == []


def test_nothing_is_archived_while_words_of_its_page_are_not_saved(desk: Desk) -> None:
    [number] = add(desk, "One")
    form = desk.form(number)
    desk.send(number, {"title": "Theirs"})
    refused = desk.send_form(number, form | {"title": "Mine"}, "archive")
    assert (refused.status_code, held_in(parsed(refused.text), "title")) == (409, "Mine")
    assert titles(desk.root("/postings")) == ["Theirs"]


def test_what_is_typed_into_an_archived_posting_stays_there_until_it_is_brought_back(
    desk: Desk,
) -> None:
    [number] = add(desk, "One")
    form = desk.form(number) | {"title": "Typed before", "new:duties": "Call families."}
    after(desk, bulk(desk, "archive", number))
    for action in ("save", "download-pdf", "publish"):
        refused = desk.send_form(number, form, action)
        page = parsed(refused.text)
        assert refused.status_code == 409
        said = "Ada Lake archived this posting, and nothing was saved. Bring back and save"
        assert said in notices(page)
        assert held_in(page, "title") == "Typed before"
        assert held_in(page, "new:duties") == "Call families."
        assert not page.xpath("//button[@form='archive-form' or @value='archive']")
    assert desk.posting(number).title == "One"
    shown = form_values(page, f"/postings/{number}")
    page = after(desk, desk.send_form(number, shown, "bring-back"))
    assert page.xpath("//form[@id='posting-form']")
    assert titles(desk.root("/postings")) == ["Typed before"]
    assert "Call families." in desk.texts(number)


def test_other_pages_of_an_archived_posting_say_who_archived_it_and_lead_to_it(desk: Desk) -> None:
    [number] = add(desk, "One")
    path = f"/postings/{number}"
    sent = {"csrf_token": desk.token(), "number": "1", "counter": "2"}
    after(desk, bulk(desk, "archive", number))
    for answer in (
        desk.get(f"{path}/levels/senior"),
        *(desk.client.post(f"{path}/{act}", data=sent) for act in ("restore", "discard")),
        desk.client.post(f"{path}/levels/senior", data=sent),
    ):
        page = parsed(answer.text)
        assert answer.status_code == 409
        assert words(page.xpath("//h1")[0]) == "Ada Lake archived this posting"
        assert page.xpath(f"//main//a[@href='{path}']")


def test_a_recruiter_reads_an_archived_posting_and_brings_none_back(desk: Desk) -> None:
    [number] = add(desk, "One")
    after(desk, bulk(desk, "archive", number))
    recruiter = colleague(desk.app, Kind.RECRUITER)
    page = recruiter.root(f"/postings/{number}")
    assert any("archived this posting" in said for said in notices(page))
    assert not page.xpath("//form[contains(@action, 'bring-back')]")
    assert not recruiter.root("/postings").xpath("//button[@formaction]")


def test_ticked_ones_are_handed_over_and_nobody_is_asked_for(desk: Desk) -> None:
    first, second = add(desk, "One", "Two")
    editor = colleague(desk.app)
    page = after(desk, bulk(desk, "assign", first, second, owner=str(editor.person.id)))
    assert notices(page) == ["2 postings handed over."]
    assert set(titles(editor.root("/postings?owner=mine"))) == {"One", "Two"}
    for owner in ("", "x", "0", "-1", "9" * 40):
        answer = bulk(desk, "assign", first, at="/postings?sort=title", owner=owner)
        page = parsed(answer.text)
        assert answer.status_code == 422
        assert error_at(page, "new-owner") == "Choose who gets the postings, then hand them over."
        assert page.xpath("//input[@name='posting'][@checked]/@value") == [str(first)]
        assert page.xpath("//th[@aria-sort='ascending'][@data-col='title']")
    everything = parsed(bulk(desk, "assign", all="1").text)
    assert everything.xpath("//input[@data-all][@checked]")
    page = after(desk, bulk(desk, "assign", first, owner="4711"))
    assert notices(page) == ["Choose an active person who may edit postings."]


def test_a_director_hands_over_what_is_theirs_and_is_told_the_rest(desk: Desk) -> None:
    [others] = add(desk, "One")
    director = colleague(desk.app, Kind.HIRING_DIRECTOR)
    [own] = add(director, "Two")
    assert "Change owner" in director.get(f"/postings/{own}").text
    assert "Change owner" not in director.get(f"/postings/{others}").text
    to = str(desk.person.id)
    page = after(director, bulk(director, "assign", own, others, owner=to))
    assert notices(page) == ["1 of 2 handed over. Not yours: One."]
    refused = director.client.post(
        f"/postings/{others}/owner", data={"csrf_token": director.token(), "owner": to}
    )
    assert refused.status_code == 403
    assert not director.root(f"/postings/{others}/owner").xpath("//select")


def test_an_owner_is_chosen_on_a_page_and_a_stale_one_is_shown_again(desk: Desk) -> None:
    [number] = add(desk, "One")
    editor, path = colleague(desk.app), f"/postings/{number}/owner"
    page = desk.root(path)
    was = page.xpath("//input[@name='was']/@value")[0]
    data = {"csrf_token": desk.token(), "was": was}
    empty = desk.client.post(path, data=data)
    assert empty.status_code == 422
    assert error_at(parsed(empty.text), "owner") == "Choose an active person who may edit postings"
    page = after(desk, desk.client.post(path, data=data | {"owner": str(editor.person.id)}))
    assert "Owner: Sam Rivera" in words(page.xpath("//*[@id='basics']")[0])
    stale = desk.client.post(path, data=data | {"owner": str(desk.person.id)})
    assert stale.status_code == 409
    assert error_at(parsed(stale.text), "owner").startswith("The owner changed meanwhile.")
    assert held_in(parsed(stale.text), "owner") == str(desk.person.id)


def test_a_clone_for_another_place_opens_as_a_draft_and_says_what_is_empty(desk: Desk) -> None:
    [number] = add(desk, "One")
    desk.send(number, {"requisition": "R-1", "closing_date": "12/15/2027"})
    path = f"/postings/{number}/clone"
    data = {"csrf_token": desk.token(), "place": "", "location": "Salem, OR", "level": "mid"}
    answer = desk.client.post(path, data=data)
    made = int(answer.location.rpartition("/")[2])
    page = after(desk, answer)
    assert "Requisition number and closing date are empty" in " ".join(notices(page))
    posting = desk.posting(made)
    assert (posting.title, posting.requisition, posting.closing_date) == ("One", "", "")
    assert [place.city for place in posting.places] == ["Salem"]
    assert desk.posting(number).requisition == "R-1"


def test_a_clone_for_another_level_leads_to_what_differs(desk: Desk) -> None:
    [number] = add(desk, "One")
    data = {"csrf_token": desk.token(), "place": "main", "location": "", "level": "lead"}
    answer = desk.client.post(f"/postings/{number}/clone", data=data)
    assert answer.status_code == 303
    assert answer.location.endswith("/levels/lead")
    assert desk.root(answer.location).xpath("//input[@name='take']")


@pytest.mark.parametrize(
    ("sent", "control", "message"),
    [
        ({"location": "Nowhere"}, "location", "Enter the location as city and state"),
        ({"location": "Salem, Oregonia"}, "location", "Oregonia is not a state. Did you mean"),
        ({"location": "x" * 5_000}, "location", "This is 5,000 characters."),
        ({"place": "moon"}, "place", "Choose one of the places"),
        ({"level": "chief"}, "level", "Choose one of the levels."),
    ],
)
def test_what_a_clone_cannot_be_for_is_told_at_its_field(
    desk: Desk, sent: dict[str, str], control: str, message: str
) -> None:
    [number] = add(desk, "One")
    data = {"csrf_token": desk.token(), "place": "", "location": "", "level": "mid", **sent}
    answer = desk.client.post(f"/postings/{number}/clone", data=data)
    assert answer.status_code == 422
    page = parsed(answer.text)
    assert error_at(page, control).startswith(message)
    if "location" in sent:
        assert held_in(page, "location") == sent["location"], "what was typed is kept"
    assert len(titles(desk.root("/postings"))) == 1


def test_a_number_in_use_elsewhere_is_a_warning_and_no_obstacle(desk: Desk) -> None:
    first, second = add(desk, "One", "Two")
    desk.send(first, {"requisition": "R-2231"})
    assert desk.send(second, {"requisition": "R-2231"}).status_code == 303
    basics = words(desk.root(f"/postings/{second}").xpath("//*[@data-same-number]")[0])
    assert basics == "R-2231 is also on One."
    part = desk.get(f"/postings/{first}/same-number?number=r-2231%20").text
    assert "Two" in part and "One" not in part
    assert desk.get(f"/postings/{first}/same-number?number=").text.strip() == ""
    assert desk.get("/postings/4711/same-number?number=R-2231").status_code == 404
    [sub] = desk.root("/postings?q=r-2231&sort=title").xpath("(//tbody//th)[1]/span[last()]")
    assert words(sub) == "R-2231"


def test_now_is_the_moment_of_the_clock(desk: Desk) -> None:
    add(desk, "One")
    page = desk.root("/postings")
    assert page.xpath("//input[@name='seen']/@value") == [NOW.isoformat()]


def test_a_misspelled_word_finds_what_was_meant_and_all_of_it_is_what_is_shown(desk: Desk) -> None:
    add(desk, "Refugee Guide", "Night Nurse")
    page = desk.root("/postings?q=refugge")
    assert titles(page) == ["Refugee Guide"]
    said = "No posting has \u201crefugge\u201d. Showing results for \u201crefugee\u201d."
    assert said in words(page.xpath("//main")[0])
    page = after(desk, bulk(desk, "archive", at="/postings?q=refugge", all="1"))
    assert set(titles(desk.root("/postings"))) == {"Night Nurse"}
    archived = desk.root("/postings?archived=yes")
    assert titles(archived) == ["Refugee Guide"]
    chip = archived.xpath("//tbody//*[contains(@class, 'status')]")[0]
    assert words(chip) == "Archived"
    assert "Showing results" not in words(desk.root("/postings?q=zzzzqqqq").xpath("//main")[0])
