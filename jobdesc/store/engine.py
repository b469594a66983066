"""How a database connection is set up, in one place."""

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, FromClause, event, text
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

WRITES = "jobdesc_writes"
"""Execution option of a transaction that will write."""

SNAPSHOT: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""Execution options of a transaction on PostgreSQL that sees one moment, as SQLite's all do."""

LOCK_SECONDS = 5
"""How long a statement waits for what another transaction holds, before its person is told."""
IDLE_SECONDS = 60
"""How long a transaction may do nothing, before PostgreSQL ends it and lets others go on."""

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA wal_autocheckpoint=4000",  # pages: copied back by one save in 150, not in 35
    f"PRAGMA busy_timeout={LOCK_SECONDS * 1000}",
    "PRAGMA foreign_keys=ON",
)
LIMITS = {"lock_timeout": LOCK_SECONDS, "idle_in_transaction_session_timeout": IDLE_SECONDS}
"""PostgreSQL's own are none: one transaction that hangs would take every thread with it."""


class WithHints(SQLiteCompiler):
    """Writes what `with_hint` says of a table, like "INDEXED BY ix", which SQLAlchemy does not."""

    def get_from_hint_text(self, _table: FromClause, text: str | None) -> str | None:
        """What comes behind the name of the table."""
        return text


def set_up_engine(engine: Engine) -> None:
    """Give SQLite its pragmas, and a write lock at the start of transactions that write.

    Python's own transactions take the lock at the first write, after the reads that the write
    rests on; racing requests then lose updates.
    """
    event.listen(engine, "handle_error", _hide_row)
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _on_connect_to_server)
    if engine.dialect.name == "sqlite":
        engine.dialect.statement_compiler = WithHints
        event.listen(engine, "do_connect", _make_private)
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def _hide_row(context: ExceptionContext) -> None:
    """PostgreSQL adds the row that failed to its message, and messages come to the log."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error and error.args and isinstance(error.args[0], str):
            error.args = (error.args[0].partition("\nDETAIL:")[0], *error.args[1:])


def _make_private(_dialect: Any, _record: Any, args: Sequence[Any], _options: Any) -> None:
    """A new database file is for its user alone, and the files beside it take its rights.

    One that is there is never opened here: closing it again would drop the locks that SQLite
    holds on it for the whole process.
    """
    if not (name := str(args[0])).startswith((":", "file:")):
        with suppress(OSError):  # it is there, or SQLite says in its own words what is wrong
            os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_connect_to_server(connection: Any, _record: Any) -> None:
    """Indexes of lists and searches are in memory or on a fast disk. PostgreSQL supposes a slow one
    and passes through all 50,000 postings instead: 30 ms for 8.
    """
    connection.execute("SET random_page_cost = 1.1")
    for name, seconds in LIMITS.items():
        connection.execute(f"SET {name} = '{seconds}s'")
    connection.commit()


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def lift_limits(connection: Connection) -> None:
    """Let a transaction about the whole database take the time that it needs."""
    if connection.dialect.name == "postgresql":
        for name in LIMITS:
            connection.execute(text(f"SET LOCAL {name} = 0"))
