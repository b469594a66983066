"""The saves of a posting: each with its changes, who made it, and what its sender was answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from jobdesc.postings.posting import Posting
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.postings import fill_row
from jobdesc.store.revisions import Reason, keep_first_revisions, record_save
from jobdesc.store.tables import ChangeListRow, PostingRow

CHANGES_FOR = timedelta(days=30)
"""How long the change lists of saves are kept."""


@dataclass(frozen=True)
class Save:
    """What is kept of a save beside the posting that came of it.

    `save_id` is the sender's number, '<tab>-<n>'; `parts` are the keys of the parts touched.
    """

    person_id: int
    changes: list[dict[str, Any]]
    parts: Sequence[str] = ()
    save_id: str | None = None
    outcome: dict[str, Any] = field(default_factory=dict)
    reason: Reason = Reason.EDITED


@dataclass(frozen=True)
class OtherSave:
    """A save by somebody else, or by the same person in another window."""

    person_id: int
    name: str
    parts: tuple[str, ...]


def save_posting(
    session: Session, posting_id: int, posting: Posting, save: Save, now: datetime
) -> int:
    """Keep a changed posting, its revision, and the save that made it; returns the new counter.

    Comes after `posting_to_change` in the same transaction.
    """
    row = session.get_one(PostingRow, posting_id)
    keep_first_revisions(session, PostingRow.id == row.id)
    fill_row(row, posting, now)
    row.touched = True
    record_save(session, row, save.person_id, now, save.reason)
    session.add(
        ChangeListRow(
            posting_id=row.id,
            counter=row.counter,
            person_id=save.person_id,
            made_at=now,
            changes=save.changes,
            save_id=save.save_id,
            parts=list(save.parts),
            outcome=save.outcome or None,
        )
    )
    old = and_(ChangeListRow.posting_id == row.id, ChangeListRow.made_at < now - CHANGES_FOR)
    session.execute(delete(ChangeListRow).where(old))
    return row.counter


def outcome_of_save(session: Session, posting_id: int, save_id: str) -> dict[str, Any] | None:
    """What was answered to the save of this number; None where no such save was kept."""
    query = select(ChangeListRow.outcome).where(
        ChangeListRow.posting_id == posting_id, ChangeListRow.save_id == save_id
    )
    return session.scalar(query)


def other_saves(
    session: Session, posting_id: int, since: int, person_id: int, tab: str
) -> list[OtherSave]:
    """The saves after the counter `since` that this person did not make in this window."""
    elsewhere = or_(
        ChangeListRow.person_id != person_id,
        ChangeListRow.save_id.is_(None),
        ~ChangeListRow.save_id.startswith(f"{tab}-", autoescape=True),
    )
    query = (
        select(PersonRow.id, PersonRow.name, ChangeListRow.parts)
        .join(PersonRow, PersonRow.id == ChangeListRow.person_id)
        .where(ChangeListRow.posting_id == posting_id, ChangeListRow.counter > since, elsewhere)
        .order_by(ChangeListRow.counter)
    )
    return [OtherSave(row[0], row[1], tuple(row[2] or ())) for row in session.execute(query)]
