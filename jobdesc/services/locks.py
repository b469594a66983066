"""What of a posting is locked, for whom, and where the organization has another text for it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may, require
from jobdesc.postings.apply import Guard, nothing_locked
from jobdesc.postings.bands import PayBand
from jobdesc.postings.base import Base
from jobdesc.postings.changes import Change, RemoveLine
from jobdesc.postings.locks import (
    Held,
    Locks,
    broken_lock,
    locked_lines,
    locks_of,
    refuse_locked,
)
from jobdesc.postings.organization import UNNAMED, Organization
from jobdesc.postings.other_texts import OtherText, other_texts
from jobdesc.postings.own_pay import CONTROL, offer_band
from jobdesc.postings.posting import Posting
from jobdesc.postings.role_lines import all_lines
from jobdesc.roles.at_level import role_at_level
from jobdesc.roles.library import Library
from jobdesc.services.catalog import library_in
from jobdesc.services.pay_bands import band_of_posting
from jobdesc.store.bases import base_by_hash
from jobdesc.store.organizations import load_organization
from jobdesc.store.transactions import reading


@dataclass(frozen=True)
class Standing:
    """Locks by the name of what they hold, and texts to offer by field or list.

    `varies` says whether the organization has or had more than one text of a kind.
    """

    locks: Mapping[str, Held]
    others: Mapping[str, OtherText]
    varies: bool


def read_standing(actor: Person, posting: Posting) -> Standing:
    """What is locked in a posting, and which texts the organization has for it."""
    require(actor, Action.EDIT_POSTING)
    with reading() as session:
        organization = load_organization(session) or UNNAMED
        band = band_of_posting(session, posting)
        return standing_of(actor, posting, organization, library_in(session), band)


def standing_of(
    actor: Person,
    posting: Posting,
    organization: Organization,
    library: Library,
    band: PayBand | None = None,
) -> Standing:
    """The same, of what was read already. Nobody is offered what they may not take.

    `band` is the organization's own for the posting.
    """
    names = {role.slug: role.name for role in library.roles.values()}
    shipped = library.references.statements
    locks = locks_of(posting, _locks(posting, organization, library))
    held = {} if may(actor, Action.CHANGE_LOCKED) else locks
    others = other_texts(posting, organization, shipped, names, _new_id)
    if pay := offer_band(posting, band):
        others[CONTROL] = pay
    return Standing(
        locks=locks,
        others={
            name: other
            for name, other in others.items()
            if other.locked or not held.keys() & {name, *_lines_of(other)}
        },
        varies=bool(organization.variants or organization.former),
    )


def guard_in(session: Session, posting: Posting, actor: Person, bases: Mapping[str, Base]) -> Guard:
    """What refuses the changes that this person may not make; `bases` are not stored yet."""
    if may(actor, Action.CHANGE_LOCKED):
        return nothing_locked
    organization = load_organization(session) or UNNAMED
    locks = _locks(posting, organization, library_in(session))
    known = dict(bases)

    def base_of(digest: str) -> Base:
        if digest not in known:
            known[digest] = base_by_hash(session, digest)
        return known[digest]

    def guard(now: Posting, change: Change) -> str:
        return refuse_locked(now, change, locks, base_of)

    return guard


def lock_broken_by(session: Session, before: Posting, after: Posting, actor: Person) -> Held | None:
    """The lock that this person would break by writing a former body in the place of `before`."""
    if may(actor, Action.CHANGE_LOCKED):
        return None
    organization = load_organization(session) or UNNAMED
    return broken_lock(before, after, _locks(before, organization, library_in(session)))


def _locks(posting: Posting, organization: Organization, library: Library) -> Locks:
    role = library.role(posting.role)
    shipped = library.references.statements
    if role is None:
        return Locks(organization, shipped)
    texts: dict[str, str] = {}
    if posting.level in role.titles:
        held = role_at_level(role, posting.level, library.references.credentials)
        texts = {line.origin: line.text for line in all_lines(held)}
    return Locks(organization, shipped, locked_lines(role, texts))


def _lines_of(other: OtherText) -> set[str]:
    """The names of the lines that another text takes away."""
    return {f"line:{it.line}" for it in other.changes if isinstance(it, RemoveLine)}


def _new_id() -> str:
    return secrets.token_hex(8)
