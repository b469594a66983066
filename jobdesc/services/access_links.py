"""Links that work once: invitations, and new passwords for those who forgot theirs."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobdesc.people.entries import (
    OTHERS_EMAIL_HINT,
    NotAccepted,
    email_problem,
    name_problem,
    refuse,
    tidy,
)
from jobdesc.people.passwords import password_problem
from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Action, Forbidden, require
from jobdesc.services.accounts import EMAIL_TAKEN, add_person, refused_where_taken
from jobdesc.services.passwords import hash_password
from jobdesc.services.people import NoSuchPerson
from jobdesc.services.sessions import SignedIn, begin_session, token_hash
from jobdesc.store import accounts, people
from jobdesc.store.people import AccessLink, Purpose
from jobdesc.store.transactions import reading, writing

INVITED_FOR = timedelta(days=7)
PASSWORD_FOR = timedelta(hours=24)
JUST_INVITED = "Somebody else invited this email a moment ago. Reload the list of people"

log = logging.getLogger(__name__)


class NoSuchInvitation(Exception):
    """There is no invitation of this id."""


class LinkEnded(Exception):
    """The link cannot be used; `why` is unknown, used, withdrawn, replaced or late."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class NewLink:
    """A link as its maker gets to see it, once; `person` has id 0 where it is an invitation."""

    token: str
    person: Person
    expires_at: datetime


def invite(actor: Person, name: str, email: str, kind: Kind, now: datetime) -> NewLink:
    """Make an invitation; a former one to the same address ends.

    `name` may be empty. Raises NotAccepted with problems by field.
    """
    require(actor, Action.MANAGE_PEOPLE)
    name, email = tidy(name), tidy(email)
    refuse(name=name_problem(name, "") or None, email=email_problem(email, OTHERS_EMAIL_HINT))
    made = NewLink(secrets.token_urlsafe(32), Person(0, name, email, kind), now + INVITED_FOR)
    with _refused_where_invited(), writing() as session:
        _require_still(session, actor)
        if accounts.person_row_by_email(session, email):
            raise NotAccepted({"email": EMAIL_TAKEN})
        people.add_link(
            session, token_hash(made.token), Purpose.INVITATION, made.person,
            actor.id, now, made.expires_at,
        )  # fmt: skip
    log.info("people: person %d invited a %s", actor.id, kind.label)
    return made


def withdraw_invitation(actor: Person, link_id: int, now: datetime) -> bool:
    """End an open invitation; False where it had ended. Raises NoSuchInvitation."""
    require(actor, Action.MANAGE_PEOPLE)
    with writing() as session:
        if not people.is_invitation(session, link_id):
            raise NoSuchInvitation(link_id)
        ended = people.end_link(session, link_id, "withdrawn", now)
    log.info("people: person %d withdrew invitation %d: %s", actor.id, link_id, ended)
    return ended


def new_password_link(actor: Person, person_id: int, now: datetime) -> NewLink:
    """Make a link with which a person chooses a new password; a former one ends.

    Raises NoSuchPerson, also for one who was deactivated.
    """
    require(actor, Action.MANAGE_PEOPLE)
    with writing() as session:
        _require_still(session, actor)
        row = people.member_to_change(session, person_id)
        if row is None or not row.active:
            raise NoSuchPerson(person_id)
        person = accounts.person_of(row)
        made = NewLink(secrets.token_urlsafe(32), person, now + PASSWORD_FOR)
        people.add_link(
            session, token_hash(made.token), Purpose.PASSWORD, person,
            actor.id, now, made.expires_at,
        )  # fmt: skip
    log.info("people: person %d made a password link for person %d", actor.id, person_id)
    return made


def read_link(token: str, purpose: Purpose, now: datetime) -> AccessLink:
    """What an open link is for; raises LinkEnded."""
    with reading() as session:
        link = people.link_by_token(session, token_hash(token), purpose)
    if link is None:
        raise LinkEnded("unknown")
    if link.ended_why:
        raise LinkEnded(link.ended_why)
    if link.expires_at <= now:
        raise LinkEnded("late")
    return link


def accept_invitation(
    token: str, name: str, password: str, now: datetime, browser: str = ""
) -> SignedIn:
    """Become a person with a password of one's own, signed in.

    Raises LinkEnded; NotAccepted with problems by field, and the link then still works.
    """
    link = read_link(token, Purpose.INVITATION, now)
    name = tidy(name)
    refuse(
        name=name_problem(name, "Enter your name, like Pat Garcia"),
        password=password_problem(password, name, link.email),
    )
    password_hash = hash_password(password)
    with refused_where_taken(), writing() as session:
        if not people.end_link(session, link.id, "used", now):
            raise LinkEnded("used")
        person = add_person(session, name, link.email, link.kind, password_hash, now)
        begun = begin_session(session, person, keep=False, now=now, browser=browser)
    log.info("people: person %d accepted invitation %d", person.id, link.id)
    return begun


def choose_new_password(token: str, password: str, now: datetime, browser: str = "") -> SignedIn:
    """Take a new password by a link; all former sessions end. Raises as accept_invitation does."""
    link = read_link(token, Purpose.PASSWORD, now)
    refuse(password=password_problem(password, link.name, link.email))
    password_hash = hash_password(password)
    with writing() as session:
        row = people.member_to_change(session, link.person_id or 0)
        if row is None or not row.active:
            raise LinkEnded("withdrawn")
        if not people.end_link(session, link.id, "used", now):
            raise LinkEnded("used")
        row.password_hash = password_hash
        accounts.end_sessions(session, row.id)
        begun = begin_session(
            session, accounts.person_of(row), keep=False, now=now, browser=browser
        )
    log.info("people: person %d chose a new password by link %d", begun.person.id, link.id)
    return begun


def _require_still(session: Session, actor: Person) -> None:
    """As `require`, of the right that the actor has now; it stays until the transaction ends.

    Links end with the right of who made them, so none may be made just after.
    """
    if actor.id not in people.active_administrators(session):
        raise Forbidden(actor, Action.MANAGE_PEOPLE)


@contextmanager
def _refused_where_invited() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "open_link" not in str(error.orig) and "access_link" not in str(error.orig):
            raise
        raise NotAccepted({"email": JUST_INVITED}) from error
