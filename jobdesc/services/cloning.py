"""Make a posting from another one, for another place or level."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.clone import clone
from jobdesc.postings.organization import UNNAMED
from jobdesc.postings.places import Place
from jobdesc.postings.posting import Posting
from jobdesc.roles.levels import Level
from jobdesc.services.catalog import library_in
from jobdesc.services.postings import found_or_gone, new_line_id
from jobdesc.store import postings as store
from jobdesc.store.organizations import load_organization
from jobdesc.store.transactions import reading, writing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Original:
    """What a copy is made from, and what it could be for."""

    posting: Posting
    levels: tuple[Level, ...]
    places: tuple[Place, ...]


def open_original(actor: Person, posting_id: int) -> Original:
    """The posting with the levels of its role and the organization's places.

    Raises NoSuchPosting.
    """
    require(actor, Action.START_POSTING)
    with reading() as session:
        posting = _posting(session, actor, posting_id)
        role = library_in(session).role(posting.role)
        levels = role.levels if role else ()
        organization = load_organization(session) or UNNAMED
    kept = levels if posting.level in levels else (posting.level, *levels)
    return Original(posting, kept, organization.places)


def clone_posting(actor: Person, posting_id: int, place: Place | None, now: datetime) -> int:
    """A draft of the actor with the posting's words, at its level; returns its id.

    `place` replaces the posting's own. Raises NoSuchPosting.
    """
    require(actor, Action.START_POSTING)
    with writing() as session:
        posting = _posting(session, actor, posting_id)
        copied = clone(posting, new_line_id, place)
        number = store.add_posting(session, copied, actor.id, now)
        store.touch_posting(session, number)
    log.info("postings: person %d cloned %d as %d", actor.id, posting_id, number)
    return number


def _posting(session: Session, actor: Person, posting_id: int) -> Posting:
    return found_or_gone(store.posting_by_id(session, posting_id, actor.id), posting_id).posting
