"""What a backup holds comes back equal, on either database, and a restore is whole or nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import delete, func, insert, select, text

from jobdesc.extensions import db
from jobdesc.people.person import Kind, Person
from jobdesc.postings.changes import AddLine, SetField
from jobdesc.postings.sections import Section
from jobdesc.roles.levels import Level
from jobdesc.services.backups import make_backup, restore_backup
from jobdesc.services.postings import keep_posting, read_posting, save_changes, start_posting
from jobdesc.store import restore
from jobdesc.store.account_tables import PersonRow, SessionRow
from jobdesc.store.backup import BackupFailed
from jobdesc.store.backup_file import Manifest, NotABackup
from jobdesc.store.bases import keep_base
from jobdesc.store.portable import OF_ONE_DATABASE, NotPortable, tables_of
from jobdesc.store.restore import HoldsPeople
from jobdesc.store.tables import ChangeListRow, PostingRow
from jobdesc.store.transactions import StoreBusy, reading, writing
from tests.accounts import NOW, add_person, quick_hashes, set_up
from tests.databases import Templates
from tests.store.former_versions import REVISIONS
from tests.store.rows import a_base, on_base, stored
from tests.store.test_migrations import differences
from tests.tables import another, contents, fill_empty_tables, kept_tables

__all__ = ["quick_hashes"]

BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
FROM_EACH_TO_THE_OTHER = pytest.mark.parametrize(
    ("database", "kind"),
    [("sqlite", "postgresql"), ("postgresql", "sqlite")],
    indirect=["database"],
)
MOMENT = datetime(2026, 11, 24, tzinfo=UTC)


def back_up(app: Flask, file: Path) -> Manifest:
    with app.app_context():
        return make_backup(file, MOMENT)


def put_back(app: Flask, file: Path, *, replace: bool = False) -> Manifest:
    with app.app_context():
        return restore_backup(file, replace=replace)


@pytest.fixture
def full_app(seeded_app: Flask) -> Flask:
    """An installation with a row in each table, and ids at the end that were given and deleted."""
    actor = set_up(seeded_app)
    with seeded_app.app_context():
        started = start_posting(actor, "case-manager", Level.MID, NOW)
        for title in ("One", "Two"):
            before = read_posting(actor, started).posting.title
            save_changes(
                actor, started, (SetField(target="title", before=before, after=title),), NOW
            )
        fill_empty_tables()
        gone = start_posting(actor, "rn-case-manager", Level.LEAD, NOW)
        with writing() as session:
            session.execute(delete(PostingRow).where(PostingRow.id == gone))
    return seeded_app


@BOTH
def test_every_table_comes_back_equal_on_either_database(
    full_app: Flask, templates: Templates, tmp_path: Path, kind: str
) -> None:
    before = contents(full_app)
    assert [name for name, rows in before.items() if not rows] == []
    made = back_up(full_app, tmp_path / "backup")
    assert set(made.tables) == {table.name for table in kept_tables()}
    with another(templates, kind, tmp_path / "other") as other:
        put_back(other, tmp_path / "backup")
        assert contents(other) == before
        assert back_up(other, tmp_path / "again").tables.keys() == made.tables.keys()
        again = back_up(other, tmp_path / "once more")
        assert {n: t.digest for n, t in again.tables.items()} == {
            n: t.digest for n, t in made.tables.items()
        }
        with other.app_context(), db.engine.connect() as connection:
            assert differences(connection) == []


@BOTH
def test_ids_go_on_after_those_that_were_given_also_where_their_rows_are_gone(
    full_app: Flask, templates: Templates, tmp_path: Path, kind: str
) -> None:
    made = back_up(full_app, tmp_path / "backup")
    with another(templates, kind, tmp_path / "other") as other:
        put_back(other, tmp_path / "backup")
        with other.app_context():
            with reading() as session:
                person = Person(session.scalars(select(PersonRow.id)).one(), "", "", Kind.HR_EDITOR)
                highest = session.scalar(select(func.max(PostingRow.id))) or 0
            started = start_posting(person, "legal-case-manager", Level.ENTRY, NOW)
        assert started == (made.tables["posting"].last_id or 0) + 1 > highest + 1


def test_sessions_and_failed_sign_ins_stay_behind(
    full_app: Flask, templates: Templates, database: str, tmp_path: Path
) -> None:
    made = back_up(full_app, tmp_path / "backup")
    assert {"session", "sign_in_failure", "set_up_token"} <= set(made.left_out)
    with another(templates, database, tmp_path / "other") as other:
        put_back(other, tmp_path / "backup")
        with other.app_context(), reading() as session:
            assert session.scalar(select(func.count()).select_from(SessionRow)) == 0


def test_a_database_with_people_is_replaced_only_when_that_is_said(
    full_app: Flask, tmp_path: Path
) -> None:
    before = contents(full_app)
    back_up(full_app, tmp_path / "backup")
    add_person(full_app, Kind.RECRUITER)
    after = contents(full_app)
    with pytest.raises(HoldsPeople):
        put_back(full_app, tmp_path / "backup")
    assert contents(full_app) == after != before
    put_back(full_app, tmp_path / "backup", replace=True)
    assert contents(full_app) == before


def test_a_restore_that_fails_in_the_middle_changes_nothing(
    full_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(full_app, tmp_path / "backup")
    before = contents(full_app)
    add = restore.add_rows

    def fail_late(connection: object, table: object, rows: object) -> None:
        if getattr(table, "name", "") == "role":
            raise NotPortable("no more")
        add(connection, table, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(restore, "add_rows", fail_late)
    with pytest.raises(NotABackup):
        put_back(full_app, tmp_path / "backup", replace=True)
    assert contents(full_app) == before
    with full_app.app_context(), db.engine.connect() as connection:
        assert differences(connection) == []
        if connection.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_rows_that_point_to_nothing_are_refused(
    full_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As from a backup that somebody wrote by hand; ours cannot hold such rows."""
    back_up(full_app, tmp_path / "backup")
    before = contents(full_app)
    monkeypatch.setattr(restore, "_compare", lambda *_: None)
    add = restore.add_rows

    def without_people(connection: object, table: object, rows: object) -> None:
        if getattr(table, "name", "") != "person":
            add(connection, table, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(restore, "add_rows", without_people)
    with pytest.raises(NotABackup):
        put_back(full_app, tmp_path / "backup", replace=True)
    assert contents(full_app) == before


@FROM_EACH_TO_THE_OTHER
@pytest.mark.parametrize("revision", list(REVISIONS)[:-1])
def test_a_backup_of_an_older_version_is_restored_and_brought_up_to_date(
    app: Flask, templates: Templates, tmp_path: Path, kind: str, revision: str
) -> None:
    with app.app_context():
        downgrade(revision="base")
        upgrade(revision=revision)
        with db.engine.begin() as connection:
            REVISIONS[revision](connection)
    assert back_up(app, tmp_path / "backup").revision == revision
    with app.app_context():
        upgrade()
    with another(templates, kind, tmp_path / "other") as other:
        put_back(other, tmp_path / "backup")
        assert contents(other) == contents(app)
        with other.app_context(), db.engine.connect() as connection:
            assert differences(connection) == []


def test_a_backup_of_a_newer_version_is_refused(full_app: Flask, tmp_path: Path) -> None:
    with full_app.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        make_backup(tmp_path / "backup", MOMENT)
        with db.engine.begin() as connection:
            newest = list(REVISIONS)[-1]
            connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": newest})
    before = contents(full_app)
    with pytest.raises(NotABackup, match="newer version"):
        put_back(full_app, tmp_path / "backup", replace=True)
    assert contents(full_app) == before


@contextmanager
def writers(app: Flask, actor: Person, posting_id: int) -> Iterator[list[str]]:
    """Two people who add line after line meanwhile; yields the lines that were acknowledged."""
    acknowledged: list[str] = []
    stop, errors = threading.Event(), []

    def write(number: int) -> None:
        turn = 0
        while not stop.is_set() and turn < 60:
            name = f"{number}-{turn}"
            line = AddLine(line=name, section=Section.DUTIES, text=f"Do {name}.")
            try:
                with app.app_context():
                    save_changes(actor, posting_id, (line,), NOW)
            except StoreBusy:  # said in words where the other did not let go in time; once more
                continue
            except Exception as error:  # noqa: BLE001  (handed on to the test)
                errors.append(error)
                return
            acknowledged.append(name)
            turn += 1

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield acknowledged
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert errors == []


@BOTH
def test_a_backup_under_writers_is_one_moment_and_restores_equal(
    seeded_app: Flask, templates: Templates, tmp_path: Path, kind: str
) -> None:
    actor = set_up(seeded_app)
    with seeded_app.app_context():
        posting_id = start_posting(actor, "case-manager", Level.MID, NOW)
        keep_posting(actor, posting_id)
    with writers(seeded_app, actor, posting_id) as acknowledged:
        while len(acknowledged) < 6:
            threading.Event().wait(0.01)
        before = set(acknowledged)
        made = back_up(seeded_app, tmp_path / "backup")
    with another(templates, kind, tmp_path / "other") as other:
        put_back(other, tmp_path / "backup")
        again = back_up(other, tmp_path / "again")
        assert {name: table.digest for name, table in again.tables.items()} == {
            name: table.digest for name, table in made.tables.items()
        }
        with other.app_context():
            kept = read_posting(actor, posting_id)
            with reading() as session:
                query = select(ChangeListRow.changes).order_by(ChangeListRow.counter)
                saves = [changes[0]["line"] for changes in session.scalars(query)]
    lines = {line.id for line in kept.posting.lines}
    assert before <= set(saves) <= lines
    assert len(saves) == len(lines & {f"{p}-{t}" for p in range(2) for t in range(60)})


def test_a_column_of_a_type_that_backups_do_not_know_is_named(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(
                text("CREATE TABLE odd (id INTEGER PRIMARY KEY, price NUMERIC(9,2))")
            )
        with pytest.raises(BackupFailed, match=r"odd\.price"):
            make_backup(tmp_path / "backup", MOMENT)
    assert list(tmp_path.glob("backup*")) == []


def test_every_table_whose_ids_are_never_reused_still_counts_them(app: Flask) -> None:
    """A migration that copies a table on SQLite can forget it, and nothing else would tell."""
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            return
        for table in db.metadata.tables.values():
            if table.dialect_options["sqlite"]["autoincrement"]:
                query = text("SELECT sql FROM sqlite_master WHERE name = :name")
                made = connection.scalar(query, {"name": table.name})
                assert "AUTOINCREMENT" in made, table.name


def test_all_tables_are_known_to_the_metadata_or_inside_an_index(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        found = set(tables_of(connection))
    assert found - {"alembic_version", *OF_ONE_DATABASE} <= set(db.metadata.tables)


def test_memory_stays_the_same_however_many_rows_there_are(app: Flask, tmp_path: Path) -> None:
    """60 MB of bodies go through a backup and a restore in less than 40 MB more."""
    with app.app_context():
        with writing() as session:
            keep_base(session, a_base())
            person = session.scalar(insert(PersonRow).values(
                name="Ada", email="a", email_key="a", kind="administrator", password_hash="x",
                active=True, created_at=NOW).returning(PersonRow.id))  # fmt: skip
            first = stored(session, on_base(session), person or 0)
            row = session.get_one(PostingRow, first)
            names = [column.name for column in PostingRow.__table__.columns if column.name != "id"]
            plain = {name: getattr(row, name) for name in names}
            plain["body"] = {**row.body, "summary": "words " * 5000}
            for _ in range(20):
                session.execute(insert(PostingRow), [plain] * 100)
        process = psutil.Process()
        before, most, stop = process.memory_info().rss, [0], threading.Event()

        def watch() -> None:
            while not stop.wait(0.01):
                most[0] = max(most[0], process.memory_info().rss)

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            make_backup(tmp_path / "backup", MOMENT)
            restore_backup(tmp_path / "backup", replace=True)
        finally:
            stop.set()
            watcher.join()
    assert most[0] - before < 40_000_000
