"""A copy of the embedded database, taken whole while people go on working."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url


class BackupFailed(Exception):
    """No copy was made; the message says why."""


def back_up(database_url: str, output: Path) -> int:
    """Write one consistent copy to `output`, checked; returns its bytes. Raises BackupFailed.

    The copy is made under another name, read through, and only then takes its place.
    """
    source = Path(make_url(database_url).database or "")
    unfinished = output.with_name(output.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(_open(source)) as connection:
            unfinished.touch(mode=0o600, exist_ok=False)
            connection.execute("VACUUM INTO ?", (str(unfinished),))
        _check(unfinished)
        unfinished.replace(output)
        _sync_folder(output.parent)
    except (sqlite3.Error, OSError) as error:
        unfinished.unlink(missing_ok=True)
        raise BackupFailed(str(error)) from error
    return output.stat().st_size


def _open(source: Path) -> sqlite3.Connection:
    """The database, only to be read, so that a wrong name makes no empty one."""
    if not source.is_file():
        raise BackupFailed(f"there is no database at {source}")
    connection = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
    try:
        named = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        if not named.fetchone():
            raise BackupFailed(f"{source} holds no tables of jobdesc")
    except BaseException:
        connection.close()
        raise
    return connection


def _check(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise BackupFailed(f"The copy is not whole: {found}")
    with copy.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
