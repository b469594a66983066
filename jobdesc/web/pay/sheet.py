"""What was sent of the pay ranges of a role: read, with what is wrong, and given back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from jobdesc.postings.band_edits import BandConflict, BandEdit, band_mark, describe
from jobdesc.postings.band_input import TYPED, day_faults, one_line, read_band
from jobdesc.postings.band_limits import MOST_PLACES, places_of
from jobdesc.postings.bands import BandKey, PayBand, Spot, city_key
from jobdesc.postings.values import clean
from jobdesc.postings.variants import state_code
from jobdesc.roles.levels import LEVELS
from jobdesc.roles.parse import Problem, Problems
from jobdesc.services.pay_bands import RoleBands
from jobdesc.web.pay.cards import Card, Row, Sheet, card_of, key_of, levels_of, row_of, show_bands
from jobdesc.web.roles.boxes import Box, Form

SENT = re.compile("place:([0-9]{1,4}):state")
NEW_PLACE = "Enter the state, like OR or Oregon. The card for any place stands above."
FULL = f"A role can have ranges in up to {MOST_PLACES} places. Remove those of another place first."
LOST = "This level was taken out meanwhile. Empty the row, or give the level a title in Basics."
TWICE = "This place is here twice. Enter its ranges in one of the two."


def read_sheet(form: Form, stored: RoleBands) -> Sheet:
    """The form as it was sent, with what is wrong at each control, and the edits it asks for."""
    bands = {band.key: band for band in stored.bands}
    cards: list[Card] = []
    edits: list[BandEdit] = []
    used: set[Spot] = set()
    shown = places_of(bands)
    for number in _numbers(form):
        card = _sent_card(number, form, stored)
        said = any(_is_said(row) for row in card.rows)
        dated = any(row.boxes["as_of"].text for row in card.rows)
        if card.new and not (said or dated or card.state.text or card.city.text):
            continue
        spot = (state_code(card.state.text), city_key(card.city.text))
        fault = TWICE if card.new and spot in used else ""
        if card.new and spot == ("", ""):
            fault = NEW_PLACE
        used.add(spot)
        if not fault and said and spot not in shown and len(used | shown) > MOST_PLACES:
            fault = FULL
        if fault:
            card = replace(card, state=replace(card.state, errors=(fault,)))
        read = [_read_row(card, row, stored, bands) for row in card.rows]
        problems = [problem for one in read for problem in one.problems]
        cards.append(_with_faults(card, [one.row for one in read], problems))
        edits += [one.edit for one in read if one.edit]
    return Sheet(tuple(cards), tuple(edits))


def _numbers(form: Form) -> list[int]:
    """The numbers of the cards that were sent, in their order."""
    found = [SENT.fullmatch(name) for name in form]
    return [int(one[1]) for one in found if one]


def after_save(sheet: Sheet, stored: RoleBands, conflicts: Iterable[BandConflict]) -> Sheet:
    """What is stored, but for the rows that met another's change: those keep what was typed."""
    met = {conflict.key: conflict for conflict in conflicts}
    sent = [(card, row) for card in sheet.cards for row in card.rows]
    typed = {key: row for card, row in sent if (key := key_of(card, row, stored)) in met}
    also = {
        key[2:]: one_line(card.city.text)
        for card, row in sent
        if (key := key_of(card, row, stored)) in met
    }
    cards = [
        replace(card, rows=tuple(_met(card, row, typed, met, stored) for row in card.rows))
        for card in show_bands(stored, also).cards
    ]
    return Sheet(tuple(cards))


def use_theirs(sheet: Sheet, asked: str, stored: RoleBands) -> Sheet:
    """The form with one row, 'NUMBER:LEVEL', as it is stored; whatever else was typed stays."""
    bands = {band.key: band for band in stored.bands}

    def as_stored(card: Card, row: Row) -> Row:
        if asked != f"{card.number}:{row.level}":
            return row
        band = bands.get(key_of(card, row, stored))
        return row_of(stored, card.number, row.level, band)

    return Sheet(
        tuple(
            replace(card, rows=tuple(as_stored(card, row) for row in card.rows))
            for card in sheet.cards
        )
    )


@dataclass(frozen=True)
class _Read:
    row: Row
    edit: BandEdit | None = None
    problems: tuple[Problem, ...] = field(default=())


def _read_row(card: Card, row: Row, stored: RoleBands, bands: Mapping[BandKey, PayBand]) -> _Read:
    """What a row asks for; a row without pay and note asks for no band, but its day is judged.

    A level that the page showed and the role has no more takes no other band than was shown.
    """
    key = key_of(card, row, stored)
    if not _is_said(row):
        if faults := day_faults(one_line(row.boxes["as_of"].text), stored.today):
            return _with_problems(row, faults)
        return _Read(row, BandEdit(key, row.seen, None))
    typed = {name: box.text for name, box in row.boxes.items()}
    typed["as_of"] = typed["as_of"] or stored.today.isoformat()
    kept = bands.get(key)
    typed |= {"state": card.state.text, "city": kept.city if kept else card.city.text}
    try:
        band = read_band(stored.role.slug, row.level, typed, stored.today)
    except Problems as error:
        return _with_problems(row, error.problems)
    if row.level not in levels_of(stored) and band_mark(band) != row.seen:
        return _with_problems(row, [Problem(("low",), LOST)])
    return _Read(row, BandEdit(key, row.seen, band))


def _with_problems(row: Row, problems: Iterable[Problem]) -> _Read:
    """The row with what is wrong at its controls; it asks for nothing."""
    at = {str(problem.place[0]): problem.message for problem in problems}
    boxes = {
        name: replace(box, errors=(at[name],)) if name in at else box
        for name, box in row.boxes.items()
    }
    return _Read(replace(row, boxes=boxes), None, tuple(problems))


def _with_faults(card: Card, rows: list[Row], problems: list[Problem]) -> Card:
    """The card with what is wrong with its place, said once."""
    at = {str(problem.place[0]): problem.message for problem in problems}
    state, city = (
        replace(box, errors=(at[name],)) if name in at and not box.errors else box
        for name, box in (("state", card.state), ("city", card.city))
    )
    return replace(card, state=state, city=city, rows=tuple(rows))


def _sent_card(number: int, form: Form, stored: RoleBands) -> Card:
    rows = []
    for level in LEVELS:
        spot = f"band:{number}:{level}"
        if f"{spot}:low" not in form:
            continue
        boxes = {
            name: Box(f"{spot}:{name}", str(clean(form.get(f"{spot}:{name}", ""))))
            for name in TYPED
        }
        rows.append(Row(level, boxes, form.get(f"{spot}:seen", "")))
    met = {row.level for row in rows if f"band:{number}:{row.level}:met" in form}
    state, city = (str(clean(form.get(f"place:{number}:{name}", ""))) for name in ("state", "city"))
    card = card_of(number, (state, city), tuple(rows))
    bands = {band.key: band for band in stored.bands}
    shown = (
        replace(row, theirs=_say_theirs(bands.get(key_of(card, row, stored))))
        if row.level in met
        else row
        for row in rows
    )
    card = replace(card, rows=tuple(shown))
    return replace(card, new=f"place:{number}:new" in form)


def _met(
    card: Card,
    row: Row,
    typed: Mapping[BandKey, Row],
    met: Mapping[BandKey, BandConflict],
    stored: RoleBands,
) -> Row:
    """A row that met another's change: the words typed, and theirs beside them."""
    key = key_of(card, row, stored)
    if key not in met:
        return row
    boxes = {
        name: replace(box, name=row.boxes[name].name) for name, box in typed[key].boxes.items()
    }
    theirs = met[key].theirs
    return Row(row.level, boxes, band_mark(theirs), theirs=_say_theirs(theirs))


def _say_theirs(band: PayBand | None) -> str:
    return (
        f"Someone else made this {describe(band)}." if band else "Someone else removed this range."
    )


def _is_said(row: Row) -> bool:
    return any(row.boxes[name].text for name in ("low", "high", "note"))
