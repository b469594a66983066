"""Apply changes to a posting; what started from something else comes back as a conflict."""

from dataclasses import dataclass

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
from jobdesc.postings.places import PLACE_PARTS
from jobdesc.postings.posting import FIELD_NAMES, Posting, PostingLine
from jobdesc.roles.parse import parse


@dataclass(frozen=True)
class Conflict:
    """A change whose start no longer stands; `current` is what does, None where it is gone."""

    change: Change
    current: str | None


@dataclass(frozen=True)
class Applied:
    """The posting after a save, what was applied to it, and what was not."""

    posting: Posting
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


class NoSuchTarget(Exception):
    """A change names a field that postings do not have."""


def apply_changes(posting: Posting, changes: tuple[Change, ...]) -> Applied:
    """Apply each change in turn. Raises Problems where the result is too large or malformed."""
    done: list[Change] = []
    conflicts: list[Conflict] = []
    for asked in changes:
        change = _definite(posting, asked)
        outcome = _apply(posting, change)
        if isinstance(outcome, Conflict):
            conflicts.append(outcome)
        elif outcome != posting:
            posting = outcome
            done.append(change)
    return Applied(posting, tuple(done), tuple(conflicts))


def _definite(posting: Posting, change: Change) -> Change:
    """A shift as the move that it is in the posting as it stands now."""
    if not isinstance(change, ShiftLine):
        return change
    line = _line(posting, change.line)
    own = [other.id for other in posting.section(line.section)] if line else []
    index = own.index(change.line) if line else 0
    if change.way == "up":
        behind = own[index - 2] if index > 1 else None
    else:
        behind = own[min(index + 1, len(own) - 1)] if own else None
    return MoveLine(line=change.line, after=behind)


def _apply(posting: Posting, change: Change) -> Posting | Conflict:
    match change:
        case SetField():
            return _set_field(posting, change)
        case SetLine():
            return _set_line(posting, change)
        case AddLine():
            return _add_line(posting, change)
        case RemoveLine():
            return _remove_line(posting, change)
        case MoveLine():
            return _move_line(posting, change)
        case AddPlace():
            return _with(posting, places=(*posting.places, change.place))
        case RemovePlace():
            return _remove_place(posting, change)
        case ShiftLine():
            raise TypeError("a shift is made definite before it is applied")


def _with(posting: Posting, **values: object) -> Posting:
    """A checked copy: `model_copy` alone would let a value of the wrong shape in."""
    return parse(Posting, {**posting.model_dump(by_alias=True), **values})


def read_target(posting: Posting, target: str) -> str | None:
    """The text at a field or a part of a place; None where the place is gone."""
    if target.startswith("place:"):
        place_id, part = _split_place(target)
        found = [place for place in posting.places if place.id == place_id]
        return str(getattr(found[0], part)) if found else None
    if target not in FIELD_NAMES:
        raise NoSuchTarget(target)
    return str(getattr(posting, target))


def _split_place(target: str) -> tuple[str, str]:
    place_id, _, part = target.removeprefix("place:").rpartition(".")
    if part not in PLACE_PARTS:
        raise NoSuchTarget(target)
    return place_id, part


def _set_field(posting: Posting, change: SetField) -> Posting | Conflict:
    current = read_target(posting, change.target)
    if current is None or current not in (change.before, change.after):
        return Conflict(change, current)
    if not change.target.startswith("place:"):
        return _with(posting, **{change.target: change.after})
    place_id, part = _split_place(change.target)
    places = tuple(
        place.model_copy(update={part: change.after}) if place.id == place_id else place
        for place in posting.places
    )
    return _with(posting, places=tuple(place.model_dump() for place in places))


def _set_line(posting: Posting, change: SetLine) -> Posting | Conflict:
    line = _line(posting, change.line)
    if line is None or line.text not in (change.before, change.after):
        return Conflict(change, line.text if line else None)
    new = tuple(
        line.model_copy(update={"text": change.after}) if line.id == change.line else line
        for line in posting.lines
    )
    return _with(posting, lines=tuple(line.model_dump() for line in new))


def _add_line(posting: Posting, change: AddLine) -> Posting | Conflict:
    if _line(posting, change.line) or not change.text:
        return posting
    origin = change.origin
    if origin in {line.origin for line in posting.lines}:
        origin = None
    new = PostingLine(id=change.line, section=change.section, text=change.text, origin=origin)
    lines = _placed([*posting.lines], new, change.after, at_end=True)
    removed = tuple(gone for gone in posting.removed_origins if gone != origin)
    return _with(posting, lines=lines, removed_origins=removed)


def _remove_line(posting: Posting, change: RemoveLine) -> Posting | Conflict:
    line = _line(posting, change.line)
    if line is None:
        return posting
    if line.text != change.before:
        return Conflict(change, line.text)
    removed = posting.removed_origins + ((line.origin,) if line.origin else ())
    kept = tuple(other for other in posting.lines if other.id != line.id)
    return _with(posting, lines=kept, removed_origins=removed)


def _remove_place(posting: Posting, change: RemovePlace) -> Posting | Conflict:
    found = [place for place in posting.places if place.id == change.place]
    if found and found[0].full != change.before:
        return Conflict(change, found[0].full)
    kept = tuple(place for place in posting.places if place.id != change.place)
    return _with(posting, places=kept)


def _move_line(posting: Posting, change: MoveLine) -> Posting | Conflict:
    line = _line(posting, change.line)
    if line is None:
        return Conflict(change, None)
    if change.after == line.id:
        return posting
    if change.after is not None and _line(posting, change.after) is None:
        return Conflict(change, line.text)
    others = [other for other in posting.lines if other.id != line.id]
    return _with(posting, lines=_placed(others, line, change.after, at_end=False))


def _line(posting: Posting, line_id: str) -> PostingLine | None:
    return next((line for line in posting.lines if line.id == line_id), None)


def _placed(
    lines: list[PostingLine], line: PostingLine, after: str | None, at_end: bool
) -> tuple[PostingLine, ...]:
    """`lines` with `line` after the one named, else first or last of its section."""
    index = next((i + 1 for i, other in enumerate(lines) if other.id == after), None)
    if index is None:
        own = [i for i, other in enumerate(lines) if other.section is line.section]
        index = (own[-1] + 1 if at_end else own[0]) if own else len(lines)
    return (*lines[:index], line, *lines[index:])
