"""Transactions that write take the lock at their start, and a database that is busy says so."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import TextClause, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from jobdesc.app import create_app
from jobdesc.extensions import db
from jobdesc.people.person import Kind
from jobdesc.services.setup import is_set_up
from jobdesc.store.backup import one_moment
from jobdesc.store.engine import PRAGMAS
from jobdesc.store.faults import Reason
from jobdesc.store.restore import alone
from jobdesc.store.transactions import StoreBusy, reading, writing
from tests.accounts import add_person, set_up
from tests.databases import make_settings
from tests.marks import on_postgresql, on_sqlite

COUNT = text("SELECT count(*) FROM posting_base")


@contextmanager
def held(app: Flask) -> Iterator[sqlite3.Connection]:
    """Another program that is writing."""
    with app.app_context():
        file = Path(db.engine.url.database or "")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


@contextmanager
def impatient(app: Flask) -> Iterator[None]:
    """Connections that do not wait for a lock."""

    def hurry(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=0")

    with app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", hurry)
        yield
        db.session.remove()


def add_base(name: str) -> None:
    with writing() as session:
        session.execute(
            text("INSERT INTO posting_base (hash, body) VALUES (:hash, '{}')"), {"hash": name}
        )


def fail_in_the_middle() -> None:
    with writing() as session:
        session.execute(text("INSERT INTO posting_base (hash, body) VALUES ('a', '{}')"))
        raise ZeroDivisionError


@on_sqlite
def test_a_writing_transaction_holds_the_lock_before_its_first_statement(app: Flask) -> None:
    with app.app_context():
        file = Path(db.engine.url.database or "")
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other:
            with writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            other.execute("BEGIN IMMEDIATE")


def test_a_reading_transaction_holds_up_nobody_and_sees_one_moment(app: Flask) -> None:
    with app.app_context():
        with db.engine.connect() as other, reading() as session:
            assert session.execute(COUNT).scalar_one() == 0
            other.execute(text("INSERT INTO posting_base (hash, body) VALUES ('a', '{}')"))
            other.commit()
            assert session.execute(COUNT).scalar_one() == 0
        with reading() as session:
            assert session.execute(COUNT).scalar_one() == 1


@on_sqlite
def test_every_connection_is_set_up_for_safety(app: Flask) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "wal_autocheckpoint": 4000,
        "busy_timeout": 5000,
        "foreign_keys": 1,
    }
    assert len(PRAGMAS) == len(expected)
    with app.app_context(), reading() as session:
        found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in expected}
    assert found == expected


@on_postgresql
def test_every_connection_to_a_server_is_set_up(app: Flask) -> None:
    """Indexes are quick to read, and nobody waits for ever."""
    expected = {
        "random_page_cost": "1.1",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "1min",
    }
    with app.app_context():
        for _ in range(2):  # also where the transaction that asked first is rolled back
            with reading() as session:
                found = {name: session.scalar(text(f"SHOW {name}")) for name in expected}
            assert found == expected


@on_postgresql
def test_a_backup_and_a_restore_take_their_time(app: Flask) -> None:
    idle = text("SHOW idle_in_transaction_session_timeout")
    with app.app_context():
        for whole in (one_moment, alone):
            with whole(db.engine) as connection:
                assert connection.scalar(idle) == "0"
        with reading() as session:
            assert session.scalar(idle) == "1min"


def in_haste(session: Session, limit: str, statement: TextClause) -> None:
    session.execute(text(f"SET LOCAL {limit} = '20ms'"))
    time.sleep(1)
    session.execute(statement)


@on_postgresql
def test_a_row_that_another_holds_for_long_is_busy(app: Flask) -> None:
    change = text("UPDATE posting_base SET body = '[]'")
    with app.app_context():
        add_base("a")
        with db.engine.connect() as other:
            other.execute(change)
            with pytest.raises(StoreBusy, match="lock timeout") as caught, writing() as session:
                in_haste(session, "lock_timeout", change)
        assert caught.value.reason is Reason.BUSY


@on_postgresql
def test_a_transaction_that_does_nothing_is_ended_and_said_to_be_busy(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(StoreBusy, match="idle-in-transaction") as caught, writing() as session:
            in_haste(session, "idle_in_transaction_session_timeout", COUNT)
        assert caught.value.reason is Reason.BUSY
        add_base("a")


@on_sqlite
def test_a_locked_database_is_busy_for_who_writes_and_open_for_who_reads(app: Flask) -> None:
    with impatient(app), held(app):
        with pytest.raises(StoreBusy, match="locked") as caught:
            add_base("a")
        assert caught.value.reason is Reason.BUSY
        with reading() as session:
            assert session.execute(COUNT).scalar_one() == 0
    with app.app_context():
        add_base("a")


@on_sqlite
def test_a_full_disk_refuses_in_words_and_loses_nothing(app: Flask) -> None:
    with app.app_context():
        add_base("a")
        with db.engine.connect() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()

        def fill(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute(f"PRAGMA max_page_count={pages}")

        db.session.remove()
        db.engine.dispose()
        event.listen(db.engine, "connect", fill)
        with pytest.raises(StoreBusy, match="full") as caught, writing() as session:
            session.execute(
                text("INSERT INTO posting_base (hash, body) VALUES ('b', :body)"),
                {"body": '"' + "x" * 500_000 + '"'},
            )
        assert caught.value.reason is Reason.FULL
        with reading() as session:
            assert session.execute(COUNT).scalar_one() == 1
            assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


@on_sqlite
def test_a_database_that_may_only_be_read_is_read(app: Flask) -> None:
    def only_read(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    with app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", only_read)
        with pytest.raises(StoreBusy, match="readonly") as caught:
            add_base("a")
        assert caught.value.reason is Reason.READ_ONLY
        with reading() as session:
            assert session.execute(COUNT).scalar_one() == 0


def test_a_database_without_tables_says_so(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(StoreBusy) as caught, writing() as session:
            session.execute(text("SELECT * FROM nowhere"))
        assert caught.value.reason is Reason.NO_TABLES


def test_a_database_that_is_away_says_so(tmp_path: Path) -> None:
    for url in (f"postgresql://nobody@/nothing?host={tmp_path}", f"sqlite:///{tmp_path}/no/file"):
        app = create_app(make_settings(tmp_path / "data", url))
        with app.app_context(), pytest.raises(StoreBusy) as caught, reading() as session:
            session.execute(COUNT)
        assert caught.value.reason is Reason.UNREACHABLE


def lose_the_server(session: Session) -> None:
    backend = session.scalar(text("SELECT pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": backend})


def end_connections() -> None:
    """As a server does that restarts; those of the pool notice when they are used."""
    with psycopg.connect(db.engine.url.set(drivername="postgresql").render_as_string()) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@on_postgresql
def test_a_server_that_was_away_between_two_actions_is_asked_anew(app: Flask) -> None:
    with app.app_context():
        add_base("a")
        end_connections()
        add_base("b")


@on_postgresql
@pytest.mark.parametrize("kind", [reading, writing])
def test_a_server_that_goes_away_in_the_middle_says_so(
    app: Flask, kind: Callable[[], AbstractContextManager[Session]]
) -> None:
    """Also where nothing was asked any more, and the transaction only had to be given back."""
    with app.app_context():
        with pytest.raises(StoreBusy) as caught, kind() as session:
            lose_the_server(session)
        assert caught.value.reason is Reason.UNREACHABLE
        with reading() as session:
            assert session.execute(COUNT).scalar_one() == 0


@on_postgresql
def test_what_reads_may_not_write_and_what_writes_sees_what_others_did(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(StoreBusy, match="read-only") as caught, reading() as session:
            session.execute(text("DELETE FROM posting_base"))
        assert caught.value.reason is Reason.READ_ONLY
        with db.engine.connect() as other, writing() as session:
            assert session.execute(COUNT).scalar_one() == 0
            other.execute(text("INSERT INTO posting_base (hash, body) VALUES ('a', '{}')"))
            other.commit()
            assert session.execute(COUNT).scalar_one() == 1


def test_a_mistake_in_a_statement_is_no_state_of_the_database(app: Flask) -> None:
    with app.app_context(), pytest.raises(DBAPIError), reading() as session:
        session.execute(text("SELECT nothing FROM posting_base"))


def test_an_error_in_the_middle_undoes_the_whole_action(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            fail_in_the_middle()
        with reading() as session:
            assert session.execute(COUNT).scalar_one() == 0
        add_base("a")
        with pytest.raises(IntegrityError):
            add_base("a")
        add_base("b")


def test_writers_side_by_side_all_get_their_turn(app: Flask) -> None:
    def work(number: int) -> None:
        with app.app_context():
            for turn in range(10):
                add_base(f"{number}-{turn}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context(), reading() as session:
        assert session.execute(COUNT).scalar_one() == 40


@on_sqlite
def test_another_program_that_comes_and_goes_takes_no_saves_with_it(
    app: Flask, tmp_path: Path
) -> None:
    """Opening and closing the file beside SQLite would drop the locks of the whole process."""
    code = (
        "from jobdesc.app import create_app\n"
        "app = create_app()\n"
        "with app.app_context():\n"
        "    from jobdesc.services.setup import is_set_up\n"
        "    is_set_up()\n"
    )
    set_up(app)
    again = create_app(app.config["JOBDESC"])
    with again.app_context():
        assert is_set_up()
    environment = {**os.environ, "JOBDESC_DATA": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert (tmp_path / "jobdesc.sqlite3-wal").exists()
    add_person(app, Kind.RECRUITER)
    killed = tmp_path / "killed"
    killed.mkdir()
    for file in tmp_path.glob("jobdesc.sqlite3*"):
        shutil.copyfile(file, killed / file.name)
    with closing(sqlite3.connect(killed / "jobdesc.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (2,)
