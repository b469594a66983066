"""The pay ranges of a role on the page: a card for each place, in it a row for each level."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from jobdesc.postings.band_edits import BandEdit, band_mark
from jobdesc.postings.band_input import one_line
from jobdesc.postings.band_limits import MOST_PLACES
from jobdesc.postings.bands import BandKey, PayBand, Spot, city_key, say_age, say_where
from jobdesc.postings.variants import state_code
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.services.pay_bands import RoleBands
from jobdesc.web.roles.boxes import Box

UNITS = (("year", "Year"), ("hour", "Hour"))


@dataclass(frozen=True)
class Row:
    """A level in a place; `seen` is the mark of the band that the page showed.

    `theirs` says what somebody else made of it meanwhile.
    """

    level: Level
    boxes: Mapping[str, Box]
    seen: str
    age: str = ""
    theirs: str = ""


@dataclass(frozen=True)
class Card:
    """A place. A new one has boxes for its state and city."""

    number: int
    state: Box
    city: Box
    new: bool
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """'Portland, OR', 'Any place'; of a new one 'Another place'."""
        if self.new:
            return "Another place"
        where = say_where(self.state.text, self.city.text)
        return where[:1].upper() + where[1:]

    @property
    def boxes(self) -> Iterator[tuple[str, Box]]:
        """Every control with where it stands, in the order of the page."""
        yield self.title, self.state
        yield self.title, self.city
        for row in self.rows:
            yield from ((f"{self.title}, {row.level.label}", box) for box in row.boxes.values())


@dataclass(frozen=True)
class Sheet:
    """The whole form, and what it asks to change."""

    cards: tuple[Card, ...]
    edits: tuple[BandEdit, ...] = ()

    @property
    def wrong(self) -> tuple[tuple[str, str], ...]:
        """What is to correct: ids of controls, and messages."""
        return tuple(
            (box.id, f"{words}: {' '.join(box.errors)}")
            for card in self.cards
            for words, box in card.boxes
            if box.errors
        )


def show_bands(stored: RoleBands, also: Mapping[Spot, str] | None = None) -> Sheet:
    """The form of what is stored; `also` names cities by spots that have a card in any case."""
    bands = {band.key: band for band in stored.bands}
    names: dict[Spot, str] = {("", ""): "", **(also or {})}
    names |= {band.spot: band.city for band in stored.bands}
    return Sheet(
        tuple(
            card_of(number, (spot[0], city), _rows(stored, bands, spot, number))
            for number, (spot, city) in enumerate(sorted(names.items()))
        )
    )


def with_another(cards: Iterable[Card], stored: RoleBands) -> tuple[Card, ...]:
    """The cards, and an empty one behind them where there can be one more."""
    kept = tuple(cards)
    if len(kept) >= MOST_PLACES:
        return kept
    number = max((card.number for card in kept), default=-1) + 1
    rows = tuple(row_of(stored, number, level, None) for level in levels_of(stored))
    return (*kept, replace(card_of(number, ("", ""), rows), new=True))


def levels_of(stored: RoleBands) -> tuple[Level, ...]:
    """The levels of the role, and those that a band is kept for."""
    kept = {band.level for band in stored.bands}
    return tuple(level for level in LEVELS if level in stored.role.levels or level in kept)


def _rows(
    stored: RoleBands, bands: Mapping[BandKey, PayBand], spot: Spot, number: int
) -> tuple[Row, ...]:
    return tuple(
        row_of(stored, number, level, bands.get((stored.role.slug, level, *spot)))
        for level in levels_of(stored)
    )


def row_of(stored: RoleBands, number: int, level: Level, band: PayBand | None) -> Row:
    """A level in the card `number` as it is stored."""
    pay = band.fields if band else {"pay_low": "", "pay_high": "", "pay_unit": "year"}
    texts = {
        "low": pay["pay_low"],
        "high": pay["pay_high"],
        "per": pay["pay_unit"],
        "as_of": band.as_of.isoformat() if band else "",
        "note": band.note if band else "",
    }
    boxes = {name: Box(f"band:{number}:{level}:{name}", text) for name, text in texts.items()}
    age = say_age(band, stored.today, stored.pay_age) if band else ""
    return Row(level, boxes, band_mark(band), age)


def card_of(number: int, place: tuple[str, str], rows: tuple[Row, ...]) -> Card:
    """A place with its rows."""
    state, city = (
        Box(f"place:{number}:{name}", text)
        for name, text in zip(("state", "city"), place, strict=True)
    )
    return Card(number, state, city, False, rows)


def key_of(card: Card, row: Row, stored: RoleBands) -> BandKey:
    """The band that a row is about."""
    place = state_code(one_line(card.state.text)), city_key(card.city.text)
    return stored.role.slug, row.level, *place
