"""Where a posting's pay stands in its level's range and in the market: bars, and the same in words.

Everything is in the posting's own unit: all other ranges are of a full year of work, by the hours
of which those of the other unit are turned into it.
"""

from collections.abc import Iterator
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
    ranges = {"own": own}
    labels = {"own": "This posting"}
    words = [f"This posting pays {say_range(own)} {UNITS[posting.pay_unit]}."]
    remark = ""
    if band:
        ranges["band"], labels["band"] = band_in_unit(band, posting), "Your organization"
        remark = leaves(own, ranges["band"], "your organization's range")
    if pay:
        ranges["level"] = _in_unit((pay.low, pay.high), posting)
        labels["level"] = f"Level {posting.level.label}"
        level = say_range(ranges["level"])
        words.append(f"The range of level {posting.level.label} is {level}.")
        remark = remark if band else leaves(own, ranges["level"], "this level's range")
    if band:
        words.append(f"Your organization's range is {say_range(ranges['band'])}.")
    national = _market(pay, references) if pay and not market else None
    if market:
        ranges["market"], labels["market"] = _range_of(market, posting), area_label(market.area)
        words += [market_sentence(market), market.why]
    elif pay and national:
        ranges["market"], labels["market"] = _in_unit(national, posting), "National"
        words.append(_say_market(ranges["market"], pay))
    rests = market.source if market else references.sources[references.wages.source]
    return PayDrawing(
        bars=_bars(ranges, labels, _middle_of(market, posting) if market else None),
        height=len(ranges) * ROW,
        sentence=" ".join([*words, *_say_scale(posting, pay, band)]),
        remark=remark,
        source=rests if pay or market else None,
        role=posting.role,
    )


def _say_market(market: Range, pay: PayRange) -> str:
    pays = "this occupation pays" if len(pay.occupations) == 1 else "these occupations pay"
    return (
        f"Nationally {pays} {say_range(market)}, from the {MARKET[0]}th to the {MARKET[1]}th "
        "percentile."
    )


def _say_scale(posting: Posting, pay: PayRange | None, band: PayBand | None) -> Iterator[str]:
    """By what hours ranges of another unit, or of a year of other hours, are drawn."""
    hours = hours_a_year(posting.hours)
    by_hour = posting.pay_unit == "hour"
    if not by_hour and hours != HOURS_A_YEAR:
        full = say_hours(Decimal(HOURS_A_YEAR))
        yield f"Ranges are for {full} a year, this posting's has {say_hours(hours)}."
    elif (by_hour and pay) or (band and band.unit != posting.pay_unit):
        yield f"A year is counted as {HOURS_A_YEAR:,} hours."


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


def _range_of(market: MarketPay, posting: Posting) -> Range:
    points = market.hourly if posting.pay_unit == "hour" else market.yearly
    return Decimal(points[0].cents) / 100, Decimal(points[-1].cents) / 100


def _middle_of(market: MarketPay, posting: Posting) -> Decimal:
    points = market.hourly if posting.pay_unit == "hour" else market.yearly
    return Decimal(points[2].cents) / 100


def _in_unit(yearly: tuple[int, int], posting: Posting) -> Range:
    low, high = yearly
    if posting.pay_unit == "hour":
        return to_hourly(low), to_hourly(high)
    return Decimal(low), Decimal(high)


def _bars(
    ranges: dict[str, Range], labels: dict[str, str], middle: Decimal | None
) -> tuple[Bar, ...]:
    """On one scale from the lowest amount to the highest; the market has a mark at its median."""
    start = min(low for low, _ in ranges.values())
    span = max(high for _, high in ranges.values()) - start or Decimal(1)
    bars = []
    for row, (kind, (low, high)) in enumerate(ranges.items()):
        width = max(float(100 * (high - low) / span), LEAST)
        x = min(float(100 * (low - start) / span), 100 - width)
        at = None
        if kind == "market" and middle is not None:
            at = round(float(100 * (middle - start) / span), 2)
        figures = say_range((low, high), " \u2013 ")
        bars.append(Bar(kind, labels[kind], figures, round(x, 2), round(width, 2), row * ROW, at))
    return tuple(bars)
