"""People for tests: an installation that is set up, sign-in through the pages."""

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from jobdesc.people.person import OPERATOR, Kind, Person
from jobdesc.services import accounts, passwords
from jobdesc.services.accounts import create_person
from jobdesc.services.setup import create_first_administrator, setup_link

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PASSWORD = "walnut ferry lantern seven"
ADMINISTRATOR = "ada@lakecounty.gov"


QUICK = "scrypt:1024:8:1"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost next to nothing; import it where many people sign in."""
    monkeypatch.setattr(accounts, "NOBODY", passwords.NOBODY.replace(passwords.METHOD, QUICK))
    monkeypatch.setattr(passwords, "METHOD", QUICK)


class Clock:
    """A clock that stands until it is turned."""

    def __init__(self, app: Flask) -> None:
        self.moment = NOW
        app.config["JOBDESC_CLOCK"] = lambda: self.moment

    def turn(self, by: timedelta) -> None:
        """Let time pass."""
        self.moment += by


def new_link_token(app: Flask) -> str:
    """The token of a fresh set-up link."""
    with app.app_context():
        link = setup_link("http://127.0.0.1:8000", NOW)
    assert link
    return link.rpartition("/")[2]


def set_up(app: Flask, now: datetime = NOW) -> Person:
    """The administrator of an installation that is set up."""
    token = new_link_token(app)
    with app.app_context():
        begun = create_first_administrator(
            token, "Ada Lake", ADMINISTRATOR, PASSWORD, "Lake County", now
        )
    return begun.person


def add_person(app: Flask, kind: Kind, email: str = "", now: datetime = NOW) -> Person:
    """Another person who may sign in, by default at `<kind>@lakecounty.gov`."""
    email = email or f"{kind.value}@lakecounty.gov"
    with app.app_context():
        return create_person(OPERATOR, "Sam Rivera", email, kind, PASSWORD, now)


def csrf_of(page: TestResponse) -> str:
    """The token in the form of a page."""
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
    assert found, f"no form on {page.request.path}: {page.status}"
    return found[1]


def send_form(client: FlaskClient, path: str, to: str = "", **fields: str) -> TestResponse:
    """Fetch the page at `path`, and send its form with these fields."""
    with closing(client.get(path)) as page:
        token = csrf_of(page)
    return client.post(to or path, data={"csrf_token": token, **fields})


def post(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    """Send a form without fetching its page: with the token that the page would have had."""
    with client.session_transaction() as session:
        session["csrf_token"] = "raw"
    signed = URLSafeTimedSerializer(client.application.secret_key or "", salt="wtf-csrf-token")
    return client.post(path, data={"csrf_token": signed.dumps("raw"), **fields})


def sign_in(
    client: FlaskClient, email: str = ADMINISTRATOR, password: str = PASSWORD, **fields: str
) -> TestResponse:
    """Sign in through the page."""
    return send_form(client, "/sign-in", email=email, password=password, **fields)
