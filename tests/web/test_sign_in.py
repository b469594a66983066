"""Signing in and out through the pages."""

import time
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from jobdesc.people.entries import email_key, tidy
from jobdesc.people.person import Kind
from jobdesc.web.access import current_actor, signed_in
from jobdesc.web.known_browser import NAME as KNOWN
from jobdesc.web.session_cookie import NAME
from tests.accounts import (
    ADMINISTRATOR,
    PASSWORD,
    Clock,
    add_person,
    csrf_of,
    post,
    quick_hashes,
    send_form,
    set_up,
    sign_in,
)
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

WRONG = "The email or password is not right. Check both, then try again"
PRIVATE = "/private"


@pytest.fixture(autouse=True)
def clock(app: Flask) -> Clock:
    """An installation that is set up, with a page for those signed in, and a standing clock."""

    @app.get(PRIVATE)
    @signed_in
    def private() -> str:
        return f"for {current_actor().name}"

    clock = Clock(app)
    set_up(app)
    return clock


def sign_out(client: FlaskClient) -> TestResponse:
    return post(client, "/sign-out")


def test_email_and_password_lead_home_signed_in(client: FlaskClient) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get(PRIVATE).text == "for Ada Lake"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_hosts(client: FlaskClient) -> None:
    cookie = next(
        line for line in sign_in(client).headers.getlist("Set-Cookie") if "jobdesc_session" in line
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert "Max-Age" not in cookie


def test_over_https_every_cookie_is_secure(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/sign-in", base_url="https://localhost")
    form = {"csrf_token": csrf_of(page), "email": ADMINISTRATOR, "password": PASSWORD}
    answer = client.post(
        "/sign-in",
        data=form,
        base_url="https://localhost",
        headers={"Referer": "https://localhost/"},
    )
    assert answer.status_code == 303
    cookies = page.headers.getlist("Set-Cookie") + answer.headers.getlist("Set-Cookie")
    assert len(cookies) >= 2
    assert all("Secure" in cookie for cookie in cookies)


def test_keep_me_signed_in_lasts_thirty_days(client: FlaskClient, clock: Clock) -> None:
    cookies = sign_in(client, keep="y").headers.getlist("Set-Cookie")
    assert any("Max-Age=2592000" in cookie for cookie in cookies)
    clock.turn(timedelta(days=29))
    assert client.get(PRIVATE).status_code == 200
    clock.turn(timedelta(days=1))
    assert client.get(PRIVATE).status_code == 303


def test_twelve_idle_hours_end_the_session(client: FlaskClient, clock: Clock) -> None:
    sign_in(client)
    clock.turn(timedelta(hours=12, seconds=1))
    assert client.get(PRIVATE).location == "/sign-in?next=/private"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (ADMINISTRATOR, "walnut ferry"),
        ("nobody@lakecounty.gov", PASSWORD),
        ("<script>alert(1)</script>", "juniper"),
        ("x" * 10_000, "y" * 10_000),
        ("مدير@مثال.إختبار", "🦊" * 500),
        (ADMINISTRATOR, PASSWORD.upper()),
    ],
)
def test_a_wrong_entry_gets_one_answer_and_keeps_the_email(
    client: FlaskClient, email: str, password: str
) -> None:
    answer = sign_in(client, email, password)
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert "<title>Error: Sign in" in answer.text
    assert "<script>alert" not in answer.text
    assert password not in answer.text
    assert "jobdesc_session" not in str(answer.headers)
    if email == ADMINISTRATOR:
        assert f'value="{email}"' in answer.text


def test_empty_fields_are_asked_for_by_name(client: FlaskClient) -> None:
    page = sign_in(client, "", "").text
    assert "Enter your email, like pat@county.gov" in page
    assert "Enter your password" in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="email-error"' in page


def test_password_managers_find_the_fields(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert page.count("<form") == 1
    assert "<script" not in page.partition("<main")[2]


def test_the_sixth_try_in_a_row_is_told_to_wait(client: FlaskClient, clock: Clock) -> None:
    for _ in range(5):
        assert WRONG in sign_in(client, password="wrong").text
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "5")
    assert "Too many tries. Wait 5 seconds, then try again." in answer.text
    clock.turn(timedelta(seconds=5))
    assert sign_in(client).status_code == 303


def test_a_browser_is_known_at_the_account_that_signed_in_with_it_last(
    app: Flask, client: FlaskClient
) -> None:
    other = add_person(app, Kind.RECRUITER).email
    answer = sign_in(client)
    [line] = [line for line in answer.headers.getlist("Set-Cookie") if KNOWN in line]
    assert "HttpOnly" in line
    assert "Path=/sign-in" in line
    sign_out(client)
    stranger = app.test_client()
    for email in (ADMINISTRATOR, other):
        for _ in range(5):
            sign_in(stranger, email, password="wrong")
    assert sign_in(app.test_client()).status_code == 429
    assert sign_in(client, other).status_code == 429
    assert sign_in(client).status_code == 303


@pytest.mark.parametrize("made_up", ["x", "WyJhIiwiYiJd.x", ""])
def test_a_browser_is_not_known_by_what_it_says_of_itself(
    client: FlaskClient, made_up: str
) -> None:
    client.set_cookie(KNOWN, made_up, path="/sign-in")
    for _ in range(5):
        assert sign_in(client, password="wrong").status_code == 422
    client.delete_cookie(KNOWN, path="/sign-in")
    assert sign_in(client).status_code == 429


def test_after_sign_out_the_old_cookie_is_dead(app: Flask, client: FlaskClient) -> None:
    sign_in(client)
    cookie = client.get_cookie("jobdesc_session")
    assert cookie
    answer = sign_out(client)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert client.get_cookie("jobdesc_session") is None
    thief = app.test_client()
    thief.set_cookie("jobdesc_session", cookie.value)
    assert thief.get(PRIVATE).status_code == 303


def test_signing_in_again_ends_the_session_that_this_browser_had(
    app: Flask, client: FlaskClient
) -> None:
    post(client, "/sign-in", email=ADMINISTRATOR, password=PASSWORD)
    first = client.get_cookie("jobdesc_session")
    post(client, "/sign-in", email=ADMINISTRATOR, password=PASSWORD)
    second = client.get_cookie("jobdesc_session")
    assert first
    assert second
    assert first.value != second.value
    thief = app.test_client()
    thief.set_cookie("jobdesc_session", first.value)
    assert thief.get(PRIVATE).status_code == 303


def test_a_token_planted_before_sign_in_is_not_taken_over(client: FlaskClient) -> None:
    client.set_cookie("jobdesc_session", "planted")
    sign_in(client)
    cookie = client.get_cookie("jobdesc_session")
    assert cookie
    assert cookie.value != "planted"


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_sign_out_takes_a_form(client: FlaskClient, method: str) -> None:
    sign_in(client)
    assert getattr(client, method)("/sign-out").status_code >= 400
    assert client.get(PRIVATE).status_code == 200


def test_sign_out_without_its_token_changes_nothing(client: FlaskClient) -> None:
    sign_in(client)
    assert client.post("/sign-out").status_code == 400
    assert client.get(PRIVATE).status_code == 200


def test_signing_in_without_the_token_of_the_form_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"email": ADMINISTRATOR, "password": PASSWORD})
    assert answer.status_code == 400
    assert "jobdesc_session" not in str(answer.headers)


def test_sign_in_goes_on_to_the_page_that_was_asked_for(client: FlaskClient) -> None:
    there = client.get(PRIVATE + "?q=a+b").location
    assert there == "/sign-in?next=/private?q%3Da%2Bb"
    answer = send_form(
        client, there, "/sign-in", email=ADMINISTRATOR, password=PASSWORD, next="/private?q=a+b"
    )
    assert answer.location == "/private?q=a+b"


def test_the_page_to_go_on_to_survives_a_wrong_password(client: FlaskClient) -> None:
    answer = sign_in(client, password="wrong", next=PRIVATE)
    assert f'value="{PRIVATE}"' in answer.text


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "/%09/evil.example"]
)
def test_sign_in_goes_to_no_other_host(client: FlaskClient, target: str) -> None:
    assert "evil" not in client.get("/sign-in", query_string={"next": target}).text
    assert sign_in(client, next=target).location == "/"
    assert client.get("/sign-in", query_string={"next": target}).location == "/"


def test_who_is_signed_in_and_opens_sign_in_goes_on(client: FlaskClient) -> None:
    sign_in(client)
    assert client.get("/sign-in").location == "/"
    assert client.get("/sign-in?next=/private").location == PRIVATE


def test_everybody_signs_in_as_themselves(app: Flask, client: FlaskClient) -> None:
    add_person(app, Kind.RECRUITER)
    other = app.test_client()
    sign_in(client)
    sign_in(other, "recruiter@lakecounty.gov")
    assert (client.get(PRIVATE).text, other.get(PRIVATE).text) == ("for Ada Lake", "for Sam Rivera")


def test_a_form_of_another_browser_is_worth_nothing(app: Flask, client: FlaskClient) -> None:
    attacker = app.test_client()
    attacker.get("/sign-in")
    sign_in(client)
    planted = attacker.get_cookie("session")
    assert planted
    client.set_cookie("session", planted.value)
    with attacker.session_transaction() as session:
        raw = session["csrf_token"]
    signed = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(raw)
    assert client.post("/sign-out", data={"csrf_token": signed}).status_code == 400


def test_a_form_stays_good_when_its_person_signs_in_again(client: FlaskClient) -> None:
    sign_in(client)
    with client.session_transaction() as session:
        session["csrf_token"] = "raw"
    post(client, "/sign-in", email=ADMINISTRATOR, password=PASSWORD)
    with client.session_transaction() as session:
        assert session["csrf_token"] == "raw"


def test_an_email_of_endless_accents_is_refused_at_once(client: FlaskClient) -> None:
    email = "a" + "\u0301" * 10_000 + "\u0316" * 10_000 + "@b.gov"
    begin = time.process_time()
    assert post(client, "/sign-in", email=email, password=PASSWORD).status_code in (413, 422)
    assert tidy(email * 4) and email_key(email * 4)
    assert time.process_time() - begin < 5, "time grows with the square of the length"


@pytest.mark.parametrize("cookie", ["", "of-no-session"])
def test_strangers_may_send_little_and_few_fields(client: FlaskClient, cookie: str) -> None:
    form = "application/x-www-form-urlencoded"
    if cookie:
        client.set_cookie(NAME, cookie)
    assert client.post("/sign-in", data="a" * 100_000, content_type=form).status_code == 413
    assert client.post("/sign-in", data="a&" * 7_000, content_type=form).status_code == 413


def test_a_large_form_of_a_stranger_is_not_read_where_it_is_refused(client: FlaskClient) -> None:
    client.set_cookie(NAME, "of-no-session")
    form, sent = "application/x-www-form-urlencoded", BytesIO(b"a" * 100_000)
    answer = client.post("/postings", input_stream=sent, content_length=100_000, content_type=form)
    assert (answer.status_code, sent.tell()) == (401, 0)
