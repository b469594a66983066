"""What every answer tells the browser."""

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from jobdesc.web.access import always
from jobdesc.web.security_headers import CONTENT_POLICY, DOWNLOAD_POLICY, HEADERS, as_download
from tests.accounts import quick_hashes, set_up
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]


@on_sqlite
@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/static/app.css", "/a%00b"])
def test_every_answer_carries_the_headers(app: Flask, client: FlaskClient, path: str) -> None:
    set_up(app)
    with client.get(path) as answer:
        headers = answer.headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "Strict-Transport-Security" not in headers


@on_sqlite
def test_the_page_before_set_up_carries_them_too(client: FlaskClient) -> None:
    assert client.get("/").headers["Content-Security-Policy"] == CONTENT_POLICY


def test_the_policy_allows_nothing_inline_and_no_other_host() -> None:
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY
    assert "*" not in CONTENT_POLICY
    assert CONTENT_POLICY.startswith("default-src 'none'; script-src 'self'; style-src 'self'")


@on_sqlite
def test_a_download_is_shut_in(app: Flask, client: FlaskClient) -> None:
    @app.get("/file")
    @always
    def file() -> Response:
        return as_download(Response("<script>alert(1)</script>"))

    headers = client.get("/file").headers
    assert headers["Content-Security-Policy"] == DOWNLOAD_POLICY
    assert DOWNLOAD_POLICY.startswith("sandbox; default-src 'none'")
    assert "script-src" not in DOWNLOAD_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"


@on_sqlite
def test_over_https_the_browser_is_told_to_stay_there(app: Flask, client: FlaskClient) -> None:
    headers = client.get("/sign-in", base_url="https://localhost").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
