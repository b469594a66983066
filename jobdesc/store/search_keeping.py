"""The index follows what is saved: whichever function changes a posting, a role or the credentials,
what it changed is put into the index at the end of the same transaction, once.

A statement that changes many rows at once goes past the session: who makes one that changes what is
searched calls `note_postings` for them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, event, inspect, select
from sqlalchemy.orm import Session, scoped_session

from jobdesc.postings.searched import searched_posting
from jobdesc.roles.lineage import descendants, lineage, whole_role
from jobdesc.roles.parse import Problems
from jobdesc.roles.searched import searched_credential, searched_role
from jobdesc.store.roles import Body, bodies_of
from jobdesc.store.search_index import drop, put
from jobdesc.store.search_kinds import Kind
from jobdesc.store.search_tables import SearchEntryRow
from jobdesc.store.search_words import add_words
from jobdesc.store.tables import PostingRow, ReferenceRow, RoleRow

CREDENTIALS = "credentials"
AT_ONCE = 500
SEARCHED = ("body", "status", "role_slug")


@dataclass
class _Noted:
    """What the transaction has changed so far of what is searched, by key."""

    postings: set[int] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    credentials: bool = False


def follow_saves(session: scoped_session[Any]) -> None:
    """Keep the index level with what sessions of the application save."""
    event.listen(session, "after_flush", _note)
    event.listen(session, "before_commit", put_changed)
    event.listen(session, "after_rollback", lambda given: given.info.pop(_Noted, None))


def note_postings(session: Session, ids: Iterable[int]) -> None:
    """Put these postings at the end of the transaction, with whatever else it changes."""
    session.info.setdefault(_Noted, _Noted()).postings |= set(ids)


def put_postings(session: Session, ids: Iterable[int], *, anew: bool = False) -> set[str]:
    """Put these postings as they are stored; the words that they did not have before."""
    query = select(PostingRow.id, PostingRow.body, PostingRow.status)
    words: set[str] = set()
    numbers = sorted(ids)
    for start in range(0, len(numbers), AT_ONCE):
        some = query.where(PostingRow.id.in_(numbers[start : start + AT_ONCE]))
        texts = {
            str(number): searched_posting(body, status)
            for number, body, status in session.execute(some)
        }
        words |= put(session, Kind.POSTING, texts, anew=anew)
    return words


def put_roles(session: Session, slugs: Iterable[str], *, anew: bool = False) -> set[str]:
    """Put these roles as they are when whole, and with each those that extend it; the new words."""
    rows = session.execute(select(RoleRow.slug, RoleRow.extends))
    extends = {row.slug: {"extends": row.extends} for row in rows}
    there = [slug for slug in slugs if slug in extends]
    touched = {name for slug in there for name in (slug, *descendants(extends, slug))}
    stored = bodies_of(session, {name for slug in touched for name in lineage(extends, slug)})
    texts = {slug: searched_role(_whole(stored, slug)) for slug in sorted(touched)}
    return put(session, Kind.ROLE, texts, anew=anew)


def _whole(stored: Mapping[str, Body], slug: str) -> Body:
    """The role with what it takes from its parent; without, until that one is here."""
    try:
        return whole_role(stored, slug).body
    except Problems:
        return stored[slug]


def put_credentials(
    session: Session, bodies: Iterable[Mapping[str, Any]], *, anew: bool = False
) -> set[str]:
    """Put all licenses and certifications, and drop those that are there no more; the new words."""
    there = {str(body["id"]): searched_credential(body) for body in bodies}
    words = put(session, Kind.CREDENTIAL, there, anew=anew)
    drop_others(session, Kind.CREDENTIAL, there)
    return words


def drop_others(session: Session, kind: Kind, keys: Iterable[str]) -> None:
    """Drop the entries of a kind that has no others than these."""
    row = SearchEntryRow
    session.execute(delete(row).where(row.kind == kind.value, row.key.not_in(list(keys))))


def _note(session: Session, _context: Any) -> None:
    """What was just flushed. The session still tells what changed."""
    noted = session.info.setdefault(_Noted, _Noted())
    for row in (*session.new, *session.dirty):
        if not _is_changed(row):
            continue
        if isinstance(row, PostingRow):
            noted.postings.add(row.id)
        elif isinstance(row, RoleRow):
            noted.roles.add(row.slug)
        elif isinstance(row, ReferenceRow) and row.name == CREDENTIALS:
            noted.credentials = True
    noted.gone |= {row.slug for row in session.deleted if isinstance(row, RoleRow)}


def put_changed(session: Session) -> None:
    """Put what the transaction has changed so far; a commit does it by itself."""
    session.flush()
    noted = session.info.pop(_Noted, None)
    if noted is None:
        return
    for slug in noted.gone:
        drop(session, Kind.ROLE, slug)
    words: set[str] = set()
    if noted.roles:
        words |= put_roles(session, noted.roles)
    words |= put_postings(session, noted.postings)
    if noted.credentials:
        query = select(ReferenceRow.body).where(ReferenceRow.name == CREDENTIALS)
        words |= put_credentials(session, session.scalars(query).one())
    add_words(session, words)  # all at the end and in one order, so that no two wait for each other


def _is_changed(row: object) -> bool:
    if not isinstance(row, PostingRow | RoleRow | ReferenceRow):
        return False
    attributes: Any = inspect(row).attrs  # type: ignore[attr-defined]
    return any(attributes[name].history.has_changes() for name in SEARCHED if name in attributes)
