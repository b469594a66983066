"""Rows of postings: ids, sizes, and what goes when untouched drafts go."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobdesc.postings.places import Place
from jobdesc.store import postings as store
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.bases import base_by_hash, keep_base
from jobdesc.store.saves import Save, save_posting
from jobdesc.store.tables import BaseRow, ChangeListRow, PostingRow
from jobdesc.store.transactions import reading, writing
from tests.accounts import NOW
from tests.store.rows import ADA, PAT, SECRET, a_base, a_person, on_base, stored


def bases(session: Session) -> set[str]:
    return set(session.scalars(select(BaseRow.hash)))


def test_the_id_of_a_deleted_row_is_never_given_again(app: Flask) -> None:
    with app.app_context():
        with writing() as session:
            person = a_person(session)
            posting = on_base(session)
            first = stored(session, posting, person)
            session.execute(delete(PostingRow))
            assert stored(session, posting, person) > first
        with writing() as session:
            second = a_person(session, PAT)
            session.execute(delete(PersonRow).where(PersonRow.id == second))
            assert a_person(session, PAT) > second


def test_the_longest_city_and_state_are_kept(app: Flask) -> None:
    place = Place(id="p", city="C" * 250, state="S" * 250)
    with app.app_context():
        with writing() as session:
            person = a_person(session)
            number = stored(session, on_base(session, places=(place,), title="T" * 300), person)
        with reading() as session:
            (listed,) = store.postings_of(session, [number], person)
            assert listed.place == f"{'C' * 250}, {'S' * 250}"
            assert session.scalar(select(PostingRow.state)) == "S" * 10


def test_an_untouched_draft_goes_with_its_base_unless_another_posting_has_it(app: Flask) -> None:
    week = NOW - timedelta(days=8)
    with app.app_context():
        with writing() as session:
            person = a_person(session)
            shared, alone = on_base(session), on_base(session, "Other words.")
            for posting in (shared, alone):
                stored(session, posting, person, week)
            kept = stored(session, shared, person)
            session.add(BaseRow(hash="x" * 64, body={}))
        with writing() as session:
            store.delete_untouched(session, NOW)
        with reading() as session:
            assert session.scalars(select(PostingRow.id)).all() == [kept]
            assert bases(session) == {shared.base, "x" * 64}


def test_a_base_stays_while_a_revision_stood_on_it(app: Flask) -> None:
    with app.app_context():
        with writing() as session:
            person = a_person(session)
            first, second = on_base(session), on_base(session, "Other words.", level="senior")
            number = stored(session, first, person)
            save_posting(session, number, second, Save(person, []), NOW)
            stored(session, first, person, NOW - timedelta(days=8))
        with writing() as session:
            store.delete_untouched(session, NOW)
        with reading() as session:
            assert bases(session) == {first.base, second.base}
            assert base_by_hash(session, second.base) == a_base("Other words.")


def test_a_base_is_kept_once(app: Flask) -> None:
    with app.app_context():
        for _ in range(2):
            with writing() as session:
                keep_base(session, a_base())
        with reading() as session:
            assert bases(session) == {a_base().digest}


def test_a_save_clears_old_change_lists_of_its_own_posting_alone(app: Flask) -> None:
    with app.app_context():
        with writing() as session:
            person = a_person(session)
            posting, save = on_base(session), Save(person, [])
            ids = [stored(session, posting, person) for _ in range(2)]
            for number in ids:
                save_posting(session, number, posting, save, NOW - timedelta(days=31))
        with writing() as session:
            save_posting(session, ids[0], posting, save, NOW)
        with reading() as session:
            count = select(ChangeListRow.posting_id, func.count()).group_by(
                ChangeListRow.posting_id
            )
            assert {row[0]: row[1] for row in session.execute(count)} == {ids[0]: 1, ids[1]: 1}
            left = select(ChangeListRow.made_at).where(ChangeListRow.posting_id == ids[0])
            assert session.scalars(left).all() == [NOW]


def test_the_number_of_a_save_is_used_once_for_each_posting(app: Flask) -> None:
    with app.app_context():
        with writing() as session:
            person = a_person(session)
            posting, save = on_base(session), Save(person, [], save_id="tab-1")
            for _ in range(2):
                save_posting(session, stored(session, posting, person), posting, save, NOW)
            number = stored(session, posting, person)
            for _ in range(2):
                save_posting(session, number, posting, Save(person, []), NOW)
            save_posting(session, number, posting, save, NOW)
        with pytest.raises(IntegrityError), writing() as session:
            save_posting(session, number, posting, save, NOW)


@pytest.mark.parametrize("name", ["Ada Lake", None])
def test_an_error_of_the_database_never_holds_the_row(app: Flask, name: str | None) -> None:
    row = {
        "name": name, "email": ADA, "email_key": ADA, "kind": "recruiter",
        "password_hash": SECRET, "active": True, "created_at": NOW,
    }  # fmt: skip
    with app.app_context():
        with writing() as session:
            a_person(session)
        with pytest.raises(IntegrityError) as caught, writing() as session:
            session.execute(insert(PersonRow.__table__), row)  # type: ignore[arg-type]
    for words in (str(caught.value), str(caught.value.orig), repr(caught.value.orig)):
        assert SECRET not in words
        assert ADA not in words
