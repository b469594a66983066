"""Start, read, change and find postings."""

import logging
import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.apply import Applied, apply_changes
from jobdesc.postings.assemble import assemble, with_ids_of
from jobdesc.postings.changes import Change
from jobdesc.postings.organization import Organization
from jobdesc.postings.posting import Posting
from jobdesc.roles.at_level import RoleAtLevel, role_at_level
from jobdesc.roles.levels import Level
from jobdesc.services.catalog import library_in, role_in
from jobdesc.store import postings as store
from jobdesc.store.organizations import load_organization
from jobdesc.store.postings import PostingListItem, StoredPosting
from jobdesc.store.transactions import StoreBusy, reading, writing

log = logging.getLogger(__name__)


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
        return _found(store.posting_by_id(session, posting_id, actor.id), posting_id)


def save_changes(
    actor: Person, posting_id: int, changes: tuple[Change, ...], now: datetime
) -> Applied:
    """Apply `changes`; those whose start no longer stands come back as conflicts.

    Raises NoSuchPosting, and Problems where a text is too long or there are too many lines.
    """
    require(actor, Action.EDIT_POSTING)
    with writing() as session:
        stored = _found(store.posting_to_change(session, posting_id, actor.id), posting_id)
        applied = apply_changes(stored.posting, changes)
        if applied.changes:
            words = [change.model_dump(mode="json") for change in applied.changes]
            store.save_posting(session, posting_id, applied.posting, words, actor.id, now)
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
            _found(store.posting_to_change(session, posting_id, actor.id), posting_id)
            store.touch_posting(session, posting_id)
    except StoreBusy as error:
        log.warning("the use of posting %d was not noted: %s", posting_id, error)


def recent_drafts(actor: Person, limit: int = 3) -> list[PostingListItem]:
    """The postings that the actor worked on last."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        return store.recent_postings(session, actor.id, limit)


def find_postings(
    actor: Person, query: str, limit: int = 5, offset: int = 0
) -> list[PostingListItem]:
    """Postings that hold every word of `query`, newest change first."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        return store.search_postings(session, actor.id, query.split()[:10], limit, offset)


def role_of(posting: Posting) -> RoleAtLevel | None:
    """The role at the posting's level as the library has it today; None where it is gone."""
    with reading() as session:
        library = library_in(session)
    role = library.roles.get(posting.role)
    if role is None or posting.level not in role.titles:
        return None
    return role_at_level(role, posting.level, library.references.credentials)


def _assemble(session: Session, slug: str, level: Level) -> Posting:
    library = library_in(session)
    held = role_at_level(role_in(library, slug), level, library.references.credentials)
    return assemble(held, _organization(session), library.references.statements, new_line_id)


def _organization(session: Session) -> Organization:
    return load_organization(session) or Organization(name="Your organization")


def _found(stored: StoredPosting | None, posting_id: int) -> StoredPosting:
    if stored is None:
        raise NoSuchPosting(posting_id)
    return stored
