"""Where a posting's pay stands in its level's range and in the market: bars, and the same in words.

Everything is in the posting's own unit, an hour being a year divided by the library's hours.
"""

from dataclasses import dataclass
from decimal import Decimal

from jobdesc.postings.bands import PayBand
from jobdesc.postings.money import UNITS
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
    """The bars, what they say in words, and a remark where the posting leaves its range."""

    bars: tuple[Bar, ...]
    height: float
    sentence: str
    remark: str
    source: Source
    role: str


def draw_pay(
    posting: Posting,
    held: RoleAtLevel | None,
    references: References,
    market: MarketPay | None = None,
    band: PayBand | None = None,
) -> PayDrawing | None:
    """The drawing for a posting of this role; None where its pay cannot be read.

    Without what the `market` pays near its place, the market is the nation's of the library.
    Where the organization has a `band` of its own, the posting is held against that.
    """
    own = own_range(posting)
    if held is None or held.pay is None or own is None:
        return None
    level = _in_unit((held.pay.low, held.pay.high), posting)
    sentence = (
        f"This posting pays {say_range(own)} {UNITS[posting.pay_unit]}. The range of level "
        f"{held.level.label} is {say_range(level)}."
    )
    ranges = {"own": own, "level": level}
    remark = leaves(own, level, "this level's range")
    if band:
        of_band = band_in_unit(band, posting)
        ranges = {"own": own, "band": of_band, "level": level}
        sentence += f" Your organization's range is {say_range(of_band)}."
        remark = leaves(own, of_band, "your organization's range")
    national = None if market else _market(held.pay, references)
    if market:
        ranges["market"] = _range_of(market, posting)
        sentence += f" {market_sentence(market)} {market.why}"
    elif national:
        ranges["market"] = _in_unit(national, posting)
        sentence += _say_market(ranges["market"], held.pay, posting)
    labels = {
        "own": "This posting",
        "band": "Your organization",
        "level": f"Level {held.level.label}",
        "market": area_label(market.area) if market else "National",
    }
    return PayDrawing(
        bars=_bars(ranges, labels, _middle_of(market, posting) if market else None),
        height=len(ranges) * ROW,
        sentence=sentence,
        remark=remark,
        source=market.source if market else references.sources[references.wages.source],
        role=posting.role,
    )


def _say_market(market: Range, pay: PayRange, posting: Posting) -> str:
    pays = "this occupation pays" if len(pay.occupations) == 1 else "these occupations pay"
    hours = f", for {HOURS_A_YEAR:,} hours a year" if posting.pay_unit == "hour" else ""
    return (
        f" Nationally {pays} {say_range(market)}, from the {MARKET[0]}th to the {MARKET[1]}th "
        f"percentile{hours}."
    )


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
