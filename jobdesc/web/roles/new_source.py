"""A source that is added with a part of a role: its fields, and the line that it is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jobdesc.roles.parse import Problem
from jobdesc.roles.reference_rows import RESERVED
from jobdesc.web.roles.boxes import Box, Form, Look, words
from jobdesc.web.roles.parts import Part

FIELDS = ("name", "publisher", "url", "read")
SPOT = "new_source"


@dataclass(frozen=True)
class NewSource:
    """What a form says of it; `line` is the id of the line that it is for, or ''."""

    values: Mapping[str, str]
    verified: bool
    line: str

    @property
    def is_there(self) -> bool:
        """Whether anything was said of it beside the day, which is filled in at first."""
        return any(self.values[name] for name in FIELDS if name != "read")

    @property
    def row(self) -> dict[str, Any] | None:
        """The source to add, where one is there."""
        return {**self.values, "verified": self.verified} if self.is_there else None

    @property
    def names(self) -> dict[str, str]:
        """How a line picks it."""
        return {RESERVED: self.values["name"]} if self.is_there and self.values["name"] else {}


@dataclass(frozen=True)
class NewSourceView:
    """Its controls. `lines` are those of the part that it can be for, by id."""

    name: Box
    publisher: Box
    url: Box
    read: Box
    line: Box
    verified: bool
    lines: tuple[tuple[str, str], ...]
    is_open: bool


def read_new_source(form: Form) -> NewSource:
    """The source of a form."""
    values = {name: " ".join(words(form, f"{SPOT}:{name}").split()) for name in FIELDS}
    return NewSource(values, bool(form.get(f"{SPOT}:verified")), words(form, f"{SPOT}:line"))


def with_line(part: Part, body: dict[str, Any], source: NewSource) -> dict[str, Any]:
    """The part of a body in which the chosen line names the new source."""
    if part.shape != "lines" or not (source.is_there and source.line):
        return body
    lines = [
        {**line, "source": [*line.get("source", ()), RESERVED]}
        if line["id"] == source.line and RESERVED not in line.get("source", ())
        else line
        for line in body[part.key]
    ]
    return {**body, part.key: lines}


def view_new_source(
    source: NewSource | None, today: str, lines: tuple[tuple[str, str], ...], look: Look
) -> NewSourceView:
    """The controls, as they were sent or fresh."""
    values = source.values if source else {"read": today}
    boxes = {name: look.box(f"{SPOT}:{name}", values.get(name, ""), SPOT, name) for name in FIELDS}
    wrong = any(box.errors for box in boxes.values())
    return NewSourceView(
        **boxes,
        line=look.box(f"{SPOT}:line", source.line if source else "", SPOT, "line"),
        verified=bool(source and source.verified),
        lines=lines,
        is_open=wrong or bool(source and source.is_there),
    )


def placed(problem: Problem) -> Problem:
    """A problem of the source itself at its day: what has no place is that it has no date."""
    if problem.place != (SPOT,):
        return problem
    return Problem((SPOT, "read"), "Enter the day on which you read it, like 2026-11-23.")
