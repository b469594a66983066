"""The versions of a posting: list them, compare two, and write a former one back as a new one.

Restoring and discarding are no merges: the whole body of a former version becomes the newest one,
and what stood until then stays a version of its own. So both can be taken back.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.differ import Edit, edits_between
from jobdesc.postings.posting import Posting
from jobdesc.services.keeping import require_in_use
from jobdesc.services.locks import lock_broken_by
from jobdesc.services.postings import found_or_gone
from jobdesc.services.published import NotPublished
from jobdesc.services.publishing import ChangedMeanwhile
from jobdesc.store import versions as store
from jobdesc.store.postings import StoredPosting, posting_by_id, posting_to_change
from jobdesc.store.publications import last_publication, posting_in
from jobdesc.store.revisions import Reason, last_number
from jobdesc.store.saves import Save, save_posting
from jobdesc.store.transactions import reading, writing
from jobdesc.store.versions import Version

log = logging.getLogger(__name__)

PAGE = 30
"""The most versions that a page lists."""


class LockedWording(Exception):
    """A former body says something else where wording is locked; the message says by whom."""


class NoSuchVersion(Exception):
    """The posting has no version of this number."""


@dataclass(frozen=True)
class Step:
    """A version, and what it did to the one before; no edit where that text is the same.

    The first of all has none before it.
    """

    version: Version
    edits: tuple[Edit, ...]
    before: Posting | None


@dataclass(frozen=True)
class History:
    """A posting with its newest versions; `older` is the number at which the next page begins."""

    stored: StoredPosting
    steps: tuple[Step, ...]
    older: int | None


@dataclass(frozen=True)
class WrittenBack:
    """A former version is the newest one; `before` is the number of what it took the place of."""

    before: int
    counter: int


@dataclass(frozen=True)
class Comparison:
    """Two states of a posting and every difference; `counter` is that of the posting now."""

    before: Posting
    after: Posting
    edits: tuple[Edit, ...]
    counter: int


@dataclass(frozen=True)
class Meanwhile:
    """Who changed a posting since somebody saw it, the last one first, and when last.

    `edits` is what differs from what was seen, or None where that state is in no version.
    """

    who: tuple[str, ...]
    at: datetime
    edits: tuple[Edit, ...] | None


def changed_since(actor: Person, posting_id: int, counter: int) -> Meanwhile | None:
    """What was done to a posting since it was seen; None where nothing is known of it.

    `counter` is that of what was seen, negative where that is unknown. Raises NoSuchPosting.
    """
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        stored = _stored(session, actor, posting_id)
        found = store.versions_of(session, posting_id, PAGE)
    later = list(takewhile(lambda version: version.counter > counter, found))
    if counter < 0 or not later:
        return None
    who = dict.fromkeys("you" if one.person_id == actor.id else one.who for one in later)
    seen = next((version for version in found if version.counter == counter), None)
    edits = edits_between(seen.posting, stored.posting) if seen else None
    return Meanwhile(tuple(who), later[0].moment, edits)


def history_of(actor: Person, posting_id: int, until: int | None = None) -> History:
    """The newest versions, up to the number `until`. Raises NoSuchPosting."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        stored = _stored(session, actor, posting_id)
        found = store.versions_of(session, posting_id, PAGE + 1, until)
    before = [version.posting for version in found[1:]]
    steps = [
        Step(version, edits_between(former, version.posting), former)
        for version, former in zip(found[:PAGE], before, strict=False)
    ]
    if found and len(found) <= PAGE:
        steps.append(Step(found[-1], (), None))
    return History(stored, tuple(steps), found[PAGE].number if len(found) > PAGE else None)


def read_version(actor: Person, posting_id: int, number: int) -> tuple[StoredPosting, Version]:
    """The posting as it is stored, and one of its versions. Raises NoSuchPosting, NoSuchVersion."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        stored = _stored(session, actor, posting_id)
        return stored, _version(session, posting_id, number)


def compare_versions(actor: Person, posting_id: int, before: int, after: int) -> Comparison:
    """Two versions by their numbers. Raises NoSuchPosting and NoSuchVersion."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        stored = _stored(session, actor, posting_id)
        old, new = (_version(session, posting_id, number).posting for number in (before, after))
    return Comparison(old, new, edits_between(old, new), stored.counter)


def unpublished_changes(actor: Person, posting_id: int) -> Comparison:
    """What stands published, and the posting now. Raises NoSuchPosting and NotPublished."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        stored = _stored(session, actor, posting_id)
        old = _published(session, posting_id)
    return Comparison(old, stored.posting, edits_between(old, stored.posting), stored.counter)


def restore_version(
    actor: Person, posting_id: int, number: int, counter: int, now: datetime
) -> WrittenBack | None:
    """Write a version back; None where that changes nothing. `counter` is that of what was seen.

    Raises NoSuchPosting, InArchive, NoSuchVersion, ChangedMeanwhile, and LockedWording.
    """
    require(actor, Action.EDIT_POSTING)
    with writing() as session:
        held = _held(session, actor, posting_id, counter)
        former = _version(session, posting_id, number).posting
        return _write_back(session, held, former, actor, now)


def discard_changes(
    actor: Person, posting_id: int, counter: int, now: datetime
) -> WrittenBack | None:
    """Write back what stands published; None where that changes nothing.

    Raises NoSuchPosting, InArchive, NotPublished, ChangedMeanwhile, and LockedWording.
    """
    require(actor, Action.EDIT_POSTING)
    with writing() as session:
        held = _held(session, actor, posting_id, counter)
        return _write_back(session, held, _published(session, posting_id), actor, now)


def _write_back(
    session: Session, held: StoredPosting, former: Posting, actor: Person, now: datetime
) -> WrittenBack | None:
    if former == held.posting:
        return None
    if lock := lock_broken_by(session, held.posting, former, actor):
        raise LockedWording(lock.words)
    edits = edits_between(held.posting, former)
    parts = tuple(dict.fromkeys(edit.heading for edit in edits))
    save = Save(actor.id, changes=[], parts=parts, reason=Reason.RESTORED)
    before = last_number(session, held.id)
    counter = save_posting(session, held.id, former, save, now)
    log.info("posting %d: person %d wrote a former version back", held.id, actor.id)
    return WrittenBack(before, counter)


def _stored(session: Session, actor: Person, posting_id: int) -> StoredPosting:
    return found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)


def _held(session: Session, actor: Person, posting_id: int, counter: int) -> StoredPosting:
    held = found_or_gone(posting_to_change(session, posting_id, actor.id), posting_id)
    require_in_use(session, held, actor)
    if held.counter != counter:
        raise ChangedMeanwhile(posting_id)
    return held


def _version(session: Session, posting_id: int, number: int) -> Version:
    found = store.version_by_number(session, posting_id, number)
    if found is None:
        raise NoSuchVersion(number)
    return found


def _published(session: Session, posting_id: int) -> Posting:
    last = last_publication(session, posting_id)
    if last is None or not last.stands:
        raise NotPublished(posting_id)
    return posting_in(session, last)
