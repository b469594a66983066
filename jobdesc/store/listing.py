"""The list of postings: filtered, sorted, and read page by page without counting rows off.

A page begins at a spot (the sorted value and the id of a row), so rows that come or go meanwhile
move no other. The indexes of `tables.LIST_SORTS` hold all that is filtered and sorted by; only the
rows of the page itself are looked up.
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
    exists,
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
from jobdesc.store.search_index import COUNTED, answers_by_name, postings_named
from jobdesc.store.tables import LIST_BY_ID, PostingRow

PAGE_SIZE = 50
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
class ListedPosting:
    """A posting as a row of the list; pay in cents, None where none was given as a number."""

    id: int
    title: str
    role: str
    level: str
    place: str
    status: str
    owner: str
    changed_at: datetime
    pay_low_cents: int | None
    pay_high_cents: int | None
    pay_unit: str
    requisition: str


@dataclass(frozen=True)
class Page:
    """Rows in order; the spots before and behind which there are more, where there are."""

    postings: tuple[ListedPosting, ...] = ()
    before: Spot | None = None
    after: Spot | None = None


@dataclass(frozen=True)
class Count:
    """How many postings a list has on all its pages. Where words are searched, no more than
    `COUNTED` are counted; `ids` are all that answer, where there are no more.
    """

    total: int
    is_more: bool = False
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True)
class _Asked:
    """Whose list is read, and how; `ids` are as in `Count`."""

    person_id: int
    wanted: Wanted
    order: Order
    ids: tuple[int, ...] | None

    @property
    def query(self) -> Query:
        """What the words mean."""
        return read_query(" ".join(self.wanted.words))


def postings_page(
    session: Session,
    person_id: int,
    wanted: Wanted,
    order: Order,
    after: Spot | None = None,
    before: Spot | None = None,
    size: int = PAGE_SIZE,
    *,
    count: Count | None = None,
) -> Page:
    """The rows behind `after`, or those right before `before`; else the first ones.

    `count` is what `count_postings` has found, where somebody asked.
    """
    asked = _Asked(person_id, wanted, order, _ids(session, person_id, wanted, count))
    if before:
        spots = _spots(session, asked, before, size + 1, backward=True)
        if len(spots) > size:
            return _page(session, spots[-size:], more_before=True, more_after=True)
        after = None  # the start is near: a full first page rather than a short one
    spots = _spots(session, asked, after, size + 1)
    page, first = spots[:size], spots[0] if spots else after
    earlier = after and first and _spots(session, asked, first, 1, backward=True)
    if after and not page:
        return Page(before=after if earlier else None)
    return _page(session, page, bool(earlier), len(spots) > size)


def count_postings(session: Session, person_id: int, wanted: Wanted) -> Count:
    """How many postings the list has."""
    filters = _filters(person_id, wanted)
    if not wanted.words:
        total = session.scalar(select(func.count()).select_from(PostingRow).where(*filters))
        return Count(total or 0)
    found = postings_named(session, read_query(" ".join(wanted.words))).where(*filters)
    # SQLite would read the bodies of those that answer, to come to what is behind
    found = found.with_hint(PostingRow, f"INDEXED BY {LIST_BY_ID}", "sqlite")
    ids = tuple(session.scalars(found.limit(COUNTED + 1)))
    return Count(COUNTED, is_more=True) if len(ids) > COUNTED else Count(len(ids), ids=ids)


def wanted_titles(
    session: Session, person_id: int, wanted: Wanted, limit: int, count: Count | None = None
) -> list[tuple[int, str]]:
    """Id and title of the first postings of the list, newest change first."""
    asked = _Asked(person_id, wanted, Order(), _ids(session, person_id, wanted, count))
    spots = _spots(session, asked, None, limit)
    return titles_of(session, person_id, [spot.id for spot in spots])


def _ids(
    session: Session, person_id: int, wanted: Wanted, count: Count | None
) -> tuple[int, ...] | None:
    if wanted.words and count is None:
        count = count_postings(session, person_id, wanted)
    return count.ids if count else None


def titles_of(session: Session, person_id: int, ids: Sequence[int]) -> list[tuple[int, str]]:
    """Id and title of those of `ids` that this person may see, in the order of `ids`."""
    query = select(PostingRow.id, PostingRow.title).where(
        PostingRow.id.in_(ids), visible_to(person_id)
    )
    titles = {row.id: row.title for row in session.execute(query)}
    return [(number, titles[number]) for number in dict.fromkeys(ids) if number in titles]


def states_in_use(session: Session) -> list[str]:
    """The states that postings are in, sorted: one look into the index for each."""
    found: list[str] = []
    while len(found) < 200:
        query = select(func.min(PostingRow.state)).where(PostingRow.touched)
        state = session.scalar(query.where(PostingRow.state > (found[-1] if found else "")))
        if not state:
            break
        found.append(state)
    return found


def owners_in_use(session: Session) -> list[tuple[int, str]]:
    """Id and name of everybody who has a posting, by name."""
    owns = exists().where(PostingRow.owner_id == PersonRow.id)
    query = select(PersonRow.id, PersonRow.name).where(owns)
    return [(row[0], row[1]) for row in session.execute(query.order_by(PersonRow.name))]


def _filters(person_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
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


def _spots(
    session: Session, asked: _Asked, start: Spot | None, limit: int, *, backward: bool = False
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


def _rows(asked: _Asked, start: Spot | None, *, falling: bool) -> Select[Any, int]:
    """Sorted value and id of the rows in order, whatever words they have."""
    value, number = SORTED_BY[asked.order.sort], PostingRow.id.expression
    rows = select(value.label("value"), number).where(*_filters(asked.person_id, asked.wanted))
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
    session: Session, asked: _Asked, rows: Select[Any, int], limit: int, *, falling: bool
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


def _page(session: Session, spots: Sequence[Spot], more_before: bool, more_after: bool) -> Page:
    columns: tuple[Any, ...] = (
        PostingRow.id,
        PostingRow.title,
        PostingRow.role_slug,
        PostingRow.level,
        PostingRow.place,
        PostingRow.status,
        PersonRow.name,
        PostingRow.changed_at,
        PostingRow.pay_low_cents,
        PostingRow.pay_high_cents,
        PostingRow.pay_unit,
        PostingRow.requisition,
    )
    query = select(*columns).join(PersonRow, PersonRow.id == PostingRow.owner_id)
    query = query.where(PostingRow.id.in_([spot.id for spot in spots]))
    rows = {row[0]: ListedPosting(*row) for row in session.execute(query)}
    return Page(
        postings=tuple(rows[spot.id] for spot in spots if spot.id in rows),
        before=spots[0] if more_before else None,
        after=spots[-1] if more_after else None,
    )
