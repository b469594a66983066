"""The list of postings: filtered, sorted, and read page by page without counting rows off.

A page begins at a spot (the sorted value and the id of a row), so rows that come or go meanwhile
move no other. The indexes of `tables.LIST_SORTS` hold all that is filtered and sorted by; only the
rows of the page itself are looked up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from jobdesc.roles.query import read_query
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.list_walk import Asked, Order, Spot, Wanted, next_spots, row_filters
from jobdesc.store.postings import visible_to
from jobdesc.store.search_index import COUNTED, postings_named
from jobdesc.store.tables import LIST_BY_ID, PostingRow

PAGE_SIZE = 50


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
    asked = Asked(person_id, wanted, order, _ids(session, person_id, wanted, count))
    if before:
        spots = next_spots(session, asked, before, size + 1, backward=True)
        if len(spots) > size:
            return _page(session, spots[-size:], more_before=True, more_after=True)
        after = None  # the start is near: a full first page rather than a short one
    spots = next_spots(session, asked, after, size + 1)
    page, first = spots[:size], spots[0] if spots else after
    earlier = after and first and next_spots(session, asked, first, 1, backward=True)
    if after and not page:
        return Page(before=after if earlier else None)
    return _page(session, page, bool(earlier), len(spots) > size)


def count_postings(session: Session, person_id: int, wanted: Wanted) -> Count:
    """How many postings the list has."""
    filters = row_filters(person_id, wanted)
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
    asked = Asked(person_id, wanted, Order(), _ids(session, person_id, wanted, count))
    spots = next_spots(session, asked, None, limit)
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
