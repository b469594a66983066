"""GET /healthz tells whether the database is reached."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from jobdesc.app import create_app
from tests.databases import make_settings


def test_healthz_answers_200_when_the_database_is_reached(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.get_json() == {"status": "ok"}


def test_healthz_leaves_no_cookie(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/healthz").headers


@pytest.mark.parametrize("content", [None, b"no database" * 500], ids=["empty", "damaged"])
def test_healthz_answers_503_when_the_embedded_database_is_of_no_use(
    tmp_path: Path, content: bytes | None
) -> None:
    app = create_app(make_settings(tmp_path))
    if content:
        (tmp_path / "jobdesc.sqlite3").write_bytes(content)
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.get_json() == {"status": "The database cannot be reached."}


def test_healthz_answers_503_when_the_database_server_is_away(tmp_path: Path) -> None:
    url = f"postgresql://nobody@/nothing?host={tmp_path}"
    answer = create_app(make_settings(tmp_path, url)).test_client().get("/healthz")
    assert answer.status_code == 503
