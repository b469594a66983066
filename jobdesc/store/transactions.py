"""One action, one transaction: reading ones give back what they took, writing ones commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from jobdesc.extensions import db
from jobdesc.store.engine import WRITES


class StoreBusy(Exception):
    """The database is locked, full or away; nothing was changed, and a later try may work."""


@contextmanager
def reading() -> Iterator[Session]:
    """A transaction that changes nothing."""
    session = db.session()
    try:
        yield session
    except OperationalError as error:
        raise StoreBusy(str(error.orig)) from error
    finally:
        session.rollback()


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction that holds the write lock from its start and commits at its end."""
    session = db.session()
    session.rollback()
    try:
        session.connection(execution_options={WRITES: True})
        yield session
        session.commit()
    except OperationalError as error:
        raise StoreBusy(str(error.orig)) from error
    finally:
        session.rollback()
