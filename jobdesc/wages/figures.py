"""Wage figures of one occupation in one area and year, and why some of them are missing."""

from dataclasses import dataclass, replace
from enum import StrEnum

from jobdesc.roles.pay import Percentile

PERCENTILES: tuple[Percentile, ...] = (10, 25, 50, 75, 90)
Amounts = tuple[int | None, int | None, int | None, int | None, int | None]
"""Cents at the five percentiles."""


class AreaKind(StrEnum):
    """What an area is, from the widest to the nearest."""

    NATION = "nation"
    STATE = "state"
    TERRITORY = "territory"
    NONMETRO = "nonmetro"
    METRO = "metro"


class Mark(StrEnum):
    """What is known of a figure: its amount, the top that it is at or above, or why it is missing.

    Each is one letter, as they are stored.
    """

    KNOWN = "="
    TOP = "#"
    WITHHELD = "*"
    NOT_CAPTURED = "-"


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the survey; `state` is the postal code of its (first) state, US for the nation."""

    code: str
    title: str
    kind: AreaKind
    state: str


@dataclass(frozen=True, slots=True)
class WageFigures:
    """Figures of May of `year`. Money is in cents.

    `marks` has a letter for the employment, then for the five hourly and the five annual figures.
    A figure at the top of the survey's scale has that top as its amount.
    """

    area: Area
    occupation: str
    title: str
    year: int
    employment: int | None
    hourly: Amounts
    annual: Amounts
    marks: str

    @property
    def hourly_marks(self) -> str:
        """The marks of the hourly figures."""
        return self.marks[1:6]

    @property
    def annual_marks(self) -> str:
        """The marks of the annual figures."""
        return self.marks[6:]

    @property
    def has_hourly(self) -> bool:
        """Whether every hourly figure is there."""
        return None not in self.hourly

    @property
    def has_annual(self) -> bool:
        """Whether every annual figure is there."""
        return None not in self.annual


def joined(newer: WageFigures, older: WageFigures) -> WageFigures:
    """The newer figures, with those of the older ones where the newer were not captured.

    The five hourly figures stay together, and so do the five annual ones.
    """
    found = newer
    empty = Mark.NOT_CAPTURED * 5
    if found.hourly_marks == empty:
        marks = found.marks[0] + older.hourly_marks + found.annual_marks
        found = replace(found, hourly=older.hourly, marks=marks)
    if found.annual_marks == empty:
        found = replace(found, annual=older.annual, marks=found.marks[:6] + older.annual_marks)
    if found.marks[0] == Mark.NOT_CAPTURED:
        marks = older.marks[0] + found.marks[1:]
        found = replace(found, employment=older.employment, marks=marks)
    return found
