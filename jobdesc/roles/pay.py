"""Pay: ranges of a role by level, national wage figures, and the rule that joins them."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import Field

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.values import Id, Short, Sources, Value

HOURS_A_YEAR = 2_080
"""The full-time year by which the Bureau of Labor Statistics multiplies hourly wages."""

Percentile = Literal[10, 25, 50, 75, 90]
Code = Annotated[str, Field(pattern=r"^\d\d-\d{4}$")]
LEAST, MOST = 1, 10_000_000
Dollars = Annotated[int, Field(ge=LEAST, le=MOST)]


class PayRange(Value):
    """What a level pays, in whole US dollars a year, and what the figures rest on.

    Pay that an organization sets by itself rests on no occupation and no percentiles.
    """

    low: Dollars
    high: Dollars
    occupations: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    percentiles: tuple[Percentile, Percentile] | None = None
    source: Sources = ()

    @property
    def hourly(self) -> tuple[Decimal, Decimal]:
        """Low and high an hour, to the cent, for a year of 2,080 hours."""
        return to_hourly(self.low), to_hourly(self.high)


class Wages(Value):
    """The yearly wage percentiles of one occupation, in whole US dollars."""

    code: Code
    title: Short
    p10: Dollars
    p25: Dollars
    p50: Dollars
    p75: Dollars
    p90: Dollars

    def percentile(self, which: Percentile) -> int:
        """The yearly wage below which `which` percent of the workers are paid."""
        return int(getattr(self, f"p{which}"))


class WageTable(Value):
    """One release of wage figures for one place."""

    source: Id
    place: Short
    occupations: tuple[Wages, ...]

    def by_code(self) -> dict[str, Wages]:
        """The rows by occupation code."""
        return {row.code: row for row in self.occupations}


def to_hourly(yearly: int) -> Decimal:
    """A yearly wage as an hourly one, to the cent."""
    return (Decimal(yearly) / HOURS_A_YEAR).quantize(Decimal("0.01"), ROUND_HALF_UP)


def reference_ranges(
    basis: dict[Level, PayRange], wages: WageTable
) -> dict[Level, tuple[int, int]]:
    """Low and high by level as the stated rule gives them from `wages`.

    Each end is the plain average of the named occupations at the named percentile, to the
    nearest 100 dollars; a level that names none has no range. Neither end falls from a level to
    the next; the high end of a director is at most 1.6 times the low end, cut to 100 dollars.
    Raises KeyError for a code that `wages` does not hold.
    """
    rows = wages.by_code()
    ranges: dict[Level, tuple[int, int]] = {}
    floor = (0, 0)
    for level in LEVELS:
        if level not in basis:
            continue
        codes, percentiles = basis[level].occupations, basis[level].percentiles
        if not codes or not percentiles:
            continue
        low_at, high_at = percentiles
        low = max(_average([rows[code].percentile(low_at) for code in codes]), floor[0])
        high = _average([rows[code].percentile(high_at) for code in codes])
        if level is Level.DIRECTOR:
            high = min(high, low * 16 // 1000 * 100)
        floor = (low, max(high, floor[1]))
        ranges[level] = floor
    return ranges


def _average(figures: list[int]) -> int:
    return (
        int((Decimal(sum(figures)) / len(figures) / 100).quantize(Decimal(1), ROUND_HALF_UP)) * 100
    )
