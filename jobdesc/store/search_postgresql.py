"""The search index on PostgreSQL: a vector of words for each scope of each entry, in GIN indexes.

The vectors are written out here, with no dictionary of the database between, so that a word is the
same on both databases.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Select, bindparam, column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from jobdesc.roles.query import Query, Term
from jobdesc.store.search_kinds import Entry, Scope

VECTOR_OF = {Scope.TITLE: "title", Scope.NAMES: "names", Scope.ALL: "everything"}
VECTORS = table(
    "search_vector",
    column("entry_id"),
    column("title", TSVECTOR),
    column("names", TSVECTOR),
    column("everything", TSVECTOR),
)
LAST_PLACE, MOST_PLACES, BETWEEN = 16_383, 255, 2
"""What a vector takes of the places of a word, and what keeps phrases from crossing texts."""
KEEP = text(
    "INSERT INTO search_vector (entry_id, title, names, everything) VALUES (:id, CAST(:title AS"
    " tsvector), CAST(:names AS tsvector), CAST(:everything AS tsvector)) ON CONFLICT (entry_id) DO"
    " UPDATE SET title = excluded.title, names = excluded.names, everything = excluded.everything"
)


def matching(query: Query, scope: Scope, *, exact: bool) -> Select[int]:
    """The ids of the entries that answer, those with the highest first where a limit is set."""
    number = VECTORS.c.entry_id
    found = select(number).order_by(number.desc())
    if query.terms:
        wanted = " & ".join(_any_of(term, exact=exact) for term in query.terms)
        found = found.where(VECTORS.c[VECTOR_OF[scope]].op("@@")(_query(wanted)))
    if query.without:
        without = " | ".join(_any_of(term, exact=False) for term in query.without)
        found = found.where(~VECTORS.c.everything.op("@@", is_comparison=True)(_query(without)))
    return found


def keep_entries(session: Session, entries: Mapping[int, Entry]) -> None:
    """Write the vectors of entries that were put."""
    session.execute(KEEP, [_vectors(number, entries[number]) for number in sorted(entries)])


def make_anew(_session: Session) -> None:
    """Each entry that is put brings its vectors."""


def _query(written: str) -> object:
    return bindparam(None, written, type_=TSQUERY())


def _any_of(term: Term, *, exact: bool) -> str:
    ways = [*map(_phrase, term.exact)]
    if not exact:
        ways += [f"{_phrase(tokens)}:*" for tokens in term.begun]
    return f"({' | '.join(ways)})"


def _phrase(tokens: Iterable[str]) -> str:
    """Tokens are letters and figures, so the quotes are ours alone."""
    return " <-> ".join(f"'{token}'" for token in tokens)


def _vectors(number: int, entry: Entry) -> dict[str, object]:
    texts = (entry.title, entry.names, entry.text)
    return {
        "id": number,
        "title": _vector(texts[:1]),
        "names": _vector(texts[:2]),
        "everything": _vector(texts),
    }


def _vector(texts: Iterable[str]) -> str:
    """The words of texts with their places, as PostgreSQL writes a vector."""
    places: dict[str, list[str]] = defaultdict(list)
    place = 0
    for words in texts:
        for token in words.split():
            place += 1
            if len(places[token]) < MOST_PLACES:
                places[token].append(str(min(place, LAST_PLACE)))
        place += BETWEEN
    return " ".join(f"'{token}':{','.join(dict.fromkeys(at))}" for token, at in places.items())
