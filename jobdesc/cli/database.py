"""What a command says when the database does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import DBAPIError

from jobdesc.store.transactions import StoreBusy


@contextmanager
def database_words() -> Iterator[None]:
    """Turn the errors of the database into one sentence."""
    try:
        yield
    except (StoreBusy, DBAPIError) as error:
        reason = str(error.orig if isinstance(error, DBAPIError) else error).strip()
        raise click.ClickException(
            f"The database cannot be used ({reason.splitlines()[0]}). "
            "If it is new, type .venv/bin/flask db upgrade; else try again in a moment."
        ) from error
