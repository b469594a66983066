"""Changes to the profile: what is applied, what meets another's, what is refused where."""

from typing import Any

import pytest

from jobdesc.postings.organization import Organization
from jobdesc.postings.places import Place
from jobdesc.postings.profile import FieldChange, apply_to_profile, mark, own_words, read_profile
from jobdesc.roles.parse import Problems

LAKE = Organization(name="Lake County", about="We serve Lake County.")


def a_change(field: str, before: Any, after: Any) -> FieldChange:
    return FieldChange(field, mark(before), after)


def problems_of(**values: Any) -> dict[tuple[str | int, ...], str]:
    with pytest.raises(Problems) as refused:
        read_profile(LAKE, values)
    return {problem.place: problem.message for problem in refused.value.problems}


def test_a_change_whose_start_still_stands_is_applied() -> None:
    merged = apply_to_profile(LAKE, [a_change("about", "We serve Lake County.", "New words")])
    assert merged.organization.about == "New words"
    assert merged.changed == ("about",)
    assert not merged.conflicts


def test_a_change_that_met_another_comes_back_with_both_texts_and_the_rest_is_applied() -> None:
    changes = [a_change("about", "Old words", "Mine"), a_change("schedule", "", "Days")]
    merged = apply_to_profile(LAKE, changes)
    assert merged.organization.about == "We serve Lake County."
    assert merged.organization.schedule == "Days"
    [conflict] = merged.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == (
        "about",
        "Mine",
        "We serve Lake County.",
    )


def test_a_field_that_was_only_shown_does_not_undo_another_persons_save() -> None:
    merged = apply_to_profile(LAKE, [a_change("about", "Old words", "Old words")])
    assert merged.organization == LAKE
    assert not merged.conflicts


def test_the_same_words_from_two_people_are_no_conflict() -> None:
    merged = apply_to_profile(LAKE, [a_change("about", "Old words", LAKE.about)])
    assert not merged.conflicts
    assert not merged.changed


def test_the_mark_of_places_knows_neither_ids_nor_empty_rows() -> None:
    row = {"id": "b", "street": "", "city": "Portland", "state": "OR"}
    stored = (Place(id="a", city="Portland", state="OR"),)
    assert mark(stored) == mark((row, {"id": "c", "city": ""}))
    assert mark(stored) != mark(())


def test_places_are_made_regular() -> None:
    rows = (
        {"id": "a", "city": "Portland", "state": "oregon"},
        {"id": "b"},
        {"id": "c", "city": "Albany", "state": "N.Y."},
    )
    assert read_profile(LAKE, {"places": rows}).places == (
        Place(id="a", city="Portland", state="OR"),
        Place(id="c", city="Albany", state="NY"),
    )


def test_a_place_elsewhere_needs_no_state() -> None:
    row = {"id": "a", "city": "Toronto", "postal_code": "M5H 2N2", "country": "Canada"}
    assert read_profile(LAKE, {"places": (row,)}).places[0].postal_code == "M5H 2N2"


def test_what_is_wrong_with_a_place_is_said_at_its_part() -> None:
    row = {"id": "b", "street": "12 Main St", "state": "Orgon", "postal_code": "9720"}
    assert problems_of(places=({"id": "c", "city": "Salem"},)) == {
        ("places", 0, "state"): "Enter the state, like OR or Oregon."
    }
    assert problems_of(places=({"id": "a"}, row)) == {
        ("places", 1, "city"): "Enter the city, like Portland.",
        ("places", 1, "state"): "Orgon is not a state. Did you mean Oregon?",
        ("places", 1, "postal_code"): "Enter the ZIP code as five digits, like 97204. "
        "Abroad, fill in the country.",
    }


def test_an_unknown_time_zone_is_refused_with_what_to_use() -> None:
    for name in ("Mars/Olympus", "../../etc/passwd", "", "America"):
        assert "America/New_York" in problems_of(time_zone=name)[("time_zone",)]


def test_a_pale_accent_is_kept_as_its_darker_tone() -> None:
    assert read_profile(LAKE, {"accent": "#ffff00"}).accent != "#ffff00"
    assert ("accent",) in problems_of(accent="red")


def test_the_standard_words_are_not_kept_as_ones_own() -> None:
    assert own_words("We hire\n fairly. ", "We hire fairly.") == ""
    assert own_words("We hire all.", "We hire fairly.") == "We hire all."
