"""The first start through the pages."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts import PASSWORD, Clock, new_link_token, quick_hashes, send_form, set_up
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

ENTRY = {
    "name": "Ada Lake",
    "email": "ada@lakecounty.gov",
    "password": PASSWORD,
    "organization": "Lake County Human Services",
}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/postings", "/nowhere", "/roles/x?q=1"])
def test_until_set_up_every_page_says_to_open_the_link(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Open the link that the server printed" in answer.text


def test_until_set_up_forms_do_nothing(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"email": "a@b.gov", "password": "x"})
    assert answer.status_code == 503


def test_until_set_up_styles_are_there(client: FlaskClient) -> None:
    with client.get("/static/app.css") as styles:
        assert styles.status_code == 200


def test_the_link_leads_to_an_administrator_and_on_to_the_organization(
    seeded_app: Flask,
) -> None:
    Clock(seeded_app)
    client = seeded_app.test_client()
    path = f"/set-up/{new_link_token(seeded_app)}"
    answer = send_form(client, path, **ENTRY)
    with seeded_app.test_request_context():
        assert answer.location == seeded_app.url_for("organization.edit")
    assert answer.status_code == 303
    assert client.get_cookie("jobdesc_session")
    assert client.get(answer.location).status_code == 200


def test_what_was_typed_is_kept_but_the_password(app: Flask, client: FlaskClient) -> None:
    path = f"/set-up/{new_link_token(app)}"
    answer = send_form(client, path, **ENTRY | {"email": "ada", "name": "<b>Ada</b>"})
    assert answer.status_code == 422
    assert "<title>Error: Set up jobdesc" in answer.text
    assert answer.text.count("Enter your email, like pat@county.gov") == 2
    assert "&lt;b&gt;Ada&lt;/b&gt;" in answer.text
    assert "Lake County Human Services" in answer.text
    assert PASSWORD not in answer.text
    assert send_form(client, path, **ENTRY).status_code == 303


def test_an_empty_form_asks_for_every_field(app: Flask, client: FlaskClient) -> None:
    page = send_form(client, f"/set-up/{new_link_token(app)}").text
    assert "4 things" in page
    for field in ENTRY:
        assert f'id="{field}-error"' in page


def test_odd_signs_and_lengths_are_answered_on_the_page(app: Flask, client: FlaskClient) -> None:
    path = f"/set-up/{new_link_token(app)}"
    for odd in ("x" * 10_000, "\u202e", "🦊", "\r\n", "'; DROP TABLE person; --"):
        answer = send_form(client, path, **dict.fromkeys(ENTRY, odd))
        assert answer.status_code == 422


def test_names_of_every_script_can_set_up(app: Flask, client: FlaskClient) -> None:
    path = f"/set-up/{new_link_token(app)}"
    entry = ENTRY | {"name": "عدا ليك 🦊", "organization": "مقاطعة <b>البحيرة</b>"}
    assert send_form(client, path, **entry).status_code == 303


def test_signs_that_nobody_sees_are_cleaned_away(app: Flask, client: FlaskClient) -> None:
    path = f"/set-up/{new_link_token(app)}"
    entry = ENTRY | {"name": "Ada\0 Lake", "organization": "Lake\0 County"}
    assert send_form(client, path, **entry).status_code == 303


@pytest.mark.parametrize("token", ["guess", "x" * 5_000, "%00", "..", "é"])
def test_a_guessed_link_is_not_there(app: Flask, client: FlaskClient, token: str) -> None:
    new_link_token(app)
    answer = client.get(f"/set-up/{token}")
    assert answer.status_code in (400, 404, 503)
    assert 'name="password"' not in answer.text


def test_a_used_link_leads_to_sign_in(app: Flask, client: FlaskClient) -> None:
    path = f"/set-up/{new_link_token(app)}"
    send_form(client, path, **ENTRY)
    answer = app.test_client().get(path)
    assert answer.status_code == 404
    assert "This link no longer works" in answer.text
    assert 'href="/sign-in"' in answer.text


def test_a_form_from_a_used_link_makes_nobody(app: Flask, client: FlaskClient) -> None:
    path = f"/set-up/{new_link_token(app)}"
    late = app.test_client()
    page = late.get(path).text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    send_form(client, path, **ENTRY)
    answer = late.post(path, data=ENTRY | {"email": "eve@b.gov", "csrf_token": token})
    assert answer.status_code == 404
    assert late.get_cookie("jobdesc_session") is None


def test_after_set_up_nothing_speaks_of_it(app: Flask, client: FlaskClient) -> None:
    set_up(app)
    assert client.get("/sign-in").status_code == 200


def test_password_managers_find_the_new_password(app: Flask, client: FlaskClient) -> None:
    page = client.get(f"/set-up/{new_link_token(app)}").text
    for value in ("name", "username", "new-password", "organization"):
        assert f'autocomplete="{value}"' in page


def test_the_link_does_not_leave_the_page(app: Flask, client: FlaskClient) -> None:
    headers = client.get(f"/set-up/{new_link_token(app)}").headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
