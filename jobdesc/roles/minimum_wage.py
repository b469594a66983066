"""Minimum wages of the country and of states, each from a day on; which one holds on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from jobdesc.roles.values import Id, Short, Value

Hourly = Annotated[Decimal, Field(gt=0, le=1_000, decimal_places=2)]
StateCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class AreaRate(Value):
    """What holds in a part of a state."""

    name: Short
    hourly: Hourly


class Rate(Value):
    """Dollars an hour from a day on. `says` stands for the day where the day is not known."""

    start: date = Field(alias="from")
    hourly: Hourly
    says: Annotated[str, Field(max_length=120)] = ""
    areas: Annotated[tuple[AreaRate, ...], Field(max_length=20)] = ()


class StateWage(Value):
    """The rates of a state in the order of their days, and for whom there are others."""

    rates: Annotated[tuple[Rate, ...], Field(min_length=1, max_length=50)]
    note: Annotated[str, Field(max_length=1_000)] = ""


class MinimumWages(Value):
    """All that is held. A state that is named nowhere has no rate above the federal one."""

    source: Id | Annotated[str, Field(max_length=0)] = ""
    federal: Annotated[tuple[Rate, ...], Field(max_length=50)] = ()
    states: dict[StateCode, StateWage] = Field(default_factory=dict)
    unknown: Annotated[tuple[StateCode, ...], Field(max_length=60)] = ()


NONE_HELD = MinimumWages()


@dataclass(frozen=True)
class Minimum:
    """What holds in a state on a day: `state` is '' for the federal rate. `coming` is announced."""

    state: str
    rate: Rate
    coming: Rate | None
    note: str


def minimum_in(wages: MinimumWages, state: str, day: date) -> Minimum | None:
    """The higher of the state's and the federal rate; None where none is held."""
    if state in wages.unknown:
        return None
    own = wages.states.get(state)
    found = [
        Minimum(code, rate, _next(rates, day), note)
        for code, rates, note in (
            (state, own.rates if own else (), own.note if own else ""),
            ("", wages.federal, ""),
        )
        if (rate := _held(rates, day))
    ]
    return max(found, key=lambda minimum: minimum.rate.hourly, default=None)


def _held(rates: Sequence[Rate], day: date) -> Rate | None:
    """Of the rows that have begun, the newest."""
    begun = [rate for rate in rates if rate.start <= day]
    return max(begun, key=lambda rate: rate.start, default=None)


def _next(rates: Sequence[Rate], day: date) -> Rate | None:
    coming = [rate for rate in rates if rate.start > day]
    return min(coming, key=lambda rate: rate.start, default=None)
