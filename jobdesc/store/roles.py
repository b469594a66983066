"""Roles and the references that they share, as stored."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from jobdesc.store.postings import in_use
from jobdesc.store.role_revisions import Reason, record_revision
from jobdesc.store.tables import PostingRow, ReferenceRow, RoleRow

Body = dict[str, Any]
NOT_OFFERED = datetime(1970, 1, 1, tzinfo=UTC)
"""In the place of the moment at which a role was retired: it has never been in the library."""
ROLE_MARKS = (
    RoleRow.slug,
    RoleRow.body_hash,
    RoleRow.counter,
    RoleRow.changed_at,
    RoleRow.extends,
    RoleRow.retired_at,
    RoleRow.shipped_hash,
    RoleRow.edition_hash,
)
"""The columns of a RoleMark, in its order; an index holds them all."""
REFERENCE_MARKS = (ReferenceRow.name, ReferenceRow.body_hash, ReferenceRow.changed_at)
"""The same of a reference."""


def _as_text(columns: Sequence[InstrumentedAttribute[Any]]) -> Select[str]:
    """All rows as one text, each a line of the values of these columns."""
    values = [func.coalesce(cast(column, Text), "") for column in columns]
    line: ColumnElement[str] = reduce(lambda left, right: left + " " + right, values)
    return select(func.aggregate_strings(line, "\n"))


MARKS_AS_TEXT = (_as_text(ROLE_MARKS), _as_text(REFERENCE_MARKS))


@dataclass(frozen=True)
class RoleMark:
    """What tells without a body whether a role, or its place in the library, has changed."""

    slug: str
    body_hash: str
    counter: int
    changed_at: datetime
    extends: str | None
    retired_at: datetime | None
    shipped_hash: str
    edition_hash: str

    @property
    def shipped(self) -> bool:
        """Whether an edition of it was shipped."""
        return bool(self.edition_hash)

    @property
    def retired(self) -> bool:
        """Whether it was in the library and was taken out."""
        return self.retired_at not in (None, NOT_OFFERED)

    @property
    def edited(self) -> bool:
        """Whether it says something else than the shipped edition that it is made from."""
        return self.body_hash != self.shipped_hash

    @property
    def has_newer_edition(self) -> bool:
        """Whether an edition was shipped that it was neither made from nor says."""
        return self.shipped and self.edition_hash not in (self.shipped_hash, self.body_hash)


@dataclass(frozen=True)
class StoredRole:
    """A role as it stands here, and the edition of it that was shipped last."""

    mark: RoleMark
    name: str
    body: Body
    shipped_body: Body | None


def body_hash(body: Any) -> str:
    """SHA-256 of a JSON value, independent of the order of its keys."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def all_roles(session: Session) -> dict[str, Body]:
    """The bodies of all roles by slug, those that extend others as they are stored."""
    rows = session.execute(select(RoleRow.slug, RoleRow.body).order_by(RoleRow.slug))
    return {row.slug: row.body for row in rows}


def bodies_of(session: Session, slugs: Collection[str]) -> dict[str, Body]:
    """The stored bodies of these roles, as far as they are here."""
    query = select(RoleRow.slug, RoleRow.body).where(RoleRow.slug.in_(slugs))
    return {row.slug: row.body for row in session.execute(query)}


def all_references(session: Session) -> dict[str, Any]:
    """The bodies of all references by name."""
    rows = session.execute(select(ReferenceRow.name, ReferenceRow.body))
    return {row.name: row.body for row in rows}


def role_marks(session: Session) -> dict[str, RoleMark]:
    """All roles without their bodies, by slug."""
    query = select(*ROLE_MARKS)
    rows = session.execute(query.order_by(RoleRow.slug))
    return {row.slug: RoleMark(*row) for row in rows}


def library_mark(session: Session) -> str:
    """A text that is another whenever `role_marks` or `reference_marks` are. Read for each request,
    so no row comes out of the database one by one, and no body is touched on the way.

    Rows in another order give another text of the same library: it is read once more then.
    """
    return "\n".join(session.scalar(marks) or "" for marks in MARKS_AS_TEXT)


def reference_marks(session: Session) -> tuple[tuple[str, str, datetime], ...]:
    """A value that changes whenever a reference does, also when the clock is set back."""
    query = select(*REFERENCE_MARKS)
    return tuple(
        (row[0], row[1], row[2]) for row in session.execute(query.order_by(ReferenceRow.name))
    )


def hold_roles(session: Session) -> None:
    """Let nobody else change a role until the transaction ends: roles rest on each other."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE role IN SHARE ROW EXCLUSIVE MODE"))


def stored_role(session: Session, slug: str) -> StoredRole | None:
    """One role; None where there is none."""
    row = session.get(RoleRow, slug, populate_existing=True)
    return _stored(row) if row else None


def stored_roles(session: Session) -> dict[str, StoredRole]:
    """All roles by slug."""
    return {row.slug: _stored(row) for row in session.scalars(select(RoleRow))}


@dataclass(frozen=True)
class RoleAct:
    """Who does what to a role, and when; a `person_id` of 0 is nobody."""

    reason: Reason
    person_id: int
    now: datetime
    note: str = ""


def keep_role(session: Session, slug: str, body: Body, act: RoleAct) -> None:
    """Make `body` what the role says, a new one where there is none; one revision."""
    row = session.get(RoleRow, slug)
    if row is None:
        row = RoleRow(slug=slug, counter=0, shipped_hash="", edition_hash="")
        session.add(row)
    row.name, row.body, row.body_hash = body["name"], body, body_hash(body)
    row.extends = body.get("extends")
    _count(session, row, act)


def withhold(session: Session, slug: str) -> None:
    """Let a new role wait until it is put into the library; no revision of its own."""
    session.get_one(RoleRow, slug).retired_at = NOT_OFFERED
    session.flush()


def set_retired(session: Session, slug: str, at: datetime | None, act: RoleAct) -> None:
    """Take a role out of the library, or put it back; one revision."""
    row = session.get_one(RoleRow, slug)
    row.retired_at = at
    _count(session, row, act)


def note_shipped(session: Session, slug: str, body: Body, *, taken: bool) -> None:
    """Remember the edition that was shipped; `taken` where the role says it now."""
    row = session.get_one(RoleRow, slug)
    row.shipped_body, row.edition_hash = body, body_hash(body)
    if taken:
        row.shipped_hash = row.edition_hash
    session.flush()


def _count(session: Session, row: RoleRow, act: RoleAct) -> None:
    row.counter += 1
    row.changed_at = act.now
    session.flush()
    record_revision(session, row, act.reason, act.person_id, act.now, act.note)
    session.flush()


def count_postings(session: Session, slug: str) -> int:
    """How many postings that are in use were made from the role."""
    these = (PostingRow.role_slug == slug, PostingRow.touched, in_use())
    query = select(func.count()).where(*these)
    return session.scalar(query) or 0


def store_references(session: Session, bodies: Mapping[str, Any], now: datetime) -> None:
    """Keep the references that differ from the stored ones."""
    for name, body in bodies.items():
        digest, row = body_hash(body), session.get(ReferenceRow, name)
        if row is None:
            row = ReferenceRow(name=name)
            session.add(row)
        elif row.body_hash == digest:
            continue
        row.body, row.body_hash, row.changed_at = body, digest, now


def _stored(row: RoleRow) -> StoredRole:
    mark = RoleMark(
        row.slug,
        row.body_hash,
        row.counter,
        row.changed_at,
        row.extends,
        row.retired_at,
        row.shipped_hash,
        row.edition_hash,
    )
    return StoredRole(mark, row.name, row.body, row.shipped_body)
