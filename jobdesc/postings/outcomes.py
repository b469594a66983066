"""What becomes of a change: a new posting, a conflict with another's, or a refusal."""

from dataclasses import dataclass

from jobdesc.postings.changes import Change
from jobdesc.postings.posting import Posting, PostingLine
from jobdesc.postings.values import LINE, LINES, PLACES, say_too_long

TOO_MANY_LINES = f"A posting can have up to {LINES} items. Remove some, then add this again."
TOO_MANY_PLACES = f"A posting can have up to {PLACES} places. Remove some, then add this again."
OUT_OF_DATE = "This page is out of date. Reload it, then make this change again."


@dataclass(frozen=True)
class Conflict:
    """A change whose start no longer stands; `current` is what does, None where it is gone."""

    change: Change
    current: str | None


@dataclass(frozen=True)
class Refused:
    """A change that no posting can hold, and what to do. `change` is None where it has no shape."""

    change: Change | None
    message: str


@dataclass(frozen=True)
class Locked(Refused):
    """A change of what only administrators change. Whatever came with it is kept."""


Result = Posting | Conflict | Refused


def line_of(posting: Posting, line_id: str) -> PostingLine | None:
    """The line of this id."""
    return next((line for line in posting.lines if line.id == line_id), None)


def has_id(posting: Posting, new_id: str) -> bool:
    """Whether a line or a place has this id."""
    ids = [*(line.id for line in posting.lines), *(place.id for place in posting.places)]
    return new_id in ids


def with_values(posting: Posting, **values: object) -> Posting:
    """A copy with other values. They are not checked again: who calls this has done so."""
    return posting.model_copy(update=values)


def refused_line(change: Change, text: str) -> Refused | None:
    """The refusal of a text that no line can hold."""
    message = say_too_long(text, LINE)
    return Refused(change, message) if message else None
