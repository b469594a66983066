"""How Alembic reaches the application's database and tables."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from jobdesc.extensions import db
from jobdesc.store.engine import lift_limits
from jobdesc.store.search_tables import is_of_metadata
from jobdesc.store.times import Moment


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our column type as the plain one, so that migrations never change with our code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def migrate() -> None:
    """Run the migrations in one transaction, SQLite's tables copied where it cannot alter them.

    To copy a table is to drop the former one, and with foreign keys on, the rows that belong to
    its rows go along. They are off meanwhile, and checked before the transaction ends.
    Who restores a backup brings a connection, whose transaction it is then.
    """
    given = context.config.attributes.get("connection")
    with nullcontext(given) if given else own_connection() as connection:
        context.configure(
            connection=connection,
            target_metadata=current_app.extensions["migrate"].db.metadata,
            render_item=render_item,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            include_name=is_of_metadata,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            if not given:
                lift_limits(connection)
            context.run_migrations()
            check_foreign_keys(connection)


@contextmanager
def own_connection() -> Iterator[Connection]:
    """A connection of ours, without foreign keys."""
    with db.engine.connect() as connection, foreign_keys_off(connection):
        yield connection


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Switch them by the driver: inside a transaction, which SQLAlchemy begins, nothing happens."""
    driver = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def check_foreign_keys(connection: Connection) -> None:
    """Refuse a migration that leaves rows pointing to nothing."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            tables = ", ".join(sorted({row[0] for row in lost}))
            raise RuntimeError(f"{len(lost)} rows of {tables} would point to nothing; all is kept")


migrate()
