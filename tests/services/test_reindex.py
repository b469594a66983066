"""The index made anew is the one that was kept with the saves, row by row and answer by answer."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text

from jobdesc.extensions import db
from jobdesc.people.person import Person
from jobdesc.postings.changes import AddLine, SetField
from jobdesc.postings.sections import Section
from jobdesc.roles.levels import Level
from jobdesc.services import reindex as service
from jobdesc.services.postings import keep_posting, read_posting, save_changes, start_posting
from jobdesc.services.reindex import index_is_incomplete, reindex
from jobdesc.services.search import search
from jobdesc.store.search_index import is_word
from jobdesc.store.search_tables import SearchEntryRow, SearchWordRow
from jobdesc.store.tables import PostingRow
from jobdesc.store.transactions import reading, writing
from tests.accounts import NOW, quick_hashes, set_up
from tests.conftest import Soak
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

WORDS = ("Harbor", "courthouse", "discharge", "veterans", "LCSW", "Zoë", "night-shift", "R-77")
QUERIES = (*WORDS, "harbo", "courthuose", "case manager", '"night shift"', "veterans -harbor", "or")


def rows() -> dict[str, set[Any]]:
    """The entries, and what the database made of them."""
    entry, found = SearchEntryRow.__table__, {}
    with reading() as session:
        found["entries"] = {tuple(row) for row in session.execute(select(*entry.columns))}
        if session.get_bind().dialect.name == "postgresql":
            beside = session.execute(text("SELECT * FROM search_vector"))
            found["vectors"] = {tuple(row) for row in beside}
        found["words"] = set(session.scalars(select(SearchWordRow.word).distinct()))
    return found


def is_as(before: dict[str, set[Any]], asked: list[Any], actor: Person) -> bool:
    """Whether rows and answers are those of before; words that nothing says any more aside."""
    now = rows()
    with reading() as session:
        said = [word for word in before["words"] ^ now["words"] if is_word(session, word)]
    parts = before.keys() - {"words"}
    return not said and all(now[part] == before[part] for part in parts) and answers(actor) == asked


def answers(actor: Person) -> list[tuple[object, ...]]:
    found = [search(actor, query) for query in QUERIES]
    return [(one.shown_for, one.postings, one.credentials, one.found) for one in found]


def save_at_random(actor: Person, soak: Soak) -> None:
    chance, started = soak.random, []
    for number in soak.rounds(25):
        if not started or chance.random() < 0.3:
            role = chance.choice(["case-manager", "rn-case-manager", "legal-case-manager"])
            started.append(start_posting(actor, role, chance.choice([*Level]), NOW))
            continue
        posting = chance.choice(started)
        words = " ".join(chance.choices(WORDS, k=3))
        before = read_posting(actor, posting).posting.title
        line = AddLine(line=f"new-{number}", section=Section.DUTIES, text=words)
        title = SetField(target="title", before=before, after=words)
        save_changes(actor, posting, (chance.choice([line, title]),), NOW)


def test_the_index_made_anew_is_the_one_that_was_kept(seeded_app: Flask, soak: Soak) -> None:
    actor = set_up(seeded_app)
    with seeded_app.app_context():
        save_at_random(actor, soak)
        before, found = rows(), answers(actor)
        assert any(one[0] for one in found) and any(one[1] for one in found)
        assert not index_is_incomplete()
        with writing() as session:
            session.execute(delete(SearchEntryRow))
            session.execute(delete(SearchWordRow))
        assert index_is_incomplete()
        assert reindex() == len({entry for entry in before["entries"] if entry[1] == "posting"})
        assert is_as(before, found, actor)
        reindex()
        assert is_as(before, found, actor)


def test_what_was_stored_past_the_index_is_found_after_a_reindex(seeded_app: Flask) -> None:
    actor = set_up(seeded_app)
    with seeded_app.app_context():
        number = start_posting(actor, "case-manager", Level.MID, NOW)
        with writing() as session:
            body = session.scalars(select(PostingRow.body)).one() | {"title": "Lighthouse Keeper"}
            session.execute(PostingRow.__table__.update().values(body=body))
            session.execute(insert(SearchWordRow), {"piece": "old", "word": "oldword"})
        assert search(actor, "lighthouse").postings == ()
        assert reindex() == 1
        assert [hit.item.id for hit in search(actor, "lighthose").postings] == [number]
        with reading() as session:
            query = select(SearchWordRow).where(SearchWordRow.word == "oldword")
            assert session.scalars(query).all() == []


def test_a_reindex_that_is_stopped_leaves_every_entry_whole(
    seeded_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(Exception):
        pass

    actor = set_up(seeded_app)
    with seeded_app.app_context():
        numbers = [start_posting(actor, "case-manager", level, NOW) for level in Level]
        for number in numbers:
            keep_posting(actor, number)
        before, found, some = rows(), answers(actor), service.store.rebuild_some
        calls = []

        def stop_later(session: Any, after: int) -> tuple[list[int], set[str]]:
            calls.append(after)
            done = some(session, after)
            if len(calls) == 3:
                raise Killed
            return done

        monkeypatch.setattr(service.store, "AT_ONCE", 2)
        monkeypatch.setattr(service.store, "rebuild_some", stop_later)
        with pytest.raises(Killed):
            reindex()
        db.session.remove()
        assert is_as(before, found, actor)


@on_sqlite
def test_the_command_says_how_many_and_seed_fills_an_index_that_lacks_something(
    seeded_app: Flask,
) -> None:
    actor = set_up(seeded_app)
    run = seeded_app.test_cli_runner().invoke
    with seeded_app.app_context():
        start_posting(actor, "case-manager", Level.MID, NOW)
    assert run(args=["reindex"]).output == "The search index is made anew: 1 posting.\n"
    with seeded_app.app_context(), writing() as session:
        session.execute(delete(SearchEntryRow))
    assert run(args=["seed"]).exit_code == 0
    with seeded_app.app_context():
        assert not index_is_incomplete()
        assert search(actor, "case").postings
