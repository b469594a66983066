"""The differences of two states of a posting: every one, in words and under its heading."""

from typing import Any

import pytest

from jobdesc.postings.differ import Edit, edits_between, in_words
from jobdesc.postings.posting import FIELD_NAMES
from jobdesc.postings.sections import PARTS
from jobdesc.store.revisions import Reason
from jobdesc.web.publishing.words import said_of_version, who_changed
from tests.postings.builders import a_posting

DUTIES = "What you will do"
A, B, C, S = (
    {"id": "a", "section": "duties", "text": "Do a.", "origin": "duty-1"},
    {"id": "b", "section": "duties", "text": "Do b."},
    {"id": "c", "section": "duties", "text": "Do c."},
    {"id": "s", "section": "skills", "text": "Know s.", "origin": "skill-1"},
)


def edits(**changes: Any) -> tuple[Edit, ...]:
    return edits_between(a_posting(), a_posting(**changes))


def test_two_that_say_the_same_do_not_differ() -> None:
    assert edits() == ()
    assert in_words(()) == ""


def test_a_field_is_named_with_both_texts_under_its_heading() -> None:
    assert edits(pay_low="60,000", title="Guide") == (
        Edit("Basics", "title", "changed", "Case Manager", "Guide"),
        Edit("Pay and benefits", "pay_low", "changed", "", "60,000"),
    )


def test_lines_are_added_reworded_and_removed() -> None:
    new = {"id": "n", "section": "duties", "text": "Do n."}
    assert edits(lines=[A | {"text": "Do more."}, B, new, S]) == (
        Edit(DUTIES, "line", "changed", "Do a.", "Do more."),
        Edit(DUTIES, "line", "added", "", "Do n."),
        Edit(DUTIES, "line", "removed", "Do c.", ""),
    )


def test_a_line_that_was_moved_is_said_once() -> None:
    assert edits(lines=[C, A, B, S]) == (Edit(DUTIES, "line", "moved", "Do c.", "Do c."),)


def test_a_line_in_another_list_is_moved_and_may_be_reworded() -> None:
    found = edits(lines=[A, B, C, S | {"section": "preferred", "text": "Like s."}])
    assert [(edit.heading, edit.kind) for edit in found] == [
        ("Helpful, not required", "changed"),
        ("Helpful, not required", "moved"),
    ]


def test_places_order_hidden_parts_and_level_are_told() -> None:
    order = (*PARTS[1:], PARTS[0])
    found = edits(
        places=[{"id": "p2", "city": "Salem", "state": "OR"}], part_order=order,
        hidden_parts=["duties"], level="senior",
    )  # fmt: skip
    assert [(edit.heading, edit.what, edit.kind) for edit in found] == [
        ("Basics", "level", "changed"),
        ("Basics", "place", "added"),
        ("Basics", "place", "removed"),
        (DUTIES, "part", "hidden"),
        ("Order of sections", "part", "moved"),
    ]


def test_words_count_lines_and_name_fields() -> None:
    new = {"id": "n", "section": "duties", "text": "Do n."}
    found = edits(lines=[C, A, B, new, S], pay_low="1", title="Guide", places=[])
    assert in_words(found) == (
        f"Job title, location and lowest pay changed. {DUTIES}: 1 moved, 1 added."
    )
    many = edits(title="Guide", schedule="Nights", hours="9", summary="Other.", about_us="Us.")
    assert in_words(many) == "Job title, schedule, hours and 2 more changed."
    arranged = edits(hidden_parts=["duties"], part_order=(*PARTS[1:], PARTS[0]))
    assert in_words(arranged) == f"{DUTIES} hidden. Order of sections changed."


@pytest.mark.parametrize("field", [*FIELD_NAMES, "level", "place"])
def test_every_field_is_named_in_a_sentence(field: str) -> None:
    said = in_words((Edit("Basics", field, "changed", "a", "b"),))
    assert said.endswith(" changed.")
    assert said[0].isupper()


def test_a_version_says_from_which_level_to_which() -> None:
    mid, senior = a_posting(), a_posting(level="senior", title="Lead")
    up, down = edits_between(mid, senior), edits_between(senior, mid)
    level = Reason.LEVEL
    assert said_of_version(level, up) == "Level changed from II to III. Job title changed."
    assert said_of_version(level, down) == "Level changed from III to II. Job title changed."
    alone = edits_between(mid, a_posting(level="senior"))
    assert said_of_version(level, alone) == "Level changed from II to III."
    assert said_of_version(Reason.EDITED, alone) == "Level changed from II to III."
    assert said_of_version(Reason.RESTORED, alone).startswith("A former version restored. Level")
    assert said_of_version(level, ()) == "Level changed."


def test_who_changed_a_posting_is_named_in_one_line() -> None:
    assert who_changed(["you"]) == "You"
    assert who_changed(["Sam Rivera", "you"]) == "Sam Rivera and you"
    assert who_changed(["A", "B", "C"]) == "A, B and C"
    assert who_changed(["A", "B", "C", "D", "E"]) == "A, B and 3 others"
