"""Rows of postings: ids, sizes, and what goes when untouched drafts go."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobdesc.people.person import Kind
from jobdesc.postings.assemble import base_of
from jobdesc.postings.places import Place
from jobdesc.store import postings as store
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.accounts import add_person
from jobdesc.store.roles import body_hash
from jobdesc.store.tables import BaseRow, ChangeListRow, PostingRow
from jobdesc.store.transactions import reading, writing
from tests.accounts import NOW
from tests.postings.builders import a_posting

SECRET = "scrypt:32768:8:1$a-hash-of-a-password"
ANOTHER = "pat@lake.gov"


def owner(session: Session, email: str = "ada@lake.gov") -> int:
    return add_person(session, "Ada Lake", email, Kind.RECRUITER, SECRET, NOW).id


def bases(session: Session) -> set[str]:
    return set(session.scalars(select(BaseRow.hash)))


def test_the_id_of_a_deleted_row_is_never_given_again(app: Flask) -> None:
    with app.app_context():
        with writing() as session:
            person = owner(session)
            first = store.add_posting(session, a_posting(), person, NOW)
            session.execute(delete(PostingRow))
            assert store.add_posting(session, a_posting(), person, NOW) > first
        with writing() as session:
            second = owner(session, ANOTHER)
            session.execute(delete(PersonRow).where(PersonRow.id == second))
            assert owner(session, ANOTHER) > second


def test_the_longest_city_and_state_are_kept(app: Flask) -> None:
    place = Place(id="p", city="C" * 250, state="S" * 250)
    posting = a_posting().model_copy(update={"places": (place,), "title": "T" * 300})
    with app.app_context():
        with writing() as session:
            person = owner(session)
            store.add_posting(session, posting, person, NOW)
        with reading() as session:
            (listed,) = store.search_postings(session, person, (), 9)
            assert listed.place == f"{'C' * 250}, {'S' * 250}"
            assert session.scalar(select(PostingRow.state)) == "S" * 10


def test_an_untouched_draft_goes_with_its_base_unless_another_posting_has_it(app: Flask) -> None:
    shared = a_posting()
    alone = shared.model_copy(update={"title": "Other", "summary": "Other words."})
    assert body_hash(base_of(shared)) != body_hash(base_of(alone))
    with app.app_context():
        with writing() as session:
            person = owner(session)
            for posting in (shared, alone):
                store.add_posting(session, posting, person, NOW - timedelta(days=8))
            kept = store.add_posting(session, shared, person, NOW)
            session.add(BaseRow(hash="x" * 64, body={}))
        with writing() as session:
            store.delete_untouched(session, NOW)
        with reading() as session:
            assert session.scalars(select(PostingRow.id)).all() == [kept]
            assert bases(session) == {body_hash(base_of(shared)), "x" * 64}


def test_a_save_clears_old_change_lists_of_its_own_posting_alone(app: Flask) -> None:
    with app.app_context():
        with writing() as session:
            person = owner(session)
            ids = [store.add_posting(session, a_posting(), person, NOW) for _ in range(2)]
            for number in ids:
                old = NOW - timedelta(days=31)
                store.save_posting(session, number, a_posting(), [], person, old)
        with writing() as session:
            store.save_posting(session, ids[0], a_posting(), [], person, NOW)
        with reading() as session:
            count = select(ChangeListRow.posting_id, func.count()).group_by(
                ChangeListRow.posting_id
            )
            assert {row[0]: row[1] for row in session.execute(count)} == {ids[0]: 1, ids[1]: 1}
            left = select(ChangeListRow.made_at).where(ChangeListRow.posting_id == ids[0])
            assert session.scalars(left).all() == [NOW]


@pytest.mark.parametrize("name", ["Ada Lake", None])
def test_an_error_of_the_database_never_holds_the_row(app: Flask, name: str | None) -> None:
    row = {
        "name": name, "email": "ada@lake.gov", "email_key": "ada@lake.gov", "kind": "recruiter",
        "password_hash": SECRET, "active": True, "created_at": NOW,
    }  # fmt: skip
    with app.app_context():
        with writing() as session:
            owner(session)
        with pytest.raises(IntegrityError) as caught, writing() as session:
            session.execute(insert(PersonRow.__table__), row)  # type: ignore[arg-type]
    for words in (str(caught.value), str(caught.value.orig), repr(caught.value.orig)):
        assert SECRET not in words
        assert "ada@lake.gov" not in words
