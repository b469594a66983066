"""More than can be sent at once, sent to the real server: the browser gets an answer in words."""

import http.client
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from flask import Flask

from jobdesc.services.sessions import begin_session
from jobdesc.store.transactions import writing
from jobdesc.web.session_cookie import NAME
from tests.accounts import quick_hashes, set_up
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

BOUNDARY = "----------------a-form-of-a-test"
MEGABYTE = b"\x89PNG" + b"x" * (1_000_000 - 4)


def parts(fields: dict[str, str], megabytes: int) -> Iterator[bytes]:
    """A form with a picture of that size, piece by piece."""
    for name, value in fields.items():
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        yield f"{value}\r\n".encode()
    yield (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="logo"; filename="logo.png"\r\n'
        "Content-Type: image/png\r\n\r\n"
    ).encode()
    for _ in range(megabytes):
        yield MEGABYTE
    yield f"\r\n--{BOUNDARY}--\r\n".encode()


def upload(
    url: str, path: str, megabytes: int, cookie: str = "", fields: dict[str, str] | None = None
) -> tuple[int, str]:
    """Send the form as a browser does: all of it, then wait for the answer."""
    fields = fields or {}
    length = sum(map(len, parts(fields, 0))) + megabytes * len(MEGABYTE)
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(length),
        "Cookie": cookie,
    }
    try:
        connection.request("POST", path, parts(fields, megabytes), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.fixture
def cookie(seeded_app: Flask) -> str:
    """The cookie of the administrator."""
    actor = set_up(seeded_app)
    with seeded_app.app_context(), writing() as session:
        return f"{NAME}={begin_session(session, actor, False, datetime.now(UTC)).token}"


def form_of(url: str, cookie: str) -> tuple[str, dict[str, str]]:
    """Both cookies, and the token of the profile's form."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    connection.request("GET", "/settings/organization", headers={"Cookie": cookie})
    answer = connection.getresponse()
    page, own = answer.read().decode(), answer.headers["Set-Cookie"].partition(";")[0]
    connection.close()
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    return f"{cookie}; {own}", {"csrf_token": token}


def test_a_logo_of_40_mb_is_answered_on_the_page_that_keeps_the_words(
    live_server: str, cookie: str
) -> None:
    cookies, fields = form_of(live_server, cookie)
    words = "Words that were typed beside the logo."
    fields |= {"name": "Lake County", "about": words, "act": "save:all"}
    status, page = upload(live_server, "/settings/organization", 40, cookies, fields)
    assert status == 422
    assert "2 MB" in page
    assert words in page


@pytest.mark.parametrize("path", ["/settings/organization", "/sign-in", "/postings", "/postings/1"])
def test_40_mb_from_anybody_else_are_refused_in_words(
    live_server: str, cookie: str, path: str
) -> None:
    status, page = upload(live_server, path, 40)
    assert status in (401, 413)
    assert "<h1>" in page


def test_a_client_that_goes_away_in_the_middle_stops_nobody(live_server: str, cookie: str) -> None:
    place = urlsplit(live_server)
    head = f"POST /sign-in HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: 40000000\r\n\r\n"
    for _ in range(10):
        with socket.create_connection((place.hostname or "", place.port or 0)) as connection:
            connection.sendall(head.encode() + b"x" * 10_000)
    connection = http.client.HTTPConnection(place.netloc, timeout=30)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()
