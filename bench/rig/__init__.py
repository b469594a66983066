"""A throw-away installation behind the real server, and figures printed beside their budgets."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from jobdesc.app import ROOT, create_app
from jobdesc.config import read_settings
from jobdesc.extensions import db
from jobdesc.people.person import OPERATOR, Kind, Person
from jobdesc.services.accounts import create_person
from jobdesc.services.content import read_folder, seed
from jobdesc.services.sessions import begin_session
from jobdesc.store.organizations import organization_to_change, save_organization
from jobdesc.store.transactions import writing
from jobdesc.web.session_cookie import NAME
from tests.samples import harbor_county

START_SECONDS = 30


@dataclass(frozen=True)
class Installation:
    """A folder with a filled database, the application over it, and somebody signed in."""

    folder: Path
    database_url: str
    app: Flask
    person: Person
    cookie: str


@contextmanager
def installation(database_url: str = "") -> Iterator[Installation]:
    """A database with the shipped content and a filled profile, gone afterwards.

    `database_url` names an empty one; by default it is an embedded one.
    """
    with tempfile.TemporaryDirectory(prefix="jobdesc-bench-") as name:
        folder, now = Path(name), datetime.now(UTC)
        given = {"JOBDESC_DATA": name, "JOBDESC_DATABASE_URL": database_url}
        app = create_app(read_settings(given, ROOT))
        with app.app_context():
            upgrade()
            seed(read_folder(ROOT / "content"), now)
            kind, password = Kind.ADMINISTRATOR, "walnut ferry lantern seven"
            person = create_person(OPERATOR, "Ada Lake", "ada@lake.gov", kind, password, now)
            fill_profile(now)
            with writing() as session:
                token = begin_session(session, person, keep=True, now=now).token
            yield Installation(folder, database_url, app, person, f"{NAME}={token}")
            db.session.remove()
            db.engine.dispose()


def fill_profile(now: datetime) -> None:
    """Give the organization everything that a posting takes from it."""
    with writing() as session:
        organization_to_change(session)
        save_organization(session, harbor_county(), now)


class Browser:
    """One connection that stays open, as a browser's does."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": cookie, "Accept-Encoding": "gzip"}

    def get(self, path: str) -> tuple[float, bytes]:
        """Seconds until the whole answer is there, and its body; fails unless it is 200."""
        begin = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - begin
        assert answer.status == 200, f"{path}: {answer.status}"
        return seconds, body


@contextmanager
def served(place: Installation) -> Iterator[Browser]:
    """The real server in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JOBDESC_")}
    settings = {
        "JOBDESC_DATA": str(place.folder),
        "JOBDESC_DATABASE_URL": place.database_url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "flask", "serve"],
        cwd=ROOT,
        env=kept | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _connected(port, place.cookie)
    finally:
        server.terminate()
        server.wait(START_SECONDS)


def _connected(port: int, cookie: str) -> Browser:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            browser = Browser(port, cookie)
            browser.get("/healthz")
            return browser
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def timed(action: Callable[[], object], times: int) -> list[float]:
    """The seconds of each of so many runs."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - begin)
    return seconds


def p95(seconds: Sequence[float]) -> float:
    """The value that 95 of 100 stay under."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.95))]


def show(what: str, seconds: Sequence[float], budget: float) -> None:
    """Median and p95 in milliseconds, and the budget that the p95 is held to."""
    median, high = 1000 * statistics.median(seconds), 1000 * p95(seconds)
    verdict = "" if high <= 1000 * budget else "   OVER"
    figures = f"median {median:7.1f} ms   p95 {high:7.1f}   budget {1000 * budget:5.0f}"
    print(f"{what:44} {figures}{verdict}")


def show_size(what: str, size: int, budget: int) -> None:
    """Kilobytes beside their budget."""
    verdict = "" if size <= budget * 1000 else "   OVER"
    print(f"{what:44} {size / 1000:7.1f} KB   budget {budget:5d}{verdict}")
