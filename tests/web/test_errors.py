"""What a person is told when the database or the program does not do its work."""

import re
from collections.abc import Callable
from contextlib import contextmanager
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from jobdesc.people.person import OPERATOR, Kind
from jobdesc.services import library, people
from jobdesc.services.accounts import create_person
from jobdesc.services.documents import PdfNotMade
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.faults import Reason
from jobdesc.store.transactions import StoreBusy, writing
from jobdesc.web import errors
from jobdesc.web.guides import downloads
from tests.accounts import NOW, PASSWORD, add_person, quick_hashes, set_up, sign_in
from tests.checked import words
from tests.forms import parsed
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

Break = Callable[[Exception], None]


def bar_of(text: str) -> list[str]:
    """The links of the bar."""
    return [words(link) for link in parsed(text).xpath("//nav[@class='bar-nav']/a")]


@pytest.fixture
def broken(seeded_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Break:
    """Let every reading of the library fail with an error."""
    set_up(seeded_app)
    seeded_app.testing = False

    def break_by(error: Exception) -> None:
        @contextmanager
        def failing() -> object:
            raise error
            yield

        monkeypatch.setattr(library, "load_library", lambda: failing().__enter__())

    return break_by


@pytest.mark.parametrize(
    ("reason", "words", "retry"),
    [
        (Reason.BUSY, "The database is busy", "5"),
        (Reason.FULL, "The disk of this server is full", None),
        (Reason.READ_ONLY, "The database may only be read", None),
        (Reason.NO_TABLES, "The database has no tables yet", None),
        (Reason.UNREACHABLE, "The database cannot be reached", None),
    ],
)
def test_each_state_of_the_database_has_its_words(
    seeded_app: Flask, broken: Break, reason: Reason, words: str, retry: str | None
) -> None:
    client = seeded_app.test_client()
    sign_in(client)
    broken(StoreBusy("words of the driver", reason))
    answer = client.get("/?q=nurse")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, retry)
    assert f"<h1>{words}</h1>" in answer.text
    assert "words of the driver" not in answer.text
    assert re.search(r'href="/\?q=nurse">\s*Try again', answer.text)


def test_pages_that_are_not_here_or_not_allowed_have_the_bar_of_who_is_signed_in(
    app: Flask, client: FlaskClient
) -> None:
    set_up(app)
    pages = {"/nowhere": 404, "/join/gone": 404, "/postings/4711": 404, "/settings/people": 403}
    recruiter = add_person(app, Kind.RECRUITER)
    for path, status in list(pages.items())[:2]:
        answer = client.get(path)
        assert (answer.status_code, bar_of(answer.text)) == (status, [])
    sign_in(client, recruiter.email)
    for path, status in pages.items():
        answer = client.get(path)
        assert answer.status_code == status
        assert bar_of(answer.text) == ["Library", "Postings"]
    assert "You are signed in as" in client.get("/join/gone").text


def test_what_is_not_allowed_names_who_can_give_access(app: Flask, client: FlaskClient) -> None:
    set_up(app)
    recruiter = add_person(app, Kind.RECRUITER)
    sign_in(client, recruiter.email)

    def told() -> str:
        answer = client.get("/settings/people")
        assert answer.status_code == 403
        return answer.text.partition("account as administrator. ")[2].partition("</p>")[0]

    assert told() == "Ada Lake can give it to you."
    with app.app_context():
        for name in ("Kim Ono", "Kim Ono", "Lee <b>", "Max May"):
            create_person(OPERATOR, name, f"{uuid4()}@lake.gov", Kind.ADMINISTRATOR, PASSWORD, NOW)
            assert "@" not in told()
    assert told() == "Ada Lake, Kim Ono, Lee &lt;b&gt; or another administrator can give it to you."
    with app.app_context():
        people.deactivate(OPERATOR, 1, None, NOW)
    assert told() == "Kim Ono, Lee &lt;b&gt; or Max May can give it to you."
    assert "Kim" not in app.test_client().get("/settings/people", follow_redirects=True).text


def test_a_message_is_sent_without_what_a_busy_database_does_not_tell(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def busy() -> None:
        raise StoreBusy("words of the driver")

    set_up(app)
    recruiter = add_person(app, Kind.RECRUITER)
    sign_in(client, recruiter.email)
    monkeypatch.setattr(errors, "administrators_to_ask", busy)
    assert "An administrator can give it to you." in client.get("/settings/people").text
    monkeypatch.setitem(app.jinja_env.globals, "export_news", busy)
    for path, status in {"/nowhere": 404, "/settings/people": 403}.items():
        answer = client.get(path)
        assert (answer.status_code, bar_of(answer.text)) == (status, [])
    assert "words of the driver" in caplog.text


def test_what_waits_to_be_said_is_not_taken_by_a_picture_that_is_not_here(
    app: Flask, client: FlaskClient
) -> None:
    set_up(app)
    sign_in(client)
    with client.session_transaction() as session:
        session["_flashes"] = [("green", "Profile saved")]
    assert "Profile saved" not in client.get("/apple-touch-icon.png").text
    assert "Profile saved" in client.get("/account").text


def test_a_library_that_is_not_loaded_is_told(app: Flask) -> None:
    set_up(app)
    client = app.test_client()
    sign_in(client)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "<h1>The library is not loaded</h1>" in answer.text
    assert "type .venv/bin/flask seed." in answer.text


def test_a_fault_offers_the_same_address_again_and_logs_its_cause_with_the_reference(
    seeded_app: Flask, broken: Break, caplog: pytest.LogCaptureFixture
) -> None:
    client = seeded_app.test_client()
    sign_in(client)
    broken(ZeroDivisionError("a cause"))
    answer = client.get("/")
    assert answer.status_code == 500
    assert bar_of(answer.text) == [], "the bar may be what fails"
    assert re.search(r'href="/">\s*Try again', answer.text)
    reference = re.search(r"Reference: <code>([0-9a-f]{8})</code>", answer.text)
    assert reference
    assert [m for m in caplog.messages if reference[1] in m and "a cause" in m]


def test_a_job_description_that_could_not_be_made_speaks_of_no_posting(
    seeded_app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client)

    def fail(*_: object) -> None:
        raise PdfNotMade("failed") from RuntimeError("ran out of time")

    monkeypatch.setattr(downloads, "download_job_description", fail)
    answer = client.get("/roles/case-manager/mid/description.pdf")
    assert answer.status_code == 500
    assert "Nothing was lost." in answer.text
    assert "posting was" not in answer.text
    assert 'description.pdf">Try again' in answer.text
    assert "ran out of time" in caplog.text


def test_no_hash_and_no_text_of_a_form_comes_to_the_log_with_a_fault(
    seeded_app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client)

    def add_nobody() -> None:
        row = {"name": None, "password_hash": "scrypt:a-hash-of-a-password"}
        with writing() as session:
            session.execute(insert(PersonRow.__table__), row)  # type: ignore[arg-type]

    seeded_app.testing = False
    monkeypatch.setattr(library, "load_library", add_nobody)
    assert client.get("/").status_code == 500
    assert "IntegrityError" in caplog.text
    assert "a-hash-of-a-password" not in caplog.text
