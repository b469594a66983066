"""Who has access: the list of people, their kinds, and whether they may still sign in."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from jobdesc.people.entries import NO_OWNER, NotAccepted
from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Action, kind_may, kinds_that_may, require
from jobdesc.store import accounts, owners, people
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.people import AccessLink, Member, Purpose
from jobdesc.store.transactions import reading, writing

LAST_ADMINISTRATOR = (
    "This is the last administrator. Make somebody else an administrator first, then try again"
)

log = logging.getLogger(__name__)


class NoSuchPerson(Exception):
    """There is no person of this id."""


@dataclass(frozen=True)
class People:
    """Everybody, and the invitations that nobody has accepted yet."""

    members: Sequence[Member]
    invitations: Sequence[AccessLink]


@dataclass(frozen=True)
class Departure:
    """What came with the end of a person's access: how many of each."""

    postings_handed: int
    invitations_ended: int


def list_people(actor: Person) -> People:
    """Everybody with their state; open invitations."""
    require(actor, Action.MANAGE_PEOPLE)
    with reading() as session:
        return People(people.all_members(session), people.open_invitations(session))


def read_member(actor: Person, person_id: int) -> tuple[Member, list[Person]]:
    """One person, and who could take over their postings. Raises NoSuchPerson."""
    require(actor, Action.MANAGE_PEOPLE)
    with reading() as session:
        members, takers = people.all_members(session), owners.possible_owners(session)
    found = next((member for member in members if member.person.id == person_id), None)
    if found is None:
        raise NoSuchPerson(person_id)
    return found, [taker for taker in takers if taker.id != person_id]


def administrators_to_ask() -> list[str]:
    """The names of those who can give access, which whoever is signed in may know."""
    with reading() as session:
        return people.active_names(session, kinds_that_may(Action.MANAGE_PEOPLE))


def change_kind(actor: Person, person_id: int, kind: Kind, now: datetime) -> int:
    """Make a person another kind; links made with a former right to invite end with it.

    Returns how many invitations did. Raises NoSuchPerson; NotAccepted for the last administrator.
    """
    require(actor, Action.MANAGE_PEOPLE)
    with writing() as session:
        administrators = people.active_administrators(session)
        row = _to_change(session, person_id)
        if kind is not Kind.ADMINISTRATOR and administrators == [person_id]:
            raise NotAccepted({"kind": LAST_ADMINISTRATOR})
        former, row.kind = row.kind, kind.value
        keeps_links = kind_may(kind, Action.MANAGE_PEOPLE)
        invitations = 0 if keeps_links else people.end_links_made_by(session, person_id, now)
    log.info(
        "people: person %d made person %d %s, was %s, ended %d invitations",
        actor.id, person_id, kind, former, invitations,
    )  # fmt: skip
    return invitations


def deactivate(actor: Person, person_id: int, hand_to: int | None, now: datetime) -> Departure:
    """End a person's access, sessions and links, and hand their postings to `hand_to`, if anybody.

    Links end also where they are for others: whoever leaves cannot come back by one. Raises
    NoSuchPerson; NotAccepted for the last administrator, or where `hand_to` cannot take postings.
    """
    require(actor, Action.MANAGE_PEOPLE)
    with writing() as session:
        administrators = people.active_administrators(session)
        row = _to_change(session, person_id)
        if administrators == [person_id]:
            raise NotAccepted({"hand_to": LAST_ADMINISTRATOR})
        row.active = False
        ended = accounts.end_sessions(session, person_id)
        people.end_open_links(session, Purpose.PASSWORD, row.email, "withdrawn", now)
        invitations = people.end_links_made_by(session, person_id, now)
        handed = _hand_over(session, person_id, hand_to)
    log.info(
        "people: person %d deactivated person %d, ended %d sessions and %d invitations, "
        "handed %d postings to %s",
        actor.id, person_id, ended, invitations, handed, hand_to,
    )  # fmt: skip
    return Departure(handed, invitations)


def bring_back(actor: Person, person_id: int) -> None:
    """Let a person sign in again. Raises NoSuchPerson."""
    require(actor, Action.MANAGE_PEOPLE)
    with writing() as session:
        _to_change(session, person_id).active = True
    log.info("people: person %d brought back person %d", actor.id, person_id)


def _to_change(session: Session, person_id: int) -> PersonRow:
    row = people.member_to_change(session, person_id)
    if row is None:
        raise NoSuchPerson(person_id)
    return row


def _hand_over(session: Session, person_id: int, hand_to: int | None) -> int:
    if hand_to is None:
        return 0
    if hand_to == person_id or owners.possible_owner(session, hand_to) is None:
        raise NotAccepted({"hand_to": NO_OWNER})
    return owners.hand_over_postings(session, person_id, hand_to)
