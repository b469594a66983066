"""Whatever a person did, changing the level drops none of it and does only what was shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobdesc.postings.apply import apply_each
from jobdesc.postings.base import ROLE_FIELDS, Base
from jobdesc.postings.changes import RemoveLine
from jobdesc.postings.posting import FIELD_NAMES, Posting
from jobdesc.postings.sections import SECTIONS
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.parse import parse
from tests.postings import shipped
from tests.postings.edits import ROLES, Act, Desk, acts, desk_at, levels, starts
from tests.postings.randomized import tried

pytestmark = pytest.mark.soak
Start = tuple[str, Level]


def content(posting: Posting) -> dict[str, object]:
    """All of a posting but its level and base."""
    return posting.model_dump(exclude={"level", "base"})


def texts(posting: Posting) -> dict[str, str]:
    """Every text by its line or field."""
    fields = {name: str(getattr(posting, name)) for name in FIELD_NAMES}
    return fields | {line.id: line.text for line in posting.lines}


def said(posting: Posting) -> list[tuple[str, str | None, str]]:
    """The lists as they are printed."""
    lines = [line for section in SECTIONS for line in posting.section(section)]
    return [(line.section, line.origin, line.text) for line in lines]


def ticked(desk: Desk, level: Level) -> set[str]:
    return {row.key for row in desk.rebasing(level).differences if row.ticked}


def in_other_section(posting: Posting, base: Base) -> dict[str, str]:
    """Lines that stand in another section than they were assembled in, with that section."""
    sections = {line.origin: line.section for line in base.lines}
    return {
        line.id: line.section
        for line in posting.lines
        if line.origin and sections.get(line.origin, line.section) is not line.section
    }


@tried(400)
@given(starts, acts, levels)
def test_nothing_that_a_person_did_is_undone_unasked(
    start: Start, done: list[Act], level: Level
) -> None:
    desk = desk_at(start, done)
    before, base, rows = desk.posting, desk.base, desk.rebasing(level).differences
    desk.take(level, ticked(desk, level))
    assert_words_stand(desk)
    assert desk.removed.isdisjoint({line.origin for line in desk.posting.lines})
    assert_moves_stay(before, base, desk.posting)
    assert_additions_stay(before, base, desk.posting)
    by_role = {row.key.partition(":")[2] for row in rows if row.kind == "moved" and row.ticked}
    assert_order_stays(before, desk.posting, by_role)


def assert_words_stand(desk: Desk) -> None:
    now = texts(desk.posting)
    assert {name: now.get(name) for name in desk.words} == desk.words


def assert_moves_stay(before: Posting, base: Base, after: Posting) -> None:
    moved = in_other_section(before, base)
    sections = {line.id: line.section for line in after.lines}
    assert {line: sections.get(line) for line in moved} == moved


def assert_additions_stay(before: Posting, base: Base, after: Posting) -> None:
    """Lines from the library, which the posting was not assembled with."""
    added = {line.id for line in before.lines if line.origin in base.offered}
    assert added <= {line.id for line in after.lines}


def assert_order_stays(before: Posting, after: Posting, by_role: set[str]) -> None:
    """But for what the role itself has elsewhere now."""
    stays = {line.id for line in after.lines if line.origin not in by_role}
    stays &= {line.id for line in before.lines}
    for section in SECTIONS:
        was = [line.id for line in before.section(section) if line.id in stays]
        assert [line.id for line in after.section(section) if line.id in stays] == was


@tried(100)
@given(starts, acts, levels)
def test_taking_nothing_changes_no_text_order_or_line(
    start: Start, done: list[Act], level: Level
) -> None:
    desk = desk_at(start, done)
    before = content(desk.posting)
    desk.take(level, set())
    assert content(desk.posting) == before
    assert (desk.posting.level, desk.posting.base) == (level, desk.base.digest)


@tried(100)
@given(starts, acts, levels, st.randoms(use_true_random=False))
def test_applying_twice_equals_once(start: Start, done: list[Act], level: Level, random) -> None:  # type: ignore[no-untyped-def]
    desk = desk_at(start, done)
    rows = desk.rebasing(level).differences
    change = desk.take(level, {row.key for row in rows if random.random() < 0.5})
    again = apply_each(desk.posting, [change])
    assert (again.posting, again.changes, again.outcomes) == (desk.posting, (), (None,))
    assert desk.rebasing(level).differences == ()


@tried(100)
@given(starts, acts, levels)
def test_only_what_the_role_says_is_ever_touched(
    start: Start, done: list[Act], level: Level
) -> None:
    desk = desk_at(start, done)
    before = desk.posting
    desk.take(level, {row.key for row in desk.rebasing(level).differences})
    own = [line for line in before.lines if not line.origin]
    assert [line for line in desk.posting.lines if not line.origin] == own
    kept = {*type(before).model_fields} - {"level", "base", "lines", "removed_origins"}
    kept -= set(ROLE_FIELDS)
    assert desk.posting.model_dump(include=kept) == before.model_dump(include=kept)


@tried(25)
@given(starts, acts, levels)
def test_every_row_can_be_taken_alone_and_does_what_it_shows(
    start: Start, done: list[Act], level: Level
) -> None:
    desk = desk_at(start, done)
    before = desk.posting
    for row in desk.rebasing(level).differences:
        one = Desk(desk.slug, before, desk.base)
        one.take(level, {row.key})
        now = texts(one.posting)
        if row.kind == "removed":
            assert [*texts(before).items() - now.items()] == [(line_of(row.changes), row.before)]
        elif row.kind == "added":
            assert [text for _, text in now.items() - texts(before).items()] == [row.after]
        elif row.kind == "moved":
            assert now == texts(before)
            assert said(one.posting) != said(before)
        assert parse(Posting, one.posting.model_dump(by_alias=True)) == one.posting


def line_of(changes: tuple[object, ...]) -> str:
    (change,) = changes
    assert isinstance(change, RemoveLine)
    return change.line


@pytest.mark.parametrize("slug", ROLES)
def test_an_untouched_posting_becomes_what_a_fresh_one_is(slug: str) -> None:
    for level in LEVELS:
        for other in LEVELS:
            desk = desk_at((slug, level), [])
            rows = desk.rebasing(other).differences
            assert all(row.ticked for row in rows)
            desk.take(other, {row.key for row in rows})
            fresh = shipped.draft(slug, other)
            assert said(desk.posting) == said(fresh)
            rest = {*Posting.model_fields} - {"lines"}
            assert desk.posting.model_dump(include=rest) == fresh.model_dump(include=rest)


@pytest.mark.parametrize("slug", ROLES)
def test_an_untouched_posting_comes_back_as_it_was(slug: str) -> None:
    for level in LEVELS:
        for other in LEVELS:
            desk = desk_at((slug, level), [])
            for step in (other, level):
                desk.take(step, ticked(desk, step))
            assert said(desk.posting) == said(shipped.draft(slug, level))
            assert desk.posting.removed_origins == ()
