"""The index follows what is saved: whichever function changes a posting, a role or the credentials,
what it flushes is put into the index in the same transaction.

A statement that changes many rows at once goes past the session: who makes one that changes what is
searched calls `put_postings` for them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, event, inspect, select
from sqlalchemy.orm import Session, scoped_session

from jobdesc.postings.searched import searched_posting
from jobdesc.roles.lineage import descendants, whole_role
from jobdesc.roles.parse import Problems
from jobdesc.roles.searched import searched_credential, searched_role
from jobdesc.store.roles import Body, all_roles
from jobdesc.store.search_index import drop, put
from jobdesc.store.search_kinds import Kind
from jobdesc.store.search_tables import SearchEntryRow
from jobdesc.store.search_words import add_words
from jobdesc.store.tables import PostingRow, ReferenceRow, RoleRow

CREDENTIALS = "credentials"
SEARCHED = ("body", "status", "role_slug")


def follow_saves(session: scoped_session[Any]) -> None:
    """Keep the index level with what sessions of the application save."""
    event.listen(session, "after_flush", _follow)


def put_postings(session: Session, ids: Iterable[int], *, anew: bool = False) -> None:
    """Put these postings as they are stored."""
    columns = (PostingRow.id, PostingRow.body, PostingRow.status, RoleRow.name)
    query = select(*columns).outerjoin(RoleRow, RoleRow.slug == PostingRow.role_slug)
    words: set[str] = set()
    for number, body, status, role in session.execute(query.where(PostingRow.id.in_(list(ids)))):
        searched = searched_posting(body, role or "", status)
        words |= put(session, Kind.POSTING, str(number), searched, anew=anew)
    add_words(session, words)


def put_roles(session: Session, slugs: Iterable[str], *, anew: bool = False) -> None:
    """Put these roles as they are when whole, and with each those that extend it."""
    stored = all_roles(session)
    there = [slug for slug in slugs if slug in stored]
    touched = {name for slug in there for name in (slug, *descendants(stored, slug))}
    words: set[str] = set()
    for slug in sorted(touched):
        words |= put(session, Kind.ROLE, slug, searched_role(_whole(stored, slug)), anew=anew)
    add_words(session, words)


def _whole(stored: Mapping[str, Body], slug: str) -> Body:
    """The role with what it takes from its parent; without, until that one is here."""
    try:
        return whole_role(stored, slug).body
    except Problems:
        return stored[slug]


def put_credentials(
    session: Session, bodies: Iterable[Mapping[str, Any]], *, anew: bool = False
) -> None:
    """Put all licenses and certifications, and drop those that are there no more."""
    words: set[str] = set()
    there = {str(body["id"]): searched_credential(body) for body in bodies}
    for key, searched in there.items():
        words |= put(session, Kind.CREDENTIAL, key, searched, anew=anew)
    add_words(session, words)
    drop_others(session, Kind.CREDENTIAL, there)


def drop_others(session: Session, kind: Kind, keys: Iterable[str]) -> None:
    """Drop the entries of a kind that has no others than these."""
    row = SearchEntryRow
    session.execute(delete(row).where(row.kind == kind.value, row.key.not_in(list(keys))))


def _follow(session: Session, _context: Any) -> None:
    """What was just flushed. The session still tells what changed."""
    rows = [row for row in (*session.new, *session.dirty) if _is_changed(row)]
    put_postings(session, [row.id for row in rows if isinstance(row, PostingRow)])
    if slugs := [row.slug for row in rows if isinstance(row, RoleRow)]:
        put_roles(session, slugs)
    for row in rows:
        if isinstance(row, RoleRow):
            if inspect(row).attrs["name"].history.has_changes():
                of_role = select(PostingRow.id).where(PostingRow.role_slug == row.slug)
                put_postings(session, session.scalars(of_role).all())
        elif isinstance(row, ReferenceRow) and row.name == CREDENTIALS:
            put_credentials(session, row.body)
    for row in session.deleted:
        if isinstance(row, RoleRow):
            drop(session, Kind.ROLE, row.slug)


def _is_changed(row: object) -> bool:
    if not isinstance(row, PostingRow | RoleRow | ReferenceRow):
        return False
    attributes: Any = inspect(row).attrs  # type: ignore[attr-defined]
    return any(attributes[name].history.has_changes() for name in SEARCHED if name in attributes)
