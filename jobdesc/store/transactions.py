"""One action, one transaction: reading ones give back what they took, writing ones commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from jobdesc.extensions import db
from jobdesc.store.engine import SNAPSHOT, WRITES
from jobdesc.store.faults import Reason, reason_of


class StoreBusy(Exception):
    """The database did not do it, for `reason`; nothing was changed, and a later try may work."""

    def __init__(self, message: str, reason: Reason = Reason.BUSY) -> None:
        super().__init__(message)
        self.reason = reason


@contextmanager
def told() -> Iterator[None]:
    """Turn what a driver says of the database's state into StoreBusy."""
    try:
        yield
    except DBAPIError as error:
        if reason := reason_of(error):
            raise StoreBusy(str(error.orig).strip(), reason) from error
        raise


@contextmanager
def reading() -> Iterator[Session]:
    """A transaction that changes nothing, and sees the database as it is at its first query."""
    session = db.session()
    with told():  # around giving back too: the server may be gone by then
        try:
            if session.get_bind().dialect.name == "postgresql" and not session.in_transaction():
                session.connection(execution_options=SNAPSHOT)
            yield session
        finally:
            session.rollback()


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction that holds the write lock from its start and commits at its end."""
    session = db.session()
    with told():
        session.rollback()
        try:
            session.connection(execution_options={WRITES: True})
            yield session
            session.commit()
        finally:
            session.rollback()
