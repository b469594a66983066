"""The last number that a table gave out: an id that was deleted stays unused after a restore."""

from sqlalchemy import Connection, Integer, Table, func, select, text

_SERIAL = text("SELECT pg_get_serial_sequence(quote_ident(:table), :column)")


def last_id(connection: Connection, table: Table) -> int | None:
    """The last id given out; None where the database does not count them."""
    if connection.dialect.name == "sqlite":
        if not _counted(connection, table):
            return None
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return int(connection.scalar(query, {"name": table.name}) or 0)
    sequence = _sequence(connection, table)
    if sequence is None:
        return None
    last, used = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()  # noqa: S608
    return int(last) if used else 0


def go_on_from(connection: Connection, table: Table, last: int | None) -> None:
    """Give out numbers after `last` and after every id of the table."""
    if connection.dialect.name == "sqlite":
        if _counted(connection, table):
            start = max(last or 0, _highest(connection, table))
            connection.execute(
                text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
            )
            connection.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"),
                {"name": table.name, "seq": start},
            )
        return
    sequence = _sequence(connection, table)
    if sequence is not None:
        start = max(last or 0, _highest(connection, table))
        connection.execute(
            text("SELECT setval(CAST(:sequence AS regclass), :value, :used)"),
            {"sequence": sequence, "value": max(start, 1), "used": start > 0},
        )


def _counted(connection: Connection, table: Table) -> bool:
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return "AUTOINCREMENT" in (connection.scalar(query, {"name": table.name}) or "").upper()


def _sequence(connection: Connection, table: Table) -> str | None:
    """The name of the sequence behind the only key column, where it has one."""
    keys = [*table.primary_key.columns]
    if len(keys) != 1 or not isinstance(keys[0].type, Integer):
        return None
    found: str | None = connection.scalar(_SERIAL, {"table": table.name, "column": keys[0].name})
    return found


def _highest(connection: Connection, table: Table) -> int:
    (key,) = table.primary_key.columns
    return int(connection.scalar(select(func.max(key))) or 0)
