"""A server or a database that is killed in the middle of saves: what was acknowledged is there."""

import os
from pathlib import Path

import pytest

from tests.accounts import quick_hashes
from tests.cli.killing import begin, check, one_round
from tests.conftest import Soak
from tests.databases import Templates
from tests.postgres import PostgresServer, durable_postgres

__all__ = ["quick_hashes"]

ROUNDS = 20 if os.environ.get("JOBDESC_SOAK_MINUTES") else 2


@pytest.mark.soak
def test_every_acknowledged_save_outlives_a_killed_server(
    tmp_path: Path, templates: Templates, database: str, soak: Soak
) -> None:
    url = templates.clone(database, tmp_path, seeded=True)
    writers, acknowledged = begin(tmp_path, url), 0
    for _ in range(ROUNDS):
        one_round(tmp_path, url, writers, soak.random.randint(1, 40))
        acknowledged = check(url, writers)
    assert all(writer.acknowledged for writer in writers)
    report("server", database, acknowledged)
    templates.drop(url)


@pytest.mark.soak
@pytest.mark.parametrize("how", ["immediate", "kill"])
def test_every_acknowledged_save_outlives_a_killed_database(
    tmp_path: Path, soak: Soak, how: str
) -> None:
    """PostgreSQL stopped at once, as when its machine goes down, or its process killed."""
    with durable_postgres() as server:
        data = tmp_path / "data"
        url = seeded(server, tmp_path)
        writers, acknowledged = begin(data, url), 0
        for _ in range(ROUNDS):
            kill = server.stop_at_once if how == "immediate" else server.kill
            one_round(data, url, writers, soak.random.randint(1, 40), kill)
            server.start()
            acknowledged = check(url, writers)
        assert all(writer.acknowledged for writer in writers)
        assert any(writer.refusals for writer in writers), "a refusal is said in words"
        report(f"database ({how})", "postgresql", acknowledged)


def seeded(server: PostgresServer, folder: Path) -> str:
    """A database with the shipped content on a server of its own."""
    templates = Templates(folder, lambda: server.url)
    return templates.clone("postgresql", folder, seeded=True)


def report(what: str, database: str, acknowledged: int) -> None:
    print(f"\n{what} on {database}: {ROUNDS} rounds, {acknowledged} saves, 0 missing, 0 torn")  # noqa: T201
