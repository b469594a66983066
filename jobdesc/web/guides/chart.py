"""Where the bars of a pay chart lie: percent across, rem down, so that words keep their size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from jobdesc.postings.money import UNITS
from jobdesc.postings.pay_remarks import Range, say_range
from jobdesc.roles.levels import Level
from jobdesc.roles.template import RoleTemplate
from jobdesc.wages.levels import MarketPay
from jobdesc.web.market_words import area_label, point_words

ROW, HEAD, GAP, FOOT = 3.0, 2.0, 0.75, 1.75
"""The height of a bar with its words, of the words above several bars, and what is between them."""
THIN = 0.625
"""What a row of the guide is higher by where the market stands under its bar."""
NARROW = 2.25
"""The height of one of several bars of a level."""
STEPS = (5, 10, 20, 25, 50, 10_000, 20_000, 25_000, 50_000, 100_000)
LEAST = 0.75
"""The width of a bar, in percent, that can still be seen."""


@dataclass(frozen=True)
class Span:
    """What a bar stands for: its kind by which it is drawn, its words, and both ends.

    `middle` is a median; `figures` and `words` are said in place of the ends.
    """

    kind: str
    label: str
    pay: Range
    middle: Decimal | None = None
    figures: str = ""
    words: str = ""


@dataclass(frozen=True)
class LevelSpans:
    """The spans of one level. Where levels are not headed, those after the first are thin."""

    label: str
    title: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Head:
    """The words above the bars of a level."""

    label: str
    title: str
    y: float


@dataclass(frozen=True)
class Bar:
    """One span: `x`, `width` and `middle` in percent, `y` in rem; `title` is said more quietly.

    A `thin` one has no words.
    """

    kind: str
    label: str
    title: str
    figures: str
    x: float
    width: float
    y: float
    middle: float | None = None
    thin: bool = False


@dataclass(frozen=True)
class Tick:
    """A line of the scale at `x` percent, with its dollars."""

    x: float
    dollars: int

    @property
    def words(self) -> str:
        """'$50k', or '$25' an hour."""
        return f"${self.dollars // 1_000}k" if self.dollars >= 1_000 else f"${self.dollars}"


@dataclass(frozen=True)
class Chart:
    """The bars of a role's levels over one scale; `height` in rem, `words` say what they show."""

    heads: tuple[Head, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: float
    words: str


@dataclass(frozen=True)
class _Scale:
    """Round steps from `start` to `end`."""

    start: int
    end: int
    step: int

    def across(self, dollars: Decimal) -> float:
        """Where an amount lies, in percent."""
        return round(float(100 * (dollars - self.start) / (self.end - self.start)), 2)

    def ticks(self) -> Iterator[Tick]:
        """A line for each step."""
        for at in range(self.start, self.end + 1, self.step):
            yield Tick(self.across(Decimal(at)), at)


def pay_chart(role: RoleTemplate, markets: Mapping[Level, MarketPay] | None = None) -> Chart | None:
    """The chart of the library's ranges of `role`; None without any pay.

    `markets` are drawn under the bars of their levels.
    """
    rows = []
    for level in (level for level in role.levels if level in role.pay):
        pay = role.pay[level]
        spans = [Span("", "", (Decimal(pay.low), Decimal(pay.high)))]
        if market := (markets or {}).get(level):
            spans.append(market_span(market, "year"))
        rows.append(LevelSpans(level.label, role.titles[level], tuple(spans)))
    return chart_of_levels(rows, "year", headed=False)


def market_span(market: MarketPay, unit: str) -> Span:
    """From the 10th to the 90th percentile, with the median."""
    points = market.hourly if unit == "hour" else market.yearly
    low, _, middle, _, high = (Decimal(point.cents) / 100 for point in points)
    first, _, half, _, last = map(point_words, points)
    return Span(
        "market",
        f"Market, {area_label(market.area)}",
        (low, high),
        middle,
        f"{first} \u2013 {last}",
        f"{first} to {last}, median {half}",
    )


def chart_of_levels(rows: Sequence[LevelSpans], unit: str, *, headed: bool) -> Chart | None:
    """All spans on a scale with three to five round steps; None without any.

    `headed` writes each level above its bars, and every bar's own words beside it.
    """
    spans = [span for row in rows for span in row.spans]
    if not spans:
        return None
    scale = _scale(spans, unit)
    height = ROW + (THIN if any(len(row.spans) > 1 for row in rows) else 0)
    heads: list[Head] = []
    bars: list[Bar] = []
    y = 0.0
    for row in (row for row in rows if row.spans):
        if headed:
            heads.append(Head(row.label, row.title, y))
            y += HEAD
            for span in row.spans:
                bars.append(_bar(span, (span.label, ""), scale, y))
                y += NARROW
            y += GAP
        else:
            first, *others = row.spans
            bars.append(_bar(first, (row.label, row.title), scale, y))
            bars += [_bar(span, ("", ""), scale, y + 2.375, thin=True) for span in others]
            y += height
    return Chart(tuple(heads), tuple(bars), tuple(scale.ticks()), y + FOOT, _words(rows, unit))


def _scale(spans: Sequence[Span], unit: str) -> _Scale:
    low, high = min(span.pay[0] for span in spans), max(span.pay[1] for span in spans)
    steps = [step for step in STEPS if (step < 1_000) == (unit == "hour")]
    step = next((step for step in steps if (high - low) / step <= 4), steps[-1])
    start = floor(low / step) * step
    return _Scale(start, max(ceil(high / step) * step, start + step), step)


def _bar(span: Span, words: tuple[str, str], scale: _Scale, y: float, *, thin: bool = False) -> Bar:
    x = scale.across(span.pay[0])
    width = max(round(scale.across(span.pay[1]) - x, 2), LEAST)
    figures = span.figures or say_range(span.pay, " \u2013 ")
    middle = scale.across(span.middle) if span.middle is not None else None
    return Bar(span.kind, *words, figures, min(x, 100 - width), width, y, middle, thin)


def _words(rows: Sequence[LevelSpans], unit: str) -> str:
    """'II: your organization $66,000 to $84,000, the library $60,000 to $80,000 a year.'"""
    said = []
    for row in rows:
        each = [f"{span.label} {span.words or say_range(span.pay)}".strip() for span in row.spans]
        if each:
            said.append(f"{row.label}: {'; '.join(each)}, {UNITS[unit]}.")
    return " ".join(said)
