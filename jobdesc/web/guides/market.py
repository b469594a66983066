"""What a guide shows of the market: the place that was chosen, and the figures of each level."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jobdesc.people.person import Person
from jobdesc.postings.places import STATES, state_of
from jobdesc.roles.levels import Level
from jobdesc.roles.listed import listed
from jobdesc.roles.values import Source
from jobdesc.services.wages import market_by_level, usual_place
from jobdesc.wages.levels import MarketPay

NATION = "US"


@dataclass(frozen=True)
class MarketView:
    """The markets by level; `state` is the choice, `place` the city that it was made by."""

    state: str
    place: str
    levels: Mapping[Level, MarketPay]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The places to choose from, as value and label."""
        return [(NATION, "United States"), *STATES.items()]

    @property
    def groups(self) -> list[tuple[str, MarketPay]]:
        """The levels with the same figures together, as 'I, II and III'."""
        found: dict[tuple[object, ...], list[Level]] = {}
        for level, market in self.levels.items():
            found.setdefault((market.area.code, market.occupations), []).append(level)
        return [(_labels(levels), self.levels[levels[0]]) for levels in found.values()]

    @property
    def areas(self) -> list[tuple[str, MarketPay]]:
        """Each area once with why it was taken, and the levels that it is of."""
        found: dict[tuple[object, ...], list[Level]] = {}
        for level, market in self.levels.items():
            found.setdefault((market.area.code, market.why), []).append(level)
        return [(_labels(levels), self.levels[levels[0]]) for levels in found.values()]

    @property
    def converted(self) -> bool:
        """Whether hours of some level are those of a year, divided."""
        return any(market.is_converted for market in self.levels.values())

    @property
    def sources(self) -> dict[str, Source]:
        """Where the figures are from, by id: the library does not know what was imported."""
        return {market.source.id: market.source for market in self.levels.values()}


def market_view(actor: Person, slug: str, asked: str | None) -> MarketView:
    """The markets of a role where somebody asked, at first where the organization is."""
    if asked is None:
        state, city = usual_place(actor)
    else:
        state, city = state_of(asked), ""
    levels = market_by_level(actor, slug, state, city)
    return MarketView(state or NATION, city, levels)


def _labels(levels: Iterable[Level]) -> str:
    return listed(level.label for level in levels)
