"""Tables come from migrations alone, and what an earlier version stored is read by this one.

How a new migration is tested: `make migration` writes it; then write `fill_<number>`, which calls
the one before and inserts what the new version stores beside that, and give it to REVISIONS under
the number of the new migration. The tests below upgrade to there, fill, upgrade to the newest, and
read; every row is still there then. Backups of that version are restored with the same rows
(tests/services/test_backups.py). A body (JSON) whose schema changes gets a sample of its own in
tests/samples/, and the old one stays.
"""

import shutil
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from pydantic import BaseModel
from sqlalchemy import Connection, inspect, text

from jobdesc.app import ROOT, create_app
from jobdesc.extensions import db
from jobdesc.postings.organization import Organization
from jobdesc.postings.posting import Posting
from jobdesc.postings.posting import upgrade as posting_of_today
from jobdesc.roles.own_part import parse_stored
from jobdesc.roles.parse import parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.store.bases import base_by_hash
from jobdesc.store.portable import BY_MIGRATIONS, tables_of
from jobdesc.store.postings import posting_by_id
from jobdesc.store.transactions import reading
from tests.databases import make_settings
from tests.marks import on_sqlite
from tests.samples import FOLDER, sample

MODELS: dict[str, type[BaseModel]] = {
    "posting": Posting,
    "organization": Organization,
    "role": RoleTemplate,
}


def fill_0001(connection: Connection) -> None:
    """What version 0001 stored, through no code of ours."""
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001  (as the column has it)
    rows = {
        "person": {
            "id": 1, "name": "Ada Lake", "email": "ada@lake.gov", "email_key": "ada@lake.gov",
            "kind": "administrator", "password_hash": "x", "active": True, "created_at": moment,
        },
        "organization": {
            "id": 1, "body": (FOLDER / "organization.1.json").read_text(), "counter": 3,
            "changed_at": moment,
        },
        "role": {
            "slug": "case-manager", "name": "Case Manager",
            "body": (FOLDER / "role.1.json").read_text(), "body_hash": "a" * 64,
            "shipped_hash": "a" * 64, "changed_at": moment,
        },
        "posting_base": {"hash": "b" * 64, "body": '{"fields": {}, "lines": {}}'},
        "posting": {
            "id": 7, "role_slug": "case-manager", "level": "mid", "title": "Case Manager",
            "place": "Portland, OR", "state": "OR", "status": "draft", "owner_id": 1,
            "touched": True, "words": "case manager",
            "body": (FOLDER / "posting.1.json").read_text(), "base_hash": "b" * 64, "counter": 2,
            "created_at": moment, "changed_at": moment,
        },
    }  # fmt: skip
    for table, values in rows.items():
        insert(connection, table, **values)


def insert(connection: Connection, table: str, **values: object) -> None:
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)  # noqa: S608


def fill_0002(connection: Connection) -> None:
    """What version 0002 stored beside that: a posting of schema 2, its save and revisions."""
    fill_0001(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    body, former = ((FOLDER / f"posting.{schema}.json").read_text() for schema in (2, 1))
    base = sample("posting.2")["base"]
    insert(connection, "posting_base", hash=base, body='{"fields": {}, "lines": [], "offered": {}}')
    connection.execute(
        text("UPDATE posting SET body = :body, base_hash = :base"), {"body": body, "base": base}
    )
    save = {"posting_id": 7, "counter": 2, "person_id": 1, "made_at": moment, "changes": "[]"}
    insert(
        connection, "change_list", id=1, save_id="tab-1", parts='["Basics"]',
        outcome='{"sent": "x", "conflicts": [], "refused": []}', **save,
    )  # fmt: skip
    insert(connection, "change_list", id=2, save_id=None, parts=None, outcome=None, **save)
    times = {"opened_at": moment, "changed_at": moment, "level": "mid", "person_id": 1}
    insert(
        connection, "revision", posting_id=7, number=1, reason="started", closed_at=moment,
        counter=1, base_hash="b" * 64, body=former, **times,
    )  # fmt: skip
    insert(
        connection, "revision", posting_id=7, number=2, reason="edited", closed_at=None,
        counter=2, base_hash=base, body=body, **times,
    )  # fmt: skip


def fill_0003(connection: Connection) -> None:
    """What version 0003 stored beside that: an invitation, and a browser that is signed in."""
    fill_0002(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    insert(
        connection, "access_link", token_hash=b"t" * 32, purpose="invitation", person_id=None,
        name="", email="sam@lake.gov", email_key="sam@lake.gov", kind="recruiter", made_by=1,
        made_at=moment, expires_at=moment, ended_at=None, ended_why="",
    )  # fmt: skip
    insert(
        connection, "session", token_hash=b"s" * 32, person_id=1, created_at=moment,
        last_seen_at=moment, expires_at=moment, keep=False, browser="Firefox on Linux",
    )  # fmt: skip


def fill_0004(connection: Connection) -> None:
    """What version 0004 stored beside that: what lists sort by, and a zip that was asked for."""
    fill_0003(connection)
    connection.execute(text("UPDATE posting SET title_key = 'case manager', level_rank = 1"))
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    insert(
        connection, "export", id=1, person_id=1, formats="pdf", postings='[[7, "Case Manager"]]',
        state="ready", total=1, done=1, failed="[]", attempts=1, lease="", file="x.zip", size=9,
        seen=False, asked_at=moment, finished_at=moment, expires_at=moment,
    )  # fmt: skip


def fill_0005(connection: Connection) -> None:
    """What version 0005 stored beside that: a second revision, a child, and one that is retired."""
    fill_0004(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    body = (FOLDER / "role.1.json").read_text()
    own = '{"schema": 1, "slug": "child", "name": "Child", "family": "legal", "updated": '
    own += '"2026-11-23", "extends": "case-manager"}'
    connection.execute(
        text(
            "UPDATE role SET counter = 2, edition_hash = :hash, shipped_body = :body,"
            " retired_at = :now"
        ),
        {"hash": "a" * 64, "body": body, "now": moment},
    )
    insert(
        connection, "role", slug="child", name="Child", body=own, body_hash="c" * 64,
        shipped_hash="", edition_hash="", changed_at=moment, counter=1, extends="case-manager",
    )  # fmt: skip
    kept = {"note": "", "made_at": moment, "body_hash": "a" * 64, "name": "Case Manager"}
    for number, person in ((1, None), (2, 1)):
        insert(
            connection, "role_revision", slug="case-manager", number=number, person_id=person,
            reason="edited", body=body, **kept,
        )  # fmt: skip


REVISIONS: dict[str, Callable[[Connection], None]] = {
    "0001": fill_0001,
    "0002": fill_0002,
    "0003": fill_0003,
    "0004": fill_0004,
    "0005": fill_0005,
}


def keys(connection: Connection) -> dict[str, set[tuple[Any, ...]]]:
    """The keys of all rows, by table, whatever tables there are."""
    return {
        name: {tuple(row) for row in connection.execute(db.select(*table.primary_key.columns))}
        for name, table in tables_of(connection).items()
        if name != BY_MIGRATIONS
    }


def today(thing: str, body: Any) -> Any:
    """A body as the present code reads it."""
    return posting_of_today(body, "b" * 64) if thing == "posting" else body


def differences(connection: Connection) -> list[object]:
    """What a new migration would have to change."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, db.metadata))


def test_the_migrations_give_the_tables_that_the_code_has(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        assert differences(connection) == []


def test_a_table_that_no_migration_makes_is_noticed(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        connection.execute(text("ALTER TABLE posting DROP COLUMN place"))
        assert len(differences(connection)) == 1


def test_all_can_be_taken_back_and_done_again(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        upgrade()
        with db.engine.connect() as connection:
            assert differences(connection) == []


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_a_former_version_stored_is_read_after_the_upgrade(app: Flask, revision: str) -> None:
    with app.app_context():
        downgrade(revision="base")
        upgrade(revision=revision)
        with db.engine.begin() as connection:
            REVISIONS[revision](connection)
            before = keys(connection)
        upgrade()
        with db.engine.connect() as connection:
            assert differences(connection) == []
            after = keys(connection)
            assert {name: rows - after[name] for name, rows in before.items()} == {
                name: set() for name in before
            }
            for table, model in MODELS.items():
                body = db.metadata.tables[table].c.body
                for stored in connection.execute(db.select(body)).scalars():
                    (parse_stored if table == "role" else partial(parse, model))(
                        today(table, stored)
                    )
        with reading() as session:
            stored_posting = posting_by_id(session, 7, 1)
            assert stored_posting
            assert base_by_hash(session, stored_posting.posting.base).texts == {}


def test_what_came_with_0002_goes_back_to_what_0001_reads(app: Flask) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            fill_0002(connection)
        downgrade(revision="0001")
        with db.engine.connect() as connection:
            body = connection.execute(db.select(db.metadata.tables["posting"].c.body)).scalar_one()
            assert body["schema"] == 1
            assert body.keys() == sample("posting.1").keys()
            assert count(connection, "change_list") == 2
            assert "revision" not in inspect(connection).get_table_names()
        upgrade()
        with db.engine.connect() as connection:
            assert differences(connection) == []
            assert count(connection, "change_list") == 2


COPY_PERSON = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "9000", "{head}", None, None


def upgrade():
    with op.batch_alter_table("person", recreate="always") as table:
        table.alter_column("kind", new_column_name="sort")
    {more}
"""


def copied_scripts(folder: Path, more: str = "pass") -> str:
    """Our migrations with one more, which copies a table that others point to."""
    shutil.copytree(ROOT / "migrations", folder / "migrations")
    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    script = folder / "migrations" / "versions" / "9000_copy_person.py"
    script.write_text(COPY_PERSON.format(more=more, head=head))
    return str(folder / "migrations")


def fill_sessions(connection: Connection) -> None:
    fill_0001(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    connection.execute(
        text(
            "INSERT INTO session (token_hash, person_id, created_at, last_seen_at, expires_at,"
            " keep) VALUES (:hash, 1, :now, :now, :now, :keep)"
        ),
        {"hash": b"x" * 32, "now": moment, "keep": False},
    )


def count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


@on_sqlite
def test_a_migration_that_copies_a_table_keeps_the_rows_that_point_to_it(
    app: Flask, tmp_path: Path
) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            fill_sessions(connection)
        upgrade(directory=copied_scripts(tmp_path))
        with db.engine.connect() as connection:
            assert count(connection, "session") == count(connection, "posting") == 1
            assert "sort" in {
                column["name"] for column in inspect(connection).get_columns("person")
            }
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


@on_sqlite
def test_a_migration_that_leaves_rows_pointing_to_nothing_is_refused_and_taken_back(
    app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    directory = copied_scripts(tmp_path, "op.execute('DELETE FROM person')")
    with app.app_context():
        with db.engine.begin() as connection:
            fill_sessions(connection)
        with pytest.raises(SystemExit):
            upgrade(directory=directory)
        assert "2 rows of posting, session would point to nothing" in caplog.text
        with db.engine.connect() as connection:
            assert count(connection, "session") == count(connection, "person") == 1
            assert differences(connection) == []
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_every_former_version_has_its_data_tested() -> None:
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    numbers = [script.revision for script in scripts.walk_revisions()]
    assert sorted(REVISIONS) == sorted(numbers)
    assert len(scripts.get_heads()) == 1


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.json")))
def test_a_body_of_each_schema_is_read_by_the_models_of_today(name: str) -> None:
    thing, _, schema = name.partition(".")
    body = sample(name)
    assert str(body["schema"]) == schema
    read = parse(MODELS[thing], today(thing, body))
    again = parse(MODELS[thing], read.model_dump(mode="json", by_alias=True))
    assert again == read


def test_there_is_a_sample_of_each_schema_in_use() -> None:
    for thing, model in MODELS.items():
        schema = model.model_fields["schema_"].annotation.__args__[0]  # type: ignore[union-attr]
        assert (FOLDER / f"{thing}.{schema}.json").exists()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    app = create_app(make_settings(tmp_path))
    with app.app_context():
        upgrade()
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    result = app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert result.exit_code != 0
    with app.app_context(), db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM posting")).scalar_one() == 0
        connection.close()
        db.engine.dispose()
