"""Revisions of sources and credentials: one for each act, once a row was touched here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobdesc.store.account_tables import PersonRow
from jobdesc.store.reference_tables import ReferenceRevisionRow as Row
from jobdesc.store.role_revisions import Reason

Key = tuple[str, str]
"""The name of the reference and the id of the row in it."""


@dataclass(frozen=True)
class StoredRowRevision:
    """A revision with the name of who made it; None where no person did."""

    number: int
    who: str | None
    reason: Reason
    made_at: datetime
    body: dict[str, Any]


def record_row(
    session: Session, key: Key, body: dict[str, Any], reason: Reason, who: int, now: datetime
) -> None:
    """Keep the row as `body` says it. A person of 0 is nobody."""
    newest = session.scalar(select(func.max(Row.number)).where(*_at(key)))
    session.add(
        Row(
            name=key[0],
            key=key[1],
            number=(newest or 0) + 1,
            person_id=who or None,
            reason=reason.value,
            made_at=now,
            body=body,
        )
    )
    session.flush()


def row_revisions(session: Session, key: Key) -> list[StoredRowRevision]:
    """All revisions of a row, the oldest first."""
    query = select(Row, PersonRow.name).outerjoin(PersonRow, PersonRow.id == Row.person_id)
    found = session.execute(query.where(*_at(key)).order_by(Row.number))
    return [
        StoredRowRevision(row.number, who, Reason(row.reason), row.made_at, row.body)
        for row, who in found
    ]


def last_reasons(session: Session) -> dict[Key, Reason]:
    """Why there is the newest revision of each row that has any."""
    query = select(Row.name, Row.key, Row.reason).order_by(Row.number)
    return {(row.name, row.key): Reason(row.reason) for row in session.execute(query)}


def _at(key: Key) -> tuple[Any, Any]:
    return Row.name == key[0], Row.key == key[1]
