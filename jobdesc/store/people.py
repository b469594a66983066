"""Named queries about who has access: people with their state, and links that work once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from jobdesc.people.entries import email_key
from jobdesc.people.person import Kind, Person
from jobdesc.store.account_tables import AccessLinkRow, PersonRow, SessionRow
from jobdesc.store.accounts import person_of
from jobdesc.store.tables import PostingRow


class Purpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105  (a purpose)


@dataclass(frozen=True)
class Member:
    """A person as the list of people shows them."""

    person: Person
    active: bool
    created_at: datetime
    last_seen_at: datetime | None
    postings: int
    invitations: int
    """How many they sent that nobody used or withdrew."""


@dataclass(frozen=True)
class AccessLink:
    """A link that works once. `ended_why` is empty while nobody used, withdrew or replaced it."""

    id: int
    purpose: Purpose
    person_id: int | None
    name: str
    email: str
    kind: Kind
    expires_at: datetime
    ended_why: str


def all_members(session: Session) -> list[Member]:
    """Everybody, active ones first, by name."""
    seen = (
        select(func.max(SessionRow.last_seen_at))
        .where(SessionRow.person_id == PersonRow.id)
        .scalar_subquery()
    )
    owned = (
        select(func.count())
        .where(PostingRow.owner_id == PersonRow.id, PostingRow.touched)
        .scalar_subquery()
    )
    invited = (
        select(func.count())
        .where(
            AccessLinkRow.made_by == PersonRow.id,
            AccessLinkRow.purpose == Purpose.INVITATION.value,
            AccessLinkRow.ended_at.is_(None),
        )
        .scalar_subquery()
    )
    query = select(PersonRow, seen, owned, invited).order_by(
        PersonRow.active.desc(), func.lower(PersonRow.name), PersonRow.id
    )
    return [
        Member(person_of(row), row.active, row.created_at, last_seen, postings, invitations)
        for row, last_seen, postings, invitations in session.execute(query)
    ]


def member_to_change(session: Session, person_id: int) -> PersonRow | None:
    """The person's row, held until the transaction ends."""
    query = select(PersonRow).where(PersonRow.id == person_id).with_for_update(key_share=True)
    return session.scalars(query.execution_options(populate_existing=True)).first()


def active_administrators(session: Session) -> list[int]:
    """The ids of those who may give access, held so that no other transaction takes one away."""
    query = select(PersonRow.id).where(PersonRow.kind == Kind.ADMINISTRATOR.value, PersonRow.active)
    return list(session.scalars(query.order_by(PersonRow.id).with_for_update(key_share=True)))


def active_names(session: Session, kinds: Collection[Kind]) -> list[str]:
    """The names of those of these kinds who may sign in, each once, the first to come first."""
    query = select(PersonRow.name).where(PersonRow.active, PersonRow.kind.in_(kinds))
    return list(dict.fromkeys(session.scalars(query.order_by(PersonRow.id))))


def add_link(
    session: Session,
    token_hash: bytes,
    purpose: Purpose,
    person: Person,
    made_by: int,
    made_at: datetime,
    expires_at: datetime,
) -> None:
    """Keep a new link for `person`, who has no row yet (id 0) where it is an invitation."""
    end_open_links(session, purpose, person.email, "replaced", made_at)
    session.add(
        AccessLinkRow(
            token_hash=token_hash,
            purpose=purpose.value,
            person_id=person.id or None,
            name=person.name,
            email=person.email,
            email_key=email_key(person.email),
            kind=person.kind.value,
            made_by=made_by,
            made_at=made_at,
            expires_at=expires_at,
        )
    )
    session.flush()


def end_open_links(session: Session, purpose: Purpose, email: str, why: str, now: datetime) -> None:
    """End what an address has open of this purpose."""
    session.execute(
        update(AccessLinkRow)
        .where(
            AccessLinkRow.purpose == purpose.value,
            AccessLinkRow.email_key == email_key(email),
            AccessLinkRow.ended_at.is_(None),
        )
        .values(ended_at=now, ended_why=why)
    )


def open_invitations(session: Session) -> list[AccessLink]:
    """Invitations that nobody used or withdrew, late ones too, the newest first."""
    query = select(AccessLinkRow).where(
        AccessLinkRow.purpose == Purpose.INVITATION.value, AccessLinkRow.ended_at.is_(None)
    )
    return [_link(row) for row in session.scalars(query.order_by(AccessLinkRow.id.desc()))]


def link_by_token(session: Session, token_hash: bytes, purpose: Purpose) -> AccessLink | None:
    """The link of this purpose, ended or not."""
    query = select(AccessLinkRow).where(
        AccessLinkRow.token_hash == token_hash, AccessLinkRow.purpose == purpose.value
    )
    row = session.scalars(query).first()
    return _link(row) if row else None


def end_links_made_by(session: Session, person_id: int, now: datetime) -> int:
    """Withdraw all links that a person made and nobody used; returns how many were invitations."""
    ended = (
        update(AccessLinkRow)
        .where(AccessLinkRow.made_by == person_id, AccessLinkRow.ended_at.is_(None))
        .values(ended_at=now, ended_why="withdrawn")
    )
    purposes = session.scalars(ended.returning(AccessLinkRow.purpose)).all()
    return purposes.count(Purpose.INVITATION.value)


def is_invitation(session: Session, link_id: int) -> bool:
    """Whether there is an invitation of this id, ended or not."""
    row = session.get(AccessLinkRow, link_id)
    return row is not None and row.purpose == Purpose.INVITATION.value


def end_link(session: Session, link_id: int, why: str, now: datetime) -> bool:
    """End an open link; of several that race, one gets True."""
    ended = (
        update(AccessLinkRow)
        .where(AccessLinkRow.id == link_id, AccessLinkRow.ended_at.is_(None))
        .values(ended_at=now, ended_why=why)
    )
    return session.scalar(ended.returning(AccessLinkRow.id)) is not None


def _link(row: AccessLinkRow) -> AccessLink:
    return AccessLink(
        id=row.id,
        purpose=Purpose(row.purpose),
        person_id=row.person_id,
        name=row.name,
        email=row.email,
        kind=Kind(row.kind),
        expires_at=row.expires_at,
        ended_why=row.ended_why,
    )
