"""The search index: put and drop entries in the saving transaction, and find them ranked.

What is found first: every word in the title; then in the title and the other names; then anywhere.
In each of these, words as typed before words that only begin like that; and then what was changed
last. Where thousands answer alike, the `CANDIDATES` with the newest numbers are looked at. Who asks
replaces words that nothing answers by others spelled alike (`corrections`), and says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, fields
from hashlib import sha256
from itertools import islice
from typing import Protocol

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    delete,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from jobdesc.roles.levels import Level
from jobdesc.roles.query import Query, Term, tokens_of
from jobdesc.roles.searched import Searched
from jobdesc.store import search_postgresql, search_sqlite
from jobdesc.store.inserting import insert_into
from jobdesc.store.search_kinds import Entry, Kind, Scope
from jobdesc.store.search_tables import SearchEntryRow
from jobdesc.store.search_words import words_like
from jobdesc.store.tables import PostingRow

MOST_TOKENS = 8_000
"""Of each text of an entry: a posting of 20 pages."""
BETWEEN = "\u00b7"
"""Stands between lines. No search asks for it, and both databases take it for a word."""
CANDIDATES = 500
COUNTED = 1_000
"""More postings that answer than these are not counted."""
LIKELY = 12
"""How many words spelled alike are looked up before a word is given up."""


class Backend(Protocol):
    """What each database does in its own way."""

    def matching(self, query: Query, scope: Scope, *, exact: bool) -> Select[int]:
        """The ids of the entries that answer a query with terms, the highest first."""

    def keep_entries(self, session: Session, entries: Mapping[int, Entry]) -> None:
        """Take what was put, by id, where the entries' rows alone do not do it."""

    def make_anew(self, session: Session) -> None:
        """Make the index from the entries' rows, where it is not a part of them."""


BACKENDS: dict[str, Backend] = {"sqlite": search_sqlite, "postgresql": search_postgresql}


@dataclass(frozen=True)
class Hit:
    """A thing that answers, by its key, and where in it the words stand."""

    key: str
    scope: Scope


def backend_of(session: Session) -> Backend:
    """The index of the session's database."""
    return BACKENDS[session.get_bind().dialect.name]


def put(
    session: Session, kind: Kind, texts: Mapping[str, Searched], *, anew: bool = False
) -> set[str]:
    """Let things be found by these texts from now on, by their keys. Nothing is written where it is
    already so, unless `anew`. Returns the words that they did not have before, for `add_words`.
    """
    keys = {number_of(kind, key): key for key in texts}
    entries = {number: Entry(*map(_cut, astuple(texts[key]))) for number, key in keys.items()}
    former: dict[int, Entry] = {}
    if not anew:
        row = SearchEntryRow
        query = select(row.id, row.title, row.names, row.text).where(row.id.in_(entries))
        former = {number: Entry(*found) for number, *found in session.execute(query)}
        entries = {n: entry for n, entry in entries.items() if entry != former.get(n)}
    if not entries:
        return set()
    added, of_posting = insert_into(session, SearchEntryRow), kind is Kind.POSTING
    rows = [
        {"id": number, "kind": kind.value, "key": keys[number]}
        | {"posting_id": number if of_posting else None, **asdict(entry)}
        for number, entry in sorted(entries.items())
    ]
    texts_of_row = {field.name: added.excluded[field.name] for field in fields(Entry)}
    session.execute(added.on_conflict_do_update(index_elements=["id"], set_=texts_of_row), rows)
    backend_of(session).keep_entries(session, entries)
    return _words_of(entries.values()) - _words_of(former.values())


def drop(session: Session, kind: Kind, key: str) -> None:
    """Let a thing be found no more. A posting that is deleted goes by itself."""
    session.execute(delete(SearchEntryRow).where(SearchEntryRow.id == number_of(kind, key)))


def find(
    session: Session, kind: Kind, query: Query, limit: int, seen: ColumnElement[bool] | None = None
) -> list[Hit]:
    """The first `limit` things that answer; of postings those of which `seen` holds."""
    hits: dict[str, Hit] = {}
    for scope in Scope if query.terms else ():
        for exact in (True, False):
            most = limit + len(hits)
            for key in _keys(session, kind, query, scope, exact=exact, most=most, seen=seen):
                hits.setdefault(key, Hit(key, scope))
            if len(hits) >= limit:
                return list(hits.values())[:limit]
    return list(hits.values())


def postings_that_say(
    session: Session, query: Query, seen: ColumnElement[bool], most: int
) -> tuple[list[int], int]:
    """The ids of the postings that answer anywhere, exactly, those changed last first; and how
    many there are, counted up to one more than `COUNTED`.
    """
    if not query.terms:
        return [], 0
    found = backend_of(session).matching(query, Scope.ALL, exact=True)
    (number,) = found.selected_columns
    numbers = found.join(PostingRow, PostingRow.id == number).where(seen, number > 0)
    some = numbers.limit(COUNTED + 1).subquery()
    newest = select(PostingRow.id).where(PostingRow.id.in_(select(some)))
    newest = newest.order_by(PostingRow.changed_at.desc(), PostingRow.id.desc())
    ids = list(session.scalars(newest))
    return ids[:most], len(ids)


def postings_made_at(
    session: Session,
    made_at: Iterable[tuple[str, Level]],
    query: Query,
    most: int,
) -> list[int]:
    """The ids of the postings of these roles and levels that do not answer, the highest first:
    also of those that a person does not see. All is read from an index of the list.
    """
    pairs = [(slug, level.rank) for slug, level in made_at]
    if not pairs or not query.terms:
        return []
    said = backend_of(session).matching(query, Scope.ALL, exact=True).order_by(None)
    row = PostingRow
    at = tuple_(row.role_slug, row.level_rank).in_(pairs)
    of_roles = row.role_slug.in_({slug for slug, _ in pairs})
    found = select(row.id).where(of_roles, at, row.id.not_in(said))
    return list(session.scalars(found.order_by(row.id.desc()).limit(most)))


def postings_named(session: Session, query: Query) -> Select[int]:
    """The ids of the postings that answer by title and other names, joined with their rows: for who
    takes the first that the index comes to, in no order.
    """
    if not query.terms:
        return select(PostingRow.id).where(answers_by_name(session, query))
    found = _named(session, query.terms)
    (number,) = found.selected_columns
    found = found.join(PostingRow, PostingRow.id == number)
    return found.where(*_lacking(session, query, PostingRow.id.expression))


def answers_by_name(
    session: Session,
    query: Query,
    number: ColumnElement[int] = PostingRow.id.expression,
    near: CTE | None = None,
) -> ColumnElement[bool]:
    """Whether a posting, whose id `number` is, answers by its title and its other names: what the
    list is narrowed by. Where it is one of those `near`, the index is searched for these alone.
    """
    wanted = number.in_(_named(session, query.terms, near)) if query.terms else literal(bool(query))
    return and_(wanted, *_lacking(session, query, number, near))


def corrections(session: Session, query: Query) -> dict[str, str]:
    """For words that nothing answers, others spelled alike that something does."""
    found = {}
    for term in query.terms:
        if term.begun and term.word and not is_known(session, term):
            likely = islice(words_like(session, term.word), LIKELY)
            other = next((word for word in likely if is_word(session, word)), "")
            if other:
                found[term.word] = other
    return found


def is_word(session: Session, word: str) -> bool:
    """Whether an entry has this word, whole."""
    return is_known(session, Term(((word,),)))


def is_known(session: Session, term: Term) -> bool:
    """Whether any entry answers, be it one that the person does not see."""
    found = backend_of(session).matching(Query((term,)), Scope.ALL, exact=False).order_by(None)
    # PostgreSQL would rather read all vectors than look into the index, to find one
    some = found.cte("found").prefix_with("MATERIALIZED", dialect="postgresql")
    return session.execute(select(some).limit(1)).first() is not None


def number_of(kind: Kind, key: str) -> int:
    """The id of an entry: that of the posting, or one below zero that is always the same."""
    if kind is Kind.POSTING:
        return int(key)
    return -1 - int.from_bytes(sha256(f"{kind.value}:{key}".encode()).digest()[:6], "big")


def _words_of(entries: Iterable[Entry]) -> set[str]:
    return {word for entry in entries for text in astuple(entry) for word in text.split()}


def _cut(text: str) -> str:
    """The words of a text, its lines kept apart, so that no phrase goes from one into the next."""
    words = (word for line in text.split("\n") for word in (*tokens_of(line, MOST_TOKENS), BETWEEN))
    return " ".join(islice(words, MOST_TOKENS)).removesuffix(f" {BETWEEN}")


def _lacking(
    session: Session, query: Query, number: ColumnElement[int], near: CTE | None = None
) -> Iterator[ColumnElement[bool]]:
    for term in query.without:
        yield number.not_in(_named(session, (term,), near))


def _named(session: Session, terms: tuple[Term, ...], near: CTE | None = None) -> Select[int]:
    backend = backend_of(session)
    found = backend.matching(Query(terms), Scope.NAMES, exact=False).order_by(None)
    if near is None:
        return found
    (number,), id_ = found.selected_columns, near.c.id
    between = number.between(
        select(func.min(id_)).scalar_subquery(), select(func.max(id_)).scalar_subquery()
    )
    return found.where(between, (number + 0).in_(select(id_)))  # a sum is looked up nowhere


def _keys(
    session: Session,
    kind: Kind,
    query: Query,
    scope: Scope,
    *,
    exact: bool,
    most: int,
    seen: ColumnElement[bool] | None,
) -> list[str]:
    found = backend_of(session).matching(query, scope, exact=exact)
    (number,) = found.selected_columns
    if kind is Kind.POSTING:
        if seen is not None:
            found = found.join(PostingRow, PostingRow.id == number).where(seen)
        numbers = found.where(number > 0).limit(CANDIDATES).subquery()
        listed = select(PostingRow.id).where(PostingRow.id.in_(select(numbers)))
        listed = listed.order_by(PostingRow.changed_at.desc(), PostingRow.id.desc())
        return [str(key) for key in session.scalars(listed.limit(most))]
    row, numbers = SearchEntryRow, found.where(number < 0).subquery()
    named = select(row.key).where(row.id.in_(select(numbers)), row.kind == kind.value)
    return list(session.scalars(named.order_by(row.key).limit(most)))
