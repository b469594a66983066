"""A backup of the database in one file, taken whole while people go on working."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, Table, func, select

from jobdesc.store.backup_file import BackupWriter, Manifest, NotABackup, TableEntry, opened
from jobdesc.store.engine import SNAPSHOT, lift_limits
from jobdesc.store.portable import NotPortable, columns_of, left_out, lines_of, tables_of
from jobdesc.store.sequences import last_id
from jobdesc.store.transactions import told


class BackupFailed(Exception):
    """No backup was made; the message says why."""


def back_up(engine: Engine, metadata: MetaData, output: Path, now: datetime) -> Manifest:
    """Write the database as it is at one moment to `output`. Raises BackupFailed and StoreBusy.

    The file is made under another name, read through, and only then takes its place.
    """
    unfinished = output.with_name(output.name + ".unfinished")
    _check_there(engine)
    try:
        unfinished.unlink(missing_ok=True)
        with told(), one_moment(engine) as connection:
            manifest = _write(connection, left_out(metadata), unfinished, now)
        with opened(unfinished) as written:
            if written.manifest != manifest:
                raise BackupFailed("what was written is not what was read")
        if output.exists():
            raise BackupFailed(f"{output} appeared meanwhile")
        unfinished.replace(output)
        _sync_folder(output.parent)
    except (OSError, NotABackup, NotPortable) as error:
        raise BackupFailed(str(error)) from error
    finally:
        _remove(unfinished)
    return manifest


def _check_there(engine: Engine) -> None:
    """Refuse a wrong name of a file, of which SQLite would make an empty database."""
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
        raise BackupFailed(f"there is no database at {engine.url.database}")


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is now, whatever others write meanwhile."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(**SNAPSHOT)
        with connection.begin():
            lift_limits(connection)
            yield connection


def revision_of(connection: Connection) -> str | None:
    """The number of the migration that the tables are at; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def _write(connection: Connection, without: frozenset[str], file: Path, now: datetime) -> Manifest:
    revision = revision_of(connection)
    if revision is None:
        place = connection.engine.url.database
        raise BackupFailed(f"the database {place} holds no tables of jobdesc")
    tables = {name: table for name, table in tables_of(connection).items() if name not in without}
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as stream, BackupWriter(stream, now) as writer:
        writer.begin()
        entries = {n: _add_table(connection, writer, table) for n, table in tables.items()}
        manifest = Manifest(
            revision=revision, made_at=now, tables=entries, left_out=tuple(sorted(without))
        )
        writer.finish(manifest)
    return manifest


def _add_table(connection: Connection, writer: BackupWriter, table: Table) -> TableEntry:
    columns = {column: kind.name for column, kind in columns_of(table).items()}
    tally = writer.add_table(table.name, lines_of(connection, table))
    if tally.rows != connection.scalar(select(func.count()).select_from(table)):
        raise BackupFailed(f"the rows of {table.name} changed while they were read")
    last = last_id(connection, table)
    return TableEntry(columns=columns, rows=tally.rows, digest=tally.digest, last_id=last)


def _remove(unfinished: Path) -> None:
    """What is left of a backup that was not made; where its folder is gone, nothing is."""
    try:
        unfinished.unlink(missing_ok=True)
    except NotADirectoryError:
        return


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
