"""Words spelled alike: by the pieces of three letters that they share, then by the letters changed.

PostgreSQL from pip has no pg_trgm, and SQLite none of it, so the pieces are rows of our own. A word
stays when the last text that had it goes; whoever asks looks whether it is still there.
"""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from jobdesc.store.inserting import insert_into
from jobdesc.store.search_tables import SearchWordRow

SHORTEST, LONGEST, CANDIDATES, AT_ONCE = 4, 40, 80, 400


def add_words(session: Session, words: Iterable[str]) -> None:
    """Keep words that nobody used before; those with a figure in them have no spelling."""
    new = sorted({word for word in words if SHORTEST <= len(word) <= LONGEST and word.isalpha()})
    for start in range(0, len(new), AT_ONCE):
        some = new[start : start + AT_ONCE]
        begins = SearchWordRow.piece.startswith(" ")  # one row for each word
        known = select(SearchWordRow.word).where(SearchWordRow.word.in_(some), begins)
        there = set(session.scalars(known))
        rows = [
            {"piece": piece, "word": word}
            for word in some
            if word not in there
            for piece in sorted(_pieces(word))
        ]
        if rows:
            session.execute(insert_into(session, SearchWordRow).on_conflict_do_nothing(), rows)


def words_like(session: Session, word: str) -> Iterator[str]:
    """Words that were probably meant, the likeliest first."""
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()):
        return
    query = select(SearchWordRow.word).where(SearchWordRow.piece.in_(sorted(_pieces(word))))
    shared = func.count().desc()
    query = query.group_by(SearchWordRow.word).order_by(shared, SearchWordRow.word)
    near = [
        (distance, other[0] != word[0], other)
        for other in session.scalars(query.limit(CANDIDATES))
        if other != word and (distance := changed(word, other)) <= _most_changed(word)
    ]
    yield from (other for *_, other in sorted(near))


def words_after(session: Session, word: str, limit: int) -> list[str]:
    """The next words in the order of the database."""
    query = select(SearchWordRow.word).where(SearchWordRow.word > word).distinct()
    return list(session.scalars(query.order_by(SearchWordRow.word).limit(limit)))


def forget_words(session: Session, words: Sequence[str]) -> None:
    """Let these be proposed no more."""
    session.execute(delete(SearchWordRow).where(SearchWordRow.word.in_(words)))


def changed(one: str, other: str) -> int:
    """How many letters were put in, left out, exchanged or swapped with their neighbor."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, second in enumerate(other, 1):
            best = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != second))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == second
            row.append(min(best, older[j - 2] + 1) if swapped else best)
    return row[-1]


def _most_changed(word: str) -> int:
    return 1 if len(word) < 6 else 2


def _pieces(word: str) -> set[str]:
    """'nurse' gives ' nu', 'nur', 'urs', 'rse' and 'se '."""
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
