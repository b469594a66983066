"""Where the bars of a pay chart lie: percent across, rem down, so that words keep their size."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from jobdesc.postings.money import UNITS
from jobdesc.postings.pay_remarks import Range, say_range
from jobdesc.roles.template import RoleTemplate

ROW, HEAD, GAP, FOOT = 3.0, 2.0, 0.75, 1.75
"""The height of a bar with its words, of the words above several bars, and what is between them."""
NARROW = 2.25
"""The height of one of several bars of a level."""
STEPS = (5, 10, 20, 25, 50, 10_000, 20_000, 25_000, 50_000, 100_000)
LEAST = 0.75
"""The width of a bar, in percent, that can still be seen."""


@dataclass(frozen=True)
class Span:
    """What a bar stands for: its kind by which it is drawn, its words, and both ends."""

    kind: str
    label: str
    pay: Range


@dataclass(frozen=True)
class LevelSpans:
    """The spans of one level. A single one is drawn with the level's own words."""

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
    """One span: `x` and `width` in percent, `y` in rem; `title` is said more quietly."""

    kind: str
    label: str
    title: str
    figures: str
    x: float
    width: float
    y: float


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


def pay_chart(role: RoleTemplate) -> Chart | None:
    """The chart of the library's ranges of `role`; None without any pay."""
    rows = [
        LevelSpans(
            level.label,
            role.titles[level],
            (Span("", "", (Decimal(role.pay[level].low), Decimal(role.pay[level].high))),),
        )
        for level in role.levels
        if level in role.pay
    ]
    return chart_of_levels(rows, "year", grouped=False)


def chart_of_levels(rows: Sequence[LevelSpans], unit: str, *, grouped: bool) -> Chart | None:
    """All spans on a scale with three to five round steps; None without any.

    `grouped` writes each level above its bars, also where it has one.
    """
    spans = [span for row in rows for span in row.spans]
    if not spans:
        return None
    low, high = min(span.pay[0] for span in spans), max(span.pay[1] for span in spans)
    steps = [step for step in STEPS if (step < 1_000) == (unit == "hour")]
    step = next((step for step in steps if (high - low) / step <= 4), steps[-1])
    start = floor(low / step) * step
    end = max(ceil(high / step) * step, start + step)

    def across(dollars: Decimal) -> float:
        return round(float(100 * (dollars - start) / (end - start)), 2)

    heads: list[Head] = []
    bars: list[Bar] = []
    y = 0.0
    for row in rows:
        if grouped and row.spans:
            heads.append(Head(row.label, row.title, y))
            y += HEAD
        for span in row.spans:
            x = across(span.pay[0])
            width = max(round(across(span.pay[1]) - x, 2), LEAST)
            words = (span.label, "") if grouped else (row.label, row.title)
            figures = say_range(span.pay, " \u2013 ")
            bars.append(Bar(span.kind, *words, figures, min(x, 100 - width), width, y))
            y += NARROW if grouped else ROW
        y += GAP if grouped and row.spans else 0
    ticks = tuple(Tick(across(Decimal(at)), at) for at in range(start, end + 1, step))
    return Chart(tuple(heads), tuple(bars), ticks, y + FOOT, _words(rows, unit))


def _words(rows: Sequence[LevelSpans], unit: str) -> str:
    """'II: your organization $66,000 to $84,000, the library $60,000 to $80,000 a year.'"""
    said = []
    for row in rows:
        each = [f"{span.label} {say_range(span.pay)}".strip() for span in row.spans]
        if each:
            said.append(f"{row.label}: {', '.join(each)} {UNITS[unit]}.")
    return " ".join(said)
