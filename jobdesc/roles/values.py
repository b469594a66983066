"""The small shared parts of the role models: strict frozen base, texts, ids, sources."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from jobdesc.roles.days import write_days


class Value(BaseModel):
    """Frozen, and refuses keys that it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True
    )


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


def _one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Sources = Annotated[tuple[Id, ...], BeforeValidator(_one_or_many)]
"""Ids in content/sources.yaml; a single id may be written without brackets."""


WEB_ADDRESS = re.compile(r"https?://[^\s/]")


def _is_day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if value else value
    except ValueError as error:
        raise ValueError("must be a day, like 2026-11-23. Correct it, or leave it out") from error


class Source(Value):
    """Where a fact was read. `verified` is false where nobody has checked it there yet.

    `as_of` is what it says of its own date, `read` the day on which somebody read it.
    """

    id: Id
    name: Text
    publisher: Annotated[str, Field(max_length=200)] = ""
    as_of: Annotated[str, Field(max_length=120)] = ""
    read: Annotated[str, AfterValidator(_is_day)] = ""
    verified: bool
    url: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _has_a_date(self) -> "Source":
        if not (self.as_of or self.read):
            raise ValueError("has no date. Add as_of, or read, the day on which it was read")
        return self

    @property
    def link(self) -> str:
        """The address, where it is one of the web."""
        return self.url if WEB_ADDRESS.match(self.url) else ""

    @property
    def full_name(self) -> str:
        """Publisher and title."""
        return f"{self.publisher}, {self.name}" if self.publisher else self.name

    @property
    def dated(self) -> str:
        """'May 2025', or 'undated, read Nov 23, 2026'."""
        if not self.read:
            return write_days(self.as_of)
        return write_days(f"{self.as_of or 'undated'}, read {self.read}")

    @property
    def cited(self) -> str:
        """Publisher, title and date in one line, by which people pick it."""
        return f"{self.full_name}, {self.dated}"


class Passage(Value):
    """A paragraph or an item of a guide, with the sources of what it states."""

    text: Text
    source: Sources = ()


def passage_or_text(value: Any) -> Any:
    """Let a passage without sources be written as plain text."""
    return {"text": value} if isinstance(value, str) else value


Passages = tuple[Annotated[Passage, BeforeValidator(passage_or_text)], ...]
