"""Signed-in browsers: begin, look up, end. The token is in the cookie, its hash in the table."""

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.store import accounts
from jobdesc.store.account_tables import SessionRow
from jobdesc.store.transactions import StoreBusy, reading, writing

IDLE = timedelta(hours=12)
KEPT = timedelta(days=30)
"""The longest any session lasts; with "Keep me signed in" idle time does not end it sooner."""
SEEN_EVERY = timedelta(minutes=5)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SignedIn:
    """A session that has begun; `token` goes into the cookie and nowhere else."""

    token: str
    person: Person
    keep: bool


def token_hash(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def begin_session(
    session: Session, person: Person, keep: bool, now: datetime, browser: str = ""
) -> SignedIn:
    """Begin a session under a new token, in the caller's transaction."""
    token = secrets.token_urlsafe(32)
    ends = now + (KEPT if keep else IDLE)
    accounts.add_session(session, token_hash(token), person.id, keep, now, ends, browser)
    return SignedIn(token, person, keep)


def actor_of_session(token: str, now: datetime) -> Person | None:
    """Whose session this is, or None where it ended. Writes at most every five minutes."""
    with reading() as session:
        found = accounts.session_with_person(session, token_hash(token), now)
        if found is None:
            return None
        row, person = found
        seen, ends = row.last_seen_at, _expiry(row, now)
    if now - seen >= SEEN_EVERY:
        _note_seen(token, now, ends)
    return person


def sign_out(token: str) -> None:
    """End the session; its cookie is worth nothing from now on."""
    with writing() as session:
        person_id = accounts.end_session(session, token_hash(token))
    if person_id is not None:
        log.info("sign-out: person %d", person_id)


def _expiry(row: SessionRow, now: datetime) -> datetime:
    longest = row.created_at + KEPT
    return longest if row.keep else min(now + IDLE, longest)


def _note_seen(token: str, now: datetime, ends: datetime) -> None:
    try:
        with writing() as session:
            accounts.see_session(session, token_hash(token), now, ends)
    except StoreBusy:
        log.info("a busy database did not take when a session was last seen")
