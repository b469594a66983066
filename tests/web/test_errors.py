"""What a person is told when the database or the program does not do its work."""

import re
from collections.abc import Callable
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import insert

from jobdesc.services import library
from jobdesc.services.documents import PdfNotMade
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.faults import Reason
from jobdesc.store.transactions import StoreBusy, writing
from jobdesc.web.guides import downloads
from tests.accounts import quick_hashes, set_up, sign_in
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

Break = Callable[[Exception], None]


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
