"""Roles and the references that they share, as stored."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobdesc.store.tables import ReferenceRow, RoleRow


def body_hash(body: Any) -> str:
    """SHA-256 of a JSON value, independent of the order of its keys."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def all_roles(session: Session) -> dict[str, dict[str, Any]]:
    """The bodies of all roles by slug."""
    rows = session.execute(select(RoleRow.slug, RoleRow.body).order_by(RoleRow.slug))
    return {row.slug: row.body for row in rows}


def all_references(session: Session) -> dict[str, Any]:
    """The bodies of all references by name."""
    rows = session.execute(select(ReferenceRow.name, ReferenceRow.body))
    return {row.name: row.body for row in rows}


def library_version(session: Session) -> tuple[tuple[str, str, datetime], ...]:
    """A value that changes whenever a role or reference does, also when the clock is set back."""
    roles = select(RoleRow.slug, RoleRow.body_hash, RoleRow.changed_at)
    references = select(ReferenceRow.name, ReferenceRow.body_hash, ReferenceRow.changed_at)
    return tuple(
        (row[0], row[1], row[2])
        for query in (roles.order_by(RoleRow.slug), references.order_by(ReferenceRow.name))
        for row in session.execute(query)
    )


def store_role(session: Session, slug: str, name: str, body: dict[str, Any], now: datetime) -> bool:
    """Take a shipped role. One that was edited here is left as it is; True where it was taken."""
    digest, row = body_hash(body), session.get(RoleRow, slug)
    if row is None:
        row = RoleRow(slug=slug)
        session.add(row)
    elif row.shipped_hash == digest or row.body_hash != row.shipped_hash:
        return False
    row.name, row.body, row.changed_at = name, body, now
    row.body_hash = row.shipped_hash = digest
    return True


def store_references(session: Session, bodies: Mapping[str, Any], now: datetime) -> None:
    """Take the shipped references that differ from the stored ones."""
    for name, body in bodies.items():
        digest, row = body_hash(body), session.get(ReferenceRow, name)
        if row is None:
            row = ReferenceRow(name=name)
            session.add(row)
        elif row.body_hash == digest:
            continue
        row.body, row.body_hash, row.changed_at = body, digest, now
