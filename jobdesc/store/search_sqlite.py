"""The search index on SQLite: an FTS5 table, which triggers keep level with the entries."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Select, bindparam, column, literal_column, select, table, text
from sqlalchemy.orm import Session

from jobdesc.roles.query import Query, Term
from jobdesc.store.search_kinds import Entry, Scope

COLUMNS = {
    Scope.TITLE: "{title}",
    Scope.NAMES: "{title names}",
    Scope.ALL: "{title names text}",
}
FOUND = table("search_text", column("rowid"))


def matching(query: Query, scope: Scope, *, exact: bool) -> Select[int]:
    """The ids of the entries that answer, those with the highest first where a limit is set."""
    condition = literal_column("search_text").op("MATCH")(
        bindparam(None, _expression(query, scope, exact=exact))
    )
    return select(FOUND.c.rowid).where(condition).order_by(FOUND.c.rowid.desc())


def keep_entries(_session: Session, _entries: Mapping[int, Entry]) -> None:
    """The triggers have done it."""


def make_anew(session: Session) -> None:
    """Make the full text anew from the entries, whatever state it is in."""
    session.execute(text("INSERT INTO search_text(search_text) VALUES ('rebuild')"))


def _expression(query: Query, scope: Scope, *, exact: bool) -> str:
    """What FTS5 reads. Every token is letters and figures between quotes of our own."""
    wanted = " AND ".join(_any_of(term, exact=exact) for term in query.terms)
    asked = f"({COLUMNS[scope]} : ({wanted}))" if wanted else ""
    if not query.without:
        return asked
    without = " OR ".join(_any_of(term, exact=False) for term in query.without)
    return f"{asked} NOT ({without})"


def _any_of(term: Term, *, exact: bool) -> str:
    begun = () if exact else term.begun  # which holds what is exactly so
    ways = [_phrase(tokens) for tokens in term.exact if tokens not in begun]
    ways += [f"{_phrase(tokens)} *" for tokens in begun]
    return f"({' OR '.join(ways)})"


def _phrase(tokens: Iterable[str]) -> str:
    return f'"{" ".join(tokens)}"'
