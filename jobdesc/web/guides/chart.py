"""Where the bars of a pay chart lie: percent across, rem down, so that words keep their size."""

from dataclasses import dataclass

from jobdesc.roles.pay import PayRange
from jobdesc.roles.template import RoleTemplate

ROW, TOP, FOOT = 3.0, 0.0, 1.75
STEPS = (10_000, 20_000, 25_000, 50_000, 100_000)


@dataclass(frozen=True)
class Bar:
    """One level: `x` and `width` in percent, `y` in rem."""

    label: str
    title: str
    pay: PayRange
    x: float
    width: float
    y: float


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


def pay_chart(role: RoleTemplate) -> Chart | None:
    """The chart of `role`, on a scale with three to five round steps; None without any pay."""
    if role.pay_span is None:
        return None
    low, high = role.pay_span
    step = next((s for s in STEPS if (high - low) / s <= 4), STEPS[-1])
    start = low // step * step
    end = max(-(-high // step) * step, start + step)

    def across(dollars: int) -> float:
        return round(100 * (dollars - start) / (end - start), 2)

    bars = tuple(
        Bar(
            label=level.label,
            title=role.titles[level],
            pay=role.pay[level],
            x=across(role.pay[level].low),
            width=round(across(role.pay[level].high) - across(role.pay[level].low), 2),
            y=TOP + row * ROW,
        )
        for row, level in enumerate(level for level in role.levels if level in role.pay)
    )
    ticks = tuple(Tick(across(dollars), dollars) for dollars in range(start, end + 1, step))
    return Chart(bars, ticks, TOP + ROW * len(bars) + FOOT)
