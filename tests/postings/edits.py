"""What a person may do to a posting, at random, and what of it they would miss if it were gone."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import strategies as st

from jobdesc.postings.apply import apply_each
from jobdesc.postings.assemble import offers
from jobdesc.postings.base import Base
from jobdesc.postings.changes import (
    AddLine,
    Change,
    ChangeLevel,
    MoveLine,
    RemoveLine,
    SetField,
    SetLine,
)
from jobdesc.postings.differences import Rebasing
from jobdesc.postings.posting import Posting, PostingLine
from jobdesc.postings.rebase import rebase, take
from jobdesc.postings.sections import SECTIONS
from jobdesc.roles.levels import LEVELS, Level
from tests.postings import shipped

ROLES = sorted(shipped.shipped().roles)
FIELDS = ("title", "reports_to", "summary", "pay_low", "pay_high", "about_us", "contact")
VERBS = ("edit", "move", "split", "duplicate", "remove", "add", "library", "field", "level")

Act = tuple[str, int, int, int]
"""A verb, and three numbers that choose what it is done to."""
acts = st.lists(
    st.tuples(st.sampled_from(VERBS), *[st.integers(0, 10_000)] * 3), min_size=2, max_size=20
)
starts = st.tuples(st.sampled_from(ROLES), st.sampled_from(LEVELS))
levels = st.sampled_from(LEVELS)


@dataclass
class Desk:
    """A posting that a person works on, the base it stands on, and their words by line or field."""

    slug: str
    posting: Posting
    base: Base
    words: dict[str, str] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    numbers: Any = field(default_factory=count)

    def do(self, *changes: Change) -> None:
        """Apply changes that nobody else's can meet."""
        applied = apply_each(self.posting, changes)
        assert applied.outcomes == (None,) * len(changes)
        self.posting = applied.posting

    def rebasing(self, level: Level) -> Rebasing:
        """What another level would change."""
        return rebase(self.posting, self.base, shipped.base(self.slug, level), level)

    def take(self, level: Level, keys: set[str]) -> ChangeLevel:
        """Change the level, and take the differences of these keys."""
        change = take(self.rebasing(level), keys)
        self.do(change)
        self.base = shipped.base(self.slug, level)
        return change

    def new(self, name: str = "own") -> str:
        """A word that stands nowhere else."""
        return f"{name}{next(self.numbers)}"


def desk_at(start: tuple[str, Level], done: list[Act]) -> Desk:
    """A desk with a draft on which `done` was done."""
    slug, level = start
    desk = Desk(slug, shipped.draft(slug, level), shipped.base(slug, level))
    for act in done:
        perform(desk, act)
    return desk


def perform(desk: Desk, act: Act) -> None:
    """One act of a person; nothing where there is nothing to do it to."""
    verb, *numbers = act
    one, two, three = numbers
    if verb == "field":
        _field(desk, FIELDS[one % len(FIELDS)])
    elif verb == "level":
        level = LEVELS[one % len(LEVELS)]
        desk.take(level, {row.key for row in desk.rebasing(level).differences if row.ticked})
    elif verb == "add":
        _add(desk, one, two)
    elif verb == "library":
        _library(desk, one, two)
    elif desk.posting.lines:
        line = desk.posting.lines[one % len(desk.posting.lines)]
        LINE_ACTS[verb](desk, line, two, three)


def _field(desk: Desk, name: str) -> None:
    after = desk.new()
    desk.do(SetField(target=name, before=str(getattr(desk.posting, name)), after=after))
    desk.words[name] = after


def _add(desk: Desk, one: int, two: int) -> None:
    line, text, section = desk.new("l"), desk.new(), SECTIONS[one % len(SECTIONS)]
    desk.do(AddLine(line=line, section=section, text=text, after=_other(desk, two)))
    desk.words[line] = text


def _library(desk: Desk, one: int, two: int) -> None:
    offered = [*offers(desk.posting, shipped.held(desk.slug, desk.posting.level)).items()]
    if offered:
        origin, offer = offered[one % len(offered)]
        line, after = desk.new("l"), _other(desk, two)
        section, text = offer.section, offer.text
        desk.do(AddLine(line=line, section=section, text=text, after=after, origin=origin))
        desk.removed.discard(origin)


def _other(desk: Desk, number: int) -> str | None:
    lines = desk.posting.lines
    return lines[number % len(lines)].id if lines and number % 3 else None


def _edit(desk: Desk, line: PostingLine, *_: int) -> None:
    after = desk.new()
    desk.do(SetLine(line=line.id, before=line.text, after=after))
    desk.words[line.id] = after


def _move(desk: Desk, line: PostingLine, two: int, three: int) -> None:
    section = SECTIONS[three % len(SECTIONS)] if three % 2 else None
    desk.do(MoveLine(line=line.id, after=_other(desk, two), section=section))


def _split(desk: Desk, line: PostingLine, *_: int) -> None:
    _edit(desk, line)
    new, text = desk.new("l"), desk.new()
    desk.do(AddLine(line=new, section=line.section, text=text, after=line.id))
    desk.words[new] = text


def _duplicate(desk: Desk, line: PostingLine, *_: int) -> None:
    new = desk.new("l")
    desk.do(AddLine(line=new, section=line.section, text=line.text, after=line.id))
    desk.words[new] = line.text


def _remove(desk: Desk, line: PostingLine, *_: int) -> None:
    desk.do(RemoveLine(line=line.id, before=line.text))
    desk.words.pop(line.id, None)
    if line.origin:
        desk.removed.add(line.origin)


LINE_ACTS = {
    "edit": _edit,
    "move": _move,
    "split": _split,
    "duplicate": _duplicate,
    "remove": _remove,
}
