"""The organization's own pay bands: which one a posting takes, in words, and how old it is."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from jobdesc.postings.money import UNITS, write_amount
from jobdesc.postings.places import STATES, Place
from jobdesc.postings.posting import Posting
from jobdesc.postings.values import ShortText, Value
from jobdesc.postings.variants import state_code
from jobdesc.roles.levels import Level

ORDER = "A posting takes the range of its city. Where there is none, it takes that of its state, "
ORDER += "and then the one for any place."
"""The order in which a band is looked for, in words."""

Cents = Annotated[int, Field(ge=1, le=1_000_000_000)]
Unit = Literal["year", "hour"]
Spot = tuple[str, str]
"""A state's code and the key of a city in it, each '' for any."""
BandKey = tuple[str, Level, str, str]
"""Role, level, state and key of the city: one band each."""


class PayBand(Value):
    """What one level of a role pays in a place. Without a state it holds for any place."""

    role: ShortText
    level: Level
    state: ShortText = ""
    city: ShortText = ""
    low: Cents
    high: Cents
    unit: Unit = "year"
    as_of: date
    note: ShortText = ""

    @model_validator(mode="after")
    def _holds_together(self) -> "PayBand":
        if self.high < self.low or (self.city and not self.state):
            raise ValueError("the high end is below the low one, or the city has no state")
        return self

    @property
    def spot(self) -> Spot:
        """Where it holds."""
        return self.state, city_key(self.city)

    @property
    def key(self) -> BandKey:
        """What tells it from every other band."""
        return self.role, self.level, *self.spot

    @property
    def amounts(self) -> tuple[Decimal, Decimal]:
        """Low and high in dollars."""
        return to_dollars(self.low), to_dollars(self.high)

    @property
    def fields(self) -> dict[str, str]:
        """The pay of a posting that takes it, as a person would type it."""
        low, high = (write_amount(amount).removeprefix("$") for amount in self.amounts)
        return {"pay_low": low, "pay_high": high, "pay_unit": self.unit}

    @property
    def words(self) -> str:
        """'$78,500 to $96,200 a year'."""
        ends = dict.fromkeys(write_amount(amount) for amount in self.amounts)
        return f"{' to '.join(ends)} {UNITS[self.unit]}"


def to_dollars(cents: int) -> Decimal:
    """An amount in dollars, exact to the cent."""
    return Decimal(cents) / 100


def city_key(city: str) -> str:
    """A city's name without differences of case and spacing."""
    return " ".join(city.split()).casefold()


def spots_of(place: Place | None) -> tuple[Spot, ...]:
    """Where a band for this place may be said to hold, the most particular first."""
    state = state_code(place.state.strip()) if place else ""
    city = city_key(place.city) if place else ""
    return tuple(dict.fromkeys([*([(state, city), (state, "")] if state else []), ("", "")]))


def band_for(bands: Iterable[PayBand], place: Place | None) -> PayBand | None:
    """Of one role and level, the band that holds at a place; the most particular one."""
    by_spot: Mapping[Spot, PayBand] = {band.spot: band for band in bands}
    return next((by_spot[spot] for spot in spots_of(place) if spot in by_spot), None)


def first_place(posting: Posting) -> Place | None:
    """The place by which a posting's band is chosen."""
    return posting.places[0] if posting.places else None


def say_where(state: str, city: str) -> str:
    """'Portland, OR', 'Oregon', or 'any place'."""
    if city:
        return f"{city}, {state}"
    return STATES.get(state, state) or "any place"


def say_band(band: PayBand) -> str:
    """'Your organization's range for level II in Oregon is $66,000 to $84,000 a year.'"""
    where = f" in {say_where(band.state, band.city)}" if band.state else ""
    return f"Your organization's range for level {band.level.label}{where} is {band.words}."


def months_between(start: date, end: date) -> int:
    """Whole months from one day to a later one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    short = end.day < start.day and end.day < monthrange(end.year, end.month)[1]
    return months - 1 if short else months


def say_age(band: PayBand, today: date, most: int) -> str:
    """'This range is 14 months old.', where that is more than `most` months; else nothing."""
    months = months_between(band.as_of, today)
    last = min(band.as_of.day, monthrange(today.year, today.month)[1])
    if months < most or (months == most and today.day <= last):
        return ""
    return f"This range is {months} months old."
