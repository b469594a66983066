"""Signing in and out, and giving people access."""

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobdesc.people.entries import (
    OTHERS_EMAIL_HINT,
    NotAccepted,
    person_problems,
    refuse,
    tidy,
)
from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Action, require
from jobdesc.people.slow_down import HERE, Limit, limits_for
from jobdesc.services.passwords import NOBODY, hash_password, is_dated, is_password
from jobdesc.services.sessions import SignedIn, begin_session
from jobdesc.store import accounts, sign_in_failures
from jobdesc.store.transactions import reading, writing

EMAIL_TAKEN = "Somebody with this email already has access. Enter another email"

log = logging.getLogger(__name__)


class NotSignedIn(Exception):
    """Email and password do not belong together; nothing says which of them is wrong."""

    def __init__(self) -> None:
        super().__init__("The email or password is not right. Check both, then try again")


class TooManyTries(Exception):
    """Too many failures; the password was not looked at."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, math.ceil(wait.total_seconds()))
        unit = "second" if self.seconds == 1 else "seconds"
        super().__init__(f"Too many tries. Wait {self.seconds} {unit}, then try again.")


def sign_in(
    email: str,
    password: str,
    keep: bool,
    address: str,
    now: datetime,
    browser: str = "",
    known: str = "",
) -> SignedIn:
    """Begin a session; raises NotSignedIn, or TooManyTries while a wait lasts.

    `address` is the network address of the browser, `browser` its name in words; `known` stands for
    it where this account signed in with it before (people/slow_down.py).
    A try is counted before the password is looked at, so that tries side by side do not slip past
    the count. Looking takes long, so nothing is held meanwhile; whoever begins a session holds the
    account then, and it must be as it was when its hash was read.
    """
    limits = limits_for(email, address, known)
    count_try(limits, address, now)
    person, kept = _account(email)
    right = is_password(kept, password)
    if person is None or not right:
        raise _failed(person, address)
    fresh = hash_password(password) if is_dated(kept) else kept
    with writing() as session:
        row = accounts.account_still(session, person.id, kept)
        if row is None:
            raise _failed(person, address)
        row.password_hash = fresh
        uncount_try(session, limits)
        accounts.remove_ended_sessions(session, now)
        sign_in_failures.remove_old_counters(session, now)
        begun = begin_session(session, accounts.person_of(row), keep, now, browser)
    log.info("sign-in: person %d from %s", person.id, address)
    return begun


def create_person(
    actor: Person, name: str, email: str, kind: Kind, password: str, now: datetime
) -> Person:
    """Give a person access; raises Forbidden, or NotAccepted with problems by field."""
    require(actor, Action.MANAGE_PEOPLE)
    name, email = tidy(name), tidy(email)
    refuse(**person_problems(name, email, password, OTHERS_EMAIL_HINT))
    password_hash = hash_password(password)
    with refused_where_taken(), writing() as session:
        person = add_person(session, name, email, kind, password_hash, now)
    log.info("user created: person %d, %s, by person %d", person.id, kind.label, actor.id)
    return person


def add_person(
    session: Session, name: str, email: str, kind: Kind, password_hash: str, now: datetime
) -> Person:
    """Add a person in a transaction that is open; NotAccepted where the email is taken."""
    if accounts.person_row_by_email(session, email):
        raise NotAccepted({"email": EMAIL_TAKEN})
    return accounts.add_person(session, name, email, kind, password_hash, now)


@contextmanager
def refused_where_taken() -> Iterator[None]:
    """Around such a transaction: who loses a race for an email gets the same words."""
    try:
        yield
    except IntegrityError as error:
        if "email_key" not in str(error.orig):
            raise
        raise NotAccepted({"email": EMAIL_TAKEN}) from error


def _failed(person: Person | None, address: str) -> NotSignedIn:
    log.warning("sign-in failed: person %s from %s", person.id if person else None, address)
    return NotSignedIn()


def _account(email: str) -> tuple[Person | None, str]:
    with reading() as session:
        row = accounts.person_row_by_email(session, email)
        if row is None:
            return None, NOBODY
        return (accounts.person_of(row) if row.active else None), row.password_hash


def count_try(limits: dict[str, Limit], address: str, now: datetime) -> None:
    """Count a try before its password is looked at; raises TooManyTries while a wait lasts."""
    with writing() as session:
        counters = sign_in_failures.locked_counters(session, limits, now)
        wait = max((counter.wait_until for counter in counters), default=now) - now
        if wait > timedelta(0):
            log.warning("sign-in refused for %s: too many tries", address)
            raise TooManyTries(wait)
        for counter in counters:
            limit = limits[counter.key]
            counter.tries = limit.left(counter.tries, counter.last_at, now) + 1
            counter.last_at = now
            counter.wait_until = now + limit.wait(counter.tries)


def uncount_try(session: Session, limits: dict[str, Limit]) -> None:
    """A try that was right: its place starts afresh, the others lose just this one.

    All are held in the order in which every try holds them.
    """
    sign_in_failures.hold_counters(session, limits)
    for key, limit in limits.items():
        if limit is HERE:
            sign_in_failures.forget_tries(session, key)
    others = [key for key, limit in limits.items() if limit is not HERE]
    sign_in_failures.take_back_try(session, others)
