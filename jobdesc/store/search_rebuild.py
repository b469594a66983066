"""Make the index anew from what is stored, in small transactions: wherever it stops, each entry is
whole, and people go on saving meanwhile.
"""

from collections.abc import Set

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from jobdesc.store.roles import all_references, all_roles
from jobdesc.store.search_index import backend_of, is_word
from jobdesc.store.search_keeping import (
    CREDENTIALS,
    drop_others,
    put_credentials,
    put_postings,
    put_roles,
)
from jobdesc.store.search_kinds import Kind
from jobdesc.store.search_tables import SearchEntryRow
from jobdesc.store.search_words import add_words, forget_words, words_after
from jobdesc.store.tables import PostingRow, RoleRow

AT_ONCE = 200


def is_incomplete(session: Session) -> bool:
    """Whether something stored has no entry: after an upgrade, or a restore that was stopped."""
    has = exists().where(SearchEntryRow.posting_id == PostingRow.id)
    if session.scalar(select(PostingRow.id).where(~has).limit(1)) is not None:
        return True
    entries = select(func.count()).where(SearchEntryRow.kind == Kind.ROLE.value)
    return session.scalar(entries) != session.scalar(select(func.count()).select_from(RoleRow))


def rebuild_library(session: Session) -> set[str]:
    """The entries of all roles, licenses and certifications; their words."""
    roles = all_roles(session)
    words = put_roles(session, roles, anew=True)
    drop_others(session, Kind.ROLE, roles)
    words |= put_credentials(session, all_references(session).get(CREDENTIALS, ()), anew=True)
    add_words(session, words)
    return words


def rebuild_some(session: Session, after: int) -> tuple[list[int], set[str]]:
    """The entries of the next postings behind the id `after`, which are held; ids and words."""
    query = select(PostingRow.id).where(PostingRow.id > after).order_by(PostingRow.id)
    ids = list(session.scalars(query.limit(AT_ONCE).with_for_update()))
    words = put_postings(session, ids, anew=True)
    add_words(session, words)
    return ids, words


def make_anew(session: Session) -> None:
    """What the database holds beside the entries' rows."""
    backend_of(session).make_anew(session)


def forget_some(session: Session, after: str, said: Set[str]) -> str:
    """Forget those of the next words that no entry has any more; the last one, '' at the end.

    Those `said` in entries made anew are not looked up.
    """
    words = words_after(session, after, AT_ONCE)
    unsaid = [word for word in words if word not in said]
    forget_words(session, [word for word in unsaid if not is_word(session, word)])
    return words[-1] if words else ""
