"""`flask import-wages`."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from jobdesc.cli import wages
from jobdesc.people.person import OPERATOR
from jobdesc.services.wage_imports import begin_import, list_imports
from jobdesc.store.transactions import writing
from jobdesc.store.wage_imports import give_back, take_import
from tests.marks import on_sqlite
from tests.wages.builders import a_csv

pytestmark = on_sqlite


def run(app: Flask, path: Path, *more: str):
    return app.test_cli_runner().invoke(args=["import-wages", str(path), *more])


def test_a_file_is_imported_and_differences_only_where_told(app: Flask, tmp_path: Path) -> None:
    first = tmp_path / "wages.csv"
    first.write_bytes(a_csv({}, {"OCC_CODE": "x"}))
    refused = run(app, first)
    assert refused.exit_code == 1
    assert "Enter the year of the survey" in refused.output
    done = run(app, first, "--year", "2025")
    assert done.output.splitlines()[0] == "3 rows read, 1 figures in use."
    assert "1 rows could not be read" in done.output
    again = run(app, first, "--year", "2025")
    assert "is here already" in again.output
    other = tmp_path / "state_M2025_dl.csv"
    other.write_bytes(a_csv({"A_MEDIAN": "61000"}))
    assert "left as shown" in run(app, other).output
    other.write_bytes(a_csv({"A_MEDIAN": "62000"}))
    assert "taken too" in run(app, other, "--differing").output


def test_what_a_killed_command_left_is_read_first(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        left, files = io.BytesIO(a_csv({})), app.extensions["wage_files"]
        begin_import(OPERATOR, left, "state_M2025_dl.csv", None, files, datetime.now(UTC))
    path = tmp_path / "state_M2024_dl.csv"
    path.write_bytes(a_csv({"TOT_EMP": "1"}))
    assert run(app, path).output == "2 rows read, 1 figures in use.\n"
    with app.app_context():
        releases = list_imports(OPERATOR).releases
    assert [(one.file_name, one.state) for one in releases] == [
        ("state_M2024_dl.csv", "ready"), ("state_M2025_dl.csv", "ready"),
    ]  # fmt: skip


def test_a_server_that_takes_the_file_first_is_waited_for(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept = []

    def begin(*values):
        number = begin_import(*values)
        with writing() as session:
            held.append(take_import(session, "a" * 32, datetime.now(UTC)))
        return number

    def sleep(_: float) -> None:
        slept.append(1)
        with writing() as session:
            give_back(session, held[0])

    held: list = []
    monkeypatch.setattr(wages, "begin_import", begin)
    monkeypatch.setattr(wages, "sleep", sleep)
    path = tmp_path / "state_M2025_dl.csv"
    path.write_bytes(a_csv({}))
    assert run(app, path).output == "2 rows read, 1 figures in use.\n"
    assert slept == [1]
