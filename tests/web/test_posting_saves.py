"""Saving the page of a posting: what is right is kept, what is not is said where it stands."""

import pytest
from flask import Flask

from jobdesc.postings.changes import AddPlace
from jobdesc.postings.places import Place
from jobdesc.services.postings import save_changes
from tests.accounts import NOW, Clock, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, error_at, furnish, held_in, notices, summary
from tests.forms import form_values, parsed
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

HOSTILE = "</textarea><script>alert('x')</script> \"quoted\" & مرحبا \u202eRTL 👩🏽‍⚕️ {{ 7*7 }}"
LONG = ("Visits clients at home. " * 417).strip()  # 10,007 characters


@pytest.fixture
def desk(seeded_app: Flask) -> Desk:
    """The administrator of an organization with a filled profile."""
    Clock(seeded_app)
    administrator = set_up(seeded_app)
    furnish(seeded_app)
    return Desk(seeded_app, administrator)


@pytest.fixture
def number(desk: Desk) -> int:
    """A posting that everybody sees."""
    number = desk.start()
    desk.send(number, {"department": "Intake"})
    return number


def test_every_field_line_and_place_is_saved_as_typed(desk: Desk, number: int) -> None:
    form = desk.form(number)
    selects = {"arrangement": "hybrid", "employment_type": "part-time", "flsa": "exempt"}
    fixed = {"csrf_token", "location", "pay_low", "pay_high", "pay_unit", "closing_date"}
    typed = {
        name: f"{text} {HOSTILE}".strip()
        for name, text in form.items()
        if not name.endswith(".before") and name not in fixed | set(selects)
    }
    typed |= selects | {"pay_low": "$78.5k", "pay_high": "90,000"}
    typed |= {"closing_date": "12/15/2026", "openings": "2"}
    assert desk.send(number, typed).status_code == 303
    page = desk.root(f"/postings/{number}")
    shown = form_values(page, f"/postings/{number}")
    new = {name: text for name, text in typed.items() if name.startswith("new:")}
    kept = {name: text for name, text in typed.items() if name not in new}
    assert {name: shown[name] for name in kept} == kept
    added = [line.text for line in desk.posting(number).lines if line.text == HOSTILE]
    assert len(added) == len(new) == 8
    assert not page.xpath("//main//script[not(@type)]")
    assert summary(page) == {}


def test_what_a_person_left_alone_is_no_change(desk: Desk, number: int) -> None:
    before = desk.posting(number)
    desk.send(number, {"title": before.title + " "})
    assert desk.posting(number) == before
    assert "Nothing to save" in notices(desk.root(f"/postings/{number}"))


@on_sqlite
@pytest.mark.parametrize("name", ["title", "summary", "other_pay", "schedule"])
def test_an_overlong_text_stays_on_the_page_and_the_rest_is_saved(
    desk: Desk, number: int, name: str
) -> None:
    former = getattr(desk.posting(number), name)
    answer = desk.send(number, {name: LONG, "department": "Night Intake"})
    page = parsed(answer.text)
    assert answer.status_code == 422
    assert held_in(page, name) == LONG
    assert error_at(page, name).startswith("This is 10,007 characters. It can have up to ")
    assert summary(page) == {name: error_at(page, name)}
    assert getattr(desk.posting(number), name) == former
    assert desk.posting(number).department == "Night Intake"
    again = form_values(page, f"/postings/{number}") | {name: "Short"}
    assert desk.send_form(number, again).status_code == 303
    assert getattr(desk.posting(number), name) == "Short"


def test_overlong_lines_new_lines_and_places_stay_too(desk: Desk, number: int) -> None:
    line, place = desk.lines(number)[0], desk.posting(number).places[0].id
    names = (f"line:{line}", "new:skills", f"place:{place}.city")
    answer = desk.send(number, dict.fromkeys(names, LONG) | {"department": "Night Intake"})
    page = parsed(answer.text)
    assert answer.status_code == 422
    assert [held_in(page, name) for name in names] == [LONG] * 3
    assert summary(page) == {name: error_at(page, name) for name in names}
    assert all(summary(page).values())
    assert LONG not in str(desk.posting(number))
    assert desk.posting(number).department == "Night Intake"


@on_sqlite
def test_hostile_text_that_is_too_long_is_shown_as_text(desk: Desk, number: int) -> None:
    text = HOSTILE * 200
    page = parsed(desk.send(number, {"summary": text, "title": text}).text)
    assert (held_in(page, "summary"), held_in(page, "title")) == (text, text)
    assert not page.xpath("//main//script[not(@type)]")


@on_sqlite
def test_a_state_and_a_zip_code_that_are_none_are_said_at_their_fields_and_kept(
    desk: Desk, number: int
) -> None:
    state = f"place:{desk.posting(number).places[0].id}.state"
    code = state.replace(".state", ".postal_code")
    desk.send(number, {state: "Oregonia", code: "9720"})
    page = desk.root(f"/postings/{number}")
    assert error_at(page, state) == "Oregonia is not a state. Did you mean Oregon?"
    assert error_at(page, code).startswith("Enter the ZIP code as five digits, like 97204.")
    assert summary(page) == {name: error_at(page, name) for name in (state, code)}
    assert (held_in(page, state), held_in(page, code)) == ("Oregonia", "9720")


def test_pay_that_contradicts_itself_is_said_at_the_field_and_kept(desk: Desk, number: int) -> None:
    typed = {"pay_low": "90,000", "pay_high": "80,000"}
    assert desk.send(number, typed).status_code == 303
    page = desk.root(f"/postings/{number}")
    assert error_at(page, "pay_high") == "The highest pay must be at least the lowest, 90,000."
    assert summary(page) == {"pay_high": error_at(page, "pay_high")}
    assert words(page.xpath("//title")[0]).startswith("Error: ")
    assert (held_in(page, "pay_low"), held_in(page, "pay_high")) == ("90,000", "80,000")


@on_sqlite
@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("pay_low", "a lot", "Enter the lowest pay as a number, like 78,500."),
        ("pay_high", "-5", "Enter the highest pay as a number, like 78,500."),
        ("closing_date", "next week", "Enter the closing date as month, day and year, like"),
        ("closing_date", "02/30/2027", "Correct the closing date: February 2027 has 28 days."),
    ],
)
def test_what_can_not_be_read_is_kept_and_asked_again(
    desk: Desk, number: int, name: str, typed: str, message: str
) -> None:
    desk.send(number, {name: typed})
    page = desk.root(f"/postings/{number}")
    assert error_at(page, name).startswith(message)
    assert held_in(page, name) == typed


@on_sqlite
@pytest.mark.parametrize("typed", ["Portland", HOSTILE, ", OR", LONG])
def test_a_location_that_is_no_place_is_kept_and_asked_again(seeded_app: Flask, typed: str) -> None:
    desk = Desk(seeded_app, set_up(seeded_app))
    number = desk.start()
    answer = desk.send(number, {"location": typed, "schedule": "Nights"})
    page = parsed(answer.text)
    assert answer.status_code == 422
    assert held_in(page, "location") == typed
    assert error_at(page, "location")
    assert desk.posting(number).schedule == "Nights"
    assert desk.posting(number).places[0].is_empty


def test_an_emptied_line_is_removed_and_pasted_lines_are_several(desk: Desk, number: int) -> None:
    first, *rest = desk.lines(number)
    texts = desk.texts(number)
    pasted = "Drives the van.\r\n\r\n  Keeps the log.  \n"
    desk.send(number, {f"line:{first}": "  ", "new:duties": pasted})
    assert desk.texts(number) == [*texts[1:], "Drives the van.", "Keeps the log."]
    assert desk.lines(number)[: len(rest)] == rest


def test_up_and_down_move_one_line_and_stay_with_it(desk: Desk, number: int) -> None:
    one, two, three, *_ = desk.lines(number)
    answer = desk.send(number, action=f"down:{one}")
    assert answer.location == f"/postings/{number}#line-{one}"
    assert desk.lines(number)[:3] == [two, one, three]
    assert desk.send(number, action=f"up:{three}").location.endswith(f"#line-{three}")
    assert desk.lines(number)[:3] == [two, three, one]
    assert desk.root(f"/postings/{number}").xpath("//*[@id=$name]", name=f"line-{three}")


@on_sqlite
def test_at_the_ends_a_move_does_nothing(desk: Desk, number: int) -> None:
    lines = desk.lines(number)
    for action in (f"up:{lines[0]}", f"down:{lines[-1]}", "up:no-such-line", "down:"):
        assert desk.send(number, action=action).status_code == 303
        assert desk.lines(number) == lines
    page = desk.root(f"/postings/{number}")
    tools = page.xpath("//*[@id='duties']//li//button[@aria-disabled='true']")
    assert [words(tool) for tool in tools] == ["Up Duty 1", f"Down Duty {len(lines)}"]


def test_a_move_sends_what_was_typed_along(desk: Desk, number: int) -> None:
    first = desk.lines(number)[0]
    desk.send(number, {f"line:{first}": "Listens.", "title": "Guide"}, action=f"down:{first}")
    assert desk.texts(number)[1] == "Listens."
    assert desk.posting(number).title == "Guide"


def test_remove_takes_the_line_away_and_offers_it_again(desk: Desk, number: int) -> None:
    first = desk.posting(number).lines[0]
    desk.send(number, action=f"remove:{first.id}")
    assert first.text not in desk.texts(number)
    page = desk.root(f"/postings/{number}")
    offered = page.xpath("//*[@id='duties']//button[starts-with(@value, 'add-origin:')]/@value")
    assert f"add-origin:{first.origin}" in offered
    answer = desk.send(number, action=f"add-origin:{first.origin}")
    assert answer.location.endswith("#duties")
    assert desk.texts(number)[-1] == first.text
    page = desk.root(f"/postings/{number}")
    assert f"add-origin:{first.origin}" not in page.xpath("//button/@value")


@on_sqlite
def test_remove_takes_a_line_away_that_was_just_edited(desk: Desk, number: int) -> None:
    first = desk.lines(number)[0]
    assert desk.send(number, {f"line:{first}": "Half"}, f"remove:{first}").status_code == 303
    assert first not in desk.lines(number)


@on_sqlite
def test_an_offer_of_another_list_lands_in_that_list(desk: Desk, number: int) -> None:
    page = desk.root(f"/postings/{number}")
    offered = page.xpath("//*[@id='skills']//button[starts-with(@value, 'add-origin:')]/@value")
    assert offered, "the role has more skills than a posting shows"
    answer = desk.send(number, action=str(offered[0]))
    assert answer.location.endswith("#skills")


@on_sqlite
def test_the_button_of_the_box_adds_and_lands_there(desk: Desk, number: int) -> None:
    answer = desk.send(number, {"new:benefits": "A bus pass"}, action="add:benefits")
    assert answer.location == f"/postings/{number}#new-benefits"
    assert desk.texts(number, "benefits")[-1] == "A bus pass"


def test_places_are_added_filled_and_removed(desk: Desk, number: int) -> None:
    assert desk.send(number, action="add-place").location.endswith("#places")
    added = desk.posting(number).places[1].id
    desk.send(number, {f"place:{added}.city": "Salem", f"place:{added}.state": "OR"})
    assert [place.city for place in desk.posting(number).places] == ["Portland", "Salem"]
    assert desk.send(number, action=f"remove-place:{added}").location.endswith("#places")
    assert [place.city for place in desk.posting(number).places] == ["Portland"]


@on_sqlite
@pytest.mark.parametrize(
    "action",
    ["", "shout", "remove:", "remove:no-such", "remove-place:no-such", "add:nowhere", "add-origin:",
     "add-origin:no-such", "up", "download-exe", "remove:" + "x" * 5_000, "📄:" + HOSTILE],
)  # fmt: skip
def test_a_button_that_does_not_exist_does_nothing(desk: Desk, number: int, action: str) -> None:
    before = desk.posting(number)
    assert desk.send(number, action=action).status_code == 303
    assert desk.posting(number) == before


@on_sqlite
@pytest.mark.parametrize("name", ["arrangement", "employment_type", "flsa", "pay_unit"])
@pytest.mark.parametrize("value", ["none-of-these", HOSTILE, "x" * 10_000])
def test_a_choice_that_is_none_is_said_at_its_field(
    desk: Desk, number: int, name: str, value: str
) -> None:
    former = getattr(desk.posting(number), name)
    answer = desk.send(number, {name: value, "title": "Guide"})
    page = parsed(answer.text)
    assert answer.status_code == 422
    assert "Choose one of the list." in error_at(page, name)
    assert getattr(desk.posting(number), name) == former
    assert held_in(page, name) == former
    assert desk.posting(number).title == "Guide"


@on_sqlite
@pytest.mark.parametrize(
    "extra",
    [{"place:no-such.city": "x", "place:no-such.city.before": ""},
     {"line:no-such": "x", "line:no-such.before": "y"},
     {"line:": "x"}, {"place:": "x"}, {"place:x.is_empty": "x", "place:x.is_empty.before": ""},
     {"role": "legal-case-manager", "level": "director", "status": "published", "owner_id": "7"},
     {"schema": "2", "lines": "[]", "id": "7", "counter": "9"}],
)  # fmt: skip
def test_fields_that_the_page_does_not_have_change_nothing(
    desk: Desk, number: int, extra: dict[str, str]
) -> None:
    before = desk.posting(number)
    answer = desk.send(number, extra)
    assert answer.status_code in (303, 409)
    assert desk.posting(number) == before


def test_more_than_a_posting_can_hold_is_refused_with_the_words_kept(
    desk: Desk, number: int
) -> None:
    many = "\n".join(f"Item {count}" for count in range(201))
    answer = desk.send(number, {"new:skills": many, "title": "Guide"})
    page = parsed(answer.text)
    assert answer.status_code == 422
    assert held_in(page, "new:skills") == many
    assert held_in(page, "title") == "Guide"
    assert "up to 200 items and 20 places" in " ".join(notices(page))
    form = form_values(page, f"/postings/{number}") | {"new:skills": "Item 1"}
    assert desk.send_form(number, form).status_code == 303
    assert desk.posting(number).title == "Guide"
    assert desk.texts(number, "skills")[-1] == "Item 1"


@on_sqlite
def test_twenty_places_are_enough(desk: Desk, number: int) -> None:
    places = [AddPlace(place=Place(id=f"place-{count}")) for count in range(19)]
    with desk.app.app_context():
        save_changes(desk.person, number, tuple(places), NOW)
    answer = desk.send(number, {"title": "Guide"}, action="add-place")
    assert answer.status_code == 422
    assert held_in(parsed(answer.text), "title") == "Guide"
    assert len(desk.posting(number).places) == 20
