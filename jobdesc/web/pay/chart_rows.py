"""The rows of a role's pay chart and its table: ranges in both units, and a sentence each."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jobdesc.postings.bands import PayBand, say_age, say_where
from jobdesc.postings.money import UNITS
from jobdesc.postings.pay_hours import an_hour
from jobdesc.postings.pay_remarks import Range, say_range
from jobdesc.roles.levels import Level
from jobdesc.roles.pay import HOURS_A_YEAR
from jobdesc.services.role_pay import RolePay
from jobdesc.web.guides.chart import LevelSpans, Span

HOURS = Decimal(HOURS_A_YEAR)


@dataclass(frozen=True)
class RangeRow:
    """One range of a level a year and an hour; `sources` are ids, `note` what is said beside it."""

    kind: str
    label: str
    yearly: Range
    hourly: Range
    sources: tuple[str, ...] = ()
    note: str = ""

    def in_unit(self, unit: str) -> Range:
        """The range a year or an hour."""
        return self.hourly if unit == "hour" else self.yearly


@dataclass(frozen=True)
class LevelPay:
    """A level with its ranges, and what they say in a sentence."""

    level: Level
    title: str
    ranges: tuple[RangeRow, ...]
    sentence: str


def level_pays(found: RolePay, unit: str) -> tuple[LevelPay, ...]:
    """Every level of the role, those without any range too."""
    return tuple(_level_pay(level, found, unit) for level in found.role.levels)


def level_spans(levels: tuple[LevelPay, ...], unit: str) -> list[LevelSpans]:
    """The same as the chart draws it."""
    return [
        LevelSpans(
            one.level.label,
            one.title,
            tuple(Span(row.kind, row.label, row.in_unit(unit)) for row in one.ranges),
        )
        for one in levels
    ]


def _level_pay(level: Level, found: RolePay, unit: str) -> LevelPay:
    rows = tuple(_rows(level, found))
    return LevelPay(level, found.role.titles[level], rows, _sentence(level, rows, unit))


def _rows(level: Level, found: RolePay) -> Iterator[RangeRow]:
    if band := found.bands.get(level):
        yield _of_band(band, found)
    if pay := found.role.pay.get(level):
        yearly = (Decimal(pay.low), Decimal(pay.high))
        place = found.references.wages.place if pay.occupations else ""
        yield RangeRow("level", "Library", yearly, pay.hourly, pay.source, place)


def _of_band(band: PayBand, found: RolePay) -> RangeRow:
    low, high = band.amounts
    if band.unit == "hour":
        yearly, hourly = (low * HOURS, high * HOURS), (low, high)
    else:
        yearly, hourly = (low, high), (an_hour(low, "year", HOURS), an_hour(high, "year", HOURS))
    where = say_where(band.state, band.city)
    since = f"{band.as_of:%b} {band.as_of.day}, {band.as_of.year}"
    age = say_age(band, found.today, found.pay_age)
    note = f"{where[:1].upper()}{where[1:]}, as of {since}.{' ' if age else ''}{age}"
    return RangeRow("band", "Your organization", yearly, hourly, (), note)


def _sentence(level: Level, rows: tuple[RangeRow, ...], unit: str) -> str:
    """'Level II pays $66,000 to $84,000 a year. The library's range is $60,000 to $80,000.'"""
    if not rows:
        return f"No range is known for level {level.label}."
    first, *others = rows
    words = f"Level {level.label} pays {say_range(first.in_unit(unit))} {UNITS[unit]}"
    words += " in your organization." if first.kind == "band" else ", as the library has it."
    for row in others:
        name = "The library's range" if row.kind == "level" else "The market"
        words += f" {name} is {say_range(row.in_unit(unit))}."
    return words
