"""What was published: of one posting, and of all on a day."""

from dataclasses import dataclass
from datetime import date

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.posting import Posting
from jobdesc.services.documents import Download, Format, published_file
from jobdesc.services.postings import found_or_gone
from jobdesc.store import publications as store
from jobdesc.store.organizations import time_zone
from jobdesc.store.postings import posting_by_id
from jobdesc.store.publications import Publication
from jobdesc.store.transactions import reading


class NotPublished(Exception):
    """Nothing stands published of the posting, or it has no publication of that number."""


@dataclass(frozen=True)
class PublishedPosting:
    """A posting as it stands published."""

    posting: Posting
    publication: Publication


def published_on(
    actor: Person, day: date, first: int = 0, most: int | None = None
) -> list[Publication]:
    """What was public on `day`, by title: of each posting the last publication that stood then.

    The day is the organization's, in the time zone of its profile, from midnight to midnight. One
    that stood for a moment of it counts; where one replaced another, the later one does. At most
    `most` of them, from the `first` on.
    """
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        zone = time_zone(session)
        return store.published_on(session, actor.id, day, zone, first, most)


def count_published_on(actor: Person, day: date) -> int:
    """How many postings were public on `day`."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        zone = time_zone(session)
        return store.count_published_on(session, actor.id, day, zone)


def publications_of(actor: Person, posting_id: int) -> list[Publication]:
    """All publications of a posting, the newest first. Raises NoSuchPosting."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)
        return store.publications_of(session, posting_id)


def published_posting(actor: Person, posting_id: int) -> PublishedPosting:
    """A posting as it stands published. Raises NoSuchPosting and NotPublished."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)
        last = store.last_publication(session, posting_id)
        if last is None or not last.stands:
            raise NotPublished(posting_id)
        return PublishedPosting(store.posting_in(session, last), last)


def download_published(
    actor: Person, posting_id: int, form: Format, number: int | None = None
) -> Download:
    """The very bytes of a publication, by default of the one that stands.

    Raises NoSuchPosting and NotPublished.
    """
    require(actor, Action.DOWNLOAD_POSTING)
    with reading() as session:
        found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)
    kept = published_file(posting_id, form, number)
    if kept is None:
        raise NotPublished(posting_id)
    return kept
