"""Tables as both databases hold them, and their values as plain JSON that either can take.

The tables are read from the database itself, so that a backup of an older version, or with tables
that came after this was written, is as whole as one of today.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    cast,
    inspect,
    select,
    text,
)
from sqlalchemy.types import TypeEngine

LEFT_OUT = "left out of backups"
"""A table whose `info` has this key is not kept in backups: sessions, and what can be made anew."""
BY_MIGRATIONS = "alembic_version"
OF_ONE_DATABASE = ("search_text", "search_vector")
"""Tables of the search index that only one kind of database has, and that no metadata know."""
ROWS_AT_ONCE, FILES_AT_ONCE = 200, 10


class NotPortable(Exception):
    """A column of a type that backups do not know, or a value that does not fit its column."""


def _bytes(value: Any) -> bytes:
    return base64.b64decode(value.encode("ascii"), validate=True)


def _moment(value: datetime) -> str:
    """UTC; SQLite keeps no zone and means UTC."""
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return aware.isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Kind:
    """How values of a kind are written into JSON, and read again."""

    name: str
    plain: type | tuple[type, ...]
    write: Callable[[Any], Any] = lambda value: value
    read: Callable[[Any], Any] = lambda value: value


KINDS = {
    kind.name: kind
    for kind in (
        Kind("json", str),
        Kind("boolean", bool),
        Kind("moment", str, _moment, datetime.fromisoformat),
        Kind("date", str, date.isoformat, date.fromisoformat),
        Kind("bytes", str, lambda value: base64.b64encode(value).decode("ascii"), _bytes),
        Kind("integer", int),
        Kind("number", (int, float)),
        Kind("text", str),
    )
}
"""A value of the kind `json` is the text that the database holds: it comes back as it is."""
OF_TYPES: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (JSON, "json"),
    (Boolean, "boolean"),
    (DateTime, "moment"),
    (Date, "date"),
    (LargeBinary, "bytes"),
    (Integer, "integer"),
    (Float, "number"),
    (String, "text"),
)


def left_out(metadata: MetaData) -> frozenset[str]:
    """The names of the tables that are not kept."""
    named = (table.name for table in metadata.tables.values() if LEFT_OUT in table.info)
    return frozenset({BY_MIGRATIONS, *OF_ONE_DATABASE, *named})


def tables_of(connection: Connection) -> dict[str, Table]:
    """The database's own tables by name, without those inside a full text index."""
    names = set(inspect(connection).get_table_names())
    if connection.dialect.name == "sqlite":
        listed = connection.execute(text("PRAGMA table_list")).mappings()
        names &= {row["name"] for row in listed if row["type"] == "table"}
    found = MetaData()
    found.reflect(connection, only=sorted(names), resolve_fks=False)
    return {name: found.tables[name] for name in sorted(names)}


def columns_of(table: Table) -> dict[str, Kind]:
    """The columns that are stored, with their kinds. Raises NotPortable."""
    return {column.name: _kind_of(table, column) for column in table.columns if not column.computed}


def rows_at_once(table: Table) -> int:
    """How many rows are held in memory: few where they hold files, which are long."""
    has_files = any(kind.name == "bytes" for kind in columns_of(table).values())
    return FILES_AT_ONCE if has_files else ROWS_AT_ONCE


def _kind_of(table: Table, column: Any) -> Kind:
    for sort, name in OF_TYPES:
        if isinstance(column.type, sort):
            return KINDS[name]
    raise NotPortable(f"Backups do not know the type of {table.name}.{column.name}")


def write_line(kinds: tuple[Kind, ...], values: tuple[Any, ...]) -> bytes:
    """A row as one line of JSON."""
    plain = [
        None if value is None else kind.write(value)
        for kind, value in zip(kinds, values, strict=True)
    ]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_line(kinds: tuple[Kind, ...], line: bytes) -> list[Any]:
    """The values of a line. Raises NotPortable where they do not fit their columns."""
    try:
        plain = json.loads(line)
        if not isinstance(plain, list) or len(plain) != len(kinds):
            raise NotPortable("A row has other columns than its table")
        return [_read(kind, value) for kind, value in zip(kinds, plain, strict=True)]
    except (ValueError, RecursionError, binascii.Error) as error:
        raise NotPortable("A row cannot be read") from error


def _read(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    truth = isinstance(value, bool)  # which Python counts among the integers
    fits = isinstance(value, kind.plain) and truth == (kind.name == "boolean")
    if not fits or (isinstance(value, int) and abs(value) >= 2**63):
        raise NotPortable(f"A value is no {kind.name}")
    return kind.read(value)


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Every row of a table as a line, in the order of its key, a few rows in memory at a time."""
    kinds = columns_of(table)
    wanted = [
        cast(table.c[name], Text) if kind.name == "json" else table.c[name]
        for name, kind in kinds.items()
    ]
    query = select(*wanted).order_by(*table.primary_key.columns)
    each = tuple(kinds.values())
    for row in connection.execute(query.execution_options(yield_per=rows_at_once(table))):
        yield write_line(each, tuple(row))


def add_rows(connection: Connection, table: Table, rows: list[list[Any]]) -> None:
    """Put rows in, whose values stand in the order of `columns_of`."""
    kinds = columns_of(table)
    names = [f"v{number}" for number in range(len(kinds))]
    values: dict[str, Any] = {}
    for parameter, (name, kind) in zip(names, kinds.items(), strict=True):
        column = table.c[name]
        values[name] = bindparam(parameter, type_=Text() if kind.name == "json" else column.type)
        if kind.name == "json" and connection.dialect.name == "postgresql":
            values[name] = cast(values[name], column.type)
    naive = connection.dialect.name == "sqlite"
    filled = [dict(zip(names, (_bound(v, naive) for v in row), strict=True)) for row in rows]
    connection.execute(table.insert().values(values), filled)


def _bound(value: Any, naive: bool) -> Any:
    return value.replace(tzinfo=None) if naive and isinstance(value, datetime) else value


class Tally:
    """How many lines there were and a sum over them that does not depend on their order.

    The two databases sort texts differently.
    """

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, line: bytes) -> None:
        """Count a line."""
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(sha256(line).digest(), "big")) % 2**256

    @property
    def digest(self) -> str:
        """The sum in hex."""
        return f"{self._sum:064x}"
