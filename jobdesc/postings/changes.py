"""A save is a list of changes: each applied where what it started from still stands.

Sizes of texts are checked where a change is applied, so that one too long is refused alone.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from jobdesc.postings.places import Place
from jobdesc.postings.sections import Part, Section, all_parts
from jobdesc.postings.values import Seen, ShortText, Value, Written
from jobdesc.roles.levels import Level

ID = re.compile(r"[A-Za-z0-9_-]{1,60}")
"""Of new lines and places: they stand in names of controls, as in 'place:<id>.city'."""
LineId = Annotated[ShortText, Field(pattern=f"^{ID.pattern}$")]
Order = Annotated[tuple[Part, ...], AfterValidator(all_parts)]


class SetField(Value):
    """A field by name, or a part of a place as 'place:<id>.<part>'."""

    do: Literal["set"] = "set"
    target: ShortText
    before: Seen
    after: Written


class SetLine(Value):
    """The text of a line."""

    do: Literal["set-line"] = "set-line"
    line: ShortText
    before: Seen
    after: Written


class AddLine(Value):
    """A new line at the end of a section, or after the line named; empty where just begun."""

    do: Literal["add-line"] = "add-line"
    line: LineId
    section: Section
    text: Written
    after: ShortText | None = None
    origin: ShortText | None = None


class RemoveLine(Value):
    """A line taken away; `before` is the text that was seen.

    Its origin is remembered as removed by a person, but where `forget` says that it was not:
    where the role dropped it, or where adding it is undone.
    """

    do: Literal["remove-line"] = "remove-line"
    line: ShortText
    before: Seen
    forget: bool = False


class MoveLine(Value):
    """A line put after another, or first where `after` is None; into `section` where one is named.

    Without a section it stays in its own.
    """

    do: Literal["move-line"] = "move-line"
    line: ShortText
    after: ShortText | None
    section: Section | None = None


class ShiftLine(Value):
    """A line put before or after its neighbor, whichever that is when the save is made."""

    do: Literal["shift-line"] = "shift-line"
    line: ShortText
    way: Literal["up", "down"]


class AddPlace(Value):
    """A place put at the end, or before all others."""

    do: Literal["add-place"] = "add-place"
    place: Place
    first: bool = False


class RemovePlace(Value):
    """A place taken away; `before` is what was seen of it on one line."""

    do: Literal["remove-place"] = "remove-place"
    place: ShortText
    before: Seen


class Arrange(Value):
    """The parts in another order; both name all of them."""

    do: Literal["arrange"] = "arrange"
    before: Order
    after: Order


class Hide(Value):
    """Whether a part is hidden."""

    do: Literal["hide"] = "hide"
    part: Part
    before: bool
    after: bool


class LevelBase(Value):
    """A level, and the hash of the text that a posting at that level is assembled from."""

    level: Level
    base: ShortText


PlainChange = Annotated[
    SetField
    | SetLine
    | AddLine
    | RemoveLine
    | MoveLine
    | ShiftLine
    | AddPlace
    | RemovePlace
    | Arrange
    | Hide,
    Field(discriminator="do"),
]


class ChangeLevel(Value):
    """Another level, or newer text of the role, with the changes that the person chose of it."""

    do: Literal["change-level"] = "change-level"
    before: LevelBase
    after: LevelBase
    changes: tuple[PlainChange, ...]


Change = Annotated[PlainChange | ChangeLevel, Field(discriminator="do")]
