"""How a person has the pages: light or dark, with single-letter shortcuts or without."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobdesc.people.person import Kind
from tests.accounts import add_person, quick_hashes, send_form, set_up, sign_in
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

SETTINGS = "/account/settings"
SYSTEM = ("light dark", "screen and (prefers-color-scheme: dark)")


@pytest.fixture
def own(app: Flask, client: FlaskClient) -> FlaskClient:
    """The browser of an administrator."""
    set_up(app)
    sign_in(client)
    return client


def look_of(page: str) -> tuple[str, str | None]:
    """The color scheme that a page names, and for what it takes the dark colors."""
    scheme = re.search(r'<meta name="color-scheme" content="([^"]+)"', page)
    dark = re.search(r'<link rel="stylesheet" href="/static/dark.css[^"]*" media="([^"]+)"', page)
    assert scheme
    return scheme[1], dark[1] if dark else None


def chosen(page: str) -> list[str]:
    """The values of what is chosen or ticked in the page."""
    return re.findall(r'<input [^>]*\bchecked [^>]*value="(\w+)"', page)


@pytest.mark.parametrize(
    ("theme", "look"),
    [("dark", ("dark", "screen")), ("light", ("light", None)), ("system", SYSTEM)],
)
def test_pages_are_as_their_person_chose(
    app: Flask, own: FlaskClient, theme: str, look: tuple[str, str | None]
) -> None:
    sam = add_person(app, Kind.RECRUITER)
    other = app.test_client()
    sign_in(other, sam.email)
    answer = send_form(own, "/account", to=SETTINGS, theme=theme, letter_keys="y")
    assert (answer.status_code, answer.location) == (303, "/account")
    page = own.get("/account").text
    assert "Your settings are saved" in page
    assert chosen(page) == [theme, "y"]
    for path in ("/account", "/", "/nowhere"):
        assert look_of(own.get(path).text) == look
    assert look_of(other.get("/account").text) == SYSTEM
    assert look_of(app.test_client().get("/sign-in").text) == SYSTEM


def test_without_single_letters_pages_name_and_take_none(own: FlaskClient) -> None:
    paths = ("/", "/account", "/postings")
    for path in paths:
        page = own.get(path).text
        assert 'aria-keyshortcuts="/"' in page and "data-letter-keys" not in page
    assert send_form(own, "/account", to=SETTINGS, theme="system").status_code == 303
    for path in paths:
        page = own.get(path).text
        assert 'aria-keyshortcuts="/"' not in page
        assert '<html lang="en-US" data-letter-keys="off">' in page
    assert chosen(own.get("/account").text) == ["system"]
    send_form(own, "/account", to=SETTINGS, theme="system", letter_keys="y")
    assert "data-letter-keys" not in own.get("/").text


@pytest.mark.parametrize("sent", [{"theme": "sepia"}, {}])
def test_another_theme_is_refused_in_words_and_nothing_changes(
    own: FlaskClient, sent: dict[str, str]
) -> None:
    answer = send_form(own, "/account", to=SETTINGS, **sent)
    assert answer.status_code == 422
    assert '<a href="#theme">Choose System, Light or Dark</a>' in answer.text
    assert "<title>Error: Your account" in answer.text
    assert chosen(answer.text) == []
    page = own.get("/account").text
    assert look_of(page) == SYSTEM and chosen(page) == ["system", "y"]
