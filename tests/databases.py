"""Fresh databases for tests: migrated or filled once, then cloned."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from flask_migrate import upgrade

from jobdesc.app import ROOT, create_app
from jobdesc.config import Settings, read_settings
from jobdesc.extensions import db
from jobdesc.services.content import read_folder, seed
from tests.postgres import ORDINARY_USER
from tests.quick import warm

SEED_TIME = datetime(2026, 11, 23, 12, tzinfo=UTC)


def make_settings(folder: Path, database_url: str = "", **environment: str) -> Settings:
    """Settings that touch nothing but `folder`."""
    given = {"JOBDESC_DATA": str(folder), "JOBDESC_DATABASE_URL": database_url}
    return read_settings(given | environment, ROOT)


class Templates:
    """Databases that tests get clones of, each made the first time it is asked for."""

    def __init__(self, folder: Path, server: Callable[[], str]) -> None:
        self._folder = folder
        self._server = server
        self._made: set[str] = set()
        self._clones = 0

    def clone(self, kind: str, folder: Path, *, seeded: bool) -> str:
        """The address of a new database of `kind`, sqlite or postgresql."""
        template = f"{kind}_seeded" if seeded else f"{kind}_empty"
        if template not in self._made:
            self._make(kind, template, seeded=seeded)
            self._made.add(template)
        if kind == "sqlite":
            shutil.copyfile(self._file(template), folder / "jobdesc.sqlite3")
            return f"sqlite:///{folder / 'jobdesc.sqlite3'}"
        self._clones += 1
        name = f"clone_{self._clones}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self._address(name)

    def drop(self, url: str) -> None:
        """Give a clone back."""
        if url.startswith("postgresql"):
            name = url.partition("?")[0].rpartition("/")[2]
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def on_disk(self, url: str, folder: Path) -> Iterator[None]:
        """Move a clone to a folder of its own; the clone is gone afterwards."""
        name = url.partition("?")[0].rpartition("/")[2]
        if os.geteuid() == 0:
            shutil.chown(folder, ORDINARY_USER)
        self._run(f"CREATE TABLESPACE of_{name} LOCATION '{folder}'")
        self._run(f"ALTER DATABASE {name} SET TABLESPACE of_{name}")
        try:
            yield
        finally:
            self.drop(url)
            self._run(f"DROP TABLESPACE of_{name}")

    def _make(self, kind: str, template: str, *, seeded: bool) -> None:
        if kind == "sqlite":
            url = f"sqlite:///{self._file(template)}"
        else:
            self._run(f"DROP DATABASE IF EXISTS {template}")  # of a try that failed
            self._run(f"CREATE DATABASE {template}")
            url = self._address(template)
        app = create_app(make_settings(self._folder, url))
        with app.app_context():
            warm(app, db.engine)
            upgrade()
            if seeded:
                seed(read_folder(ROOT / "content"), SEED_TIME)
            db.session.remove()
            db.engine.dispose()
        if kind == "sqlite":
            with closing(sqlite3.connect(self._file(template))) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _file(self, template: str) -> Path:
        return self._folder / f"{template}.sqlite3"

    def _address(self, name: str) -> str:
        return self._server().replace("/postgres?", f"/{name}?")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._server(), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]
