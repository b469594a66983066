"""Another level, or newer text of the role: each difference is shown, and the person decides."""

from typing import Any

import pytest

from jobdesc.postings.apply import apply_each
from jobdesc.postings.base import Base, base_for, read_base
from jobdesc.postings.changes import (
    AddLine,
    Change,
    LevelBase,
    MoveLine,
    RemoveLine,
    SetField,
    SetLine,
)
from jobdesc.postings.differences import Difference
from jobdesc.postings.posting import Posting
from jobdesc.postings.rebase import rebase, take
from jobdesc.postings.sections import Section
from jobdesc.roles.levels import Level
from tests.postings.builders import assembled, held_at
from tests.roles.builders import role_body

MID, LEAD = base_for(held_at()), base_for(held_at(Level.LEAD))


def edited(*changes: Change) -> Posting:
    return apply_each(assembled(), changes).posting


def rows(posting: Posting, onto: Base = LEAD, base: Base = MID) -> dict[str, Difference]:
    found = rebase(posting, base, onto, Level.LEAD).differences
    assert len({row.key for row in found}) == len(found)
    return {row.key: row for row in found}


def taken(posting: Posting, onto: Base, *keys: str, base: Base = MID) -> Posting:
    rebasing = rebase(posting, base, onto, Level.LEAD)
    known = {row.key for row in rebasing.differences}
    assert known.issuperset(keys)
    return apply_each(posting, (take(rebasing, keys or known),)).posting


def newer(**changes: Any) -> Base:
    """The base of a role that was changed at the level that a posting has."""
    return base_for(held_at(**changes))


def without(key: str, line_id: str) -> Any:
    return [line for line in role_body()[key] if line["id"] != line_id]


def with_text(key: str, line_id: str, text: str) -> Any:
    levels = {"entry": {"text": text, "essential": True}}
    return [line | {"levels": levels} if line["id"] == line_id else line
            for line in role_body()[key]]  # fmt: skip


def line_of(posting: Posting, origin: str) -> Any:
    return next((line for line in posting.lines if line.origin == origin), None)


def test_numbers_come_first_then_what_is_added_reworded_and_removed() -> None:
    posting = assembled()
    onto = newer(
        pay=role_body()["pay"] | {"mid": role_body()["pay"]["senior"]},
        duties=[*without("duties", "duty-1")[:-1], role_body()["duties"][-1] | {
            "levels": {"entry": {"text": "New.", "essential": True}}}],
        summary={"entry": "Other."},
    )  # fmt: skip
    groups = [(row.group, row.key) for row in rows(posting, onto).values()]
    assert groups == [
        ("numbers", "field:pay"),
        ("added", "added:duty-11"),
        ("reworded", "field:summary"),
        ("removed", "removed:duty-1"),
    ]


def test_a_row_says_where_it_stands_and_what_was_and_would_be() -> None:
    found = rows(assembled())
    pay, duty = found["field:pay"], found["reworded:duty-1"]
    assert (pay.heading, pay.before, pay.after) == (
        "Pay", "$50,000 \u2013 $60,000 a year", "$70,000 \u2013 $80,000 a year",
    )  # fmt: skip
    assert (duty.heading, duty.before, duty.after, duty.ticked, duty.why) == (
        "What you will do", "Do the work a.", "Lead the work a.", True, "",
    )  # fmt: skip
    flsa = found["field:flsa"]
    assert (flsa.heading, flsa.before, flsa.after) == (
        "Overtime status (FLSA)", "Nonexempt", "Exempt",
    )  # fmt: skip


def test_the_change_names_the_level_and_base_before_and_after() -> None:
    rebasing = rebase(assembled(), MID, LEAD, Level.LEAD)
    change = take(rebasing, {"field:title"})
    assert change.before == LevelBase(level=Level.MID, base=MID.digest)
    assert change.after == LevelBase(level=Level.LEAD, base=LEAD.digest)
    assert change.changes == (SetField(target="title", before="CM II", after="Lead CM"),)


def test_a_key_that_is_no_longer_there_takes_nothing() -> None:
    assert take(rebase(assembled(), MID, LEAD, Level.LEAD), {"gone"}).changes == ()


def test_pay_is_taken_as_a_whole() -> None:
    posting = taken(assembled(), LEAD, "field:pay")
    assert (posting.pay_low, posting.pay_high) == ("70,000", "80,000")


def test_pay_that_a_person_entered_is_kept() -> None:
    mine = edited(SetField(target="pay_low", before="50,000", after="55,500"))
    row = rows(mine)["field:pay"]
    assert (row.before, row.ticked) == ("$55,500 \u2013 $60,000 a year", False)
    assert row.why == "You changed this. Keeping your figures."
    hourly = edited(SetField(target="pay_unit", before="year", after="hour"))
    posting = taken(hourly, LEAD, "field:pay")
    assert (posting.pay_low, posting.pay_high, posting.pay_unit) == ("70,000", "80,000", "year")


def test_the_same_figure_written_otherwise_is_no_change_of_a_person() -> None:
    assert rows(edited(SetField(target="pay_low", before="50,000", after="50000")))[
        "field:pay"
    ].ticked
    same = edited(
        SetField(target="pay_low", before="50,000", after="$70k"),
        SetField(target="pay_high", before="60,000", after="80000"),
    )
    assert "field:pay" not in rows(same)


def test_wording_that_a_person_changed_is_kept_unless_they_say_otherwise() -> None:
    line = assembled().lines[0]
    mine = edited(SetLine(line=line.id, before="Do the work a.", after="Mine."))
    row = rows(mine)["reworded:duty-1"]
    assert (row.ticked, row.why) == (False, "You changed this. Keeping your wording.")
    assert taken(mine, LEAD, "reworded:duty-1").lines[0].text == "Lead the work a."


def test_a_field_that_a_person_emptied_stays_empty() -> None:
    row = rows(edited(SetField(target="reports_to", before="Supervisor", after="")))
    assert row["field:reports_to"].why == "You removed this. Leaving it out."


def test_what_a_person_wrote_and_the_role_says_too_is_no_difference() -> None:
    line = assembled().lines[0]
    mine = edited(
        SetLine(line=line.id, before="Do the work a.", after="Lead the work a."),
        SetField(target="title", before="CM II", after="Lead CM"),
    )
    assert not {"reworded:duty-1", "field:title"} & rows(mine).keys()


def test_what_a_person_removed_is_offered_and_left_out() -> None:
    line = assembled().lines[0]
    mine = edited(RemoveLine(line=line.id, before="Do the work a."))
    row = rows(mine)["added:duty-1"]
    assert (row.group, row.before, row.after) == ("added", "", "Lead the work a.")
    assert row.why == "You removed this. Leaving it out."
    again = taken(mine, LEAD, "added:duty-1")
    assert again.section(Section.DUTIES)[0].text == "Lead the work a."
    assert again.removed_origins == ()


def test_what_a_person_removed_and_the_role_left_alone_is_no_difference() -> None:
    line = line_of(assembled(), "setting")
    mine = edited(RemoveLine(line=line.id, before=line.text))
    assert not [key for key in rows(mine) if "setting" in key]


def test_what_was_left_out_once_is_not_ticked_the_next_time() -> None:
    onto = newer(duties=with_text("duties", "duty-7", "Do it now."))
    declined = apply_each(
        assembled(), (take(rebase(assembled(), MID, onto, Level.MID), ()),)
    ).posting
    later = newer(duties=with_text("duties", "duty-7", "Do it better."))
    row = rows(declined, later, onto)["added:duty-7"]
    assert row.why == "You removed this. Leaving it out."


def test_a_new_line_stands_behind_its_neighbor_of_the_role() -> None:
    duties = role_body()["duties"]
    new = {"id": "new", "levels": {"entry": {"text": "New.", "essential": True}}}
    first = taken(assembled(), newer(duties=[new, *duties]))
    assert [line.origin for line in first.lines[:2]] == ["new", "duty-1"]
    third = taken(assembled(), newer(duties=[*duties[:2], new, *duties[2:]]))
    assert [line.origin for line in third.lines[:4]] == ["duty-1", "duty-2", "new", "duty-3"]


@pytest.mark.parametrize("left_out", [(), ("n1",), ("n2",), ("n3",), ("n1", "n3")])
def test_new_lines_keep_the_order_of_the_role_whichever_are_taken(left_out: Any) -> None:
    new = [
        {"id": f"n{n}", "levels": {"entry": {"text": f"New {n}.", "essential": True}}}
        for n in (1, 2, 3)
    ]
    duties = role_body()["duties"]
    onto = newer(duties=[duties[0], *new, *duties[1:]])
    keys = [f"added:{line['id']}" for line in new if line["id"] not in left_out]
    posting = taken(assembled(), onto, *keys)
    wanted = ["duty-1", *(key.removeprefix("added:") for key in keys), "duty-2"]
    assert [line.origin for line in posting.lines[: len(wanted)]] == wanted


def test_a_persons_own_line_stays_where_it_stands() -> None:
    first = assembled().lines[0]
    mine = edited(AddLine(line="own", section=Section.DUTIES, text="Mine.", after=first.id))
    posting = taken(mine, LEAD)
    assert posting.lines[1].text == "Mine."


def test_a_line_that_says_it_already_is_not_added_beside_it() -> None:
    mine = edited(AddLine(line="own", section=Section.DUTIES, text="Do it now."))
    onto = newer(duties=with_text("duties", "duty-7", "Do it now."))
    assert rows(mine, onto) == {}


def test_what_the_role_drops_is_removed_and_not_remembered_as_removed_by_a_person() -> None:
    onto = newer(duties=without("duties", "duty-1"))
    assert rows(assembled(), onto)["removed:duty-1"].ticked
    posting = taken(assembled(), onto)
    assert line_of(posting, "duty-1") is None
    assert posting.removed_origins == ()
    back = rows(posting, MID, onto)
    assert back["added:duty-1"].ticked


def test_what_a_person_added_from_the_library_is_kept_where_the_role_drops_it() -> None:
    mine = edited(AddLine(line="x", section=Section.DUTIES, text="Do the work g.", origin="duty-7"))
    row = rows(mine, newer(duties=without("duties", "duty-7")))["removed:duty-7"]
    assert (row.ticked, row.why) == (False, "You added this. Keeping it.")


def test_what_a_person_added_from_the_library_is_reworded_like_the_rest() -> None:
    mine = edited(AddLine(line="x", section=Section.DUTIES, text="Do the work g.", origin="duty-7"))
    assert rows(mine)["reworded:duty-7"].ticked


def test_what_a_person_reworded_is_kept_where_the_role_drops_it() -> None:
    line = assembled().lines[0]
    mine = edited(SetLine(line=line.id, before="Do the work a.", after="Mine."))
    row = rows(mine, newer(duties=without("duties", "duty-1")))["removed:duty-1"]
    assert (row.before, row.ticked) == ("Mine.", False)


PROMOTED = [{"id": "ccm-line", "credential": "ccm", "levels": {"entry": "required"}}]


def test_what_becomes_required_moves_with_its_id() -> None:
    posting = assembled()
    row = rows(posting, newer(credentials=PROMOTED))["moved:ccm-line"]
    assert (row.group, row.kind, row.ticked) == ("reworded", "moved", True)
    assert row.heading == "From Helpful, not required to Licenses and certifications"
    assert row.before == row.after
    moved = line_of(taken(posting, newer(credentials=PROMOTED)), "ccm-line")
    assert moved.section is Section.CREDENTIALS
    assert moved.id == line_of(posting, "ccm-line").id


def test_what_a_person_moved_keeps_its_place() -> None:
    line = line_of(assembled(), "ccm-line")
    mine = edited(MoveLine(line=line.id, after=None, section=Section.SKILLS))
    row = rows(mine, newer(credentials=PROMOTED))["moved:ccm-line"]
    assert (row.ticked, row.why) == (False, "You moved this. Keeping its place.")
    gone = rows(mine, newer(credentials=[]))["removed:ccm-line"]
    assert (gone.ticked, gone.why) == (False, "You moved this. Keeping it.")
    there = edited(MoveLine(line=line.id, after=None, section=Section.CREDENTIALS))
    assert rows(there, newer(credentials=PROMOTED)) == {}


def test_duties_in_another_order_are_a_move() -> None:
    duties = role_body()["duties"]
    onto = newer(duties=[duties[2], *duties[:2], *duties[3:]])
    assert [row.key for row in rows(assembled(), onto).values()] == ["moved:duty-3"]
    assert rows(assembled(), onto)["moved:duty-3"].heading == "What you will do"
    posting = taken(assembled(), onto)
    assert [line.origin for line in posting.lines[:3]] == ["duty-3", "duty-1", "duty-2"]


def test_the_organizations_words_are_no_part_of_it() -> None:
    mine = edited(
        SetField(target="about_us", before="", after="Ours."),
        SetField(target="schedule", before="", after="Days."),
    )
    assert rows(mine).keys() == rows(assembled()).keys()


def test_a_posting_of_the_first_form_keeps_its_lines_where_they_are() -> None:
    lines = {line.origin: line.text for line in MID.lines}
    first = read_base({"fields": dict(MID.fields), "lines": lines})
    assert rows(assembled(), MID, first) == {}
    assert rows(assembled(), LEAD, first).keys() == rows(assembled()).keys()
    added = edited(
        AddLine(line="x", section=Section.DUTIES, text="Do the work g.", origin="duty-7")
    )
    row = rows(added, LEAD, first)["reworded:duty-7"]
    assert (row.ticked, row.why) == (False, "You added this. Keeping your wording.")
    assert "moved:ccm-line" in rows(assembled(), newer(credentials=PROMOTED), first)


def test_the_same_sheet_made_twice_names_the_same_lines() -> None:
    onto = newer(duties=with_text("duties", "duty-7", "Do it now."))
    one, other = (rebase(assembled(), MID, onto, Level.MID) for _ in range(2))
    assert one == other
