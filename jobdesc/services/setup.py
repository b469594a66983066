"""The first start: a link that works once, and the first administrator made with it."""

import logging
import secrets
from datetime import UTC, datetime
from weakref import WeakSet

from sqlalchemy import Engine

from jobdesc.extensions import db
from jobdesc.people.entries import name_problem, person_problems, refuse, tidy
from jobdesc.people.person import Kind
from jobdesc.services.accounts import add_person, refused_where_taken
from jobdesc.services.passwords import hash_password
from jobdesc.services.sessions import SignedIn, begin_session, token_hash
from jobdesc.store import accounts
from jobdesc.store.organizations import create_organization
from jobdesc.store.transactions import reading, writing

log = logging.getLogger(__name__)

_known_set_up: WeakSet[Engine] = WeakSet()
"""Databases in which an administrator was found; none ever loses its last one."""


class LinkGone(Exception):
    """The set-up link was used, or a newer one has replaced it."""


def setup_link(base_url: str, now: datetime | None = None) -> str | None:
    """A fresh link for making the first administrator, or None where there is one.

    Every call makes a new link, and the former stops working.
    """
    token = secrets.token_urlsafe(32)
    with writing() as session:
        if accounts.any_administrator(session):
            return None
        accounts.replace_set_up_token(session, token_hash(token), now or datetime.now(UTC))
    return f"{base_url.rstrip('/')}/set-up/{token}"


def is_set_up() -> bool:
    """Whether there is an administrator. Asks the database until the answer is yes."""
    if db.engine in _known_set_up:
        return True
    with reading() as session:
        found = accounts.any_administrator(session)
    if found:
        _known_set_up.add(db.engine)
    return found


def link_works(token: str) -> bool:
    """Whether the set-up page may be shown for this link."""
    with reading() as session:
        good = accounts.is_set_up_token(session, token_hash(token))
        return good and not accounts.any_administrator(session)


def create_first_administrator(
    token: str, name: str, email: str, password: str, organization: str, now: datetime
) -> SignedIn:
    """Make the administrator and the organization, and sign them in.

    Raises LinkGone, or NotAccepted with problems by field; the link then still works.
    """
    if not link_works(token):
        raise LinkGone
    name, email, organization = tidy(name), tidy(email), tidy(organization)
    refuse(
        **person_problems(name, email, password),
        organization=name_problem(organization, "Enter the name of your organization"),
    )
    password_hash = hash_password(password)
    with refused_where_taken(), writing() as session:
        taken = accounts.take_set_up_token(session, token_hash(token))
        if not taken or accounts.any_administrator(session):
            raise LinkGone
        person = add_person(session, name, email, Kind.ADMINISTRATOR, password_hash, now)
        create_organization(session, organization, now)
        begun = begin_session(session, person, keep=False, now=now)
    log.info("set-up: person %d is the first administrator", person.id)
    return begun
