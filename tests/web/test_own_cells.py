"""Cells of a role that differ from the one it extends: marked, and given back one by one."""

from typing import Any

from flask import Flask

from jobdesc.people.person import Kind
from jobdesc.roles.own_part import body_of
from jobdesc.web.roles.inheriting import give_back, own_cells, own_lines
from jobdesc.web.roles.parts import BY_KEY
from tests.accounts import add_person, quick_hashes, send_form, set_up, sign_in
from tests.checked import words
from tests.forms import parsed
from tests.marks import on_sqlite
from tests.role_pages import open_part, read_form, send_part
from tests.roles.builders import a_role

__all__ = ["quick_hashes"]

PARENT = body_of(a_role())
DUTIES, BASICS, PAY = BY_KEY["duties"], BY_KEY["basics"], BY_KEY["pay"]
CELL = '["duties", "duty-1", "levels", "mid"]'
RN, CHILD, DUTY = "rn-case-manager", "dialysis", "clinical-assessment"


def a_child(text: str = "Own words.", **more: Any) -> dict[str, Any]:
    """The usual role, with another text of duty-1 at II."""
    lines = [dict(line) for line in PARENT["duties"]]
    lines[0]["levels"] = {**lines[0]["levels"], "mid": {"text": text}}
    own = {"id": "own", "levels": {"mid": {"text": "Mine alone."}}}
    return PARENT | {"duties": [*lines, own]} | more


def test_what_differs_is_named_with_what_the_parent_says() -> None:
    found = own_cells(DUTIES, a_child(), PARENT)
    assert set(found) == {"duty-1:mid"}
    assert (found["duty-1:mid"].words, found["duty-1:mid"].key) == ("Own wording", CELL)
    assert own_lines(DUTIES, a_child(), PARENT) == {"own"}
    titles = PARENT["titles"] | {"mid": "Guide"}
    assert set(own_cells(BASICS, a_child(titles=titles), PARENT)) == {"titles:mid"}


def own_pay(**changed: Any) -> dict[str, Any]:
    """The usual role with other pay at II."""
    pay = PARENT["pay"]
    return PARENT | {"pay": {**pay, "mid": {**pay["mid"], **changed}}}


def test_pay_of_a_level_that_differs_is_named_with_what_the_parent_says() -> None:
    found = own_cells(PAY, own_pay(high=51_000), PARENT)
    assert set(found) == {"pay:mid"}
    mark = found["pay:mid"]
    assert (mark.words, mark.sources) == ("Own figures", ("survey",))
    pay = PARENT["pay"]["mid"]
    assert mark.theirs.startswith(f"${pay['low']:,} to ${pay['high']:,} a year, 21-1093, ")
    assert set(own_cells(PAY, own_pay(source=["memory"]), PARENT)) == {"pay:mid"}
    assert own_cells(PAY, own_pay(), PARENT) == {}


def test_pay_that_only_one_of_the_two_has_is_named_too() -> None:
    less = {level: pay for level, pay in PARENT["pay"].items() if level != "mid"}
    assert own_cells(PAY, PARENT | {"pay": less}, PARENT)["pay:mid"].words == "Left out here"
    alone = own_cells(PAY, own_pay(), PARENT | {"pay": less})["pay:mid"]
    assert (alone.words, alone.theirs) == ("Own figures", "")


def test_pay_is_given_back_level_by_level_whatever_was_typed() -> None:
    key = '["pay", "mid"]'
    for typed in ("plenty", 51_000, None):
        assert give_back(own_pay(high=typed), [key], PAY, PARENT) == PARENT
    less = {level: pay for level, pay in PARENT["pay"].items() if level != "mid"}
    assert give_back(own_pay(), [key], PAY, PARENT | {"pay": less})["pay"] == less
    assert give_back(own_pay(high=1), ['["pay"]', '["pay", "mid", "high"]'], PAY, PARENT) == (
        own_pay(high=1)
    )


def test_a_level_that_the_child_leaves_out_is_no_difference_of_a_cell() -> None:
    titles = {level: title for level, title in PARENT["titles"].items() if level != "director"}
    assert own_cells(BASICS, PARENT | {"titles": titles}, PARENT) == {}


def test_a_role_of_its_own_has_nothing_to_give_back() -> None:
    assert own_cells(DUTIES, a_child(), None) == {}
    assert own_lines(DUTIES, a_child(), None) == frozenset()
    assert give_back(a_child(), [CELL], DUTIES, None) == a_child()


def test_a_ticked_cell_takes_the_parents_words_and_no_other_does() -> None:
    back = give_back(a_child(), [CELL], DUTIES, PARENT)
    assert back["duties"][0] == PARENT["duties"][0]
    assert back["duties"][-1]["id"] == "own"


def test_a_box_of_another_part_or_made_up_does_nothing() -> None:
    for ticked in (
        '["titles", "mid"]',
        '["duties", "own", "levels", "mid"]',
        '["duties", "duty-1", "levels"]',
        '["duties", "duty-1"]',
        '["slug"]',
        "[",
        "[" * 10_000,
        '["duties", "nobody", "levels", "mid"]',
    ):
        assert give_back(a_child(), [ticked], DUTIES, PARENT) == a_child()


@on_sqlite
def test_a_cell_is_marked_and_given_back_without_a_script(seeded_app: Flask) -> None:
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client, add_person(seeded_app, Kind.HR_EDITOR).email)
    send_form(client, "/settings/roles/new", name="Dialysis CM", extends=RN, slug=CHILD)
    form = open_part(client, CHILD, "duties")
    theirs = form[f"{DUTY}:senior:text"]
    form[f"{DUTY}:senior:text"] = "Own words at III."
    assert send_part(client, CHILD, "duties", form).status_code == 303
    page = parsed(client.get(f"/roles/{CHILD}/edit/duties").text)
    [mark] = page.xpath("//details[@class='own-cell']")
    assert words(mark).startswith("Own wording of Clinical assessment at level III")
    [box] = mark.xpath(".//input")
    form = open_part(client, CHILD, "duties")
    form.add("parents", box.get("value"))
    assert send_part(client, CHILD, "duties", form).status_code == 303
    page = client.get(f"/roles/{CHILD}/edit/duties").text
    assert "own-cell" not in page
    assert open_part(client, CHILD, "duties")[f"{DUTY}:senior:text"] == theirs


@on_sqlite
def test_pay_is_marked_and_given_back_also_where_what_was_typed_cannot_be_saved(
    seeded_app: Flask,
) -> None:
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client, add_person(seeded_app, Kind.HR_EDITOR).email)
    send_form(client, "/settings/roles/new", name="Dialysis CM", extends=RN, slug=CHILD)
    form = open_part(client, CHILD, "pay")
    theirs = form["pay:mid:low"]
    form["pay:mid:low"], form["pay:lead:low"] = "81000", "plenty"
    refused = send_part(client, CHILD, "pay", form)
    assert refused.status_code == 422
    marks = [words(mark) for mark in parsed(refused.text).xpath("//details[@class='own-cell']")]
    assert [mark.partition(" Registered")[0] for mark in marks] == [
        "Own figures of pay at level II", "Own figures of pay at level Lead",
    ]  # fmt: skip
    form = read_form(refused.text)
    assert (form["pay:mid:low"], form["pay:lead:low"]) == ("81000", "plenty")
    form.add("parents", '["pay", "lead"]')
    assert send_part(client, CHILD, "pay", form).status_code == 303
    form = open_part(client, CHILD, "pay")
    assert form["pay:mid:low"] == "81000"
    form.add("parents", '["pay", "mid"]')
    assert send_part(client, CHILD, "pay", form).status_code == 303
    page = client.get(f"/roles/{CHILD}/edit/pay").text
    assert "own-cell" not in page
    assert read_form(page)["pay:mid:low"] == theirs


@on_sqlite
def test_a_level_whose_title_is_emptied_goes_once_that_is_ticked(seeded_app: Flask) -> None:
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client, add_person(seeded_app, Kind.HR_EDITOR).email)
    form = open_part(client, RN, "basics")
    form["titles:lead"], form["tagline"] = "", "Typed meanwhile."
    asked = send_part(client, RN, "basics", form)
    assert asked.status_code == 422
    assert "Take out level Lead" in asked.text and "Typed meanwhile." in asked.text
    assert open_part(client, RN, "basics")["titles:lead"]
    form = read_form(asked.text)
    form.add("drop", "lead")
    assert send_part(client, RN, "basics", form).status_code == 303
    assert not open_part(client, RN, "basics")["titles:lead"]
