"""Any list of changes leaves a posting that can be kept, and drops no text that nobody saw."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobdesc.postings.apply import Conflict, Refused, apply_each
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
    RemovePlace,
    SetField,
    SetLine,
    ShiftLine,
)
from jobdesc.postings.places import Place
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import PARTS, SECTIONS
from jobdesc.roles.levels import LEVELS
from jobdesc.roles.parse import parse
from tests.postings.builders import a_posting
from tests.postings.randomized import tried

pytestmark = pytest.mark.soak

ids = st.sampled_from(["a", "b", "c", "s", "n", "p1", "gone"])
texts = st.sampled_from(["", "Do a.", "Do b.", "Know s.", " Do\r\na. ", "x" * 2_001])
behind = st.none() | ids
orders = st.permutations(PARTS).map(tuple)
sections = st.sampled_from(SECTIONS)
targets = st.sampled_from(["title", "pay_unit", "summary", "place:p1.city", "place:n.city", "?"])
bases = st.builds(LevelBase, level=st.sampled_from(LEVELS[:2]), base=st.sampled_from(["", "b"]))
places = st.builds(Place, id=ids, city=st.sampled_from(["", "Salem"]))
plain: Any = st.one_of(
    st.builds(SetField, target=targets, before=texts, after=texts),
    st.builds(SetLine, line=ids, before=texts, after=texts),
    st.builds(
        AddLine, line=ids, section=sections, text=texts, after=behind,
        origin=st.sampled_from([None, "", "duty-1", "duty-2"]),
    ),
    st.builds(RemoveLine, line=ids, before=texts, forget=st.booleans()),
    st.builds(MoveLine, line=ids, after=behind, section=st.none() | sections),
    st.builds(ShiftLine, line=ids, way=st.sampled_from(["up", "down"])),
    st.builds(AddPlace, place=places, first=st.booleans()),
    st.builds(RemovePlace, place=ids, before=st.sampled_from(["Portland, OR", "Salem", ""])),
    st.builds(Arrange, before=st.just(PARTS) | orders, after=orders),
    st.builds(Hide, part=st.sampled_from(PARTS), before=st.booleans(), after=st.booleans()),
)  # fmt: skip
changes: Any = plain | st.builds(
    ChangeLevel, before=bases, after=bases, changes=st.lists(plain, max_size=4).map(tuple)
)
lists = st.lists(changes, max_size=12)


@tried(120)
@given(lists)
def test_what_comes_of_any_changes_can_be_kept(asked: list[Change]) -> None:
    applied = apply_each(a_posting(), asked)
    body = applied.posting.model_dump(mode="json", by_alias=True)
    assert parse(Posting, body) == applied.posting
    assert len(applied.outcomes) == len(asked)
    assert len(applied.changes) <= applied.outcomes.count(None)


@tried(120)
@given(lists, changes)
def test_a_change_made_twice_is_made_once(asked: list[Change], change: Change) -> None:
    posting = apply_each(a_posting(), asked).posting
    once = apply_each(posting, [change])
    if once.changes and not isinstance(change, ShiftLine):
        twice = apply_each(once.posting, [change])
        assert (twice.posting, twice.changes) == (once.posting, ())


@tried(120)
@given(lists, changes)
def test_what_is_not_applied_changes_nothing(asked: list[Change], change: Change) -> None:
    posting = apply_each(a_posting(), asked).posting
    applied = apply_each(posting, [change])
    if isinstance(applied.outcomes[0], Conflict | Refused):
        assert applied.posting == posting
        assert applied.changes == ()


@tried(120)
@given(lists)
def test_a_text_goes_only_where_somebody_saw_it(asked: list[Change]) -> None:
    posting = a_posting()
    applied = apply_each(posting, asked)
    flat = [
        inner
        for change in applied.changes
        for inner in (change.changes if isinstance(change, ChangeLevel) else [change])
    ]
    seen = {(c.line, c.before) for c in flat if isinstance(c, SetLine | RemoveLine)}
    now = {(line.id, line.text) for line in applied.posting.lines}
    assert {(line.id, line.text) for line in posting.lines} - now <= seen


@tried(120)
@given(lists)
def test_a_line_that_stays_keeps_its_origin(asked: list[Change]) -> None:
    origins = {line.id: line.origin for line in a_posting().lines}
    added = {change.line for change in asked if isinstance(change, AddLine)}
    added |= {
        inner.line
        for change in asked
        if isinstance(change, ChangeLevel)
        for inner in change.changes
        if isinstance(inner, AddLine)
    }
    for line in apply_each(a_posting(), asked).posting.lines:
        if line.id not in added:
            assert line.origin == origins[line.id]
