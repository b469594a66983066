"""What the figures of an area say of a role's level, by the rule of the library's own ranges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jobdesc.roles.levels import Level
from jobdesc.roles.pay import (
    HOURS_A_YEAR,
    LEAST,
    MOST,
    PayRange,
    Percentile,
    Wages,
    WageTable,
    reference_ranges,
)
from jobdesc.roles.values import Source
from jobdesc.wages.figures import PERCENTILES, Amounts, Area, Mark, WageFigures


@dataclass(frozen=True)
class Point:
    """A wage in cents below which `percentile` percent are paid; or more, where `at_least`."""

    percentile: Percentile
    cents: int
    at_least: bool = False


@dataclass(frozen=True)
class MarketPay:
    """What a level's occupations are paid in an area, averaged over them where they are several.

    `hourly` are averages of the survey's own hourly figures, or the yearly ones divided by 2,080
    hours where `is_converted`. `why` says how the area was chosen, in a sentence. `by_rule` is the
    level's range in whole dollars a year as decision 0003 gives it from the area's figures.
    """

    area: Area
    why: str
    year: int
    occupations: tuple[tuple[str, str], ...]
    yearly: tuple[Point, ...]
    hourly: tuple[Point, ...]
    is_converted: bool
    by_rule: tuple[int, int] | None
    source: Source

    @property
    def nationwide(self) -> bool:
        """Whether the figures are those of the whole nation."""
        return self.area.kind == "nation"


def yearly_points(figures: Iterable[WageFigures]) -> tuple[Point, ...]:
    """The plain averages of yearly figures, each to the nearest $100. All must have them."""
    each = [(row.annual, row.annual_marks) for row in figures]
    return _points(each, Decimal(10_000))


def hourly_points(figures: Iterable[WageFigures]) -> tuple[tuple[Point, ...], bool]:
    """The plain averages of hourly figures, to the cent, and whether they had to be converted."""
    rows = list(figures)
    if all(row.has_hourly for row in rows):
        return _points([(row.hourly, row.hourly_marks) for row in rows], Decimal(1)), False
    yearly = _points([(row.annual, row.annual_marks) for row in rows], Decimal(1))
    hours = tuple(
        Point(point.percentile, _rounded(Decimal(point.cents) / HOURS_A_YEAR), point.at_least)
        for point in yearly
    )
    return hours, True


def ranges_by_rule(
    basis: Mapping[Level, PayRange], figures: Mapping[str, WageFigures]
) -> dict[Level, tuple[int, int]]:
    """Low and high of each level in whole dollars a year; none of one that lacks a figure."""
    held = {code: row for code, row in figures.items() if is_usable(row)}
    resting = {
        level: pay
        for level, pay in basis.items()
        if pay.occupations and held.keys() >= set(pay.occupations)
    }
    rows = tuple(_wages(row) for row in held.values())
    return reference_ranges(resting, WageTable(source="market", place="market", occupations=rows))


def is_usable(row: WageFigures) -> bool:
    """Whether a level may rest on these: every annual figure is there, and is one of a wage."""
    return all(cents is not None and LEAST * 100 <= cents <= MOST * 100 for cents in row.annual)


def _wages(row: WageFigures) -> Wages:
    values = {
        f"p{at}": round((cents or 0) / 100)
        for at, cents in zip(PERCENTILES, row.annual, strict=True)
    }
    return Wages.model_validate({"code": row.occupation, "title": row.title[:120], **values})


def _points(each: list[tuple[Amounts, str]], step: Decimal) -> tuple[Point, ...]:
    points = []
    for index, percentile in enumerate(PERCENTILES):
        total = sum(amounts[index] or 0 for amounts, _ in each)
        cents = _rounded(Decimal(total) / len(each) / step) * int(step)
        top = any(marks[index] == Mark.TOP for _, marks in each)
        points.append(Point(percentile, cents, top))
    return tuple(points)


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
