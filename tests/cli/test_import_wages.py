"""`flask import-wages`."""

from pathlib import Path

from flask import Flask

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
