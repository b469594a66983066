"""Revisions: what a posting was like. One may be open and takes saves; closed ones never change."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, func, insert, literal, select
from sqlalchemy.orm import Session

from jobdesc.store.tables import PostingRow, RevisionRow

IDLE = timedelta(minutes=10)
"""A revision that took no save for so long is closed."""


class Reason(StrEnum):
    """Why there is a revision."""

    STARTED = "started"
    EDITED = "edited"
    LEVEL = "level"
    PUBLISHED = "published"
    RESTORED = "restored"


def keep_first_revisions(session: Session, which: ColumnElement[bool]) -> None:
    """Before the first save, or another owner: keep postings as their owner started them.

    `which` chooses among postings that are held; those that have revisions stay as they are.
    """
    columns = {
        RevisionRow.posting_id: PostingRow.id,
        RevisionRow.number: literal(1),
        RevisionRow.person_id: PostingRow.owner_id,
        RevisionRow.reason: literal(Reason.STARTED.value),
        RevisionRow.opened_at: PostingRow.created_at,
        RevisionRow.changed_at: PostingRow.changed_at,
        RevisionRow.closed_at: PostingRow.changed_at,
        RevisionRow.counter: PostingRow.counter,
        RevisionRow.level: PostingRow.level,
        RevisionRow.base_hash: PostingRow.base_hash,
        RevisionRow.body: PostingRow.body,
    }
    kept = exists().where(RevisionRow.posting_id == PostingRow.id)
    started = select(*columns.values()).where(which, ~kept)
    session.execute(insert(RevisionRow).from_select(list(columns), started))


def record_save(
    session: Session, row: PostingRow, person_id: int, now: datetime, reason: Reason = Reason.EDITED
) -> None:
    """After a save: keep the posting in the open revision, or in a new one.

    A named act has a revision of its own, closed at once.
    """
    open_one = _open_revision(session, row.id)
    if open_one and (reason is not Reason.EDITED or _is_over(open_one, person_id, now)):
        open_one.closed_at = min(now, open_one.changed_at + IDLE)
        open_one = None
    if open_one is None:
        closed_at = None if reason is Reason.EDITED else now
        number = last_number(session, row.id) + 1
        session.add(_revision(row, number, person_id, reason, now, closed_at))
    else:
        open_one.changed_at, open_one.counter = row.changed_at, row.counter
        open_one.level, open_one.base_hash, open_one.body = row.level, row.base_hash, row.body


def had_base(session: Session, posting_id: int, level: str, base_hash: str) -> bool:
    """Whether the posting stood on this base at this level once."""
    query = select(RevisionRow.number).where(
        RevisionRow.posting_id == posting_id,
        RevisionRow.level == level,
        RevisionRow.base_hash == base_hash,
    )
    return session.scalar(query.limit(1)) is not None


def _open_revision(session: Session, posting_id: int) -> RevisionRow | None:
    query = select(RevisionRow).where(RevisionRow.posting_id == posting_id)
    return session.scalars(query.where(RevisionRow.closed_at.is_(None))).one_or_none()


def _is_over(revision: RevisionRow, person_id: int, now: datetime) -> bool:
    return revision.person_id != person_id or now - revision.changed_at >= IDLE


def last_number(session: Session, posting_id: int) -> int:
    """The number of the newest revision; 0 before the first."""
    query = select(func.max(RevisionRow.number)).where(RevisionRow.posting_id == posting_id)
    return session.scalar(query) or 0


def _revision(
    row: PostingRow,
    number: int,
    person_id: int,
    reason: Reason,
    opened_at: datetime,
    closed_at: datetime | None,
) -> RevisionRow:
    return RevisionRow(
        posting_id=row.id,
        number=number,
        person_id=person_id,
        reason=reason.value,
        opened_at=opened_at,
        changed_at=row.changed_at,
        closed_at=closed_at,
        counter=row.counter,
        level=row.level,
        base_hash=row.base_hash,
        body=row.body,
    )
