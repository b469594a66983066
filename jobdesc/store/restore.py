"""Fill a database from a backup, in one transaction that is taken back whole where it fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

from sqlalchemy import Connection, Engine, MetaData, Table, inspect, text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, ProgrammingError

from jobdesc.store.backup import revision_of
from jobdesc.store.backup_file import BackupReader, NotABackup
from jobdesc.store.engine import WRITES, lift_limits
from jobdesc.store.portable import (
    BY_MIGRATIONS,
    NotPortable,
    Tally,
    add_rows,
    columns_of,
    left_out,
    lines_of,
    rows_at_once,
    tables_of,
)
from jobdesc.store.sequences import go_on_from
from jobdesc.store.transactions import told

Migrate = Callable[[Connection, str], None]
"""Bring the tables to a revision, up or down, inside the transaction of the connection."""
EMPTY = "base"
LOCK_WAIT = text("SET LOCAL lock_timeout = '10s'")


class HoldsPeople(Exception):
    """The database is in use, and replacing what it holds was not asked for."""


def restore(
    engine: Engine, metadata: MetaData, backup: BackupReader, migrate: Migrate, replace: bool
) -> None:
    """Replace all that the database holds. Raises HoldsPeople, NotABackup and StoreBusy.

    The tables are made anew as they were when the backup was made, filled, read back and compared,
    and then brought up to date.
    """
    try:
        with told(), alone(engine) as connection:
            if not replace and holds_people(connection):
                raise HoldsPeople
            if revision_of(connection) is not None:
                _empty(connection)
                migrate(connection, EMPTY)
            migrate(connection, backup.manifest.revision)
            _fill(connection, backup, left_out(metadata))
            _check_whole(connection)
            migrate(connection, "head")
            _check_whole(connection)
    except (IntegrityError, DataError, NotPortable) as error:
        raise NotABackup("Its rows do not fit together") from error
    except (OperationalError, ProgrammingError) as error:
        raise NotABackup(f"The tables could not be made ({error.orig})") from error


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the write lock; references are looked at when it ends."""
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        if connection.dialect.name != "sqlite" or driver is None:
            with connection.begin():
                lift_limits(connection)
                connection.execute(LOCK_WAIT)
                yield connection
            return
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.execution_options(**{WRITES: True}).begin():
                yield connection
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def holds_people(connection: Connection) -> bool:
    """Whether somebody has an account."""
    if not inspect(connection).has_table("person"):
        return False
    return bool(connection.scalar(text("SELECT count(*) FROM person")))


def _empty(connection: Connection) -> None:
    """Delete all rows, so that no migration has to carry them back."""
    names = [name for name in tables_of(connection) if name != BY_MIGRATIONS]
    quoted = [connection.dialect.identifier_preparer.quote(name) for name in names]
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"TRUNCATE {', '.join(quoted)}"))
        return
    for name in quoted:
        connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608


def _fill(connection: Connection, backup: BackupReader, without: frozenset[str]) -> None:
    manifest, tables = backup.manifest, tables_of(connection)
    for name, entry in manifest.tables.items():
        there = {c: k.name for c, k in columns_of(tables[name]).items()} if name in tables else {}
        if there != entry.columns:
            raise NotABackup(f"The table {name} has other columns than this version's")
    if unknown := set(tables) - set(manifest.tables) - set(manifest.left_out) - without:
        raise NotABackup(f"It lacks {', '.join(sorted(unknown))}")
    with references_last(connection):
        for name, entry in manifest.tables.items():
            table, rows = tables[name], backup.rows(name)
            while some := list(islice(rows, rows_at_once(table))):
                add_rows(connection, table, some)
            go_on_from(connection, table, entry.last_id)
            _compare(connection, backup, table)


def _compare(connection: Connection, backup: BackupReader, table: Table) -> None:
    """Refuse where the table does not hold what the backup does, row by row."""
    tally, entry = Tally(), backup.manifest.tables[table.name]
    for line in lines_of(connection, table):
        tally.add(line)
    if (tally.rows, tally.digest) != (entry.rows, entry.digest):
        raise NotABackup(f"The table {table.name} did not come back as it was")


@contextmanager
def references_last(connection: Connection) -> Iterator[None]:
    """Let rows come before those that they point to. SQLite's checks are off meanwhile."""
    if connection.dialect.name != "postgresql":
        yield
        return
    keys = inspect(connection).get_multi_foreign_keys()
    found = [(table, str(key["name"])) for (_, table), named in keys.items() for key in named]
    _alter(connection, found, "DEFERRABLE INITIALLY DEFERRED")
    yield
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    _alter(connection, found, "NOT DEFERRABLE")


def _alter(connection: Connection, keys: list[tuple[str, str]], how: str) -> None:
    quote = connection.dialect.identifier_preparer.quote
    for table, name in keys:
        statement = f"ALTER TABLE {quote(table)} ALTER CONSTRAINT {quote(name)} {how}"
        connection.execute(text(statement))


def _check_whole(connection: Connection) -> None:
    """SQLite's references and pages; PostgreSQL has looked at its own."""
    if connection.dialect.name == "sqlite":
        if connection.execute(text("PRAGMA foreign_key_check")).first():
            raise NotABackup("Some of its rows point to nothing")
        if connection.scalar(text("PRAGMA integrity_check")) != "ok":
            raise NotABackup("The database would not be whole")
