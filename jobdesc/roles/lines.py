"""A line of a role: one thing said at each level, and how it is read at one of them."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.values import Id, Sources, Text, Value

END = "end"
START = "start"
"""Where a line of a role that extends another may be placed: before all others."""
Need = Literal["required", "preferred"]


class Cell(Value):
    """The whole value of a line at a level. A line inherits it upward until the next cell."""

    text: Text
    essential: bool = False
    need: Need = "required"
    years: Annotated[float, Field(ge=0, le=40)] | None = None


def _cell_or_text(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) and value != END else value


CellOrEnd = Annotated[Cell | Literal["end"], BeforeValidator(_cell_or_text)]


class Line(Value):
    """A duty, a qualification or a condition; `kind` says which sort and never varies by level.

    Only administrators change a locked line, here and in the postings that took it.
    """

    id: Id
    kind: Id | None = None
    levels: dict[Level, CellOrEnd]
    source: Sources = ()
    locked: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> "Line":
        if not any(isinstance(cell, Cell) for cell in self.levels.values()):
            raise ValueError("has no text at any level. Give it a cell, or remove the line")
        return _not_the_start(self)


class NeedAt(Value):
    """How much a credential is asked for at a level, with a few words if they are needed.

    `earned_within_months` is the time after hire in which a person may still earn it.
    """

    need: Need
    note: Annotated[str, Field(max_length=300)] = ""
    earned_within_months: Annotated[int, Field(ge=1, le=60)] | None = None

    @property
    def words(self) -> str:
        """'or the ACM-RN; may be earned within a year of hire': what is printed after the name."""
        if self.earned_within_months is None:
            return self.note
        earned = f"may be earned within {_span(self.earned_within_months)} of hire"
        return "; ".join(part for part in (self.note, earned) if part)


def _span(months: int) -> str:
    """'6 months', 'a year', '2 years'."""
    count, unit = (months, "month") if months % 12 else (months // 12, "year")
    return f"a {unit}" if count == 1 else f"{count} {unit}s"


def _need_or_word(value: Any) -> Any:
    return {"need": value} if isinstance(value, str) and value != END else value


NeedOrEnd = Annotated[NeedAt | Literal["end"], BeforeValidator(_need_or_word)]


class CredentialLine(Value):
    """A license or certification of content/credentials.yaml, required or preferred by level."""

    id: Id
    credential: Id
    levels: dict[Level, NeedOrEnd]
    locked: bool = False

    @model_validator(mode="after")
    def _has_a_name(self) -> "CredentialLine":
        return _not_the_start(self)


T = TypeVar("T")
AnyLine = TypeVar("AnyLine", Line, CredentialLine)


def _not_the_start(line: AnyLine) -> AnyLine:
    if line.id == START:
        raise ValueError("has the id start, which means the beginning of a list. Choose another")
    return line


def at_level(levels: dict[Level, T | Literal["end"]], level: Level) -> T | None:
    """The cell that holds at `level`: its own, else the nearest below; None before and after."""
    for below in reversed(LEVELS[: level.rank + 1]):
        if below in levels:
            cell = levels[below]
            return None if cell == END else cell  # type: ignore[return-value]
    return None
