"""Parts are arranged and hidden, and a level changes with all that was chosen of it."""

import time
from typing import Any

import pytest
from pydantic import ValidationError

from jobdesc.postings.apply import Applied, Conflict, apply_each
from jobdesc.postings.changes import (
    Arrange,
    Change,
    ChangeLevel,
    Hide,
    LevelBase,
    RemoveLine,
    SetField,
    SetLine,
)
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import PARTS, Part
from jobdesc.roles.levels import Level
from tests.postings.builders import a_posting

PAY_FIRST = (Part.PAY, *(part for part in PARTS if part is not Part.PAY))
MID, SENIOR = LevelBase(level=Level.MID, base="m"), LevelBase(level=Level.SENIOR, base="s")


def made(posting: Posting, *changes: Change) -> Applied:
    return apply_each(posting, changes)


def test_parts_are_printed_in_the_order_that_a_person_gave_them() -> None:
    posting = made(a_posting(), Arrange(before=PARTS, after=PAY_FIRST)).posting
    assert a_posting().parts == PARTS
    assert posting.parts == posting.part_order == PAY_FIRST


def test_an_order_that_someone_else_changed_is_a_conflict() -> None:
    posting = made(a_posting(), Arrange(before=PARTS, after=PAY_FIRST)).posting
    change = Arrange(before=PARTS, after=PARTS[::-1])
    assert made(posting, change).conflicts == (Conflict(change, ", ".join(PAY_FIRST)),)
    assert made(posting, Arrange(before=PARTS, after=PAY_FIRST)).outcomes == (None,)


@pytest.mark.parametrize("order", [PARTS[1:], (*PARTS[1:], Part.PAY), (*PARTS, Part.PAY)])
def test_an_order_names_each_part_once(order: Any) -> None:
    with pytest.raises(ValidationError):
        Arrange(before=PARTS, after=order)
    with pytest.raises(ValidationError):
        Posting.model_validate({**a_posting().model_dump(by_alias=True), "part_order": order})


def test_a_part_is_hidden_and_shown_again() -> None:
    hidden = made(a_posting(), Hide(part=Part.APPLY, before=False, after=True)).posting
    assert hidden.hidden_parts == (Part.APPLY,)
    again = made(hidden, Hide(part=Part.APPLY, before=False, after=True))
    assert (again.changes, again.outcomes) == ((), (None,))
    shown = made(hidden, Hide(part=Part.APPLY, before=True, after=False)).posting
    assert shown == a_posting()


def a_level_change(*changes: Any) -> ChangeLevel:
    return ChangeLevel(before=MID, after=SENIOR, changes=changes)


def test_a_level_changes_with_what_was_chosen_of_it() -> None:
    change = a_level_change(SetField(target="title", before="Case Manager", after="CM III"))
    posting = made(a_posting(base="m"), change).posting
    assert (posting.level, posting.base, posting.title) == (Level.SENIOR, "s", "CM III")
    assert made(posting, change).changes == ()


def test_a_level_that_someone_else_changed_is_one_conflict() -> None:
    change = a_level_change(SetField(target="title", before="Case Manager", after="CM III"))
    applied = made(a_posting(base="other"), change)
    assert applied.posting == a_posting(base="other")
    assert applied.conflicts == (Conflict(change, "mid"),)


def test_words_written_while_the_sheet_was_open_stand() -> None:
    change = a_level_change(
        SetLine(line="a", before="Do a then.", after="Lead a."),
        SetLine(line="b", before="Do b.", after="Lead b."),
        RemoveLine(line="c", before="Do c then.", forget=True),
    )
    applied = made(a_posting(base="m"), change)
    assert applied.outcomes == (None,)
    assert [line.text for line in applied.posting.lines][:3] == ["Do a.", "Lead b.", "Do c."]


def test_half_a_level_is_no_level() -> None:
    change = a_level_change(SetLine(line="a", before="Do a.", after="x" * 2_001))
    applied = made(a_posting(base="m"), change)
    assert applied.posting == a_posting(base="m")
    assert [r.message for r in applied.refused] == [
        "This is 2,001 characters. It can have up to 2,000."
    ]


def test_a_level_change_holds_no_other() -> None:
    with pytest.raises(ValidationError):
        a_level_change(a_level_change())


def test_two_hundred_changes_take_no_time_to_speak_of() -> None:
    many = tuple(
        SetLine(line="a", before=f"{n}" if n else "Do a.", after=f"{n + 1}") for n in range(200)
    )
    begin = time.process_time()
    assert apply_each(a_posting(), many).posting.lines[0].text == "200"
    assert time.process_time() - begin < 0.5
