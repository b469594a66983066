"""A source that is added with a part of a role: its fields, and the line that it is for."""

from typing import Any

from wtforms import BooleanField, Form, StringField

from jobdesc.roles.parse import Problem
from jobdesc.web.roles.boxes import Box
from jobdesc.web.roles.fields import one_line

SPOT = "new_source"


class NewSourceForm(Form):  # type: ignore[misc]
    """What is said of it; `line` is the id of the line that it is for, or ''."""

    name = StringField(filters=[one_line])
    publisher = StringField(filters=[one_line])
    url = StringField(filters=[one_line])
    read = StringField(filters=[one_line])
    line = StringField(filters=[one_line])
    verified = BooleanField()

    @property
    def is_there(self) -> bool:
        """Whether anything was said of it beside the day, which is filled in at first."""
        return any(field.data for field in (self.name, self.publisher, self.url))

    @property
    def row(self) -> dict[str, Any] | None:
        """The source to add, where one is there."""
        said = {key: value for key, value in self.data.items() if key != "line"}
        return said if self.is_there else None

    def box(self, key: str) -> Box:
        """A field as a control of the page."""
        return Box(self[key].name, self[key].data, tuple(self[key].errors))


def placed(problem: Problem) -> Problem:
    """A problem of the source itself at its day: what has no place is that it has no date."""
    if problem.place != (SPOT,):
        return problem
    return Problem((SPOT, "read"), "Enter the day on which you read it, like 2026-11-23.")
