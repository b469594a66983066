"""Where the bars of a pay chart lie: percent across, rem down, so that words keep their size."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobdesc.roles.levels import Level
from jobdesc.roles.pay import PayRange
from jobdesc.roles.template import RoleTemplate
from jobdesc.wages.levels import MarketPay
from jobdesc.web.market_words import point_words

ROW, TOP, FOOT, MARKET = 3.0, 0.0, 1.75, 0.625
STEPS = (10_000, 20_000, 25_000, 50_000, 100_000)


@dataclass(frozen=True)
class Bar:
    """One level: `x` and `width` in percent, `y` in rem; and its market, where that is known."""

    label: str
    title: str
    pay: PayRange
    x: float
    width: float
    y: float
    market: "MarketBar | None" = None


@dataclass(frozen=True)
class MarketBar:
    """From the 10th to the 90th percentile, and the median, in percent; `y` in rem."""

    x: float
    width: float
    middle: float
    y: float
    words: str


@dataclass(frozen=True)
class Tick:
    """A line of the scale at `x` percent, with its dollars."""

    x: float
    dollars: int


@dataclass(frozen=True)
class Chart:
    """The bars of a role's levels over one scale; `height` in rem."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: float


def pay_chart(role: RoleTemplate, markets: Mapping[Level, MarketPay] | None = None) -> Chart | None:
    """The chart of `role`, on a scale with three to five round steps; None without any pay.

    `markets` are drawn under the bars of their levels.
    """
    if role.pay_span is None:
        return None
    markets = markets or {}
    ends = [round(p.cents / 100) for m in markets.values() for p in (m.yearly[0], m.yearly[-1])]
    low, high = min(*ends, *role.pay_span), max(*ends, *role.pay_span)
    step = next((s for s in STEPS if (high - low) / s <= 4), STEPS[-1])
    start = low // step * step
    end = max(-(-high // step) * step, start + step)
    row = ROW + (MARKET if markets else 0)

    def across(dollars: float) -> float:
        return round(100 * (dollars - start) / (end - start), 2)

    def market_bar(level: Level, y: float) -> MarketBar | None:
        if level not in markets:
            return None
        first, _, middle, _, last = (across(point.cents / 100) for point in markets[level].yearly)
        low, _, half, _, high = map(point_words, markets[level].yearly)
        words = f"{low} to {high}, median {half}"
        return MarketBar(first, round(last - first, 2), middle, y, words)

    paid = [level for level in role.levels if level in role.pay]
    bars = tuple(
        Bar(
            label=level.label,
            title=role.titles[level],
            pay=role.pay[level],
            x=across(role.pay[level].low),
            width=round(across(role.pay[level].high) - across(role.pay[level].low), 2),
            y=TOP + at * row,
            market=market_bar(level, TOP + at * row + 2.375),
        )
        for at, level in enumerate(paid)
    )
    ticks = tuple(Tick(across(dollars), dollars) for dollars in range(start, end + 1, step))
    return Chart(bars, ticks, TOP + row * len(bars) + FOOT)
