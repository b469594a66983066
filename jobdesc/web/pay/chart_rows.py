"""The rows of a role's pay chart and its table: ranges in both units, and a sentence each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jobdesc.postings.bands import PayBand, say_age, say_where
from jobdesc.postings.money import UNITS
from jobdesc.postings.pay_hours import an_hour
from jobdesc.postings.pay_remarks import Range, say_range
from jobdesc.roles.days import short_date
from jobdesc.roles.levels import Level
from jobdesc.roles.pay import HOURS_A_YEAR
from jobdesc.services.role_pay import RolePay
from jobdesc.wages.levels import MarketPay
from jobdesc.web.guides.chart import LevelSpans, Span, market_span
from jobdesc.web.market_words import area_label, point_words

HOURS = Decimal(HOURS_A_YEAR)
FIRST = {
    "band": " in your organization.",
    "level": ", as the library has it.",
    "market": " in the market.",
}
OTHERS = {"level": "The library's range is", "market": "The market near the place pays"}


@dataclass(frozen=True)
class RangeRow:
    """One range of a level a year and an hour; `sources` are ids, `note` what is said beside it."""

    kind: str
    label: str
    yearly: Range
    hourly: Range
    sources: tuple[str, ...] = ()
    note: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)

    def in_unit(self, unit: str) -> Range:
        """The range a year or an hour."""
        return self.hourly if unit == "hour" else self.yearly

    def span(self, unit: str) -> Span:
        """The same as a bar."""
        return self.spans.get(unit) or Span(self.kind, self.label, self.in_unit(unit))

    def words(self, unit: str) -> str:
        """'$66,000 to $84,000'."""
        span = self.span(unit)
        return span.words or say_range(span.pay)


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
            tuple(row.span(unit) for row in one.ranges),
        )
        for one in levels
    ]


def areas_taken(found: RolePay) -> list[str]:
    """Where the market's figures are from, and why it was taken: each area once."""
    each = (f"{area_label(one.area)}. {one.why}" for one in found.markets.values())
    return list(dict.fromkeys(each))


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
    if market := found.markets.get(level):
        yield _of_market(market)


def _of_band(band: PayBand, found: RolePay) -> RangeRow:
    low, high = band.amounts
    if band.unit == "hour":
        yearly, hourly = (low * HOURS, high * HOURS), (low, high)
    else:
        yearly, hourly = (low, high), (an_hour(low, "year", HOURS), an_hour(high, "year", HOURS))
    where = say_where(band.state, band.city)
    age = say_age(band, found.today, found.pay_age)
    note = (
        f"{where[:1].upper()}{where[1:]}, as of {short_date(band.as_of)}.{' ' if age else ''}{age}"
    )
    return RangeRow("band", "Your organization", yearly, hourly, (), note)


def _of_market(market: MarketPay) -> RangeRow:
    year, hour = market_span(market, "year"), market_span(market, "hour")
    note = (
        f"10th to 90th percentile. Half earn less than {point_words(market.yearly[2])} a year, "
        f"{point_words(market.hourly[2])} an hour."
    )
    spans = {"year": year, "hour": hour}
    return RangeRow("market", year.label, year.pay, hour.pay, (market.source.id,), note, spans)


def _sentence(level: Level, rows: tuple[RangeRow, ...], unit: str) -> str:
    """'Level II pays $66,000 to $84,000 a year. The library's range is $60,000 to $80,000.'"""
    if not rows:
        return f"No range is known for level {level.label}."
    first, *others = rows
    words = f"Level {level.label} pays {first.words(unit)} {UNITS[unit]}"
    words += FIRST[first.kind]
    for row in others:
        words += f" {OTHERS[row.kind]} {row.words(unit)}."
    return words
