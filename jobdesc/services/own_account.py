"""What is one's own: the password, the settings, and the browsers that are signed in."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from jobdesc.people.entries import NotAccepted, refuse
from jobdesc.people.passwords import password_problem
from jobdesc.people.person import Person, Settings, Theme
from jobdesc.people.slow_down import limits_in_session
from jobdesc.services.accounts import count_try, uncount_try
from jobdesc.services.passwords import NOBODY, hash_password, is_password
from jobdesc.services.sessions import token_hash
from jobdesc.store import accounts, people
from jobdesc.store.people import Purpose
from jobdesc.store.transactions import reading, writing

WRONG = "This is not your password. Type it again"
NO_THEME = "Choose System, Light or Dark"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OwnSession:
    """A browser that is signed in. `name` stands for it in addresses, and tells no token."""

    name: str
    browser: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


def own_sessions(actor: Person, token: str, now: datetime) -> list[OwnSession]:
    """The actor's sessions, this one first; `token` is that of the browser that asks."""
    this = token_hash(token)
    with reading() as session:
        found = [
            OwnSession(
                name=_name(row.token_hash),
                browser=row.browser,
                created_at=row.created_at,
                last_seen_at=row.last_seen_at,
                is_this=row.token_hash == this,
            )
            for row in accounts.sessions_of(session, actor.id, now)
        ]
    return sorted(found, key=lambda own: not own.is_this)


def end_own_session(actor: Person, name: str, now: datetime) -> bool:
    """End one of the actor's sessions; False where there is none of this name."""
    with writing() as session:
        for row in accounts.sessions_of(session, actor.id, now):
            if _name(row.token_hash) == name:
                accounts.end_session(session, row.token_hash)
                log.info("session ended by its person %d", actor.id)
                return True
    return False


def end_other_sessions(actor: Person, token: str) -> int:
    """End all sessions of the actor but the one of this browser; returns how many."""
    with writing() as session:
        ended = accounts.end_sessions(session, actor.id, but=token_hash(token))
    log.info("%d other sessions ended by their person %d", ended, actor.id)
    return ended


def change_password(
    actor: Person, current: str, new: str, token: str, address: str, now: datetime
) -> int:
    """Take a new password; all other sessions and open password links end.

    Returns how many sessions did. Raises NotAccepted with problems by field, and TooManyTries
    after too many wrong ones in this session, whatever others try at sign-in.
    """
    refuse(
        current=None if current else "Enter your current password",
        new=password_problem(new, actor.name, actor.email),
    )
    limits = limits_in_session(_name(token_hash(token)))
    count_try(limits, address, now)
    with reading() as session:
        row = accounts.person_row_by_email(session, actor.email)
        kept = row.password_hash if row else NOBODY
    if not is_password(kept, current):
        raise _wrong(actor, address)
    password_hash = hash_password(new)
    with writing() as session:
        held = accounts.account_still(session, actor.id, kept)
        if held is None:
            raise _wrong(actor, address)
        held.password_hash = password_hash
        uncount_try(session, limits)
        people.end_open_links(session, Purpose.PASSWORD, actor.email, "replaced", now)
        ended = accounts.end_sessions(session, actor.id, but=token_hash(token))
    log.info("person %d changed the password, %d other sessions ended", actor.id, ended)
    return ended


def change_settings(actor: Person, theme: str, letter_keys: bool) -> None:
    """Have the pages so from now on, in every browser. Raises NotAccepted."""
    refuse(theme=None if theme in list(Theme) else NO_THEME)
    with writing() as session:
        accounts.keep_settings(session, actor.id, Settings(Theme(theme), letter_keys))
    log.info("person %d changed the settings: %s, letter keys %s", actor.id, theme, letter_keys)


def _wrong(actor: Person, address: str) -> NotAccepted:
    log.warning("password not changed: person %d from %s", actor.id, address)
    return NotAccepted({"current": WRONG})


def _name(kept: bytes) -> str:
    return hashlib.sha256(kept).hexdigest()[:20]
