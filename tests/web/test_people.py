"""People, invitations and one's own account, through the pages."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobdesc.people.person import Kind
from jobdesc.workers.mail import mail_server
from tests.accounts import Clock, add_person, post, quick_hashes, send_form, set_up, sign_in
from tests.forms import parsed
from tests.marks import on_sqlite
from tests.smtp import mail_box

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

NEW = "maple orbit candle nine"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def clock(app: Flask) -> Iterator[Clock]:
    """An installation that is set up, with a standing clock."""
    clock = Clock(app)
    set_up(app)
    return clock


def link_in(text: str) -> str:
    """The path of the link that a page or message shows."""
    found = re.search(r"http://localhost(/(?:join|new-password)/[\w-]+)", text)
    assert found, text
    return found[1]


def invited(client: FlaskClient, email: str = "sam@lake.gov", **more: str) -> str:
    answer = send_form(client, "/settings/people", email=email, kind="recruiter", **more)
    assert answer.status_code == 200
    return link_in(answer.text)


@pytest.mark.usefixtures("clock")
def test_an_administrator_invites_and_the_person_comes_in(app: Flask, client: FlaskClient) -> None:
    sign_in(client)
    path = invited(client)
    assert "sam@lake.gov" in client.get("/settings/people").text
    sam = app.test_client()
    page = sam.get(path)
    assert "Join Lake County" in page.text
    answer = send_form(sam, path, name="Sam Rivera", password=NEW)
    assert (answer.status_code, answer.location) == (303, "/")
    assert sam.get("/account").status_code == 200
    again = app.test_client().get(path)
    assert again.status_code == 404
    assert "used already" in again.text


def test_a_late_or_withdrawn_invitation_says_so(
    app: Flask, client: FlaskClient, clock: Clock
) -> None:
    sign_in(client, keep="y")
    late, gone = invited(client), invited(client, "kim@lake.gov")
    withdraw = re.findall(r"/settings/people/invitations/\d+/withdraw",
                          client.get("/settings/people").text)[0]  # fmt: skip
    assert send_form(client, "/settings/people", to=withdraw).status_code == 303
    assert "withdrew it" in app.test_client().get(gone).text
    page = app.test_client()
    assert page.get(late).status_code == 200
    clock.turn(timedelta(days=7))
    answer = post(page, late, name="Sam", password=NEW)
    assert answer.status_code == 404
    assert "too long ago" in answer.text


@pytest.mark.usefixtures("clock")
def test_what_was_typed_stays_where_something_is_wrong(client: FlaskClient) -> None:
    sign_in(client)
    answer = send_form(
        client, "/settings/people", email="sam at lake", name="Sam", kind="recruiter"
    )
    assert answer.status_code == 422
    assert "Enter an email, like pat@county.gov" in answer.text
    assert 'value="sam at lake"' in answer.text
    path = invited(client)
    answer = send_form(client, path, name="Sam Rivera", password="short")
    assert answer.status_code == 422
    assert 'value="Sam Rivera"' in answer.text
    assert "This password is short" in answer.text


@pytest.mark.usefixtures("clock")
def test_an_invitation_is_mailed_where_a_mail_server_is_set(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client)
    with mail_box() as (url, messages):
        app.extensions["mail"] = mail_server(url, "jobs@lake.gov")
        answer = send_form(client, "/settings/people", email="sam@lake.gov", kind="recruiter")
    [(to, text)] = messages
    assert to == "sam@lake.gov"
    assert link_in(text.replace("=\n", "")) == link_in(answer.text)
    assert "on its way to sam@lake.gov" in answer.text


@pytest.mark.usefixtures("clock")
def test_a_link_is_shown_also_where_the_mail_server_fails(app: Flask, client: FlaskClient) -> None:
    sign_in(client)
    with mail_box(refuse=True) as (url, _):
        app.extensions["mail"] = mail_server(url, "jobs@lake.gov")
        answer = send_form(client, "/settings/people", email="sam@lake.gov", kind="recruiter")
    assert "did not take the message" in answer.text
    assert app.test_client().get(link_in(answer.text)).status_code == 200


@pytest.mark.usefixtures("clock")
def test_a_person_is_made_another_kind_deactivated_and_brought_back(
    app: Flask, client: FlaskClient
) -> None:
    sam = add_person(app, Kind.RECRUITER)
    own = app.test_client()
    sign_in(own, sam.email)
    sign_in(client)
    page = f"/settings/people/{sam.id}"
    assert send_form(client, page, to=f"{page}/kind", kind="hr_editor").status_code == 303
    assert "HR editor" in own.get("/account").text
    assert send_form(client, page, to=f"{page}/kind", kind="king").status_code == 422
    answer = send_form(client, page, to=f"{page}/deactivate", hand_to="4711")
    assert answer.status_code == 422
    assert send_form(client, page, to=f"{page}/deactivate", hand_to="1").status_code == 303
    assert own.get("/account").status_code == 303
    assert "no access any more" in client.get(page).text
    assert send_form(client, page, to=f"{page}/bring-back").status_code == 303
    assert sign_in(own, sam.email).status_code == 303


@pytest.mark.parametrize(
    ("act", "fields", "warned"),
    [
        ("kind", {"kind": "recruiter"}, "Any choice but Administrator ends 2 open invitations"),
        ("deactivate", {"hand_to": ""}, "This ends 2 open invitations from this person"),
    ],
)
@pytest.mark.usefixtures("clock")
def test_whose_invitations_end_is_said_before_and_after(
    app: Flask, client: FlaskClient, act: str, fields: dict[str, str], warned: str
) -> None:
    eve = add_person(app, Kind.ADMINISTRATOR)
    other = app.test_client()
    sign_in(other, eve.email)
    sign_in(client)
    page = f"/settings/people/{eve.id}"
    assert "open invitation" not in client.get(page).text
    path = invited(other)
    invited(other, "kim@lake.gov")
    assert warned in client.get(page).text
    send_form(client, page, to=f"{page}/{act}", **fields)
    assert "2 invitations withdrawn." in client.get("/settings/people").text
    assert "withdrew it" in app.test_client().get(path).text


@pytest.mark.usefixtures("clock")
def test_postings_go_to_people_who_may_edit_them_and_namesakes_are_told_apart(
    app: Flask, client: FlaskClient
) -> None:
    editor, director = add_person(app, Kind.HR_EDITOR), add_person(app, Kind.HIRING_DIRECTOR)
    recruiter = add_person(app, Kind.RECRUITER)
    sign_in(client)
    page = f"/settings/people/{recruiter.id}"
    choices = parsed(client.get(page).text).xpath("//select[@id='hand_to']/option/text()")
    assert choices == [
        "Nobody: leave them in this name",
        "Ada Lake (administrator)",
        f"Sam Rivera, {editor.email} (HR editor)",
        f"Sam Rivera, {director.email} (hiring director)",
    ]
    page = f"/settings/people/{editor.id}"
    assert "joined <time" in client.get(page).text
    answer = send_form(client, page, to=f"{page}/deactivate", hand_to=str(recruiter.id))
    assert answer.status_code == 422
    assert "Choose an active person who may edit postings" in answer.text
    assert "End access" in client.get(page).text


@pytest.mark.usefixtures("clock")
def test_the_last_administrator_is_told_what_to_do_first(client: FlaskClient) -> None:
    sign_in(client)
    for act, fields in (("deactivate", {"hand_to": ""}), ("kind", {"kind": "recruiter"})):
        answer = send_form(client, "/settings/people/1", to=f"/settings/people/1/{act}", **fields)
        assert answer.status_code == 422
        assert "Make somebody else an administrator first" in answer.text


@pytest.mark.usefixtures("clock")
def test_an_administrator_who_becomes_a_recruiter_goes_home(
    app: Flask, client: FlaskClient
) -> None:
    add_person(app, Kind.ADMINISTRATOR)
    sign_in(client)
    page = "/settings/people/1"
    answer = send_form(client, page, to=f"{page}/kind", kind="recruiter")
    assert answer.location == "/"
    assert client.get("/settings/people").status_code == 403


@pytest.mark.usefixtures("clock")
def test_a_new_password_by_a_link(app: Flask, client: FlaskClient) -> None:
    sam = add_person(app, Kind.RECRUITER)
    sign_in(client)
    page = f"/settings/people/{sam.id}"
    path = link_in(send_form(client, page, to=f"{page}/password-link").text)
    own = app.test_client()
    assert send_form(own, path, password="short").status_code == 422
    assert send_form(own, path, password=NEW).status_code == 303
    assert own.get("/account").status_code == 200
    assert app.test_client().get(path).status_code == 404


@pytest.mark.usefixtures("clock")
def test_ones_own_account(app: Flask, client: FlaskClient) -> None:
    other = app.test_client()
    other.environ_base["HTTP_USER_AGENT"] = FIREFOX
    sign_in(other)
    sign_in(client)
    page = client.get("/account")
    assert "Firefox on Linux" in page.text
    end = re.findall(r"Firefox on Linux.*?(/account/sessions/\w+/end)", page.text, re.DOTALL)[0]
    assert send_form(client, "/account", to=end).status_code == 303
    assert other.get("/account").status_code == 303
    answer = send_form(client, "/account", to="/account/password", current="x", new=NEW)
    assert answer.status_code == 422
    assert "This is not your password" in answer.text
    for _ in range(30):
        answer = post(client, "/account/password", current="x", new=NEW)
    assert answer.status_code == 429
    assert "Too many tries" in answer.text
