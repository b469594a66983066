"""Named queries about people and their sessions; every one works in the caller's transaction."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from jobdesc.people.entries import email_key
from jobdesc.people.person import Kind, Person, Settings, Theme
from jobdesc.store.account_tables import PersonRow, SessionRow, SetUpTokenRow


def person_of(row: PersonRow) -> Person:
    """The row as the rest of the house knows it."""
    settings = Settings(Theme(row.theme), row.letter_keys)
    return Person(row.id, row.name, row.email, Kind(row.kind), settings)


def any_administrator(session: Session) -> bool:
    """Whether an administrator exists."""
    found = exists().where(PersonRow.kind == Kind.ADMINISTRATOR.value)
    return bool(session.scalar(select(found)))


def person_row_by_email(session: Session, email: str) -> PersonRow | None:
    """The person with this address, whatever its case."""
    return session.scalar(select(PersonRow).where(PersonRow.email_key == email_key(email)))


def add_person(
    session: Session, name: str, email: str, kind: Kind, password_hash: str, now: datetime
) -> Person:
    """Add a person; IntegrityError where the address is taken."""
    row = PersonRow(
        name=name,
        email=email,
        email_key=email_key(email),
        kind=kind.value,
        password_hash=password_hash,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return person_of(row)


def account_still(session: Session, person_id: int, kept: str) -> PersonRow | None:
    """The person's row, held until the transaction ends.

    None where access ended, or where `kept`, against which a password was held outside of this
    transaction, is no longer the hash of theirs.
    """
    query = (
        select(PersonRow)
        .where(PersonRow.id == person_id, PersonRow.active, PersonRow.password_hash == kept)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).first()


def keep_settings(session: Session, person_id: int, settings: Settings) -> None:
    """Replace how a person has the pages."""
    values = {"theme": settings.theme.value, "letter_keys": settings.letter_keys}
    session.execute(update(PersonRow).where(PersonRow.id == person_id).values(values))


def add_session(
    session: Session,
    token_hash: bytes,
    person_id: int,
    keep: bool,
    now: datetime,
    ends: datetime,
    browser: str = "",
) -> None:
    """Begin a session."""
    session.add(
        SessionRow(
            token_hash=token_hash,
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            expires_at=ends,
            keep=keep,
            browser=browser[:60],
        )
    )


def session_with_person(
    session: Session, token_hash: bytes, now: datetime
) -> tuple[SessionRow, Person] | None:
    """The session that is still good at `now`, with its active person."""
    found = session.execute(
        select(SessionRow, PersonRow)
        .join(PersonRow, PersonRow.id == SessionRow.person_id)
        .where(SessionRow.token_hash == token_hash, SessionRow.expires_at > now, PersonRow.active)
    ).first()
    return (found[0], person_of(found[1])) if found else None


def see_session(session: Session, token_hash: bytes, now: datetime, expires_at: datetime) -> None:
    """Note that a session was used."""
    session.execute(
        update(SessionRow)
        .where(SessionRow.token_hash == token_hash)
        .values(last_seen_at=now, expires_at=expires_at)
    )


def end_session(session: Session, token_hash: bytes) -> int | None:
    """End a session; the id of the person it was, or None where there was none."""
    return session.scalar(
        delete(SessionRow)
        .where(SessionRow.token_hash == token_hash)
        .returning(SessionRow.person_id)
    )


def sessions_of(session: Session, person_id: int, now: datetime) -> list[SessionRow]:
    """The sessions of a person that are good at `now`, the one used last first."""
    query = select(SessionRow).where(SessionRow.person_id == person_id, SessionRow.expires_at > now)
    return list(session.scalars(query.order_by(SessionRow.last_seen_at.desc())))


def end_sessions(session: Session, person_id: int, but: bytes = b"") -> int:
    """End all sessions of a person, or all but one; returns how many."""
    ended = delete(SessionRow).where(
        SessionRow.person_id == person_id, SessionRow.token_hash != but
    )
    return len(session.scalars(ended.returning(SessionRow.token_hash)).all())


def remove_ended_sessions(session: Session, now: datetime) -> None:
    """Remove sessions that time has ended, but none that another transaction holds."""
    ended = select(SessionRow.token_hash).where(SessionRow.expires_at <= now)
    session.execute(
        delete(SessionRow)
        .where(SessionRow.token_hash.in_(ended.with_for_update(skip_locked=True)))
        .execution_options(synchronize_session=False)
    )


def replace_set_up_token(session: Session, token_hash: bytes, now: datetime) -> None:
    """Let this set-up link work, and no other."""
    session.execute(delete(SetUpTokenRow))
    session.add(SetUpTokenRow(id=1, token_hash=token_hash, created_at=now))
    session.flush()


def is_set_up_token(session: Session, token_hash: bytes) -> bool:
    """Whether this is the newest set-up link."""
    return bool(session.scalar(select(exists().where(SetUpTokenRow.token_hash == token_hash))))


def take_set_up_token(session: Session, token_hash: bytes) -> bool:
    """Use the link up; of several that race, one gets True."""
    taken = delete(SetUpTokenRow).where(SetUpTokenRow.token_hash == token_hash)
    return session.scalar(taken.returning(SetUpTokenRow.id)) is not None
