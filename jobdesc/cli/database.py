"""What a command says when the database does not do what it was asked."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from jobdesc.services.catalog import NoLibrary
from jobdesc.store.faults import Reason
from jobdesc.store.transactions import StoreBusy

WORDS = {
    Reason.BUSY: "The database is busy. Try again in a moment.",
    Reason.FULL: "The disk of the database is full. Free some space, then try again.",
    Reason.READ_ONLY: "The database may only be read. Let this user write to it.",
    Reason.NO_TABLES: "The database has no tables yet. Type make run once, or "
    ".venv/bin/flask db upgrade.",
    Reason.UNREACHABLE: "The database cannot be used ({why}). Check JOBDESC_DATABASE_URL and that "
    "its server runs, or the files in JOBDESC_DATA.",
}


@contextmanager
def database_words() -> Iterator[None]:
    """Turn the errors of the database into one sentence."""
    try:
        yield
    except StoreBusy as error:
        raise click.ClickException(store_words(error)) from error
    except NoLibrary as error:
        message = "The library is not loaded. Type .venv/bin/flask seed."
        raise click.ClickException(message) from error


def store_words(error: StoreBusy) -> str:
    """What happened and what to do."""
    lines = str(error).splitlines() or [error.reason.value]
    return WORDS[error.reason].format(why=lines[0])
