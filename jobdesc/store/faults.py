"""Why the database did not do what it was asked: read from the error of its driver."""

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError


class Reason(StrEnum):
    """What is to be done differs by these alone."""

    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read-only"
    NO_TABLES = "missing tables"
    UNREACHABLE = "unreachable"


SQLITE_REASONS = {
    sqlite3.SQLITE_BUSY: Reason.BUSY,
    sqlite3.SQLITE_LOCKED: Reason.BUSY,
    sqlite3.SQLITE_FULL: Reason.FULL,
    sqlite3.SQLITE_READONLY: Reason.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Reason.UNREACHABLE,
    sqlite3.SQLITE_IOERR: Reason.UNREACHABLE,
    sqlite3.SQLITE_NOTADB: Reason.UNREACHABLE,
    sqlite3.SQLITE_CORRUPT: Reason.UNREACHABLE,
}
POSTGRESQL_REASONS = {
    "42P01": Reason.NO_TABLES,
    "25006": Reason.READ_ONLY,
    "25P03": Reason.BUSY,  # a transaction that did nothing for too long
    "53100": Reason.FULL,
    "53300": Reason.BUSY,  # too many connections
    "55P03": Reason.BUSY,  # a lock
    "57014": Reason.BUSY,  # a statement that took too long
    "40001": Reason.BUSY,  # serialization
    "40P01": Reason.BUSY,  # deadlock
}
"""By SQLSTATE."""
AWAY = ("08", "28", "57P", "3D")
"""How the states of a server begin that is not there, refuses who asks, or lacks the database."""


def reason_of(error: DBAPIError) -> Reason | None:
    """The reason, or None where the fault is in what was asked."""
    orig = error.orig
    if isinstance(error, IntegrityError) or orig is None:
        return None
    if isinstance(orig, sqlite3.Error):
        code = getattr(orig, "sqlite_errorcode", 0) & 0xFF
        return Reason.NO_TABLES if "no such table" in str(orig) else SQLITE_REASONS.get(code)
    state = getattr(orig, "sqlstate", None)
    if state is None:  # no server answered
        away = isinstance(error, OperationalError)
    else:
        away = state.startswith(AWAY)
    return Reason.UNREACHABLE if away else POSTGRESQL_REASONS.get(state or "")
