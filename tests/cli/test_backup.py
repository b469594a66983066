"""`flask backup`: a whole copy beside a running application."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from jobdesc.app import create_app
from jobdesc.extensions import db
from tests.accounts import set_up
from tests.databases import make_settings
from tests.marks import on_sqlite


@on_sqlite
def test_a_backup_holds_what_was_saved_a_moment_ago(app: Flask, tmp_path: Path) -> None:
    set_up(app)
    copy = tmp_path / "copy.sqlite3"
    result = app.test_cli_runner().invoke(args=["backup", str(copy)])
    assert (result.exit_code, result.output.startswith(f"Wrote {copy}: ")) == (0, True)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name FROM person").fetchall() == [("Ada Lake",)]
    assert not (tmp_path / "copy.sqlite3.unfinished").exists()


@on_sqlite
def test_a_backup_never_replaces_a_file(app: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("mine")
    result = app.test_cli_runner().invoke(args=["backup", str(copy)])
    assert (result.exit_code, "Name a new file" in result.output) == (1, True)
    assert copy.read_text() == "mine"


@on_sqlite
def test_a_backup_into_a_folder_that_is_not_there_says_so(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "no" / "copy.sqlite3")])
    assert (result.exit_code, "No backup was made" in result.output) == (1, True)
    assert "Traceback" not in result.output


@on_sqlite
def test_a_backup_is_for_its_user_alone(app: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert app.test_cli_runner().invoke(args=["backup", str(copy)]).exit_code == 0
    assert copy.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [None, b""], ids=["none", "empty"])
def test_a_folder_without_a_database_is_no_backup_and_gets_no_database(
    tmp_path: Path, content: bytes | None
) -> None:
    file, copy = tmp_path / "data" / "jobdesc.sqlite3", tmp_path / "copy.sqlite3"
    app = create_app(make_settings(tmp_path / "data"))
    if content is not None:
        file.write_bytes(content)
    result = app.test_cli_runner().invoke(args=["backup", str(copy)])
    assert (result.exit_code, "No backup was made" in result.output) == (1, True)
    assert str(file) in result.output
    assert "JOBDESC_DATA" in result.output
    assert not copy.exists()
    assert file.exists() == (content is not None)


def test_a_new_database_and_its_folder_are_for_their_user_alone(tmp_path: Path) -> None:
    app = create_app(make_settings(tmp_path / "data"))
    with app.app_context():
        upgrade()
        rights = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}
        db.session.remove()
        db.engine.dispose()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert rights["jobdesc.sqlite3"] == 0o600
    assert {rights[name] for name in rights if name.startswith("jobdesc.sqlite3")} == {0o600}
