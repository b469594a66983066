"""Revisions of roles: one for each act, numbered like the counter of the role."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobdesc.store.account_tables import PersonRow
from jobdesc.store.role_tables import RoleRevisionRow
from jobdesc.store.tables import RoleRow

NOTE = 200


class Reason(StrEnum):
    """Why there is a revision."""

    SHIPPED = "shipped"
    CREATED = "created"
    EDITED = "edited"
    PARENT = "parent"
    RESTORED = "restored"
    IMPORTED = "imported"
    RETIRED = "retired"
    BROUGHT_BACK = "brought back"
    OFFERED = "offered"


@dataclass(frozen=True)
class StoredRevision:
    """A revision with the name of who made it; None where no person did."""

    slug: str
    number: int
    who: str | None
    reason: Reason
    note: str
    made_at: datetime
    name: str
    body: dict[str, Any]


def record_revision(
    session: Session, row: RoleRow, reason: Reason, person_id: int, now: datetime, note: str
) -> None:
    """Keep the role as its row says it. A `person_id` of 0 is no person."""
    session.add(
        RoleRevisionRow(
            slug=row.slug,
            number=row.counter,
            person_id=person_id or None,
            reason=reason.value,
            note=note[:NOTE],
            made_at=now,
            name=row.name,
            body=row.body,
            body_hash=row.body_hash,
        )
    )


def revisions_of(
    session: Session, slug: str, until: int | None = None, limit: int | None = None
) -> list[StoredRevision]:
    """All revisions of a role, the oldest first; of those up to `until` the newest `limit`."""
    query = (
        select(RoleRevisionRow, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == RoleRevisionRow.person_id)
        .where(RoleRevisionRow.slug == slug)
        .order_by(RoleRevisionRow.number.desc())
        .limit(limit)
    )
    if until is not None:
        query = query.where(RoleRevisionRow.number <= until)
    return [_revision(row, who) for row, who in session.execute(query)][::-1]


def body_at(session: Session, slug: str, number: int) -> dict[str, Any] | None:
    """What the role said in that revision; None where there is none."""
    found = session.get(RoleRevisionRow, (slug, number))
    return found.body if found else None


def last_hands(session: Session) -> dict[str, str | None]:
    """Who made the newest revision of each role."""
    query = (
        select(RoleRevisionRow.slug, PersonRow.name)
        .join(
            RoleRow,
            (RoleRow.slug == RoleRevisionRow.slug) & (RoleRow.counter == RoleRevisionRow.number),
        )
        .outerjoin(PersonRow, PersonRow.id == RoleRevisionRow.person_id)
    )
    return {row.slug: row.name for row in session.execute(query)}


def _revision(row: RoleRevisionRow, who: str | None) -> StoredRevision:
    return StoredRevision(
        slug=row.slug,
        number=row.number,
        who=who,
        reason=Reason(row.reason),
        note=row.note,
        made_at=row.made_at,
        name=row.name,
        body=row.body,
    )
