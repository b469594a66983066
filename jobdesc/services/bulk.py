"""What is done to many postings at once: each that can be, and why the others were left."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from jobdesc.people.entries import NO_OWNER, NotAccepted
from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may, require
from jobdesc.services.exports import MOST_POSTINGS
from jobdesc.services.listing import Selection, chosen_in
from jobdesc.store import archive as store
from jobdesc.store import owners, publications
from jobdesc.store.organizations import time_zone
from jobdesc.store.transactions import writing

log = logging.getLogger(__name__)

GONE, CHANGED, ARCHIVED = "gone", "changed", "archived"
IN_USE, NOT_YOURS, NOT_PUBLISHED = "in use", "not yours", "not published"
PUBLISHED = "published"

Why = Callable[[int], str]


class NotDone(Exception):
    """Nothing was done; the message is one for the person."""


@dataclass(frozen=True)
class Left:
    """A posting that was left as it is, and why: one of the words above."""

    title: str
    why: str


@dataclass(frozen=True)
class Done:
    """How many postings were chosen, how many it was done to, and the others."""

    chosen: int
    done: int
    left: tuple[Left, ...] = ()


def archive(actor: Person, selection: Selection, seen: datetime | None, now: datetime) -> Done:
    """Take postings out of the lists; those that changed after they were `seen` stay, and those
    that are published: nothing is public that no list shows.

    Raises NotDone.
    """
    require(actor, Action.EDIT_POSTING)
    with writing() as session:
        found, gone = _chosen(session, actor, selection)
        reasons = dict.fromkeys(store.published_among(session, list(found)), PUBLISHED)
        reasons |= dict.fromkeys(store.archived_among(session, list(found)), ARCHIVED)
        done = store.archive_postings(session, actor.id, list(found), seen, now)
        result = _result(found, gone, done, lambda n: reasons.get(n, CHANGED))
    log.info("postings: person %d archived %s", actor.id, sorted(done))
    return result


def bring_back(actor: Person, selection: Selection) -> Done:
    """List archived postings again. Raises NotDone."""
    require(actor, Action.EDIT_POSTING)
    with writing() as session:
        found, gone = _chosen(session, actor, selection)
        done = store.bring_back_postings(session, actor.id, list(found))
        result = _result(found, gone, done, lambda _: IN_USE)
    log.info("postings: person %d brought back %s", actor.id, sorted(done))
    return result


def undo_archive(actor: Person, at: datetime) -> int:
    """List again what the actor archived at that moment; how many postings that were."""
    require(actor, Action.EDIT_POSTING)
    with writing() as session:
        count = store.undo_archive(session, actor.id, at)
    log.info("postings: person %d took back having archived %d", actor.id, count)
    return count


def close(actor: Person, selection: Selection, seen: datetime | None, now: datetime) -> Done:
    """End what is published; publishing again is the only way back.

    What was published after the postings were `seen` stays. Raises NotDone.
    """
    require(actor, Action.PUBLISH_POSTING)
    with writing() as session:
        found, gone = _chosen(session, actor, selection)
        zone = time_zone(session)
        publications.close_due(session, now, zone, found)
        newer = publications.published_after(session, found, seen) if seen else set()
        done = store.published_among(session, list(found)) - newer
        publications.close_many(session, done, actor.id, now)
        result = _result(found, gone, done, lambda n: CHANGED if n in newer else NOT_PUBLISHED)
    log.info("postings: person %d closed %s", actor.id, sorted(done))
    return result


def assign(actor: Person, selection: Selection, owner_id: int, was: int | None = None) -> Done:
    """Make somebody the owner; who may not do so to all postings hands over their own.

    With `was`, only where that person still is the owner. Raises NotDone; NotAccepted where
    `owner_id` cannot own postings.
    """
    require(actor, Action.EDIT_POSTING)
    everyones = may(actor, Action.ASSIGN_POSTING)
    with writing() as session:
        if owners.possible_owner(session, owner_id) is None:
            raise NotAccepted({"owner": NO_OWNER})
        found, gone = _chosen(session, actor, selection)
        only_of = was if everyones else actor.id
        done = owners.assign_postings(session, actor.id, list(found), owner_id, only_of)
        result = _result(found, gone, done, lambda _: CHANGED if everyones else NOT_YOURS)
    log.info("postings: person %d handed %s to person %d", actor.id, sorted(done), owner_id)
    return result


def _chosen(
    session: Session, actor: Person, selection: Selection
) -> tuple[dict[int, str], list[int]]:
    """The chosen postings by id with their titles, held, and the ids of those not there."""
    found, gone = chosen_in(session, actor, selection, MOST_POSTINGS)
    if len(found) + len(gone) > MOST_POSTINGS:
        raise NotDone(
            f"This works for up to {MOST_POSTINGS} postings at once. Narrow the list, then select "
            "again."
        )
    if not found and not gone:
        raise NotDone("Select at least one posting first.")
    store.hold_postings(session, [number for number, _ in found])
    return dict(found), gone


def _result(found: dict[int, str], gone: list[int], done: Collection[int], why: Why) -> Done:
    left = [Left(title, why(number)) for number, title in found.items() if number not in done]
    left += [Left(f"Posting {number}", GONE) for number in gone]
    return Done(len(found) + len(gone), len(done), tuple(left))
