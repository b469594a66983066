"""Apply changes to a posting; what started from something else comes back as a conflict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from jobdesc.postings.apply_lines import add_line, definite_move, move_line, remove_line, set_line
from jobdesc.postings.changes import (
    ID,
    AddLine,
    AddPlace,
    Arrange,
    Change,
    ChangeLevel,
    Hide,
    LevelBase,
    MoveLine,
    PlainChange,
    RemoveLine,
    RemovePlace,
    SetField,
    SetLine,
    ShiftLine,
)
from jobdesc.postings.outcomes import (
    OUT_OF_DATE,
    TOO_MANY_PLACES,
    Conflict,
    Locked,
    Refused,
    Result,
    has_id,
    with_values,
)
from jobdesc.postings.places import PLACE_PARTS
from jobdesc.postings.posting import Fields, Posting
from jobdesc.postings.values import PLACES, SHORT, clean, say_too_long

__all__ = ["Applied", "Conflict", "Refused", "apply_each", "read_changes"]

CHOICES: dict[str, tuple[str, ...]] = {
    name: choices
    for name, field in Fields.model_fields.items()
    if (choices := get_args(field.annotation))
}
"""What can be chosen, by field."""
LIMITS: dict[str, int] = {
    name: constraint.max_length
    for name, field in Fields.model_fields.items()
    for constraint in field.metadata
    if isinstance(constraint, StringConstraints) and constraint.max_length
}
"""The most characters, by field that is written."""
_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)
Guard = Callable[[Posting, Change], str]
"""Why a change may not be made to a posting; empty where it may."""


def nothing_locked(_posting: Posting, _change: Change) -> str:
    """The guard of who may change everything."""
    return ""


@dataclass(frozen=True)
class Applied:
    """The posting after a save, and what was applied to it.

    `outcomes` says of each change asked, in order, why it was not applied; None where it was, or
    where the posting is so already.
    """

    posting: Posting
    changes: tuple[Change, ...]
    outcomes: tuple[Conflict | Refused | None, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The changes whose start no longer stands."""
        return tuple(outcome for outcome in self.outcomes if isinstance(outcome, Conflict))

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The changes that no posting can hold."""
        return tuple(outcome for outcome in self.outcomes if isinstance(outcome, Refused))


def read_changes(items: Sequence[Any]) -> tuple[Change | Refused, ...]:
    """The changes of a list as it was sent; one that has not their shape is refused alone."""
    return tuple(_read(item) for item in items)


def _read(item: Any) -> Change | Refused:
    try:
        return _CHANGE.validate_python(item)
    except ValidationError as error:
        return Refused(None, _why(error.errors(include_url=False)[0]))


def _why(fault: ErrorDetails) -> str:
    """The size of a text, where only that is wrong; lists have sizes too."""
    long = fault["type"] in ("too_long", "string_too_long") and isinstance(fault["input"], str)
    if not long:
        return OUT_OF_DATE
    return say_too_long(clean(fault["input"]), fault["ctx"]["max_length"])


def apply_each(
    posting: Posting, changes: Sequence[Change | Refused], guard: Guard = nothing_locked
) -> Applied:
    """Apply each change in turn to what those before it made of the posting.

    `guard` says why a change may not be made, or nothing.
    """
    done: list[Change] = []
    outcomes: list[Conflict | Refused | None] = []
    for asked in changes:
        if isinstance(asked, Refused):
            outcomes.append(asked)
            continue
        change = definite_move(posting, asked) if isinstance(asked, ShiftLine) else asked
        result = _guarded(posting, change, guard)
        outcomes.append(None if isinstance(result, Posting) else result)
        if isinstance(result, Posting) and result is not posting and result != posting:
            posting = result
            done.append(change)
    return Applied(posting, tuple(done), tuple(outcomes))


def _guarded(posting: Posting, change: Change, guard: Guard) -> Result:
    if why := guard(posting, change):
        return Locked(change, why)
    if isinstance(change, ChangeLevel):
        return _change_level(posting, change, guard)
    return _apply(posting, change)


def _apply(posting: Posting, change: PlainChange) -> Result:
    match change:
        case SetLine():
            return set_line(posting, change)
        case AddLine():
            return add_line(posting, change)
        case RemoveLine():
            return remove_line(posting, change)
        case MoveLine():
            return move_line(posting, change)
        case ShiftLine():
            return move_line(posting, definite_move(posting, change))
        case _:
            return _apply_to_fields(posting, change)


def _apply_to_fields(
    posting: Posting, change: SetField | AddPlace | RemovePlace | Arrange | Hide
) -> Result:
    match change:
        case SetField() if change.target.startswith("place:"):
            return _set_place(posting, change)
        case SetField():
            return _set_field(posting, change)
        case AddPlace():
            return _add_place(posting, change)
        case RemovePlace():
            return _remove_place(posting, change)
        case Arrange():
            return _arrange(posting, change)
        case Hide():
            return _hide(posting, change)


def _set_field(posting: Posting, change: SetField) -> Result:
    name, after = change.target, change.after
    if name in CHOICES:
        message = "" if after in CHOICES[name] else "Choose one of the list."
    else:
        message = say_too_long(after, LIMITS[name]) if name in LIMITS else OUT_OF_DATE
    if message:
        return Refused(change, message)
    current = str(getattr(posting, name))
    if current not in (change.before, after):
        return Conflict(change, current)
    return with_values(posting, **{name: after})


def _set_place(posting: Posting, change: SetField) -> Result:
    place_id, _, part = change.target.removeprefix("place:").rpartition(".")
    message = say_too_long(change.after, SHORT) if part in PLACE_PARTS else OUT_OF_DATE
    if message:
        return Refused(change, message)
    found = [place for place in posting.places if place.id == place_id]
    if not found:
        return Conflict(change, None)
    current = str(getattr(found[0], part))
    if current not in (change.before, change.after):
        return Conflict(change, current)
    new = found[0].model_copy(update={part: change.after})
    places = tuple(new if place.id == place_id else place for place in posting.places)
    return with_values(posting, places=places)


def _add_place(posting: Posting, change: AddPlace) -> Result:
    if any(place.id == change.place.id for place in posting.places):
        return posting
    if len(posting.places) >= PLACES:
        return Refused(change, TOO_MANY_PLACES)
    if has_id(posting, change.place.id) or not ID.fullmatch(change.place.id):
        return Refused(change, OUT_OF_DATE)
    before, after = ((), posting.places) if change.first else (posting.places, ())
    return with_values(posting, places=(*before, change.place, *after))


def _remove_place(posting: Posting, change: RemovePlace) -> Result:
    found = [place for place in posting.places if place.id == change.place]
    if found and change.before not in (found[0].full, found[0].as_typed):
        return Conflict(change, found[0].full)
    kept = tuple(place for place in posting.places if place.id != change.place)
    return with_values(posting, places=kept)


def _arrange(posting: Posting, change: Arrange) -> Result:
    if posting.parts == change.after:
        return posting
    if posting.parts != change.before:
        return Conflict(change, ", ".join(posting.parts))
    return with_values(posting, part_order=change.after)


def _hide(posting: Posting, change: Hide) -> Posting:
    if (change.part in posting.hidden_parts) == change.after:
        return posting
    rest = tuple(part for part in posting.hidden_parts if part != change.part)
    return with_values(posting, hidden_parts=(*rest, change.part) if change.after else rest)


def _change_level(posting: Posting, change: ChangeLevel, guard: Guard) -> Result:
    """The level and base, then what was chosen with it; texts changed meanwhile stand.

    Refused as a whole where one of its changes is: half a level is no level.
    """
    now = LevelBase(level=posting.level, base=posting.base)
    if now == change.after:
        return posting
    if now != change.before:
        return Conflict(change, posting.level)
    at_level = with_values(posting, level=change.after.level, base=change.after.base)
    inner = apply_each(at_level, change.changes, guard)
    return replace(inner.refused[0], change=change) if inner.refused else inner.posting
