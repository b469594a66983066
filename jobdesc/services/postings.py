"""Start, read, change and find postings."""

import logging
import secrets
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.apply import Applied
from jobdesc.postings.assemble import assemble, with_ids_of
from jobdesc.postings.base import base_for
from jobdesc.postings.changes import Change
from jobdesc.postings.organization import UNNAMED, Organization
from jobdesc.postings.outcomes import Locked
from jobdesc.postings.posting import Posting
from jobdesc.roles.at_level import RoleAtLevel, role_at_level
from jobdesc.roles.levels import Level
from jobdesc.roles.library import Library
from jobdesc.roles.parse import Problem, Problems
from jobdesc.services.catalog import library_in, open_role_in
from jobdesc.services.keeping import held_in, keep_changes
from jobdesc.services.pay_bands import band_in
from jobdesc.store import postings as store
from jobdesc.store.bases import keep_base
from jobdesc.store.organizations import load_organization
from jobdesc.store.postings import PostingListItem, StoredPosting
from jobdesc.store.transactions import StoreBusy, reading, writing

log = logging.getLogger(__name__)

T = TypeVar("T")


class NoSuchPosting(Exception):
    """There is no posting of this id, or this person may not see it."""


def new_line_id() -> str:
    """An id that no other line has: 64 random bits."""
    return secrets.token_hex(8)


def start_posting(actor: Person, slug: str, level: Level, now: datetime) -> int:
    """A complete draft for a role at a level; the actor's untouched one where there is one.

    Returns its id. Raises NoSuchRole and NoSuchLevel.
    """
    require(actor, Action.START_POSTING)
    with writing() as session:
        store.hold_drafts(session, actor.id)
        store.delete_untouched(session, now)
        fresh = _assemble(session, slug, level)
        kept = store.untouched_draft(session, actor.id, slug, level)
        if kept is None:
            return store.add_posting(session, fresh, actor.id, now)
        renewed = with_ids_of(fresh, kept.posting)
        if renewed != kept.posting:
            store.renew_draft(session, kept.id, renewed, now)
        return kept.id


def read_posting(actor: Person, posting_id: int) -> StoredPosting:
    """One posting; raises NoSuchPosting."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        return found_or_gone(store.posting_by_id(session, posting_id, actor.id), posting_id)


def as_drafted(actor: Person, posting_id: int, posting: Posting) -> StoredPosting:
    """The stored posting with `posting` in its place, which is not kept. Raises NoSuchPosting."""
    require(actor, Action.EDIT_POSTING)
    return replace(read_posting(actor, posting_id), posting=posting)


def save_changes(
    actor: Person, posting_id: int, changes: tuple[Change, ...], now: datetime
) -> Applied:
    """Apply `changes`; those whose start no longer stands come back as conflicts.

    What is locked comes back as refused. Raises NoSuchPosting and InArchive; and Problems where
    the posting cannot hold one of them, and nothing is saved then.
    """
    require(actor, Action.EDIT_POSTING)
    with writing() as session:
        stored = found_or_gone(store.posting_to_change(session, posting_id, actor.id), posting_id)
        _, applied = keep_changes(session, stored, changes, actor, now)
        full = [refusal for refusal in applied.refused if not isinstance(refusal, Locked)]
        if full:
            raise Problems([Problem((), refusal.message) for refusal in full])
        return applied


def keep_posting(actor: Person, posting_id: int) -> None:
    """Note that a posting was used, so that it is listed to everyone and not cleared away.

    A busy database is no reason to refuse what it was used for: the next use notes it.
    """
    require(actor, Action.DOWNLOAD_POSTING)
    with reading() as session:
        if store.is_touched(session, posting_id):
            return
    try:
        with writing() as session:
            found_or_gone(store.posting_to_change(session, posting_id, actor.id), posting_id)
            store.touch_posting(session, posting_id)
    except StoreBusy as error:
        log.warning("the use of posting %d was not noted: %s", posting_id, error)


def recent_drafts(actor: Person, limit: int = 3) -> list[PostingListItem]:
    """The postings that the actor worked on last."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        return store.recent_postings(session, actor.id, limit)


def role_of(posting: Posting) -> RoleAtLevel | None:
    """The role at the posting's level as the library has it today; None where it is gone."""
    with reading() as session:
        return held_in(library_in(session), posting)


def found_or_gone(found: T | None, posting_id: int) -> T:
    """What was found of a posting; raises NoSuchPosting."""
    if found is None:
        raise NoSuchPosting(posting_id)
    return found


def assemble_fresh(
    session: Session, library: Library, held: RoleAtLevel, organization: Organization
) -> Posting:
    """What a role says at a level for an organization, with its own pay there; nothing is kept."""
    band = band_in(session, held.role.slug, held.level, next(iter(organization.places), None))
    pay = band.fields if band else None
    return assemble(held, organization, library.references.statements, new_line_id, pay)


def _assemble(session: Session, slug: str, level: Level) -> Posting:
    """A fresh posting, whose base is kept."""
    library = library_in(session)
    held = role_at_level(open_role_in(library, slug), level, library.references.credentials)
    keep_base(session, base_for(held))
    return assemble_fresh(session, library, held, load_organization(session) or UNNAMED)
