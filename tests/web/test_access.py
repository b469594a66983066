"""Every view declares who may use it, and is held to that."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobdesc.people.person import Kind
from jobdesc.people.rights import Action, may
from jobdesc.web import access
from jobdesc.web.access import Access, Undeclared, access_of, always, needs, public, signed_in
from tests.accounts import add_person, quick_hashes, set_up, sign_in
from tests.forms import parsed
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite


def say_hello() -> str:
    return "hello"


def add_page(app: Flask, path: str, declare: Callable[..., object], method: str = "GET") -> None:
    def view() -> str:
        return "hello"

    declare(view)
    app.add_url_rule(path, path.strip("/"), view, methods=[method])


def test_every_endpoint_declares_who_may_use_it(app: Flask) -> None:
    for endpoint in app.view_functions:
        assert isinstance(access_of(app, endpoint), Access)


def test_only_these_are_open_before_set_up(app: Flask) -> None:
    opened = {name for name in app.view_functions if access_of(app, name).before_set_up}
    expected = {
        "static", "scripts", "health.healthz", "accounts.set_up", "accounts.create_administrator",
    }  # fmt: skip
    assert opened == expected & set(app.view_functions)


def test_only_these_are_open_to_everybody(app: Flask) -> None:
    opened = {
        name
        for name in app.view_functions
        if not access_of(app, name).signed_in and not access_of(app, name).before_set_up
    }
    assert opened == {
        "accounts.sign_in", "accounts.submit_sign_in", "accounts.sign_out", "joining.show",
        "joining.accept", "joining.new_password", "joining.keep_new_password",
    }  # fmt: skip


def test_a_view_that_declares_nothing_answers_nobody(app: Flask, client: FlaskClient) -> None:
    set_up(app)
    app.add_url_rule("/forgotten", "forgotten", say_hello)
    with pytest.raises(Undeclared, match="forgotten does not declare"):
        client.get("/forgotten")
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert client.get("/forgotten").status_code == 500


def test_an_actor_is_not_to_be_had_in_a_view_for_everybody(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(Undeclared):
        access.current_actor()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_gets_what_the_table_of_rights_says(
    app: Flask, client: FlaskClient, kind: Kind
) -> None:
    for action in Action:
        add_page(app, f"/{action.name}", needs(action))
    set_up(app)
    person = add_person(app, kind)
    sign_in(client, person.email)
    for action in Action:
        answer = client.get(f"/{action.name}")
        assert answer.status_code == (200 if may(person, action) else 403), action


def test_who_is_signed_out_is_sent_to_sign_in_and_back(app: Flask, client: FlaskClient) -> None:
    add_page(app, "/page", signed_in)
    set_up(app)
    answer = client.get("/page")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/page")
    assert client.head("/page").status_code == 303


@pytest.mark.parametrize("query", ["q=//evil", "q=\\evil", "q=%00"[:3] + "<b>"])
def test_a_query_that_is_not_plain_is_not_carried_along(
    app: Flask, client: FlaskClient, query: str
) -> None:
    add_page(app, "/page", signed_in)
    set_up(app)
    assert client.get(f"/page?{query}").location.startswith("/sign-in")


def test_a_form_of_who_is_signed_out_is_told_so_and_not_sent_away(
    app: Flask, client: FlaskClient
) -> None:
    add_page(app, "/page", signed_in, "POST")
    set_up(app)
    answer = client.post("/page", data={"text": "what I wrote"})
    assert answer.status_code == 401
    assert "You are signed out" in answer.text


def test_what_a_form_of_who_is_signed_out_sent_is_kept_to_be_sent_again(
    app: Flask, client: FlaskClient
) -> None:
    add_page(app, "/page", signed_in, "POST")
    set_up(app)
    text = "</form><script>alert(1)</script> {{ 7*7 }}\nsecond line"
    sent = {"csrf_token": "t", "text": [text, "again"], "act": "add:duties"}
    answer = client.post("/page?a=b", data=sent)
    fields = parsed(answer.text).xpath("//form//input[@type='hidden']")
    assert [(field.get("name"), field.get("value")) for field in fields] == [
        ("csrf_token", "t"), ("text", text), ("text", "again"), ("act", "add:duties"),
    ]  # fmt: skip
    assert not parsed(answer.text).xpath("//form/@action"), "it goes to the same address"
    large = {"csrf_token": "t", "text": "walnut" * 20_000}
    many = {"csrf_token": "t", "text": "walnut"} | {f"a{number}": "" for number in range(2_000)}
    account = {"csrf_token": "t", "current": "walnut", "new": "walnut"}
    for path, other in (
        ("/account/password", account),
        ("/page", {"text": "walnut"}),
        ("/page", large),
        ("/page", many),
    ):
        answer = client.post(path, data=other)
        assert answer.status_code == 401
        assert "walnut" not in answer.text
        assert "go back one page" in answer.text


def test_a_script_of_who_is_signed_out_is_told_so(app: Flask, client: FlaskClient) -> None:
    add_page(app, "/page", signed_in)
    set_up(app)
    assert client.get("/page", headers={"Sec-Fetch-Mode": "cors"}).status_code == 401
    assert client.get("/page", headers={"Sec-Fetch-Mode": "navigate"}).status_code == 303


def test_pages_for_everybody_need_no_session(app: Flask, client: FlaskClient) -> None:
    add_page(app, "/page", public)
    set_up(app)
    assert client.get("/page").status_code == 200
    client.set_cookie("jobdesc_session", "stale")
    assert client.get("/page").status_code == 200


def test_a_page_for_always_asks_nothing_of_the_database(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_page(app, "/page", always)
    monkeypatch.setattr(access, "is_set_up", lambda: pytest.fail("asked"))
    monkeypatch.setattr(access, "actor_of_session", lambda *_: pytest.fail("asked"))
    client.set_cookie("jobdesc_session", "token")
    assert client.get("/page").status_code == 200


def test_pages_stay_out_of_caches(app: Flask, client: FlaskClient) -> None:
    add_page(app, "/page", signed_in)
    set_up(app)
    sign_in(client)
    for path in ("/page", "/nowhere", "/sign-in"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    with client.get("/static/app.css") as styles:
        assert "no-store" not in styles.headers["Cache-Control"]
