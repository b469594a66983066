"""Every table of a database: filled with a row, whatever its columns, and read whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, Integer, LargeBinary, Table
from sqlalchemy.types import TypeDecorator

from jobdesc.app import create_app
from jobdesc.extensions import db
from jobdesc.store.portable import LEFT_OUT
from jobdesc.store.transactions import reading, writing
from tests.accounts import NOW
from tests.databases import Templates, make_settings

Rows = list[tuple[Any, ...]]

BY_TYPE: tuple[tuple[type, Any], ...] = (
    (JSON, {"text": "Zoë, “quoted” 🙂", "number": 1.5, "none": None}),
    (Boolean, True),
    (DateTime, NOW.replace(microsecond=123456)),
    (Date, date(2026, 11, 23)),
    (LargeBinary, bytes(range(256))[:32]),
    (Float, 0.1),
    (Integer, 7),
)
"""A value that is easily spoiled, for each type; a text gets the name of its column."""
SPECIAL: dict[str, dict[str, Any]] = {"set_up_token": {"id": 1}}
"""Values for columns that take only some; a new table with such a column adds them here."""


def kept_tables() -> list[Table]:
    """The tables that a backup keeps, each after those that it points to."""
    return [table for table in db.metadata.sorted_tables if LEFT_OUT not in table.info]


def fill_empty_tables() -> None:
    """Give every table that has no row one, with a value in each column."""
    with writing() as session:
        for table in db.metadata.sorted_tables:
            if session.execute(table.select().limit(1)).first() is None:
                values = {column.name: _value(session, column) for column in table.columns}
                session.execute(table.insert(), values | SPECIAL.get(table.name, {}))


def _value(session: Any, column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        if key.column.table is not column.table:
            return session.scalar(db.select(key.column).limit(1))
        if column.nullable:
            return None
    plain = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    given = next((value for sort, value in BY_TYPE if isinstance(plain, sort)), None)
    length = getattr(column.type, "length", None)
    return f"{column.name}é"[:length] if given is None else given


def contents(app: Flask) -> dict[str, Rows]:
    """Every row of every table that a backup keeps."""
    with app.app_context(), reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(table.select())), key=repr)
            for table in kept_tables()
        }


@contextmanager
def another(templates: Templates, kind: str, folder: Path) -> Iterator[Flask]:
    """An application on an empty database of its own."""
    folder.mkdir()
    url = templates.clone(kind, folder, seeded=False)
    app = create_app(make_settings(folder, url))
    try:
        yield app
    finally:
        app.extensions["press"].pool.close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        templates.drop(url)
