"""The set-up link and the first administrator."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from jobdesc.people.entries import NotAccepted
from jobdesc.people.person import Kind
from jobdesc.services.sessions import actor_of_session
from jobdesc.services.setup import (
    LinkGone,
    create_first_administrator,
    is_set_up,
    link_works,
    setup_link,
)
from jobdesc.store import accounts
from jobdesc.store.account_tables import PersonRow, SetUpTokenRow
from jobdesc.store.tables import OrganizationRow
from jobdesc.store.transactions import reading, writing
from tests.accounts import NOW, PASSWORD, add_person, new_link_token, quick_hashes, set_up

__all__ = ["quick_hashes"]


def create(token: str, **changes: str) -> object:
    entry = {
        "name": "Ada Lake",
        "email": "ada@lakecounty.gov",
        "password": PASSWORD,
        "organization": "Lake County",
    } | changes
    return create_first_administrator(token, **entry, now=NOW)


def count(table: type) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_link_makes_an_administrator_who_is_signed_in(app: Flask) -> None:
    token = new_link_token(app)
    with app.app_context():
        assert link_works(token)
        assert not is_set_up()
        begun = create_first_administrator(
            token, " Ada  Lake ", "Ada@LakeCounty.gov", PASSWORD, "Lake County", NOW
        )
        assert (begun.person.name, begun.person.kind) == ("Ada Lake", Kind.ADMINISTRATOR)
        assert begun.person.email == "Ada@LakeCounty.gov"
        assert actor_of_session(begun.token, NOW) == begun.person
        assert is_set_up()
        assert count(OrganizationRow) == 1


def test_the_link_works_once(app: Flask) -> None:
    token = new_link_token(app)
    with app.app_context():
        create(token)
        assert not link_works(token)
        with pytest.raises(LinkGone):
            create(token, email="eve@lakecounty.gov")
        assert count(PersonRow) == 1


def test_a_restart_makes_a_new_link_and_the_former_stops_working(app: Flask) -> None:
    first, second = new_link_token(app), new_link_token(app)
    with app.app_context():
        assert not link_works(first)
        with pytest.raises(LinkGone):
            create(first)
        create(second)


def test_once_there_is_an_administrator_there_is_no_link(app: Flask) -> None:
    set_up(app)
    with app.app_context():
        assert setup_link("http://127.0.0.1:8000") is None


def test_the_link_stands_at_the_address_that_was_given(app: Flask) -> None:
    with app.app_context():
        link = setup_link("http://[::1]:8000/")
    assert (link or "").startswith("http://[::1]:8000/set-up/")
    assert len((link or "").rpartition("/")[2]) >= 40


def test_only_the_hash_of_the_link_is_kept(app: Flask) -> None:
    token = new_link_token(app)
    with app.app_context(), reading() as session:
        kept = session.scalars(select(SetUpTokenRow.token_hash)).one()
    assert len(kept) == 32
    assert token.encode() not in kept


def test_a_refused_entry_names_every_field_and_leaves_the_link_working(app: Flask) -> None:
    token = new_link_token(app)
    with app.app_context():
        with pytest.raises(NotAccepted) as refusal:
            create(token, name=" ", email="ada", password="short", organization="\n")
        assert set(refusal.value.problems) == {"name", "email", "password", "organization"}
        assert count(PersonRow) == count(OrganizationRow) == 0
        assert link_works(token)


def test_an_email_that_the_terminal_gave_to_somebody_is_refused_on_its_field(app: Flask) -> None:
    add_person(app, Kind.RECRUITER, "Ada@LakeCounty.gov")
    token = new_link_token(app)
    with app.app_context():
        with pytest.raises(NotAccepted) as refusal:
            create(token)
        assert list(refusal.value.problems) == ["email"]
        assert link_works(token)
        create(token, email="eve@lakecounty.gov")


def test_ten_thousand_characters_are_refused_on_their_field(app: Flask) -> None:
    token = new_link_token(app)
    for field in ("name", "email", "organization", "password"):
        with app.app_context(), pytest.raises(NotAccepted) as refusal:
            create(token, **{field: "abcdefghi " * 1_000})
        assert list(refusal.value.problems) == [field]


def test_a_guessed_link_is_refused(app: Flask) -> None:
    new_link_token(app)
    for token in ("", "guess", "\udcff", "a\0b"):
        with app.app_context(), pytest.raises(LinkGone):
            create(token)


def test_a_link_left_from_a_race_does_not_work_beside_an_administrator(app: Flask) -> None:
    set_up(app)
    with app.app_context():
        with writing() as session:
            accounts.replace_set_up_token(session, b"x" * 32, NOW)
        with pytest.raises(LinkGone):
            create("anything")


def test_of_those_who_race_for_the_link_one_becomes_administrator(app: Flask) -> None:
    token, together = new_link_token(app), Barrier(6)

    def race(number: int) -> bool:
        with app.app_context():
            together.wait()
            try:
                create(token, email=f"racer{number}@lakecounty.gov")
            except LinkGone:
                return False
            return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(race, range(6)))
    assert won.count(True) == 1
    with app.app_context():
        assert count(PersonRow) == count(OrganizationRow) == 1
