"""Apply changes to the lines of a posting.

All lines are one flat list, of which only the order within each section counts.
"""

from collections.abc import Sequence

from jobdesc.postings.changes import AddLine, MoveLine, RemoveLine, SetLine, ShiftLine
from jobdesc.postings.outcomes import (
    OUT_OF_DATE,
    TOO_MANY_LINES,
    Conflict,
    Refused,
    Result,
    has_id,
    line_of,
    refused_line,
    with_values,
)
from jobdesc.postings.posting import Posting, PostingLine
from jobdesc.postings.values import LINES


def set_line(posting: Posting, change: SetLine) -> Result:
    """Other words in a line."""
    if refusal := refused_line(change, change.after):
        return refusal
    line = line_of(posting, change.line)
    if line is None or line.text not in (change.before, change.after):
        return Conflict(change, line.text if line else None)
    new = line.model_copy(update={"text": change.after})
    lines = tuple(new if other.id == change.line else other for other in posting.lines)
    return with_values(posting, lines=lines)


def add_line(posting: Posting, change: AddLine) -> Result:
    """A new line. An origin is dropped that another line has."""
    if line_of(posting, change.line):
        return posting
    if refusal := refused_line(change, change.text) or _refuse_new(posting, change):
        return refusal
    origin = change.origin or None
    if origin in {line.origin for line in posting.lines}:
        origin = None
    new = PostingLine(id=change.line, section=change.section, text=change.text, origin=origin)
    removed = tuple(gone for gone in posting.removed_origins if gone != origin)
    lines = _placed(posting.lines, new, change.after, at_end=True)
    return with_values(posting, lines=lines, removed_origins=removed)


def _refuse_new(posting: Posting, change: AddLine) -> Refused | None:
    if len(posting.lines) >= LINES:
        return Refused(change, TOO_MANY_LINES)
    return Refused(change, OUT_OF_DATE) if has_id(posting, change.line) else None


def remove_line(posting: Posting, change: RemoveLine) -> Result:
    """A line taken away where it still says what was seen."""
    line = line_of(posting, change.line)
    if line is None:
        return posting
    if line.text != change.before:
        return Conflict(change, line.text)
    removed = posting.removed_origins
    if line.origin and not change.forget and line.origin not in removed:
        removed = (*removed, line.origin)[-LINES:]
    kept = tuple(other for other in posting.lines if other.id != line.id)
    return with_values(posting, lines=kept, removed_origins=removed)


def move_line(posting: Posting, change: MoveLine) -> Result:
    """A line put elsewhere, with its id, origin and words."""
    line = line_of(posting, change.line)
    if line is None:
        return Conflict(change, None)
    if change.after == line.id:
        return posting
    if change.after is not None and line_of(posting, change.after) is None:
        return Conflict(change, line.text)
    others = tuple(other for other in posting.lines if other.id != line.id)
    moved = line.model_copy(update={"section": change.section or line.section})
    return with_values(posting, lines=_placed(others, moved, change.after, at_end=False))


def definite_move(posting: Posting, change: ShiftLine) -> MoveLine:
    """A shift as the move that it is in the posting as it stands now."""
    line = line_of(posting, change.line)
    own = [other.id for other in posting.section(line.section)] if line else []
    index = own.index(change.line) if line else 0
    if change.way == "up":
        behind = own[index - 2] if index > 1 else None
    else:
        behind = own[min(index + 1, len(own) - 1)] if own else None
    return MoveLine(line=change.line, after=behind)


def _placed(
    lines: Sequence[PostingLine], line: PostingLine, after: str | None, at_end: bool
) -> tuple[PostingLine, ...]:
    """`lines` with `line` after the one named, else first or last of its section."""
    index = next((i + 1 for i, other in enumerate(lines) if other.id == after), None)
    if index is None:
        own = [i for i, other in enumerate(lines) if other.section is line.section]
        index = (own[-1] + 1 if at_end else own[0]) if own else len(lines)
    return (*lines[:index], line, *lines[index:])
