"""The list of postings as its address says it: words, filters, order and the spot of the page."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

from flask import url_for

from jobdesc.postings.money import write_amount, write_pay
from jobdesc.roles.levels import Level
from jobdesc.services.listing import Choices
from jobdesc.store.list_walk import Order, Sort, Spot, Wanted
from jobdesc.store.listing import ListedPosting
from jobdesc.web.door import LARGEST, LARGEST_ROW, read_moment, read_number

LONGEST_QUERY = 200
LONGEST_SPOT = 1_000
LONGEST_VIEW = 2_000
WORDS = 10
MINE = "mine"
STATUSES = {"draft": "Draft", "published": "Published", "closed": "Closed"}
COLUMNS = {
    Sort.TITLE: "Title",
    Sort.SPECIALTY: "Specialty",
    Sort.LEVEL: "Level",
    Sort.PLACE: "Place",
    Sort.STATUS: "Status",
    Sort.OWNER: "Owner",
    Sort.PAY: "Pay",
    Sort.CHANGED: "Changed",
}
FALLS_FIRST = (Sort.CHANGED, Sort.PAY)
"""Columns whose first press sorts the greatest to the top."""
ORDERS = {
    "-changed": "Newest change",
    "changed": "Oldest change",
    "title": "Title, A to Z",
    "-title": "Title, Z to A",
    "specialty": "Specialty, A to Z",
    "-specialty": "Specialty, Z to A",
    "level": "Level, lowest first",
    "-level": "Level, highest first",
    "place": "Place, A to Z",
    "-place": "Place, Z to A",
    "status": "Status, A to Z",
    "-status": "Status, Z to A",
    "owner": "Owner, A to Z",
    "-owner": "Owner, Z to A",
    "-pay": "Highest pay",
    "pay": "Lowest pay",
}
FILTERS = ("status", "level", "specialty", "state", "owner", "archived")
ARCHIVED = {"yes": "Yes"}
_ALONE = {"archived": "Archived"}
"""What a filter is called that has one value."""


@dataclass(frozen=True)
class View:
    """What an address asks of the list. What it cannot mean is left out, not refused."""

    q: str = ""
    status: str = ""
    level: str = ""
    specialty: str = ""
    state: str = ""
    owner: str = ""
    archived: str = ""
    sort: str = "-changed"
    after: Spot | None = None
    before: Spot | None = None

    @property
    def order(self) -> Order:
        """The order of the rows."""
        return Order(Sort(self.sort.removeprefix("-")), self.sort.startswith("-"))

    def wanted(self, person_id: int) -> Wanted:
        """The filters; `mine` is whoever looks."""
        owner = None
        if self.owner:
            owner = person_id if self.owner == MINE else int(self.owner)
        return Wanted(
            words=tuple(self.q.split()[:WORDS]),
            status=self.status,
            level=Level(self.level) if self.level else None,
            role=self.specialty,
            state=self.state,
            owner_id=owner,
            archived=bool(self.archived),
        )

    @property
    def values(self) -> dict[str, str]:
        """The parts of the address that choose rows, and the order where it is not the usual."""
        names = ("q", *FILTERS)
        values = {name: getattr(self, name) for name in names if getattr(self, name)}
        return values if self.sort == "-changed" else values | {"sort": self.sort}

    @property
    def query(self) -> str:
        """The same as the query of an address, for a form to carry."""
        return urlencode(self.values)

    @property
    def page_query(self) -> str:
        """The same with the page that is shown."""
        return urlencode(self.values | self._spots(after=self.after, before=self.before))

    @property
    def address(self) -> str:
        """The address of the first page of this view."""
        return _address(self.values)

    def but(self, **changes: str) -> str:
        """The address of the first page of this view with changes."""
        return replace(self, after=None, before=None, **changes).address

    @property
    def cleared(self) -> str:
        """The address of the whole list in this order."""
        return View(sort=self.sort).address

    def page_address(self, *, after: Spot | None = None, before: Spot | None = None) -> str:
        """The address of the page behind, or before, a spot."""
        return _address(self.values | self._spots(after=after, before=before))

    @staticmethod
    def _spots(**spots: Spot | None) -> dict[str, str]:
        return {name: write_spot(spot) for name, spot in spots.items() if spot}

    def sorted_by(self, sort: Sort) -> str:
        """The address that a column's header leads to: sorted by it, or the other way round."""
        falls = sort in FALLS_FIRST
        if self.order.sort is sort:
            falls = not self.order.descending
        return self.but(sort=f"-{sort}" if falls else str(sort))

    def aria_sort(self, sort: Sort) -> str:
        """What a column's header says of the order; nothing where others decide it."""
        if self.order.sort is not sort:
            return ""
        return "descending" if self.order.descending else "ascending"


@dataclass(frozen=True)
class Chip:
    """Something that narrows the list, and the address of the list without it."""

    words: str
    without: str


def read_view(args: Mapping[str, str]) -> View:
    """The view of an address, or of the part of one that a form carries."""
    state = args.get("state", "").upper()
    owner = args.get("owner", "")
    sort = args.get("sort", "")
    view = View(
        q=" ".join(args.get("q", "")[:LONGEST_QUERY].split()),
        status=_one_of(args.get("status", ""), STATUSES),
        level=_one_of(args.get("level", ""), set(Level)),
        specialty=args.get("specialty", "")[:60],
        state=state if len(state) <= 10 else "",
        owner=owner if owner == MINE or read_number(owner) else "",
        archived=_one_of(args.get("archived", ""), ARCHIVED),
        sort=sort if sort in ORDERS else "-changed",
    )
    after, before = (read_spot(args.get(name, ""), view.order.sort) for name in ("after", "before"))
    return replace(view, after=after, before=None if after else before)


def view_of_query(query: str) -> View:
    """The view of the part of an address that a form carries, or that was kept."""
    return read_view(dict(parse_qsl(query[:LONGEST_VIEW])))


def chips(view: View, choices: Choices) -> list[Chip]:
    """What narrows the list, each with the way to take it away."""
    found = []
    if view.q:
        found.append(Chip(f"\u201c{view.q}\u201d", view.but(q="")))
    for name in FILTERS:
        if value := getattr(view, name):
            words = f"{name.capitalize()}: {options(name, choices).get(value, value)}"
            found.append(Chip(_ALONE.get(name, words), view.but(**{name: ""})))
    return found


def options(name: str, choices: Choices) -> dict[str, str]:
    """What a filter can be set to, with the words for it."""
    match name:
        case "status":
            return STATUSES
        case "level":
            return {level.value: level.label for level in Level}
        case "specialty":
            return choices.roles
        case "state":
            return {state: state for state in choices.states}
        case "archived":
            return ARCHIVED
        case _:
            return {MINE: "Mine"} | {str(n): owner for n, owner in choices.owners.items()}


def pay_words(posting: ListedPosting) -> str:
    """As the document says it: 'Up to $96,200 a year'; nothing where no pay is a number."""
    cents = (posting.pay_low_cents, posting.pay_high_cents)
    low, high = ("" if one is None else write_amount(Decimal(one) / 100) for one in cents)
    return write_pay(low, high, posting.pay_unit)


def write_spot(spot: Spot) -> str:
    """A spot as an address carries it."""
    value = spot.value.isoformat() if isinstance(spot.value, datetime) else spot.value
    text = json.dumps([value, spot.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_spot(text: str, sort: Sort) -> Spot | None:
    """The spot of an address; None for what is none of this order."""
    if not text or len(text) > LONGEST_SPOT:
        return None
    try:
        value, number = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if type(number) is not int or not 0 <= number <= LARGEST_ROW:
            return None
        read = _sorted_value(value, sort)
        return None if read is None else Spot(read, number)
    except (ValueError, TypeError, RecursionError, binascii.Error):
        return None


def _sorted_value(value: object, sort: Sort) -> str | int | datetime | None:
    if sort is Sort.CHANGED:
        return read_moment(str(value))
    if sort in (Sort.LEVEL, Sort.PAY):
        limit = LARGEST_ROW if sort is Sort.LEVEL else LARGEST
        return value if type(value) is int and abs(value) <= limit else None
    if not isinstance(value, str) or "\0" in value:
        return None
    value.encode()  # half of a surrogate pair has no encoding
    return value


def _address(values: Mapping[str, str]) -> str:
    path = url_for("postings.index")
    return f"{path}?{urlencode(values)}" if values else path


def _one_of(value: str, allowed: Mapping[str, str] | set[Level]) -> str:
    return value if value in allowed else ""
