"""Postings as stored: the envelope that lists need, the body, and the saves that made it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    delete,
    exists,
    false,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from jobdesc.postings.posting import Posting, upgrade
from jobdesc.roles.parse import parse
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.list_columns import fill_list_columns
from jobdesc.store.tables import BaseRow, PostingRow, RevisionRow

Items = Select[int, str, str, str, str, str, str, datetime]
"""The columns of a list, in the order of `PostingListItem`."""

UNTOUCHED_FOR = timedelta(days=7)
"""How long a draft is kept that nobody changed or downloaded."""


@dataclass(frozen=True)
class PostingListItem:
    """A posting as lists show it."""

    id: int
    title: str
    role: str
    level: str
    place: str
    status: str
    owner: str
    changed_at: datetime


@dataclass(frozen=True)
class StoredPosting:
    """A posting with what its row knows of it. `counter` rises with each save."""

    id: int
    posting: Posting
    status: str
    owner_id: int
    counter: int
    created_at: datetime
    changed_at: datetime
    archived: bool = False


def visible_to(person_id: int) -> ColumnElement[bool]:
    """The one scope of all queries: everything, but untouched drafts of others.

    In a form that is tested on the rows that are found, and by which none are looked for: nearly
    all are touched, and SQLite would read them all to find twenty.
    """
    return case((PostingRow.touched, true()), else_=PostingRow.owner_id == person_id)


def in_use() -> ColumnElement[bool]:
    """What lists and searches show unless archived ones are asked for."""
    return PostingRow.archived_at.is_(None)


def found_by(person_id: int) -> ColumnElement[bool]:
    """What this person finds in a search: what they may see, but archived ones."""
    return and_(visible_to(person_id), in_use())


def add_posting(session: Session, posting: Posting, owner_id: int, now: datetime) -> int:
    """Keep a new, untouched draft, whose base is there already; returns its id."""
    row = PostingRow(owner_id=owner_id, created_at=now, counter=0, touched=False)
    fill_row(row, posting, now)
    session.add(row)
    session.flush()
    return row.id


def renew_draft(session: Session, posting_id: int, posting: Posting, now: datetime) -> None:
    """Replace an untouched draft, whose base is there already, by one assembled anew."""
    fill_row(session.get_one(PostingRow, posting_id), posting, now)


def untouched_draft(session: Session, owner_id: int, role: str, level: str) -> StoredPosting | None:
    """The draft that its owner started from this role and level, and has left as it was."""
    query = select(PostingRow).where(
        PostingRow.owner_id == owner_id,
        PostingRow.role_slug == role,
        PostingRow.level == level,
        PostingRow.touched.is_(False),
    )
    row = session.scalars(query.order_by(PostingRow.id.desc()).limit(1)).first()
    return _stored(row) if row else None


def delete_untouched(session: Session, now: datetime) -> None:
    """Delete drafts that nobody changed or downloaded for a week, and bases that they leave."""
    old = and_(PostingRow.touched.is_(False), PostingRow.changed_at < now - UNTOUCHED_FOR)
    gone = session.scalars(delete(PostingRow).where(old).returning(PostingRow.base_hash))
    if not (hashes := set(gone)):
        return
    bases = select(BaseRow.hash).where(BaseRow.hash.in_(hashes)).order_by(BaseRow.hash)
    session.execute(bases.with_for_update()).all()
    used = exists().where(PostingRow.base_hash == BaseRow.hash)
    was_used = exists().where(RevisionRow.base_hash == BaseRow.hash)
    session.execute(
        delete(BaseRow).where(BaseRow.hash.in_(hashes), ~used, ~was_used),
        execution_options={"synchronize_session": False},
    )


def posting_by_id(session: Session, posting_id: int, person_id: int) -> StoredPosting | None:
    """The posting, where this person may see it."""
    row = session.scalars(_one(posting_id, person_id)).first()
    return _stored(row) if row else None


def posting_to_change(session: Session, posting_id: int, person_id: int) -> StoredPosting | None:
    """The same, held until the transaction ends, so that no other save comes between."""
    row = session.scalars(_one(posting_id, person_id).with_for_update()).first()
    return _stored(row) if row else None


def moments_of(
    session: Session, posting_id: int, person_id: int
) -> tuple[datetime, datetime] | None:
    """When the posting was made and last changed, where this person may see it."""
    query = select(PostingRow.created_at, PostingRow.changed_at)
    query = query.where(PostingRow.id == posting_id, visible_to(person_id))
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None


def counter_of(session: Session, posting_id: int, person_id: int) -> int | None:
    """The posting's counter, where this person may see it."""
    query = select(PostingRow.counter)
    return session.scalar(query.where(PostingRow.id == posting_id, visible_to(person_id)))


def hold_drafts(session: Session, owner_id: int) -> None:
    """Let nobody else start a posting for this person until the transaction ends."""
    query = select(PersonRow.id).where(PersonRow.id == owner_id)
    session.execute(query.with_for_update(key_share=True))


def hand_over_postings(session: Session, from_id: int, to_id: int) -> int:
    """Make another person the owner of all postings of a person, held as `hold_postings` does.

    Returns how many.
    """
    owned = PostingRow.owner_id == from_id, PostingRow.touched
    held = select(PostingRow.id).where(*owned).order_by(PostingRow.id)
    session.execute(held.with_for_update()).all()
    handed = update(PostingRow).where(*owned)
    return len(session.scalars(handed.values(owner_id=to_id).returning(PostingRow.id)).all())


def touch_posting(session: Session, posting_id: int) -> None:
    """Note that a posting was used, so that it is kept and everyone sees it."""
    session.get_one(PostingRow, posting_id).touched = True


def is_touched(session: Session, posting_id: int) -> bool:
    """Whether a posting was used before."""
    touched = session.scalar(select(PostingRow.touched).where(PostingRow.id == posting_id))
    return bool(touched)


def recent_postings(session: Session, owner_id: int, limit: int) -> list[PostingListItem]:
    """The postings that a person worked on last."""
    used = case((PostingRow.touched, true()), else_=false())  # as in `visible_to`
    query = _items().where(PostingRow.owner_id == owner_id, used, in_use())
    return _listed(session, query.limit(limit))


def postings_of(session: Session, ids: Sequence[int], person_id: int) -> list[PostingListItem]:
    """Those of `ids` that this person may see, in the order of `ids`."""
    items = _listed(session, _items().where(PostingRow.id.in_(ids), found_by(person_id)))
    return sorted(items, key=lambda item: ids.index(item.id))


def bodies_of(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The bodies of a few postings, as they are stored."""
    query = select(PostingRow.id, PostingRow.body).where(PostingRow.id.in_(ids))
    return {row.id: row.body for row in session.execute(query)}


def _items() -> Items:
    """What a list shows, without the bodies: reading those would take most of the time."""
    columns = (
        PostingRow.id,
        PostingRow.title,
        PostingRow.role_slug,
        PostingRow.level,
        PostingRow.place,
        PostingRow.status,
        PersonRow.name,
        PostingRow.changed_at,
    )
    join = select(*columns).join(PersonRow, PersonRow.id == PostingRow.owner_id)
    return join.order_by(PostingRow.changed_at.desc(), PostingRow.id.desc())


def _listed(session: Session, query: Items) -> list[PostingListItem]:
    """The rows of `_items`, whose columns stand in the order of an item's fields."""
    return [PostingListItem(*row) for row in session.execute(query)]


def _one(posting_id: int, person_id: int) -> Select[PostingRow]:
    return select(PostingRow).where(PostingRow.id == posting_id, visible_to(person_id))


def fill_row(row: PostingRow, posting: Posting, now: datetime) -> None:
    """Everything of the row that follows from the body; the counter rises."""
    row.base_hash = posting.base
    first = posting.places[0] if posting.places else None
    row.role_slug, row.level, row.title = posting.role, posting.level, posting.title
    row.place = first.short if first else ""
    row.state = first.state.upper()[:10] if first else ""
    fill_list_columns(row, posting)
    row.body, row.changed_at = _body(posting), now
    row.counter += 1


def _body(posting: Posting) -> dict[str, Any]:
    return posting.model_dump(mode="json", by_alias=True)


def _stored(row: PostingRow) -> StoredPosting:
    return StoredPosting(
        id=row.id,
        posting=parse(Posting, upgrade(row.body, row.base_hash)),
        status=row.status,
        owner_id=row.owner_id,
        counter=row.counter,
        created_at=row.created_at,
        changed_at=row.changed_at,
        archived=row.archived_at is not None,
    )
