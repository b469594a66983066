"""What is locked, what nobody but an administrator may do to it, and what everybody still may."""

from typing import Any

import pytest

from jobdesc.postings.apply import apply_each
from jobdesc.postings.base import Base
from jobdesc.postings.changes import (
    AddLine,
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
from jobdesc.postings.locks import Held, Locks, locked_lines, locks_of, refuse_locked
from jobdesc.postings.outcomes import Locked
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import PARTS, Part, Section
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import parse
from tests.postings.builders import STATEMENTS, a_posting, an_organization, held_at
from tests.roles.builders import a_role

LOCK = {"by": "Ada Lake", "at": "2026-11-23T12:00:00Z"}
ADA = "Locked by Ada Lake. An administrator can change it."
ROLE = "Locked in the role template. An administrator can change it."
OREGON = {
    "id": "oregon", "kind": "equal_opportunity", "name": "Oregon", "text": "In Oregon we hire.",
    "states": ["OR"], "lock": LOCK,
}  # fmt: skip


def some_locks(**changes: Any) -> Locks:
    """Locked: the Oregon text, the usual benefits, and the line duty-1."""
    organization = an_organization(
        **{
            "variants": [OREGON],
            "benefits": ["Health insurance", "Leave"],
            "locks": {"benefits": LOCK},
            **changes,
        }
    )
    return Locks(organization, STATEMENTS, {"duty-1": "Do a."})


def some_posting(**changes: Any) -> Posting:
    lines = [
        {"id": "a", "section": "duties", "text": "Do a.", "origin": "duty-1"},
        {"id": "b", "section": "duties", "text": "Do b."},
        {"id": "h", "section": "benefits", "text": "Health  insurance"},
        {"id": "p", "section": "benefits", "text": "Parking"},
    ]
    return a_posting(**{"equal_opportunity": OREGON["text"], "lines": lines, **changes})


def base(digest: str) -> Base:
    """The line duty-1 is assembled; at the level called 'senior' it says something else."""
    text = "Do a well." if digest == "senior" else "Do a."
    line = {"origin": "duty-1", "section": "duties", "text": text}
    return parse(Base, {"fields": {}, "lines": [line] if digest != "director" else []})


def why(change: Change, posting: Posting | None = None, **changes: Any) -> str:
    return refuse_locked(posting or some_posting(), change, some_locks(**changes), base)


def test_what_is_locked_and_by_whom() -> None:
    ada, role = Held("Ada Lake"), Held()
    assert locks_of(some_posting(), some_locks()) == {
        "equal_opportunity": ada,
        "line:a": role,
        "line:h": ada,
        "part:duties": role,
        "part:pay": ada,
        "part:equal-opportunity": ada,
    }
    assert (ada.words, role.words) == (ADA, ROLE)


def test_an_own_text_and_an_empty_one_are_not_locked() -> None:
    for text in ("My own.", ""):
        assert "equal_opportunity" not in locks_of(
            some_posting(equal_opportunity=text), some_locks(locks={"equal_opportunity": LOCK})
        )


def test_the_shipped_text_is_locked_where_the_usual_one_is() -> None:
    posting = some_posting(equal_opportunity="We hire fairly.")
    locks = some_locks(locks={"equal_opportunity": LOCK})
    assert locks_of(posting, locks)["equal_opportunity"] == Held("Ada Lake")


def test_the_shipped_text_stays_locked_where_an_own_one_took_its_place() -> None:
    posting = some_posting(equal_opportunity="We hire fairly.")
    locks = some_locks(locks={"equal_opportunity": LOCK}, equal_opportunity="Ours.")
    assert locks_of(posting, locks)["equal_opportunity"] == Held("Ada Lake")


def test_a_removed_variant_locks_nothing() -> None:
    locks = some_locks(variants=[{**OREGON, "removed": True}])
    assert "equal_opportunity" not in locks_of(some_posting(), locks)


TEXT = OREGON["text"]
REFUSED = {
    "other words": (SetField(target="equal_opportunity", before=TEXT, after="Mine."), ADA),
    "an emptied text": (SetField(target="equal_opportunity", before=TEXT, after=""), ADA),
    "an unlocked text of the organization": (
        SetField(target="equal_opportunity", before=TEXT, after="We hire fairly."), ADA,
    ),
    "a line reworded": (SetLine(line="a", before="Do a.", after="Do less."), ROLE),
    "a line emptied": (SetLine(line="a", before="Do a.", after=""), ROLE),
    "a line removed": (RemoveLine(line="a", before="Do a."), ROLE),
    "a line removed as the role would": (RemoveLine(line="a", before="Do a.", forget=True), ROLE),
    "a benefit reworded": (SetLine(line="h", before="Health insurance", after="Some"), ADA),
    "a benefit removed": (RemoveLine(line="h", before="Health  insurance"), ADA),
    "a benefit moved out": (MoveLine(line="h", after=None, section=Section.SKILLS), ADA),
    "a part hidden": (Hide(part=Part.DUTIES, before=False, after=True), ROLE),
    "a line put back in other words": (
        AddLine(line="n", section=Section.DUTIES, text="Do less.", origin="duty-1"), ROLE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_locked_words_are_not_changed(name: str) -> None:
    change, words = REFUSED[name]
    posting = some_posting()
    if name == "a line put back in other words":
        posting = some_posting(lines=[])
    elif "benefit" in name and "removed" in name:
        posting = some_posting(
            lines=[{"id": "h", "section": "benefits", "text": "Health insurance"}]
        )
    assert why(change, posting) == words


ALLOWED: dict[str, Change] = {
    "the same words": SetField(target="equal_opportunity", before="x", after=TEXT),
    "another field": SetField(target="accommodation", before="", after="Mine."),
    "another line": SetLine(line="b", before="Do b.", after="Do c."),
    "another benefit removed": RemoveLine(line="p", before="Parking"),
    "a line in the role's words": SetLine(line="a", before="Do less.", after="Do a."),
    "a line moved": MoveLine(line="a", after="b"),
    "a line moved to another list": MoveLine(line="a", after=None, section=Section.SKILLS),
    "a line put back": AddLine(line="n", section=Section.DUTIES, text="Do a.", origin="duty-1"),
    "a new line": AddLine(line="n", section=Section.DUTIES, text="Do n."),
    "another part hidden": Hide(part=Part.NEEDS, before=False, after=True),
    "a part shown": Hide(part=Part.DUTIES, before=True, after=False),
    "parts arranged": Arrange(before=PARTS, after=PARTS[::-1]),
    "a line that is gone": SetLine(line="gone", before="x", after="y"),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_everything_else_is_as_it_was(name: str) -> None:
    assert why(ALLOWED[name]) == ""


def test_the_locked_text_that_the_organization_has_for_the_posting_may_be_taken() -> None:
    elsewhere = some_posting(places=[{"id": "p1", "city": "Boise", "state": "ID"}])
    take = SetField(target="equal_opportunity", before=TEXT, after="We hire fairly.")
    assert why(take, elsewhere, locks={"equal_opportunity": LOCK}) == ""
    back = SetField(target="equal_opportunity", before="We hire fairly.", after=TEXT)
    assert why(back, elsewhere, locks={"equal_opportunity": LOCK}) == ""


def test_an_unlocked_text_takes_no_locked_one_from_a_posting_that_it_is_for() -> None:
    mine = {"id": "mine", "kind": "equal_opportunity", "name": "Mine", "text": "Mine."}
    take = SetField(target="equal_opportunity", before=TEXT, after="Mine.")
    assert why(take, variants=[mine, OREGON]) == ADA
    bus = {"id": "b", "kind": "benefits", "name": "Mine", "items": ["Bus"]}
    for change in (
        RemoveLine(line="h", before="Health  insurance"),
        SetLine(line="h", before="Health  insurance", after="Bus"),
    ):
        assert why(change, variants=[bus]) == ADA


def test_a_locked_benefit_does_not_become_a_copy_of_another_one() -> None:
    copied = SetLine(line="h", before="Health  insurance", after="Leave")
    assert why(copied) == ADA
    lines = [
        {"id": "h", "section": "benefits", "text": "Health insurance"},
        {"id": "l", "section": "benefits", "text": "Leave"},
    ]
    save = [
        SetLine(line="h", before="Health insurance", after="Leave"),
        RemoveLine(line="h", before="Leave"),
        RemoveLine(line="l", before="Leave"),
    ]
    posting, locks = some_posting(lines=lines), some_locks()
    applied = apply_each(posting, save, lambda now, it: refuse_locked(now, it, locks, base))
    assert applied.posting.lines == posting.lines


def test_the_second_of_two_copies_of_a_locked_benefit_may_become_another_one() -> None:
    lines = [
        {"id": "h", "section": "benefits", "text": "Health insurance"},
        {"id": "c", "section": "benefits", "text": "Health  insurance"},
    ]
    taken = SetLine(line="c", before="Health  insurance", after="Leave")
    assert why(taken, some_posting(lines=lines)) == ""
    own = SetLine(line="c", before="Health  insurance", after="Mine")
    assert why(own, some_posting(lines=lines)) == ADA


def test_a_benefit_that_the_organization_no_longer_gives_may_go() -> None:
    here = {
        "id": "b",
        "kind": "benefits",
        "name": "Oregon",
        "items": ["Bus"],
        "states": ["OR"],
        "lock": LOCK,
    }
    gone = RemoveLine(line="h", before="Health  insurance")
    assert why(gone, variants=[here]) == ""
    reworded = SetLine(line="h", before="Health  insurance", after="Bus")
    assert why(reworded, variants=[here]) == ""


def test_a_locked_line_does_not_hide_in_a_hidden_part() -> None:
    posting = some_posting(hidden_parts=["needs"])
    assert why(MoveLine(line="a", after=None, section=Section.SKILLS), posting) == ROLE


def test_a_locked_line_that_a_person_added_may_go_again() -> None:
    posting = some_posting(base="director")
    assert why(RemoveLine(line="a", before="Do a.", forget=True), posting) == ""


def level_change(after: str, *changes: Change) -> ChangeLevel:
    return parse(
        ChangeLevel,
        {
            "before": LevelBase(level=Level.MID, base="").model_dump(),
            "after": LevelBase(level=Level.SENIOR, base=after).model_dump(),
            "changes": [change.model_dump(mode="json") for change in changes],
        },
    )


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (level_change("senior", SetLine(line="a", before="Do a.", after="Do a well.")), False),
        (level_change("director", RemoveLine(line="a", before="Do a.", forget=True)), False),
        (level_change("senior", SetLine(line="a", before="Do a.", after="Do nothing.")), True),
        (level_change("senior", RemoveLine(line="a", before="Do a.", forget=True)), True),
    ],
)
def test_a_level_rewords_and_drops_locked_lines_and_a_person_does_not(
    change: ChangeLevel, refused: bool
) -> None:
    locks = some_locks()
    applied = apply_each(
        some_posting(), [change], lambda now, it: refuse_locked(now, it, locks, base)
    )
    assert bool(applied.refused) is refused
    if refused:
        assert applied.outcomes == (Locked(change, ROLE),)
        assert applied.posting == some_posting()
    else:
        assert applied.posting.level is Level.SENIOR


def test_what_comes_with_a_refused_change_is_applied() -> None:
    locks = some_locks()
    mine = SetField(target="equal_opportunity", before=TEXT, after="Mine.")
    title = SetField(target="title", before="Case Manager", after="Lead")
    applied = apply_each(
        some_posting(), [mine, title], lambda now, it: refuse_locked(now, it, locks, base)
    )
    assert applied.outcomes == (Locked(mine, ADA), None)
    assert (applied.posting.title, applied.posting.equal_opportunity) == ("Lead", TEXT)


def test_the_locked_lines_of_a_role_are_known_by_their_origin() -> None:
    role = a_role()
    duties = tuple(
        line.model_copy(update={"locked": True}) if line.id == "duty-1" else line
        for line in role.duties
    )
    found = locked_lines(held_at().role.model_copy(update={"duties": duties}), {"duty-1": "Do it."})
    assert found == {"duty-1": "Do it."}
    assert locked_lines(role, {}) == {}
