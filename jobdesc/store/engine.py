"""How a database connection is set up, in one place."""

from typing import Any

from sqlalchemy import Connection, Engine, event

WRITES = "jobdesc_writes"
"""Execution option of a transaction that will write."""

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
)


def set_up_engine(engine: Engine) -> None:
    """Give SQLite its pragmas, and a write lock at the start of transactions that write.

    Python's own transactions take the lock at the first write, after the reads that the write
    rests on; racing requests then lose updates.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
