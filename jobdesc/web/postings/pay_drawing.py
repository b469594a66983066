"""Where a posting's pay stands in its level's range and in the market: bars, and the same in words.

Everything is in the posting's own unit: all other ranges are of a full year of work, by the hours
of which those of the other unit are turned into it. Only an organization's pay by the hour is
counted for the hours that the posting says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jobdesc.postings.bands import PayBand
from jobdesc.postings.money import UNITS
from jobdesc.postings.pay_hours import hours_a_year, say_hours
from jobdesc.postings.pay_remarks import Range, band_in_unit, leaves, own_range, say_range
from jobdesc.postings.posting import Posting
from jobdesc.roles.at_level import RoleAtLevel
from jobdesc.roles.library import References
from jobdesc.roles.pay import HOURS_A_YEAR, PayRange, Percentile, to_hourly
from jobdesc.roles.values import Source
from jobdesc.wages.levels import MarketPay
from jobdesc.web.market_words import area_label, market_sentence

MARKET: tuple[Percentile, Percentile] = (10, 90)
"""The percentiles of national wages between which the market lies."""
ROW = 2.5
"""The height of a range, in rem: words, and the bar under them."""
LEAST = 1.0
"""The width of a bar, in percent, that can still be seen."""


@dataclass(frozen=True)
class Bar:
    """One range: `x`, `width` and `middle` (its median, if known) in percent, `y` in rem."""

    kind: str
    label: str
    figures: str
    x: float
    width: float
    y: float
    middle: float | None = None


@dataclass(frozen=True)
class PayDrawing:
    """The bars, what they say in words, and a remark where the posting leaves its range.

    The `source` is that of the market or the level, None where only the organization has a range.
    """

    bars: tuple[Bar, ...]
    height: float
    sentence: str
    remark: str
    source: Source | None
    role: str


@dataclass(frozen=True)
class _Drawn:
    """A range in the posting's unit with its bar's kind and label, and its sentences."""

    kind: str
    label: str
    pay: Range
    words: tuple[str, ...]
    middle: Decimal | None = None


def draw_pay(
    posting: Posting,
    held: RoleAtLevel | None,
    references: References,
    market: MarketPay | None = None,
    band: PayBand | None = None,
) -> PayDrawing | None:
    """The drawing for a posting of this role; None where its pay cannot be read.

    So it is where neither the level nor the organization has a range to hold it against; that of
    the organization, its `band`, comes first. Without what the `market` pays near its place, the
    market is the nation's of the library.
    """
    own, pay = own_range(posting), held.pay if held else None
    if own is None or (pay is None and band is None):
        return None
    drawn = [
        _of_posting(own, posting),
        *([_of_band(band, posting)] if band else []),
        *([_of_level(pay, posting)] if pay else []),
        *_of_market(market, pay, posting, references),
    ]
    first = drawn[1]
    whose = "your organization's range" if band else "this level's range"
    rests = market.source if market else references.sources[references.wages.source]
    words = [words for one in drawn for words in one.words]
    return PayDrawing(
        bars=_bars(drawn),
        height=len(drawn) * ROW,
        sentence=" ".join([*words, *_say_scale(posting, band, len(drawn) - 1)]),
        remark=leaves(own, first.pay, whose),
        source=rests if pay or market else None,
        role=posting.role,
    )


def _of_posting(own: Range, posting: Posting) -> _Drawn:
    words = f"This posting pays {say_range(own)} {UNITS[posting.pay_unit]}."
    return _Drawn("own", "This posting", own, (words,))


def _of_band(band: PayBand, posting: Posting) -> _Drawn:
    pay, hours = band_in_unit(band, posting), hours_a_year(posting.hours)
    counted = ""
    if (band.unit, posting.pay_unit) == ("hour", "year") and hours != HOURS_A_YEAR:
        counted = f", counted from {band.words} for this posting's {say_hours(hours)} a year"
    words = f"Your organization's range is {say_range(pay)}{counted}."
    return _Drawn("band", "Your organization", pay, (words,))


def _of_level(pay: PayRange, posting: Posting) -> _Drawn:
    yearly, label = _in_unit((pay.low, pay.high), posting), f"Level {posting.level.label}"
    words = f"The range of level {posting.level.label} is {say_range(yearly)}."
    return _Drawn("level", label, yearly, (words,))


def _of_market(
    market: MarketPay | None, pay: PayRange | None, posting: Posting, references: References
) -> Iterator[_Drawn]:
    if market:
        points = market.hourly if posting.pay_unit == "hour" else market.yearly
        low, _, middle, _, high = (Decimal(point.cents) / 100 for point in points)
        words = (market_sentence(market), market.why)
        yield _Drawn("market", area_label(market.area), (low, high), words, middle)
    elif pay and (national := _market(pay, references)):
        between = _in_unit(national, posting)
        yield _Drawn("market", "National", between, (_say_market(between, pay),))


def _say_market(market: Range, pay: PayRange) -> str:
    pays = "this occupation pays" if len(pay.occupations) == 1 else "these occupations pay"
    return (
        f"Nationally {pays} {say_range(market)}, from the {MARKET[0]}th to the {MARKET[1]}th "
        "percentile."
    )


def _say_scale(posting: Posting, band: PayBand | None, others: int) -> Iterator[str]:
    """By what hours ranges of another unit, or of a year of other hours, are drawn."""
    hours, full = hours_a_year(posting.hours), say_hours(Decimal(HOURS_A_YEAR))
    by_hour, other_unit = posting.pay_unit == "hour", bool(band and band.unit != posting.pay_unit)
    if by_hour or hours == HOURS_A_YEAR:
        if other_unit or (by_hour and others > bool(band)):
            yield f"A year is counted as {full}."
        return
    if others > other_unit:
        which = "The other ranges" if other_unit else "Ranges"
        yield f"{which} are for a year of {full}; this posting's year has {say_hours(hours)}."


def _market(pay: PayRange, references: References) -> tuple[int, int] | None:
    """The plain average of the level's occupations at both percentiles, to the nearest $100.

    None where the pay names no occupation, or one that the library has no wages of.
    """
    wages = references.wages.by_code()
    if not pay.occupations or not wages.keys() >= set(pay.occupations):
        return None
    rows = [wages[code] for code in pay.occupations]
    low, high = (sum(row.percentile(at) for row in rows) / len(rows) for at in MARKET)
    return round(low / 100) * 100, round(high / 100) * 100


def _in_unit(yearly: tuple[int, int], posting: Posting) -> Range:
    low, high = yearly
    if posting.pay_unit == "hour":
        return to_hourly(low), to_hourly(high)
    return Decimal(low), Decimal(high)


def _bars(drawn: Sequence[_Drawn]) -> tuple[Bar, ...]:
    """On one scale from the lowest amount to the highest; the market has a mark at its median."""
    start = min(one.pay[0] for one in drawn)
    span = max(one.pay[1] for one in drawn) - start or Decimal(1)
    bars = []
    for row, one in enumerate(drawn):
        low, high = one.pay
        width = max(float(100 * (high - low) / span), LEAST)
        x = min(float(100 * (low - start) / span), 100 - width)
        at = None if one.middle is None else round(float(100 * (one.middle - start) / span), 2)
        figures = say_range(one.pay, " \u2013 ")
        bars.append(Bar(one.kind, one.label, figures, round(x, 2), round(width, 2), row * ROW, at))
    return tuple(bars)
