"""Archived postings: out of the lists, with nothing of them deleted, and brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, true, update
from sqlalchemy.orm import Session

from jobdesc.store.account_tables import PersonRow
from jobdesc.store.postings import in_use, visible_to
from jobdesc.store.tables import PostingRow


@dataclass(frozen=True)
class Archived:
    """When a posting was archived, and by whom."""

    at: datetime
    by: str


def archive_postings(
    session: Session, person_id: int, ids: Sequence[int], seen: datetime | None, now: datetime
) -> set[int]:
    """Archive those that this person sees and that are in use; returns them.

    Those that changed after `seen` are left as they are, and those that are published.
    """
    unchanged = PostingRow.changed_at <= seen if seen else true()
    these = [PostingRow.id.in_(ids), visible_to(person_id), in_use(), unchanged]
    these.append(PostingRow.status != "published")
    return _set(session, these, archived_at=now, archived_by=person_id, touched=True)


def bring_back_postings(session: Session, person_id: int, ids: Sequence[int]) -> set[int]:
    """List those again that this person sees and that are archived; returns them."""
    these = [PostingRow.id.in_(ids), visible_to(person_id), ~in_use()]
    return _set(session, these, archived_at=None, archived_by=None)


def undo_archive(session: Session, person_id: int, at: datetime) -> int:
    """List again what this person archived at that moment; how many that were."""
    these = [PostingRow.archived_at == at, PostingRow.archived_by == person_id]
    _hold(session, these)
    return len(_set(session, these, archived_at=None, archived_by=None))


def archived_state(session: Session, posting_id: int, person_id: int) -> Archived | None:
    """When and by whom; None for a posting in use, or one that this person does not see."""
    query = select(PostingRow.archived_at, PersonRow.name)
    query = query.join(PersonRow, PersonRow.id == PostingRow.archived_by)
    found = session.execute(query.where(PostingRow.id == posting_id, visible_to(person_id))).first()
    return Archived(found[0], found[1]) if found and found[0] else None


def archived_among(session: Session, ids: Sequence[int]) -> set[int]:
    """Those of `ids` that are archived."""
    return set(session.scalars(select(PostingRow.id).where(PostingRow.id.in_(ids), ~in_use())))


def published_among(session: Session, ids: Sequence[int]) -> set[int]:
    """Those of `ids` that are published."""
    query = select(PostingRow.id).where(PostingRow.id.in_(ids), PostingRow.status == "published")
    return set(session.scalars(query))


def hold_postings(session: Session, ids: Sequence[int]) -> None:
    """Keep them as they are until the transaction ends; in one order, so that none waits for ever.

    An action on many comes after this.
    """
    _hold(session, [PostingRow.id.in_(ids)])


def _hold(session: Session, these: Sequence[ColumnElement[bool]]) -> None:
    query = select(PostingRow.id).where(*these).order_by(PostingRow.id)
    session.execute(query.with_for_update()).all()


def _set(session: Session, these: Sequence[ColumnElement[bool]], **values: Any) -> set[int]:
    """Give these rows other values; returns their ids."""
    query = update(PostingRow).where(*these).values(**values).returning(PostingRow.id)
    return set(session.scalars(query, execution_options={"synchronize_session": False}))
