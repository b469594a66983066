"""A save is a list of changes: each applied where what it started from still stands."""

from typing import Annotated, Literal

from pydantic import Field

from jobdesc.postings.places import Place
from jobdesc.postings.sections import Section
from jobdesc.postings.values import LineText, LongText, Seen, ShortText, Value


class SetField(Value):
    """A field by name, or a part of a place as 'place:<id>.<part>'."""

    do: Literal["set"] = "set"
    target: ShortText
    before: Seen
    after: LongText


class SetLine(Value):
    """The text of a line."""

    do: Literal["set-line"] = "set-line"
    line: ShortText
    before: Seen
    after: LineText


class AddLine(Value):
    """A new line at the end of a section, or after the line named."""

    do: Literal["add-line"] = "add-line"
    line: ShortText
    section: Section
    text: LineText
    after: ShortText | None = None
    origin: ShortText | None = None


class RemoveLine(Value):
    """A line taken away; `before` is the text that was seen."""

    do: Literal["remove-line"] = "remove-line"
    line: ShortText
    before: Seen


class MoveLine(Value):
    """A line put after another of its section, or first where `after` is None."""

    do: Literal["move-line"] = "move-line"
    line: ShortText
    after: ShortText | None


class ShiftLine(Value):
    """A line put before or after its neighbor, whichever that is when the save is made."""

    do: Literal["shift-line"] = "shift-line"
    line: ShortText
    way: Literal["up", "down"]


class AddPlace(Value):
    """A place put at the end."""

    do: Literal["add-place"] = "add-place"
    place: Place


class RemovePlace(Value):
    """A place taken away; `before` is what was seen of it."""

    do: Literal["remove-place"] = "remove-place"
    place: ShortText
    before: Seen


Change = Annotated[
    SetField | SetLine | AddLine | RemoveLine | MoveLine | ShiftLine | AddPlace | RemovePlace,
    Field(discriminator="do"),
]
