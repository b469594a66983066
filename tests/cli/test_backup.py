"""`flask backup`: a whole copy beside a running application."""

import sqlite3
from contextlib import closing
from pathlib import Path

from flask import Flask

from tests.accounts import set_up
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
