"""Tables come from migrations alone, and what an earlier version stored is read by this one.

How a new migration is tested is said in former_versions.py. The tests below upgrade to each former
version, fill it, upgrade to the newest, and read; every row is still there then. Backups of that
version are restored with the same rows (tests/services/test_backups.py). A body (JSON) whose schema
changes gets a sample of its own in tests/samples/, and the old one stays.
"""

import shutil
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
from jobdesc.postings.organization import Organization, upgrade_organization
from jobdesc.postings.posting import Posting
from jobdesc.postings.posting import upgrade as posting_of_today
from jobdesc.roles.own_part import parse_stored
from jobdesc.roles.parse import parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.store.bases import base_by_hash
from jobdesc.store.portable import BY_MIGRATIONS, tables_of
from jobdesc.store.postings import posting_by_id
from jobdesc.store.search_tables import is_of_metadata
from jobdesc.store.transactions import reading
from tests.accounts import NOW
from tests.databases import make_settings
from tests.marks import on_sqlite
from tests.samples import FOLDER, sample
from tests.store.former_versions import (
    REVISIONS,
    fill_0001,
    fill_0002,
    fill_0006,
    fill_0011,
    fill_0013,
)

MODELS: dict[str, type[BaseModel]] = {
    "posting": Posting,
    "organization": Organization,
    "role": RoleTemplate,
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
    if thing == "organization":
        return upgrade_organization(body)
    return posting_of_today(body, "b" * 64) if thing == "posting" else body


def differences(connection: Connection) -> list[object]:
    """What a new migration would have to change."""
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_name": is_of_metadata}
    )
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


def test_what_came_with_0011_goes_back_to_what_0010_reads_in_its_words(app: Flask) -> None:
    credential = {
        "id": "ccm", "name": "CCM", "issuer": "them", "kind": "certification", "source": ["survey"],
        "requires": "Work.", "degree": "Any.", "supervision": "x" * 1_000, "states": "Not in OR.",
        "not_enough": ["rn"],
    }  # fmt: skip
    row = {"name": "credentials", "body": [credential], "body_hash": "e" * 64, "changed_at": NOW}
    with app.app_context():
        with db.engine.begin() as connection:
            fill_0011(connection)
            connection.execute(db.insert(db.metadata.tables["reference"]).values(**row))
            connection.execute(text("UPDATE role_revision SET reason = 'offered' WHERE number = 2"))
        downgrade(revision="0010")
        with db.engine.connect() as connection:
            reasons = connection.execute(text("SELECT reason FROM role_revision ORDER BY number"))
            assert list(reasons.scalars()) == ["edited", "brought back"]
            body = db.metadata.tables["reference"].c.body
            query = db.select(body).where(db.metadata.tables["reference"].c.name == "credentials")
            [kept] = connection.execute(query).scalar_one()
            assert kept == {
                "id": "ccm", "name": "CCM", "issuer": "them", "kind": "certification",
                "source": ["survey"],
                "requires": "Work. Degree: Any. Where states differ: Not in OR.",
            }  # fmt: skip


def test_sources_go_back_to_what_0008_reads_with_publisher_and_day_in_their_words(
    app: Flask,
) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            fill_0011(connection)
        downgrade(revision="0008")
        with db.engine.connect() as connection:
            assert "reference_revision" not in inspect(connection).get_table_names()
            body = db.metadata.tables["reference"].c.body
            [[row]] = connection.execute(db.select(body)).scalars()
            assert row == {
                "id": "survey", "name": "An office, A survey", "verified": True,
                "as_of": "2026, read 2026-11-28",
            }  # fmt: skip


@on_sqlite
def test_full_text_is_merged_rarely_since_0012(app: Flask) -> None:
    query = text("SELECT v FROM search_text_config WHERE k = 'automerge'")
    with app.app_context():
        found = []
        for revision in ("0012", "0011"):
            downgrade(revision=revision)
            with db.engine.connect() as connection:
                found.append(connection.execute(query).scalar_one())
        assert found == [16, 4]


def test_what_0012_knew_of_a_person_is_kept_either_way_and_a_new_setting_is_as_it_was(
    app: Flask,
) -> None:
    query = text("SELECT * FROM person ORDER BY id")
    with app.app_context():
        with db.engine.begin() as connection:
            fill_0013(connection)
        downgrade(revision="0012")
        with db.engine.connect() as connection:
            before = [row._asdict() for row in connection.execute(query)]
        upgrade()
        with db.engine.connect() as connection:
            after = [row._asdict() for row in connection.execute(query)]
        assert len(before) == 2 and "theme" not in before[0]
        assert after == [{**row, "theme": "system", "letter_keys": True} for row in before]


def test_without_publications_what_was_published_or_closed_is_a_draft(app: Flask) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            fill_0006(connection)
        downgrade(revision="0005")
        with db.engine.connect() as connection:
            statuses = connection.execute(text("SELECT status FROM posting")).scalars().all()
            assert list(statuses) == ["draft"]
            assert "publication" not in inspect(connection).get_table_names()
        upgrade()
        with db.engine.connect() as connection:
            assert differences(connection) == []


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
