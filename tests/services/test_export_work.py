"""Zips made in the background: whole or with words for what is missing, whatever happens."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO

import pytest
from flask import Flask
from sqlalchemy import delete

from jobdesc.app import workshop_of
from jobdesc.people.person import Kind, Person
from jobdesc.services import exports as service
from jobdesc.services.documents import Download, Format, PdfNotMade
from jobdesc.services.export_work import Workshop, clear_exports, make_next_export
from jobdesc.services.exports import NoSuchExport, NotExported
from jobdesc.services.listing import Selection
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.exports import LEASE, MOST_ATTEMPTS, State
from jobdesc.store.tables import PostingRow
from jobdesc.store.transactions import writing
from jobdesc.workers.kept_files import KeptFiles
from tests.accounts import NOW, Clock, add_person, quick_hashes
from tests.services.exporting import (
    actor,
    add_postings,
    app,
    ask,
    clock,
    files,
    look,
    names_in,
    shop,
    words_of,
)

__all__ = ["actor", "app", "clock", "quick_hashes"]


def test_500_postings_of_which_some_are_deleted_meanwhile(app: Flask, actor: Person) -> None:
    with app.app_context():
        ids = add_postings(actor, 500)
        number = ask(actor)
        ids.reverse()  # as the list has them: the newest first

        def fetch(person: Person, posting_id: int, form: Format) -> Download:
            if posting_id == ids[200]:
                with writing() as session:
                    session.execute(delete(PostingRow).where(PostingRow.id.in_(ids[300:302])))
            return words_of(person, posting_id, form)

        assert make_next_export(shop(app, fetch))
        export = look(actor, number)
        assert (export.state, export.total, export.done, export.made) == (
            State.READY,
            500,
            500,
            498,
        )
        assert {(left.id, left.title, left.why) for left in export.failed} == {
            (ids[300], "N 199", "gone"), (ids[301], "N 198", "gone"),
        }  # fmt: skip
        names = names_in(app, actor, number)
        assert len(set(names)) == len(names) == 498
        assert names[:2] == [
            "case-manager-ii_portland_2026-11-23.pdf", "case-manager-ii_portland_2026-11-23-2.pdf",
        ]  # fmt: skip


def test_canceled_midway_it_stops_and_leaves_no_file(app: Flask, actor: Person) -> None:
    with app.app_context():
        add_postings(actor, 30)
        number, begun = ask(actor), []

        def fetch(person: Person, posting_id: int, form: Format) -> Download:
            begun.append(posting_id)
            if len(begun) == 5:
                assert service.cancel_export(person, number, NOW)
            return words_of(person, posting_id, form)

        assert make_next_export(shop(app, fetch))
        assert look(actor, number).state is State.CANCELED
        assert len(begun) < 15
        assert files(app) == []
        assert not service.cancel_export(actor, number, NOW)
        assert not make_next_export(shop(app))
        again = service.retry_export(actor, number, NOW)
        assert again != number
        assert make_next_export(shop(app))
        assert len(names_in(app, actor, again)) == 30


def test_where_nothing_can_be_made_there_is_no_file_and_all_can_be_begun_again(
    app: Flask, actor: Person
) -> None:
    def fetch(person: Person, posting_id: int, form: Format) -> Download:
        raise PdfNotMade("unavailable")

    with app.app_context():
        add_postings(actor, 3)
        number = ask(actor)
        assert make_next_export(shop(app, fetch))
        export = look(actor, number)
        assert (export.state, export.made, len(export.failed)) == (State.FAILED, 0, 3)
        assert files(app) == []
        with pytest.raises(NotExported, match="not ready"):
            service.zip_of(actor, number, app.extensions["export_files"])
        assert look(actor, service.retry_export(actor, number, NOW)).total == 3


def test_a_full_disk_is_told_and_leaves_nothing(app: Flask, actor: Person) -> None:
    class FullDisk(KeptFiles):
        """A folder in which nothing fits."""

        @contextmanager
        def new(self, name: str) -> Iterator[IO[bytes]]:
            with open("/dev/full", "wb") as file:
                yield file

    with app.app_context():
        add_postings(actor, 3)
        number, made = ask(actor), shop(app)
        full = FullDisk(app.config["JOBDESC"].data / "exports")
        assert make_next_export(Workshop(made.fetch, full, made.clock))
        assert {left.why for left in look(actor, number).failed} == {"full"}
        assert files(app) == []


def test_a_zip_whose_maker_died_is_taken_up_after_its_lease(
    app: Flask, actor: Person, clock: Clock
) -> None:
    class Killed(BaseException):
        """The end of a process, of which nothing is told to the database."""

    def die(person: Person, posting_id: int, form: Format) -> Download:
        raise Killed

    with app.app_context():
        add_postings(actor, 5)
        number = ask(actor)
        with pytest.raises(Killed):
            make_next_export(shop(app, die))
        assert look(actor, number).state is State.WORKING
        assert not make_next_export(shop(app))
        clock.turn(LEASE + timedelta(seconds=1))
        assert make_next_export(shop(app))
        export = look(actor, number)
        assert (export.state, export.attempts, export.made) == (State.READY, 2, 5)


def test_a_zip_that_ends_its_makers_is_given_up(app: Flask, actor: Person, clock: Clock) -> None:
    class Killed(BaseException):
        """The end of a process."""

    def die(person: Person, posting_id: int, form: Format) -> Download:
        raise Killed

    with app.app_context():
        add_postings(actor, 2)
        number = ask(actor)
        for _ in range(MOST_ATTEMPTS):
            with pytest.raises(Killed):
                make_next_export(shop(app, die))
            clock.turn(LEASE + timedelta(seconds=1))
        assert not make_next_export(shop(app, die))
        assert look(actor, number).state is State.FAILED
        assert service.news_of_exports(actor)


def test_who_lost_the_lease_stops_and_leaves_the_other_ones_file(
    app: Flask, actor: Person, clock: Clock
) -> None:
    with app.app_context():
        ids = add_postings(actor, 12)
        number, calls = ask(actor), []

        def slow(person: Person, posting_id: int, form: Format) -> Download:
            calls.append(posting_id)
            if len(calls) == 4:
                clock.turn(LEASE + timedelta(seconds=1))
                while not make_next_export(shop(app)):  # the first was heard of once more
                    clock.turn(LEASE + timedelta(seconds=1))
            return words_of(person, posting_id, form)

        assert make_next_export(shop(app, slow, threads=1))
        assert len(calls) < len(ids)
        assert look(actor, number).state is State.READY
        assert len(names_in(app, actor, number)) == 12
        assert len(files(app)) == 1


def test_a_server_that_stops_gives_its_zip_back(app: Flask, actor: Person) -> None:
    with app.app_context():
        add_postings(actor, 9)
        number, stops = ask(actor), iter((False, False, True))
        assert make_next_export(shop(app), lambda: next(stops))
        export = look(actor, number)
        assert (export.state, export.attempts) == (State.WAITING, 0)
        assert files(app) == []
        assert make_next_export(shop(app))
        assert look(actor, number).state is State.READY


def test_several_makers_share_the_zips_and_make_each_once(app: Flask, actor: Person) -> None:
    made: list[int] = []
    with app.app_context():
        ids = add_postings(actor, 4)
        numbers = [ask(actor, Selection(ids=(one,))) for one in ids]

    def fetch(person: Person, posting_id: int, form: Format) -> Download:
        made.append(posting_id)
        return words_of(person, posting_id, form)

    def work() -> None:
        with app.app_context():
            while make_next_export(shop(app, fetch)):
                pass

    makers = [threading.Thread(target=work) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join(30)
    with app.app_context():
        while make_next_export(shop(app, fetch)):
            pass
        assert sorted(made) == sorted(ids)
        assert {look(actor, number).state for number in numbers} == {State.READY}


def test_who_may_not_sign_in_any_more_gets_no_zip(app: Flask, actor: Person) -> None:
    other = add_person(app, Kind.RECRUITER)
    with app.app_context():
        add_postings(actor, 2)
        number = ask(other)
        with writing() as session:
            session.get_one(PersonRow, other.id).active = False
        assert not make_next_export(shop(app))
        assert look(other, number).state is State.FAILED


def test_after_a_week_a_zip_is_cleared_away_with_its_file(
    app: Flask, actor: Person, clock: Clock
) -> None:
    with app.app_context():
        add_postings(actor, 2)
        number = ask(actor)
        assert make_next_export(shop(app))
        stray = app.config["JOBDESC"].data / "exports" / "new-stray"
        stray.write_text("half a zip")
        clear_exports(shop(app))
        assert len(files(app)) == 2
        clock.turn(timedelta(days=7))
        clear_exports(shop(app))
        with pytest.raises(NoSuchExport):
            look(actor, number)
        assert files(app) == [stray]
        in_two_hours = KeptFiles(stray.parent, lambda: stray.stat().st_mtime + 7_200)
        clear_exports(Workshop(words_of, in_two_hours, workshop_of(app).clock))
        assert files(app) == []


def test_a_posting_that_cannot_be_read_is_left_out(app: Flask, actor: Person) -> None:
    with app.app_context():
        ids = add_postings(actor, 2)
        with writing() as session:
            session.get_one(PostingRow, ids[0]).body = {"schema": 2, "nonsense": True}
        number = ask(actor)
        assert make_next_export(shop(app))
        assert [(left.id, left.why) for left in look(actor, number).failed] == [(ids[0], "failed")]
