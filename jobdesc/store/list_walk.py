"""The order of a list of postings, walked from a spot: which rows come next, and pass.

The indexes of `tables.LIST_SORTS` hold all that is sorted and filtered by, so no row is looked up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    bindparam,
    case,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from jobdesc.roles.levels import Level
from jobdesc.roles.query import Query, read_query
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.postings import visible_to
from jobdesc.store.search_index import answers_by_name
from jobdesc.store.tables import PostingRow

NEAR = 500
"""So many rows are searched first where more answer than are counted."""


class Sort(StrEnum):
    """What the list can be sorted by."""

    TITLE = "title"
    SPECIALTY = "specialty"
    LEVEL = "level"
    PLACE = "place"
    STATUS = "status"
    OWNER = "owner"
    PAY = "pay"
    CHANGED = "changed"


SORTED_BY: dict[Sort, ColumnElement[Any]] = {
    Sort.TITLE: PostingRow.title_key.expression,
    Sort.SPECIALTY: PostingRow.role_slug.expression,
    Sort.LEVEL: PostingRow.level_rank.expression,
    Sort.PLACE: PostingRow.place_key.expression,
    Sort.STATUS: PostingRow.status.expression,
    Sort.OWNER: func.lower(PersonRow.name),
    Sort.PAY: PostingRow.pay_order.expression,
    Sort.CHANGED: PostingRow.changed_at.expression,
}


@dataclass(frozen=True)
class Order:
    """How the list is sorted; rows with the same value by id, in the same direction."""

    sort: Sort = Sort.CHANGED
    descending: bool = True


@dataclass(frozen=True)
class Wanted:
    """Which postings are listed: those that hold all words and pass each filter that is set.

    Either those in use or the archived ones.
    """

    words: tuple[str, ...] = ()
    status: str = ""
    level: Level | None = None
    role: str = ""
    state: str = ""
    owner_id: int | None = None
    archived: bool = False


@dataclass(frozen=True)
class Spot:
    """A place in the order: the sorted value and the id of a row that stands or stood there."""

    value: str | int | datetime
    id: int


@dataclass(frozen=True)
class Asked:
    """Whose list is read, and how. `ids` are those that answer the words, where all are known."""

    person_id: int
    wanted: Wanted
    order: Order
    ids: tuple[int, ...] | None

    @property
    def query(self) -> Query:
        """What the words mean."""
        return read_query(" ".join(self.wanted.words))


def row_filters(person_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    """All but the words."""
    given: list[tuple[ColumnElement[Any], Any]] = [
        (PostingRow.status.expression, wanted.status or None),
        (PostingRow.level_rank.expression, wanted.level.rank if wanted.level else None),
        (PostingRow.role_slug.expression, wanted.role or None),
        (PostingRow.state.expression, wanted.state or None),
        (PostingRow.owner_id.expression, wanted.owner_id),
    ]
    narrowed = [_is(column, value) for column, value in given if value is not None]
    return [visible_to(person_id), _archived(wanted.archived), *narrowed]


def _archived(wanted: bool) -> ColumnElement[bool]:
    """Tested on the index of the order too."""
    return case((PostingRow.archived_at.is_(None), literal(not wanted)), else_=literal(wanted))


def _is(column: ColumnElement[Any], value: object) -> ColumnElement[bool]:
    """Equal, tested on the index of the order: another index would be left to sort thousands."""
    nothing = "" if isinstance(value, str) else 0
    return func.coalesce(column, nothing) == value


def next_spots(
    session: Session, asked: Asked, start: Spot | None, limit: int, *, backward: bool = False
) -> list[Spot]:
    """Up to `limit` spots behind `start`, or before it, in the order of the list."""
    falling = asked.order.descending is not backward
    rows = _rows(asked, start, falling=falling)
    if asked.ids is not None:  # written out: to bind 1,000 values takes longer than to find them
        ids: BindParameter[int] = bindparam("ids", asked.ids, expanding=True, literal_execute=True)
        rows = rows.where(PostingRow.id.in_(ids))
    if asked.wanted.words and asked.ids is None:
        found = _first_of_many(session, asked, rows, limit, falling=falling)
    else:
        found = session.execute(rows.limit(limit)).all()
    spots = [Spot(row[0], row[1]) for row in found]
    return spots[::-1] if backward else spots


def _rows(asked: Asked, start: Spot | None, *, falling: bool) -> Select[Any, int]:
    """Sorted value and id of the rows in order, whatever words they have."""
    value, number = SORTED_BY[asked.order.sort], PostingRow.id.expression
    rows = select(value.label("value"), number).where(*row_filters(asked.person_id, asked.wanted))
    if asked.order.sort is Sort.OWNER:
        rows = rows.join(PersonRow, PersonRow.id == PostingRow.owner_id)
    if start:
        here = tuple_(literal(start.value, value.type), literal(start.id))
        both = tuple_(value, number)
        rows = rows.where(both < here if falling else both > here)
    return _in_order(rows, value, number, falling=falling)


def _in_order(
    rows: Select[Any, int], *columns: ColumnElement[Any], falling: bool
) -> Select[Any, int]:
    return rows.order_by(*(column.desc() if falling else column.asc() for column in columns))


def _first_of_many(
    session: Session, asked: Asked, rows: Select[Any, int], limit: int, *, falling: bool
) -> Sequence[Row[Any, int]]:
    """The first that answer. Each would have to be looked up and sorted otherwise, 50,000 for
    "manager" in 110 ms.

    Where many do, a page of them is among the rows near, which takes 3 ms; otherwise the order is
    walked until it is full, which takes 14.
    """
    near = rows.limit(NEAR).cte("near").prefix_with("MATERIALIZED")
    value, number = near.c.value, near.c.id
    answering = answers_by_name(session, asked.query, number, near)
    some = _in_order(select(value, number).where(answering), value, number, falling=falling)
    found = session.execute(some.limit(limit)).all()
    if len(found) == limit:
        return found
    walked = answers_by_name(session, asked.query, PostingRow.id + 0)  # a sum is in no index
    return session.execute(rows.where(walked).limit(limit)).all()
