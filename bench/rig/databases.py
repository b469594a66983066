"""An empty database of either kind, gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.postgres import durable_postgres


@contextmanager
def empty_database(kind: str) -> Iterator[str]:
    """The address for `installation`: '' for the embedded database, or a new PostgreSQL."""
    if kind == "sqlite":
        yield ""
        return
    with durable_postgres() as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        yield server.url.replace("/postgres?", "/bench?")
