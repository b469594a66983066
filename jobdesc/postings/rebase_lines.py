"""The differences of lines: what the role adds, rewords, moves and removes, by origin."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from jobdesc.postings.base import Base, BaseLine
from jobdesc.postings.changes import AddLine, MoveLine, PlainChange, RemoveLine, SetLine
from jobdesc.postings.differences import (
    ADDED,
    ADDED_WORDING,
    CHANGED,
    MOVED,
    MOVED_HERE,
    REMOVED,
    Difference,
)
from jobdesc.postings.headings import SECTION_HEADINGS
from jobdesc.postings.line_order import anchor, moved_by_person, moved_by_role
from jobdesc.postings.outcomes import has_id
from jobdesc.postings.posting import Posting, PostingLine
from jobdesc.postings.sections import SECTIONS, Section


@dataclass(frozen=True)
class _Merge:
    """The three texts, and what follows from them for more than one line."""

    posting: Posting
    base: Base
    onto: Base

    @cached_property
    def here(self) -> dict[str, PostingLine]:
        """The posting's lines by origin, in the order of the document."""
        lines = sorted(self.posting.lines, key=lambda line: SECTIONS.index(line.section))
        return {line.origin: line for line in lines if line.origin}

    @cached_property
    def assembled(self) -> set[str]:
        """What the base says."""
        return {line.origin for line in self.base.lines}

    @cached_property
    def advertised(self) -> set[str]:
        """What the role says now."""
        return {line.origin for line in self.onto.lines}

    @cached_property
    def moved_here(self) -> set[str]:
        """What the person moved."""
        return moved_by_person(self.posting, self.base)

    @cached_property
    def moved_there(self) -> set[str]:
        """What the role moved."""
        return moved_by_role(self.posting, self.base, self.onto)

    @cached_property
    def added(self) -> dict[str, BaseLine]:
        """What the role says now, and neither the posting nor its base says so."""
        known = self.base.texts
        own = {(line.section, line.text) for line in self.posting.lines if not line.origin}
        return {
            line.origin: line
            for line in self.onto.lines
            if line.origin not in self.here
            and (line.origin not in self.assembled or known[line.origin] != line.text)
            and (line.section, line.text) not in own
        }

    def new_id(self, origin: str) -> str:
        """The id that the added line gets: always the same, so that a sheet can be made again."""
        names = (f"{self.onto.digest}:{origin}:{number}" for number in count())
        ids = (hashlib.sha256(name.encode()).hexdigest()[:16] for name in names)
        return next(new for new in ids if not has_id(self.posting, new))


def line_differences(posting: Posting, base: Base, onto: Base) -> Iterator[Difference]:
    """All differences of lines. They are to be applied in this order."""
    merge = _Merge(posting, base, onto)
    for line in merge.added.values():
        yield _added(merge, line)
    yield from _reworded(merge)
    for line in reversed(onto.lines):
        if line.origin in merge.moved_there:
            yield _moved(merge, line)
    yield from _removed(merge)


def _added(merge: _Merge, line: BaseLine) -> Difference:
    left_out = line.origin in merge.posting.removed_origins or line.origin in merge.assembled
    section = _section(line)
    return Difference(
        key=f"added:{line.origin}",
        group="added",
        kind="added",
        heading=SECTION_HEADINGS[section],
        before="",
        after=line.text,
        why=REMOVED if left_out else "",
        changes=_changes_that_add(merge, line, section),
    )


def _changes_that_add(merge: _Merge, line: BaseLine, section: Section) -> tuple[PlainChange, ...]:
    """The line behind its neighbor that stands; then behind those of its neighbors that come too.

    A move behind a line that was not taken has no effect.
    """
    behind, between = anchor(merge.posting, merge.onto, line, merge.moved_there)
    new = merge.new_id(line.origin)
    after = behind.id if behind else None
    add = AddLine(line=new, section=section, text=line.text, after=after, origin=line.origin)
    first = not behind and merge.posting.section(section)
    to_front: list[PlainChange] = [MoveLine(line=new, after=None)] if first else []
    return (add, *to_front, *_behind_added(merge, new, between))


def _behind_added(merge: _Merge, line_id: str, between: list[BaseLine]) -> list[MoveLine]:
    coming = [other.origin for other in between if other.origin in merge.added]
    return [MoveLine(line=line_id, after=merge.new_id(origin)) for origin in coming]


def _reworded(merge: _Merge) -> Iterator[Difference]:
    before, after = merge.base.texts, merge.onto.texts
    for origin, line in merge.here.items():
        was, then = before.get(origin), after.get(origin)
        goes = origin in merge.assembled and origin not in merge.advertised
        if then is None or then in (was, line.text) or goes:
            continue
        changed = CHANGED if was is not None else ADDED_WORDING
        yield Difference(
            key=f"reworded:{origin}",
            group="reworded",
            kind="reworded",
            heading=SECTION_HEADINGS[line.section],
            before=line.text,
            after=then,
            why="" if line.text == was else changed,
            changes=(SetLine(line=line.id, before=line.text, after=then),),
        )


def _moved(merge: _Merge, target: BaseLine) -> Difference:
    line, section = merge.here[target.origin], _section(target)
    behind, between = anchor(merge.posting, merge.onto, target, merge.moved_there)
    move = MoveLine(line=line.id, after=behind.id if behind else None, section=section)
    here, there = SECTION_HEADINGS[line.section], SECTION_HEADINGS[section]
    return Difference(
        key=f"moved:{target.origin}",
        group="reworded",
        kind="moved",
        heading=there if here == there else f"From {here} to {there}",
        before=line.text,
        after=line.text,
        why=MOVED if target.origin in merge.moved_here else "",
        changes=(move, *_behind_added(merge, line.id, between)),
    )


def _removed(merge: _Merge) -> Iterator[Difference]:
    """What was assembled and would not be now, and what the role no longer has at all."""
    after = merge.onto.texts
    for origin, line in merge.here.items():
        gone = origin not in merge.advertised if origin in merge.assembled else origin not in after
        if not gone or origin not in merge.base.texts:
            continue
        yield Difference(
            key=f"removed:{origin}",
            group="removed",
            kind="removed",
            heading=SECTION_HEADINGS[line.section],
            before=line.text,
            after="",
            why=_why_kept(merge, line, origin),
            changes=(RemoveLine(line=line.id, before=line.text, forget=True),),
        )


def _why_kept(merge: _Merge, line: PostingLine, origin: str) -> str:
    if line.text != merge.base.texts[origin]:
        return CHANGED
    if origin not in merge.assembled:
        return ADDED
    return MOVED_HERE if origin in merge.moved_here else ""


def _section(line: BaseLine) -> Section:
    """The section of a line of the text that a posting moves onto; that always says it."""
    if line.section is None:
        raise ValueError("the role's text of today says in which section each line stands")
    return line.section
