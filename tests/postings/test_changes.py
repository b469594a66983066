"""A save is a list of changes: applied where their start still stands, else a conflict."""

import pytest

from jobdesc.postings.apply import Conflict, Refused, apply_each, read_changes
from jobdesc.postings.changes import (
    AddLine,
    AddPlace,
    Change,
    MoveLine,
    RemoveLine,
    RemovePlace,
    SetField,
    SetLine,
    ShiftLine,
)
from jobdesc.postings.places import Place
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import Section
from tests.postings.builders import a_posting


def after(*changes: Change, posting: Posting | None = None) -> Posting:
    applied = apply_each(posting or a_posting(), changes)
    assert applied.conflicts == ()
    return applied.posting


def order(posting: Posting) -> str:
    return "".join(line.id for line in posting.lines)


def test_a_field_is_set_where_it_still_says_what_was_seen() -> None:
    change = SetField(target="title", before="Case Manager", after="Senior Case Manager")
    assert after(change).title == "Senior Case Manager"


def test_a_field_that_someone_else_changed_comes_back_with_both_texts() -> None:
    change = SetField(target="title", before="Old", after="Mine")
    applied = apply_each(a_posting(), (change,))
    assert applied.posting == a_posting()
    assert applied.conflicts == (Conflict(change, "Case Manager"),)


def test_a_change_that_was_made_already_is_no_conflict() -> None:
    change = SetField(target="title", before="Old", after="Case Manager")
    applied = apply_each(a_posting(), (change,))
    assert (applied.changes, applied.conflicts) == ((), ())


def test_two_people_who_change_different_lines_lose_nothing() -> None:
    first = after(SetLine(line="a", before="Do a.", after="Do a well."))
    both = after(SetLine(line="b", before="Do b.", after="Do b well."), posting=first)
    assert [line.text for line in both.lines][:2] == ["Do a well.", "Do b well."]


def test_a_line_keeps_its_id_and_origin_when_its_text_changes() -> None:
    line = after(SetLine(line="a", before="Do a.", after="New.")).lines[0]
    assert (line.id, line.origin, line.text) == ("a", "duty-1", "New.")


def test_a_line_that_is_gone_is_a_conflict_and_not_a_loss() -> None:
    change = SetLine(line="zz", before="x", after="My words")
    assert apply_each(a_posting(), (change,)).conflicts == (Conflict(change, None),)


def test_a_new_line_stands_at_the_end_of_its_section() -> None:
    assert order(after(AddLine(line="n", section=Section.DUTIES, text="New."))) == "abcns"


def test_a_new_line_can_stand_after_another() -> None:
    change = AddLine(line="n", section=Section.DUTIES, text="New.", after="a")
    assert order(after(change)) == "anbcs"


def test_an_origin_is_used_once() -> None:
    change = AddLine(line="n", section=Section.DUTIES, text="Copy.", origin="duty-1")
    assert after(change).lines[3].origin is None


def test_a_removed_origin_is_remembered_until_it_is_added_again() -> None:
    removed = after(RemoveLine(line="a", before="Do a."))
    assert removed.removed_origins == ("duty-1",)
    back = AddLine(line="n", section=Section.DUTIES, text="Do a.", origin="duty-1")
    again = after(back, posting=removed)
    assert again.removed_origins == ()


def test_a_line_that_someone_reworded_is_not_removed_unseen() -> None:
    change = RemoveLine(line="a", before="Something else.")
    assert apply_each(a_posting(), (change,)).conflicts == (Conflict(change, "Do a."),)


@pytest.mark.parametrize(
    ("line", "behind", "wanted"),
    [("a", "b", "bacs"), ("c", None, "cabs"), ("b", "c", "acbs"), ("b", "a", "abcs")],
)
def test_a_line_moves_behind_another_or_to_the_front(
    line: str, behind: str | None, wanted: str
) -> None:
    assert order(after(MoveLine(line=line, after=behind))) == wanted


def test_a_part_of_a_place_is_set() -> None:
    change = SetField(target="place:p1.city", before="Portland", after="Salem")
    assert after(change).places[0].short == "Salem, OR"


def test_places_come_and_go() -> None:
    more = after(AddPlace(place=Place(id="p2", city="Salem", state="OR")))
    assert [place.city for place in more.places] == ["Portland", "Salem"]
    for seen in ("Portland, Oregon", "Portland, OR"):
        gone = RemovePlace(place="p1", before=seen)
        assert after(gone, posting=more).places[0].city == "Salem"


def test_a_place_that_someone_changed_is_not_removed_unseen() -> None:
    change = RemovePlace(place="p1", before="Portland, Maine")
    applied = apply_each(a_posting(), (change,))
    assert applied.conflicts == (Conflict(change, "Portland, Oregon"),)


@pytest.mark.parametrize(
    ("line", "way", "wanted"),
    [("b", "up", "bacs"), ("c", "up", "acbs"), ("a", "down", "bacs"), ("b", "down", "acbs"),
     ("a", "up", "abcs"), ("c", "down", "abcs"), ("s", "up", "abcs")],
)  # fmt: skip
def test_a_line_changes_places_with_its_neighbor(line: str, way: str, wanted: str) -> None:
    assert order(after(ShiftLine.model_validate({"line": line, "way": way}))) == wanted


def test_a_shift_looks_at_the_neighbors_that_are_left() -> None:
    gone, down = RemoveLine(line="c", before="Do c."), ShiftLine(line="b", way="down")
    assert order(after(gone, down)) == "abs"


def test_a_move_behind_a_line_that_is_gone_is_a_conflict() -> None:
    change = MoveLine(line="a", after="zz")
    assert apply_each(a_posting(), (change,)).conflicts == (Conflict(change, "Do a."),)


def test_an_overlong_start_is_a_conflict_like_any_other() -> None:
    change = SetField(target="title", before="x" * 9_000, after="Mine")
    assert apply_each(a_posting(), (change,)).conflicts == (Conflict(change, "Case Manager"),)


@pytest.mark.parametrize(
    "target", ["owner", "schema_", "__class__", "place:p1.id", "place:p1", "lines", "level", "base"]
)
def test_only_what_people_may_edit_is_a_target(target: str) -> None:
    change = SetField(target=target, before="x", after="y")
    assert refusals(change) == (
        "This page is out of date. Reload it, then make this change again.",
    )


def refusals(*changes: Change | Refused, posting: Posting | None = None) -> tuple[str, ...]:
    return tuple(one.message for one in apply_each(posting or a_posting(), changes).refused)


def test_a_posting_can_not_grow_without_end() -> None:
    many = tuple(AddLine(line=f"x{n}", section=Section.SKILLS, text="x") for n in range(300))
    each = apply_each(a_posting(), many)
    assert len(each.posting.lines) == 200
    assert [outcome is None for outcome in each.outcomes] == [n < 196 for n in range(300)]


def test_a_posting_has_up_to_twenty_places() -> None:
    many = tuple(AddPlace(place=Place(id=f"x{n}")) for n in range(20))
    assert refusals(*many) == (
        "A posting can have up to 20 places. Remove some, then add this again.",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (SetField(target="title", before="Case Manager", after="x" * 301),
         "This is 301 characters. It can have up to 300."),
        (SetField(target="summary", before="", after="x" * 6_001),
         "This is 6,001 characters. It can have up to 6,000."),
        (SetField(target="other_pay", before="", after="x" * 2_001),
         "This is 2,001 characters. It can have up to 2,000."),
        (SetField(target="place:p1.city", before="Portland", after="x" * 301),
         "This is 301 characters. It can have up to 300."),
        (SetLine(line="a", before="Do a.", after="x" * 2_001),
         "This is 2,001 characters. It can have up to 2,000."),
        (AddLine(line="n", section=Section.DUTIES, text="x" * 2_001),
         "This is 2,001 characters. It can have up to 2,000."),
        (SetField(target="pay_unit", before="year", after="week"), "Choose one of the list."),
    ],
)  # fmt: skip
def test_what_no_posting_can_hold_is_refused_alone(change: Change, message: str) -> None:
    good = SetLine(line="b", before="Do b.", after="Do b well.")
    applied = apply_each(a_posting(), (change, good))
    assert applied.outcomes == (Refused(change, message), None)
    assert applied.changes == (good,)
    assert applied.posting == after(good)


def test_each_change_asked_has_its_outcome() -> None:
    late = SetLine(line="b", before="Do b?", after="Do it.")
    again = SetLine(line="c", before="Do c!", after="Do c.")
    long = SetField(target="title", before="Case Manager", after="x" * 301)
    good = SetLine(line="a", before="Do a.", after="Do a well.")
    applied = apply_each(a_posting(), (late, again, long, good))
    assert [type(outcome).__name__ for outcome in applied.outcomes] == [
        "Conflict", "NoneType", "Refused", "NoneType",
    ]  # fmt: skip
    assert applied.changes == (good,)


def test_a_list_is_read_change_by_change() -> None:
    sent = [
        {"do": "set-line", "line": "a", "before": "Do a.", "after": " Do a\r\nwell. "},
        {"do": "move-line", "line": "b", "after": None, "section": "skills"},
        {"do": "dance"}, {"do": "set-line", "line": "a"}, 7,
        {"do": "add-place", "place": {"id": "p", "city": "x" * 301}, "first": True},
    ]  # fmt: skip
    read = read_changes(sent)
    assert read[:2] == (
        SetLine(line="a", before="Do a.", after="Do a\nwell."),
        MoveLine(line="b", after=None, section=Section.SKILLS),
    )
    assert [type(one).__name__ for one in read[2:]] == ["Refused"] * 4
    assert len(refusals(*read)) == 4


def test_the_same_change_twice_is_made_once() -> None:
    change = AddLine(line="n", section=Section.DUTIES, text="New.", origin="duty-7")
    once = after(change)
    assert apply_each(once, (change,)).changes == ()


def test_an_item_just_begun_is_empty() -> None:
    assert after(AddLine(line="n", section=Section.DUTIES, text="")).lines[3].text == ""


def test_a_new_line_behind_one_that_is_gone_stands_at_the_end_of_its_section() -> None:
    assert order(after(AddLine(line="n", section=Section.DUTIES, text="x", after="zz"))) == "abcns"


def test_the_first_line_of_a_section_is_kept_too() -> None:
    line = after(AddLine(line="n", section=Section.BENEFITS, text="Leave.")).lines[-1]
    assert (line.id, line.section) == ("n", Section.BENEFITS)


def test_an_id_that_a_place_has_is_no_line() -> None:
    assert refusals(AddLine(line="p1", section=Section.DUTIES, text="x")) != ()
    assert refusals(AddPlace(place=Place(id="a"))) != ()


def test_a_line_moves_into_another_section_with_its_id_and_origin() -> None:
    moved = after(MoveLine(line="a", after="s", section=Section.SKILLS))
    assert order(moved) == "bcsa"
    assert moved.lines[-1].origin == "duty-1"
    assert moved.lines[-1].section is Section.SKILLS


def test_a_line_moves_to_the_front_of_another_section_or_into_an_empty_one() -> None:
    front = after(MoveLine(line="a", after=None, section=Section.SKILLS))
    assert [line.id for line in front.section(Section.SKILLS)] == ["a", "s"]
    empty = after(MoveLine(line="a", after=None, section=Section.PREFERRED))
    assert [line.id for line in empty.section(Section.PREFERRED)] == ["a"]


def test_a_move_without_a_section_stays_in_its_own() -> None:
    assert {line.section for line in after(MoveLine(line="a", after="c")).lines[:3]} == {
        Section.DUTIES
    }


def test_an_origin_is_remembered_once_and_may_be_forgotten() -> None:
    gone = RemoveLine(line="a", before="Do a.")
    before = a_posting(removed_origins=["duty-1"])
    assert after(gone, posting=before).removed_origins == ("duty-1",)
    forgotten = RemoveLine(line="a", before="Do a.", forget=True)
    assert after(forgotten).removed_origins == ()


def test_a_new_place_can_stand_first() -> None:
    more = after(AddPlace(place=Place(id="p2", city="Salem"), first=True))
    assert [place.id for place in more.places] == ["p2", "p1"]
