"""Which cards of the editor a list of changes touched."""

import pytest

from jobdesc.postings.apply import apply_each
from jobdesc.postings.changes import (
    AddLine,
    AddPlace,
    Arrange,
    Change,
    ChangeLevel,
    Hide,
    LevelBase,
    MoveLine,
    RemoveLine,
    SetField,
    SetLine,
)
from jobdesc.postings.headings import parts_changed
from jobdesc.postings.places import Place
from jobdesc.postings.posting import FIELD_NAMES
from jobdesc.postings.sections import PARTS, Part, Section
from jobdesc.roles.levels import Level
from tests.postings.builders import a_posting


def touched(*changes: Change) -> tuple[str, ...]:
    applied = apply_each(a_posting(), changes)
    return parts_changed(changes, a_posting(), applied.posting)


@pytest.mark.parametrize(
    ("change", "heading"),
    [
        (SetField(target="title", before="", after="x"), "Basics"),
        (SetField(target="place:p1.city", before="", after="x"), "Basics"),
        (AddPlace(place=Place(id="n")), "Basics"),
        (SetField(target="summary", before="", after="x"), "Summary"),
        (SetField(target="pay_low", before="", after="x"), "Pay and benefits"),
        (SetField(target="other_pay", before="", after="x"), "Pay and benefits"),
        (SetField(target="about_us", before="", after="x"), "About us"),
        (SetField(target="contact", before="", after="x"), "How to apply"),
        (SetField(target="accommodation", before="", after="x"),
         "Equal opportunity and accommodation"),
        (SetLine(line="a", before="", after="x"), "What you will do"),
        (RemoveLine(line="s", before="Know s."), "What you need"),
        (AddLine(line="n", section=Section.BENEFITS, text="x"), "Pay and benefits"),
        (AddLine(line="n", section=Section.CONDITIONS, text="x"), "Working conditions"),
        (MoveLine(line="b", after="a"), "What you will do"),
        (Hide(part=Part.APPLY, before=False, after=True), "How to apply"),
        (Arrange(before=PARTS, after=PARTS[::-1]), "Order of sections"),
    ],
)  # fmt: skip
def test_a_change_touches_the_card_where_it_is_made(change: Change, heading: str) -> None:
    assert touched(change) == (heading,)


def test_a_move_touches_both_lists() -> None:
    move = MoveLine(line="a", after=None, section=Section.PREFERRED)
    assert touched(move) == ("What you will do", "Helpful, not required")


def test_headings_stand_in_the_order_of_the_page_each_once() -> None:
    changes = (
        SetField(target="pay_low", before="", after="1"),
        SetField(target="title", before="Case Manager", after="CM"),
        SetField(target="pay_high", before="", after="2"),
    )
    assert touched(*changes) == ("Basics", "Pay and benefits")


def test_a_level_touches_the_basics_and_what_was_chosen_of_it() -> None:
    change = ChangeLevel(
        before=LevelBase(level=Level.MID, base=""),
        after=LevelBase(level=Level.SENIOR, base="s"),
        changes=(SetLine(line="a", before="Do a.", after="Lead a."),),
    )
    assert touched(change) == ("Basics", "What you will do")


def test_nothing_touches_nothing() -> None:
    assert touched() == ()


@pytest.mark.parametrize("name", FIELD_NAMES)
def test_every_field_stands_somewhere(name: str) -> None:
    assert len(touched(SetField(target=name, before="", after="x"))) == 1
