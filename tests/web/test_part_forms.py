"""The form of a part: what it shows and reads, what is wrong with it, and how it goes on."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from werkzeug.datastructures import MultiDict

from jobdesc.roles.levels import Level
from jobdesc.roles.own_part import body_of
from jobdesc.roles.parse import Problem
from jobdesc.services.role_drafts import RoleConflict, SavedRole
from jobdesc.web.roles.boxes import Look
from jobdesc.web.roles.page import build_page
from jobdesc.web.roles.part_forms import FORMS
from jobdesc.web.roles.parts import PARTS, Part
from jobdesc.web.roles.pay_form import view_pay
from jobdesc.web.roles.remarks import Remarks
from tests.part_forms import a_draft, a_form, read_part
from tests.roles.builders import a_role, some_references

BODY = body_of(a_role())
DRAFT = a_draft(BODY, started="7.2")
DUTY = BODY["duties"][0]["id"]
KEYS = [part.key for part in PARTS]


@pytest.mark.parametrize("part", PARTS, ids=KEYS)
def test_a_part_has_a_field_for_each_key_that_it_edits(part: Part) -> None:
    form = a_form(part.key, DRAFT)
    assert [key for key in part.keys if key not in form] == []
    assert (form.body, form.unsaved, form.started.data) == (BODY, False, "7.2")


@pytest.mark.parametrize("part", KEYS)
def test_a_role_that_holds_little_is_shown_without_what_it_lacks(part: str) -> None:
    little = {"slug": "case-manager", "name": "Case Manager", "titles": {"mid": "CM"}}
    assert a_form(part, a_draft(little)).body == little


def test_what_somebody_else_changed_and_i_emptied_is_empty_in_my_form() -> None:
    form = a_form("basics", DRAFT, MultiDict({"started": "7.2"}))
    mine = RoleConflict(("synonyms",), "Basics, Also called", None, ["One"], "", "One")
    form.contest(SavedRole(a_draft({**BODY, "synonyms": ["One"]}), True, (mine,)))
    assert "synonyms" not in form.body


def test_every_part_has_a_form() -> None:
    assert list(FORMS) == KEYS


def test_a_form_goes_on_from_what_it_was_made_from() -> None:
    form = a_form("skills", DRAFT, MultiDict({"started": "6.2"}))
    assert form.started.data == "6.2"
    form.refuse([Problem(("skills", 0), "is empty. Fill it.")])
    assert form.started.data == "6.2"
    form.refuse([Problem(("started",), "was made from a version that is not here.")])
    assert form.started.data == "7.2"


@pytest.mark.parametrize("typed", ["98.000,50", "10,000,001", "$ 98,000.50", "98,000", "ninety"])
def test_pay_comes_back_as_it_was_typed(typed: str) -> None:
    sent = MultiDict({"started": "7.2", "pay:mid:low": typed, "pay:mid:high": "1"})
    form = a_form("pay", DRAFT, sent)
    form.refuse([Problem(("pay", "mid", "low"), "is too much.")])
    pay = build_page(form, {}, ()).pay
    assert pay is not None
    (low,) = [row.low for row in pay.levels if row.level is Level.MID]
    assert (low.text, low.errors) == (typed, ("Is too much.",))


def test_what_the_parser_says_stands_on_the_fields_and_the_rest_on_the_form() -> None:
    form = a_form("pay", DRAFT, MultiDict({"started": "7.2"}))
    form.refuse(
        [
            Problem(("pay", "mid", "low"), "is missing. Add it."),
            Problem(("occupations", 0, "why"), "is missing. Add it."),
            Problem(("new_source", "url"), "must begin with https://."),
            Problem(("new_source",), "has neither day nor date."),
            Problem(("duties", 0), "is locked."),
            Problem((), "No edition was shipped."),
        ]
    )
    assert form.pay.errors == form.occupations.errors == ["Is missing. Add it."]
    assert set(form.new_source.errors) == {"url", "read"}
    assert form.form_errors == ["Is locked.", "No edition was shipped."]


def test_a_narrow_screen_shows_a_level_with_something_to_correct() -> None:
    problems = [Problem(("titles", level), "is empty. Fill it.") for level in ("senior", "lead")]
    for chosen, shown in (("mid", "senior"), ("lead", "lead"), ("", "senior")):
        form = a_form("basics", DRAFT, MultiDict({"shown": chosen}))
        form.refuse(problems)
        assert form.shown.data == shown


def test_a_new_source_is_named_by_its_title_and_by_the_line_that_it_is_for() -> None:
    other = BODY["duties"][1]["id"]
    sent = MultiDict({"started": "7.2", "new_source:name": " A \u0000 book ", "line": DUTY})
    sent.update({f"{DUTY}:source": "A survey, May 2025", "new_source:line": DUTY})
    sent.add("line", other)
    sent.update({f"{other}:source": "a BOOK"})
    form = a_form("duties", DRAFT, sent)
    assert [line["source"] for line in form.lines.data] == [["survey", "new"], ["new"]]
    assert form.new_source.row == {
        "name": "A book", "publisher": "", "url": "", "read": "2026-11-23", "verified": False,
    }  # fmt: skip
    assert (
        a_form("duties", DRAFT, MultiDict({"new_source:read": "2026-01-01"})).new_source.row is None
    )


def test_a_line_that_is_locked_for_who_sees_it_is_offered_no_source() -> None:
    locked = {**BODY["duties"][0], "locked": True}
    form = a_form("duties", a_draft({**BODY, "duties": [locked]}), may_lock=False)
    page = build_page(form, {}, ())
    assert [line.fixed for line in page.lines] == [True]
    assert page.sourced == ()


def test_a_form_is_read_by_what_it_showed_and_not_by_what_stands_now() -> None:
    left = {key: title for key, title in BODY["titles"].items() if key != "lead"}
    now = replace(a_draft({**BODY, "titles": left, "tagline": "Theirs."}), shown=BODY)
    sent = MultiDict({"line": DUTY, f"{DUTY}:lead:text": "Mine.", "pay:lead:low": "90,000"})
    duties = a_form("duties", now, sent)
    assert duties.lines.data[0]["levels"]["lead"]["text"] == "Mine."
    assert duties.body == {**BODY, "duties": duties.lines.data}
    assert Level.LEAD in build_page(duties, {}, ()).levels
    assert a_form("pay", now, sent).pay.data["lead"]["low"] == 90_000


def test_pay_that_rests_on_no_percentiles_stays_so() -> None:
    quiet = Look(Remarks(()), Remarks(()))
    own = {"low": 50_000, "high": 60_000, "occupations": [], "percentiles": None, "source": []}
    (row,) = view_pay({"pay": {"mid": own}}, (Level.MID,), some_references().wages, quiet).levels
    boxes = (row.low, row.high, row.occupations, row.low_at, row.high_at, row.source)
    form = MultiDict({box.name: box.text for box in boxes})
    assert read_part("pay", form, {})["pay"] == {"mid": own}


def test_after_a_conflict_the_form_holds_mine_and_goes_on_from_theirs() -> None:
    sent = MultiDict({"started": "7.2", "new_source:name": "A book", "name": "Mine"})
    form = a_form("basics", DRAFT, sent)
    now = a_draft({**BODY, "name": "Theirs", "tagline": "Theirs too."}, started="8.2")
    conflict = RoleConflict(("name",), "Basics, Name", "Mine", "Theirs", "Mine", "Theirs")
    form.contest(SavedRole(now, True, (conflict,)))
    assert (form.name.data, form.tagline.data) == ("Mine", "Theirs too.")
    assert (form.started.data, form.contested.data) == ("8.2", [("name",)])
    assert not form.new_source.is_there  # it was saved with the rest
    form.act.data = 'theirs:["name"]'
    assert form.rework()
    assert (form.name.data, form.contested.data) == ("Theirs", [])


def test_a_button_that_is_none_does_nothing() -> None:
    for act in ("explode", "up:nothing", "theirs:x", "theirs", ""):
        form = a_form("pay", DRAFT, MultiDict({"act": act}))
        assert not form.rework()


@settings(deadline=None, max_examples=25)
@given(
    some.sampled_from(KEYS),
    some.lists(
        some.tuples(
            some.sampled_from(
                ["started", "act", "drop", "parents", "contested", "new_source:line", "line",
                 "new_source:name", "titles:mid", "pay:mid:low", "occupation", "guide:what",
                 f"{DUTY}:source", "new_source", ":source"]
            ),
            some.one_of(some.text(max_size=20), some.sampled_from(['["name"]', '["pay", "mid"]'])),
        ),
        max_size=12,
    ),
)  # fmt: skip
def test_no_form_breaks_the_reading_of_a_part(part: str, pairs: list[tuple[str, str]]) -> None:
    form = a_form(part, DRAFT, MultiDict(pairs))
    form.rework()
    form.settle()
    assert set(form.body) == set(BODY)
