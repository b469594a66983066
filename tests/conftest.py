"""What every test can ask for: settings, databases, an application, a server and a browser."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from jobdesc.app import create_app
from jobdesc.config import Settings
from jobdesc.extensions import db
from tests.checked import CheckedClient
from tests.chromium import FLAGS, program
from tests.databases import Templates, make_settings
from tests.postgres import postgres_server
from tests.quick import folders_in_memory, keep_what_is_equal, warm
from tests.serving import serving
from tests.sharing import pytest_xdist_make_scheduler

__all__ = ["pytest_xdist_make_scheduler"]

SOAK_SEED = 20261123

folders_in_memory()
keep_what_is_equal()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    """Databases to clone; PostgreSQL starts when the first test asks for it."""
    with ExitStack() as stack:
        server = cache(lambda: stack.enter_context(postgres_server()))
        yield Templates(tmp_path_factory.mktemp("templates"), server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database; `on_sqlite` (tests/marks.py) keeps a test to the embedded one."""
    return str(request.param)


@pytest.fixture
def database_url(database: str, templates: Templates, tmp_path: Path) -> Iterator[str]:
    """A migrated database without content."""
    url = templates.clone(database, tmp_path, seeded=False)
    yield url
    templates.drop(url)


@pytest.fixture
def seeded_database_url(database: str, templates: Templates, tmp_path: Path) -> Iterator[str]:
    """A migrated database with the shipped content."""
    url = templates.clone(database, tmp_path, seeded=True)
    yield url
    templates.drop(url)


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of an installation without content."""
    return make_settings(tmp_path, database_url)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on a migrated database without content."""
    yield from _running(settings)


@pytest.fixture
def seeded_app(tmp_path: Path, seeded_database_url: str) -> Iterator[Flask]:
    """The application on a database with the shipped content."""
    yield from _running(make_settings(tmp_path, seeded_database_url))


def _running(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    with app.app_context():
        warm(app, db.engine)
    app.testing = True
    app.test_client_class = CheckedClient
    yield app
    app.extensions["exporter"].stop()
    app.extensions["wage_importer"].stop()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen, signed in as nobody."""
    return app.test_client()


@pytest.fixture
def live_server(seeded_app: Flask) -> Iterator[str]:
    """The address of a running server with the shipped content."""
    with serving(seeded_app) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; `JOBDESC_SLOW_MOTION` milliseconds pass before each step, where set.

    Slow steps find what a test takes for granted only because it is faster than the page.
    """
    slow = float(os.environ.get("JOBDESC_SLOW_MOTION") or 0)
    expect.set_options(timeout=15_000)  # the machine may have much else to do
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program(), args=list(FLAGS), slow_mo=slow
        )
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without a past; no page of it may ask another host for anything, or fail."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(10_000)
    elsewhere: list[str] = []
    errors: list[str] = []
    local = ("http://127.0.0.1:", "data:", "blob:", "about:")
    context.on(
        "request", lambda sent: None if sent.url.startswith(local) else elsewhere.append(sent.url)
    )
    context.on("weberror", lambda failed: errors.append(str(failed.error)))
    yield context
    failed = list(errors)  # closing stops what is being loaded, which is no failure
    context.close()
    assert elsewhere == [], "a page asked another host"
    assert failed == [], "a script failed"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page, 1440 by 900."""
    return context.new_page()


@dataclass(frozen=True)
class Soak:
    """How long a randomized test runs; the same few rounds in `make test`, long in `make soak`."""

    seed: int
    random: random.Random
    seconds: float | None

    def rounds(self, sample: int) -> Iterator[int]:
        """`sample` rounds, or as many as the time of a long run allows."""
        begin, done = time.monotonic(), 0
        while done < sample if self.seconds is None else time.monotonic() - begin < self.seconds:
            yield done
            done += 1


@pytest.fixture
def soak() -> Soak:
    """The seed and length of a randomized test; `JOBDESC_SOAK_SEED` repeats a long run."""
    minutes = os.environ.get("JOBDESC_SOAK_MINUTES")
    chosen = int(os.environ.get("JOBDESC_SOAK_SEED") or random.SystemRandom().randrange(2**32))
    seed = chosen if minutes else SOAK_SEED
    print(f"\nJOBDESC_SOAK_SEED={seed}")  # noqa: T201  (shown when the test fails)
    return Soak(seed, random.Random(seed), float(minutes) * 60 if minutes else None)
