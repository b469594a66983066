"""`flask backup` and `flask restore`: what they say, and what they leave alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask_migrate import upgrade

from jobdesc.app import create_app
from jobdesc.extensions import db
from jobdesc.people.person import Kind
from tests.accounts import add_person, quick_hashes, set_up, sign_in
from tests.databases import Templates, make_settings
from tests.marks import on_sqlite
from tests.tables import another, contents

__all__ = ["quick_hashes"]


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_holds_what_was_saved_a_moment_ago_and_comes_back_on_either_database(
    app: Flask, templates: Templates, tmp_path: Path, kind: str
) -> None:
    set_up(app)
    file = tmp_path / "copy.backup"
    made = run(app, "backup", file)
    assert (made.exit_code, made.output.startswith(f"Wrote {file}: ")) == (0, True)
    assert "1 people, 0 postings" in made.output
    assert "secret key" in made.output
    assert list(tmp_path.glob("*.unfinished")) == []
    with another(templates, kind, tmp_path / "other") as other:
        restored = run(other, "restore", file)
        assert (restored.exit_code, "1 people" in restored.output) == (0, True), restored.output
        assert contents(other) == contents(app)
        assert sign_in(other.test_client()).status_code == 303


def test_a_database_that_is_in_use_is_replaced_only_by_saying_so(
    app: Flask, tmp_path: Path
) -> None:
    set_up(app)
    file = tmp_path / "copy.backup"
    assert run(app, "backup", file).exit_code == 0
    add_person(app, Kind.RECRUITER)
    refused = run(app, "restore", file)
    assert (refused.exit_code, "add --replace" in refused.output) == (1, True)
    assert len(contents(app)["person"]) == 2
    assert run(app, "restore", file, "--replace").exit_code == 0
    assert len(contents(app)["person"]) == 1


def test_a_restore_fills_a_folder_that_has_no_database_yet(app: Flask, tmp_path: Path) -> None:
    set_up(app)
    assert run(app, "backup", tmp_path / "copy.backup").exit_code == 0
    fresh = create_app(make_settings(tmp_path / "fresh"))
    try:
        assert run(fresh, "restore", tmp_path / "copy.backup").exit_code == 0
        assert contents(fresh) == contents(app)
        assert (tmp_path / "fresh" / "jobdesc.sqlite3").stat().st_mode & 0o777 == 0o600
    finally:
        with fresh.app_context():
            db.session.remove()
            db.engine.dispose()


def test_a_database_that_is_not_ours_is_left_alone(app: Flask, tmp_path: Path) -> None:
    set_up(app)
    assert run(app, "backup", tmp_path / "copy.backup").exit_code == 0
    (tmp_path / "other").mkdir()
    with closing(sqlite3.connect(tmp_path / "other" / "jobdesc.sqlite3")) as connection:
        connection.execute("CREATE TABLE organization (mine TEXT)")
    other = create_app(make_settings(tmp_path / "other"))
    refused = run(other, "restore", tmp_path / "copy.backup", "--replace")
    assert (refused.exit_code, "organization already exists" in refused.output) == (1, True)
    with other.app_context():
        db.session.remove()
        db.engine.dispose()
    with closing(sqlite3.connect(tmp_path / "other" / "jobdesc.sqlite3")) as connection:
        tables = connection.execute("SELECT sql FROM sqlite_master").fetchall()
    assert tables == [("CREATE TABLE organization (mine TEXT)",)]


@pytest.mark.parametrize("what", ["torn", "foreign", "missing", "folder"])
def test_a_file_that_is_no_whole_backup_is_refused_and_nothing_changes(
    app: Flask, tmp_path: Path, what: str
) -> None:
    set_up(app)
    file, bad = tmp_path / "copy.backup", tmp_path / what
    assert run(app, "backup", file).exit_code == 0
    if what == "torn":
        bad.write_bytes(file.read_bytes()[:-100])
    elif what == "foreign":
        bad.write_text("hello")
    elif what == "folder":
        bad.mkdir()
    before = contents(app)
    refused = run(app, "restore", bad, "--replace")
    assert (refused.exit_code != 0, "Traceback" in refused.output) == (True, False)
    assert str(bad) in refused.output
    assert contents(app) == before


def test_a_backup_never_replaces_a_file(app: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy.backup"
    copy.write_text("mine")
    result = run(app, "backup", copy)
    assert (result.exit_code, "Name a new file" in result.output) == (1, True)
    assert copy.read_text() == "mine"


def test_a_backup_into_a_folder_that_is_not_there_says_so(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in ("no", "file"):
        result = run(app, "backup", tmp_path / folder / "copy.backup")
        assert (result.exit_code, "No backup was made" in result.output) == (1, True)
        assert "Traceback" not in result.output


@on_sqlite
def test_a_backup_is_for_its_user_alone(app: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy.backup"
    assert run(app, "backup", copy).exit_code == 0
    assert copy.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [None, b""], ids=["none", "empty"])
def test_a_folder_without_a_database_is_no_backup_and_gets_no_database(
    tmp_path: Path, content: bytes | None
) -> None:
    file, copy = tmp_path / "data" / "jobdesc.sqlite3", tmp_path / "copy.backup"
    app = create_app(make_settings(tmp_path / "data"))
    if content is not None:
        file.write_bytes(content)
    result = run(app, "backup", copy)
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
