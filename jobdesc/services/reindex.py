"""Make the search index anew, while people go on working."""

from jobdesc.store import search_rebuild as store
from jobdesc.store.transactions import reading, writing


def index_is_incomplete() -> bool:
    """Whether something stored would not be found."""
    with reading() as session:
        return store.is_incomplete(session)


def reindex() -> int:
    """Make every entry anew; how many postings there are. Where it stops, the next one goes on."""
    with writing() as session:
        said = store.rebuild_library(session)
    count, last = 0, 0
    while True:
        with writing() as session:
            ids, words = store.rebuild_some(session, last)
        if not ids:
            break
        count, last = count + len(ids), ids[-1]
        said |= words
    with writing() as session:
        store.make_anew(session)
    word = ""
    while True:
        with writing() as session:
            word = store.forget_some(session, word, said)
        if not word:
            return count
