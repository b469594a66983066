"""Publish and close postings. What was published stays as it was, in text and in bytes."""

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from jobdesc.documents.blocks import Outline
from jobdesc.documents.html import same_document
from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.lifecycle import Hindrance, hindrances, local_today
from jobdesc.services.documents import (
    FORMATS,
    MEDIA_TYPES,
    Press,
    file_name,
    make_document,
    posting_document,
)
from jobdesc.services.keeping import require_in_use
from jobdesc.services.organization import the_organization
from jobdesc.services.postings import found_or_gone
from jobdesc.store import publications as store
from jobdesc.store.organizations import time_zone
from jobdesc.store.postings import StoredPosting, posting_by_id, posting_to_change
from jobdesc.store.publications import NewFile, Publication
from jobdesc.store.transactions import StoreBusy, reading, writing

log = logging.getLogger(__name__)


class NotComplete(Exception):
    """A posting that its readers could not use; `hindrances` say why, each at its field."""

    def __init__(self, hindrances: tuple[Hindrance, ...]) -> None:
        super().__init__(" ".join(hindrance.message for hindrance in hindrances))
        self.hindrances = hindrances


class ChangedMeanwhile(Exception):
    """The posting, or what stands of it, is no longer what this person saw; nothing was changed."""


class NothingToPublish(Exception):
    """What would be made public is what stands, in words and in looks."""


@dataclass(frozen=True)
class Standing:
    """A posting and its last publication; `changed` is whether it says something else by now."""

    stored: StoredPosting
    last: Publication | None
    changed: bool

    @property
    def published(self) -> Publication | None:
        """The publication that stands."""
        return self.last if self.last and self.last.stands else None


def standing_of(actor: Person, posting_id: int) -> Standing:
    """How a posting stands. Raises NoSuchPosting."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        stored = found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)
        return _standing(session, stored)


def publish_hindrances(actor: Person, posting_id: int, now: datetime) -> tuple[Hindrance, ...]:
    """What keeps the posting from being published today. Raises NoSuchPosting."""
    require(actor, Action.PUBLISH_POSTING)
    with reading() as session:
        stored = found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)
        return hindrances(stored.posting, local_today(now, time_zone(session)))


def publish_posting(
    actor: Person, posting_id: int, press: Press, now: datetime, counter: int | None = None
) -> Publication:
    """Make the posting public as it stands, and keep its files.

    `counter` is that of the posting which the person saw. The files are made before anything is
    locked. Raises NoSuchPosting, InArchive, NotComplete, NothingToPublish, PdfNotMade, and
    ChangedMeanwhile.
    """
    require(actor, Action.PUBLISH_POSTING)
    with reading() as session:
        seen = found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)
        require_in_use(session, seen, actor)
    if counter not in (None, seen.counter):
        raise ChangedMeanwhile(posting_id)
    organization = the_organization()
    if found := hindrances(seen.posting, local_today(now, organization.time_zone)):
        raise NotComplete(found)
    outline = posting_document(seen)
    page = make_document(outline, "html", press)
    with reading() as session:
        _refuse_the_same(session, seen, page, now)
    files = _files(seen, outline, press, now)
    with writing() as session:
        held = found_or_gone(posting_to_change(session, posting_id, actor.id), posting_id)
        require_in_use(session, held, actor)
        if held.counter != seen.counter:
            raise ChangedMeanwhile(posting_id)
        store.close_due(session, now, time_zone(session), [posting_id])
        _refuse_the_same(session, held, page, now)
        store.publish(session, posting_id, actor.id, now, files)
        session.flush()
        made = found_or_gone(store.last_publication(session, posting_id), posting_id)
    log.info("posting %d: person %d published number %d", posting_id, actor.id, made.number)
    return made


def close_posting(
    actor: Person, posting_id: int, now: datetime, number: int | None = None
) -> Publication:
    """End what stands of a posting; publishing again is the only way back.

    `number` is that of the publication which the person saw. Raises NoSuchPosting, NotAllowed
    where nothing stands, and ChangedMeanwhile.
    """
    require(actor, Action.PUBLISH_POSTING)
    with writing() as session:
        found_or_gone(posting_to_change(session, posting_id, actor.id), posting_id)
        store.close_due(session, now, time_zone(session), [posting_id])
        standing = store.last_publication(session, posting_id)
        if standing and standing.stands and number not in (None, standing.number):
            raise ChangedMeanwhile(posting_id)
        store.close(session, posting_id, actor.id, now)
        session.flush()
        closed = found_or_gone(store.last_publication(session, posting_id), posting_id)
    log.info("posting %d: person %d closed number %d", posting_id, actor.id, closed.number)
    return closed


def close_what_is_due(now: datetime) -> int:
    """End all whose closing date has passed, each at its own midnight; how many.

    Nobody's act: it is done in the background, and before pages are read. A database that takes
    no writes is no reason to refuse what it was done for.
    """
    with reading() as session:
        first = store.earliest_closing(session)
        if first is None or not _may_be_over(first, now):
            return 0
        zone = time_zone(session)
        if first >= local_today(now, zone):
            return 0
    try:
        with writing() as session:
            closed = store.close_due(session, now, time_zone(session))
    except StoreBusy as error:
        log.warning("what is due to close was not closed: %s", error)
        return 0
    log.info("%d postings closed at the end of their closing date", closed)
    return closed


def _may_be_over(day: date, now: datetime) -> bool:
    """Whether `day` is over somewhere on earth: no zone is a day ahead of UTC."""
    return day <= now.date() + timedelta(days=1)


def _standing(session: Session, stored: StoredPosting) -> Standing:
    last = store.last_publication(session, stored.id)
    same = last and (
        last.counter == stored.counter or store.posting_in(session, last) == stored.posting
    )
    return Standing(stored, last, changed=bool(last) and not same)


def _refuse_the_same(session: Session, stored: StoredPosting, page: bytes, now: datetime) -> None:
    standing = _standing(session, stored)
    over = standing.published and standing.published.closing_date
    if over and over < local_today(now, time_zone(session)):
        return
    if standing.published is None or standing.changed:
        return
    kept = store.file_of(session, stored.id, "html")
    if kept and same_document(kept.body, page):
        raise NothingToPublish(stored.id)


def _files(stored: StoredPosting, outline: Outline, press: Press, now: datetime) -> list[NewFile]:
    organization = the_organization()
    today = replace(stored, changed_at=now)
    return [
        NewFile(
            form=form,
            name=file_name(today, organization, form),
            media_type=MEDIA_TYPES[form],
            body=make_document(outline, form, press),
        )
        for form in FORMATS
    ]
