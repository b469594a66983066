"""The whole application as it is shipped: headers, cookies, hosts, caches, logs, reading only."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jobdesc.app import create_app
from jobdesc.extensions import db
from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.roles.levels import Level
from jobdesc.services import accounts, organization
from jobdesc.services.documents import Press
from jobdesc.services.postings import keep_posting, read_posting, save_changes, start_posting
from jobdesc.store.transactions import reading
from jobdesc.web.security_headers import CONTENT_POLICY, DOWNLOAD_POLICY, HEADERS
from jobdesc.workers.files import ResultFiles
from jobdesc.workers.pool import RenderPool
from tests.accounts import (
    NOW,
    PASSWORD,
    Clock,
    add_person,
    new_link_token,
    post,
    quick_hashes,
    send_form,
    set_up,
    sign_in,
)
from tests.databases import make_settings
from tests.house.test_routes import ADDRESSES, filled
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

HTTPS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
FILES = ("download.pdf", "download.html", "description.pdf", "description.html", "ranges.csv")
WRONG = "a-password-that-is-wrong"


@pytest.fixture
def actor(seeded_app: Flask) -> Person:
    """The administrator of an installation whose clock stands."""
    Clock(seeded_app)
    return set_up(seeded_app)


@pytest.fixture
def posting_id(seeded_app: Flask, actor: Person, tmp_path: Path) -> Iterator[int]:
    """A draft that nobody has touched; PDFs are made of words."""
    pool = RenderPool("tests.workers.entries:echo", size=1)
    seeded_app.extensions["press"] = Press(pool, ResultFiles(tmp_path / "made"))
    with seeded_app.app_context(), closing(pool):
        yield start_posting(actor, "case-manager", Level.MID, NOW)


@pytest.fixture
def client(seeded_app: Flask, actor: Person) -> FlaskClient:
    """The administrator's browser."""
    client = seeded_app.test_client()
    assert sign_in(client).status_code == 303
    return client


def every_answer(client: FlaskClient, posting_id: int) -> Iterator[tuple[str, TestResponse]]:
    """Every page, file and refusal, by its address."""
    for address in ADDRESSES:
        method, path = filled(address, posting_id)
        if address == "POST /sign-out":
            continue
        with client.open(path, method=method) as answer:
            yield address, answer
    for path in ("/nowhere", "/postings/999", "/postings?page=x", "/a%00b", "/roles/x/y/z"):
        with client.get(path) as answer:
            yield path, answer


def test_every_answer_carries_the_headers_and_the_policy(
    client: FlaskClient, posting_id: int
) -> None:
    for address, answer in every_answer(client, posting_id):
        is_file = address.endswith(FILES)
        policy = DOWNLOAD_POLICY if is_file else CONTENT_POLICY
        expected = HEADERS | {"Content-Security-Policy": policy}
        assert {name: answer.headers[name] for name in HEADERS} == expected, address
        assert "Server" not in answer.headers
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_every_file_is_an_attachment_with_a_plain_name(
    client: FlaskClient, posting_id: int
) -> None:
    for address, answer in every_answer(client, posting_id):
        if address.endswith(FILES):
            named = answer.headers["Content-Disposition"]
            name = "pay-ranges_" if address.endswith(".csv") else "case-manager-ii_"
            assert named.startswith(f'attachment; filename="{name}'), address
            assert named.isascii()


def test_nothing_private_is_kept_by_a_cache(client: FlaskClient, posting_id: int) -> None:
    for address, answer in every_answer(client, posting_id):
        if "/static/" not in address:
            assert answer.headers["Cache-Control"] == "no-store", address


def dump(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with app.app_context(), reading() as session:
        return {
            name: sorted(map(tuple, session.execute(db.select(table))), key=repr)
            for name, table in db.metadata.tables.items()
        }


def test_reading_changes_nothing_but_the_mark_of_a_download(
    seeded_app: Flask, client: FlaskClient, posting_id: int
) -> None:
    before = dump(seeded_app)
    gets = [filled(address, posting_id)[1] for address in ADDRESSES if address.startswith("GET")]
    for path in [path for path in gets if "download" not in path]:
        client.get(path).close()
        client.head(path).close()
    assert dump(seeded_app) == before
    client.get(f"/postings/{posting_id}/download.html").close()
    after = dump(seeded_app)
    assert {name for name in after if after[name] != before[name]} == {"posting"}
    ((old,), (new,)) = before["posting"], after["posting"]
    assert [(a, b) for a, b in zip(old, new, strict=True) if a != b] == [(False, True)]


@pytest.fixture
def behind_proxy(tmp_path: Path, seeded_database_url: str) -> Iterator[Callable[..., FlaskClient]]:
    """Browsers of an installation with so many proxies in front."""
    made: list[Flask] = []

    def make(proxies: str, **more: str) -> FlaskClient:
        settings = make_settings(tmp_path, seeded_database_url, JOBDESC_PROXIES=proxies, **more)
        made.append(create_app(settings))
        made[-1].testing = True
        set_up(made[-1])
        return made[-1].test_client()

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def test_behind_a_proxy_with_https_every_cookie_is_secure(
    behind_proxy: Callable[..., FlaskClient],
) -> None:
    client = behind_proxy("1")
    page = client.get("/sign-in", headers=HTTPS)
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookies = page.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_forwarded_headers_count_for_nothing_without_the_setting(
    behind_proxy: Callable[..., FlaskClient],
) -> None:
    page = behind_proxy("0").get("/sign-in", headers=HTTPS | {"X-Forwarded-Host": "evil.example"})
    assert page.status_code == 200
    assert "Strict-Transport-Security" not in page.headers
    for cookie in page.headers.getlist("Set-Cookie"):
        assert "Secure" not in cookie
        assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000"])
def test_a_host_that_is_not_ours_is_refused(
    seeded_app: Flask, client: FlaskClient, host: str
) -> None:
    for path in ("/", "/sign-in", "/healthz", "/nowhere"):
        answer = seeded_app.test_client().get(path, headers={"Host": host})
        assert (answer.status_code, answer.mimetype) == (400, "text/plain")
        assert "This server does not answer to that name." in answer.text
        assert "evil" not in answer.text


def test_a_host_that_is_not_ours_is_refused_before_set_up_too(app: Flask) -> None:
    assert app.test_client().get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_host_behind_a_proxy_is_held_to_the_same_list(
    behind_proxy: Callable[..., FlaskClient],
) -> None:
    client = behind_proxy("1", JOBDESC_TRUSTED_HOSTS="jobs.lake.gov")
    for host, status in (("jobs.lake.gov", 200), ("127.0.0.1:8000", 200), ("evil.example", 400)):
        answer = client.get("/sign-in", headers=HTTPS | {"X-Forwarded-Host": host})
        assert answer.status_code == status, host


def test_a_token_known_before_sign_in_is_worth_nothing_after(
    seeded_app: Flask, actor: Person
) -> None:
    victim = seeded_app.test_client()
    victim.set_cookie("jobdesc_session", "planted-by-somebody-else")
    assert sign_in(victim).status_code == 303
    thief = seeded_app.test_client()
    thief.set_cookie("jobdesc_session", "planted-by-somebody-else")
    assert thief.get("/").location == "/sign-in"


def test_the_logs_hold_no_password_no_token_and_no_link(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    link, client = new_link_token(app), app.test_client()
    entry = {"name": "Ada", "email": "a@lake.gov", "password": PASSWORD, "organization": "Lake"}
    assert send_form(client, f"/set-up/{link}", **entry).status_code == 303
    first = client.get_cookie("jobdesc_session")
    assert post(client, "/sign-out").status_code == 303
    sign_in(client, "a@lake.gov", WRONG)
    sign_in(client, "a@lake.gov")
    second = client.get_cookie("jobdesc_session")
    post(client, "/postings", role=WRONG)
    assert first
    assert second
    assert "sign-in failed" in caplog.text
    for secret in (PASSWORD, WRONG, link, first.value, second.value, app.secret_key or ""):
        assert str(secret) not in caplog.text


def test_the_services_refuse_whom_the_pages_refuse(
    seeded_app: Flask, actor: Person, posting_id: int
) -> None:
    recruiter = add_person(seeded_app, Kind.RECRUITER)
    director = add_person(seeded_app, Kind.HIRING_DIRECTOR)
    keep_posting(actor, posting_id)
    assert read_posting(recruiter, posting_id).id == posting_id
    refused: list[Callable[[], object]] = [
        lambda: start_posting(recruiter, "case-manager", Level.MID, NOW),
        lambda: save_changes(recruiter, posting_id, (), NOW),
        lambda: organization.edit_organization(director, [], NOW),
        lambda: organization.set_logo(director, None, NOW),  # type: ignore[arg-type]
        lambda: organization.remove_logo(recruiter, NOW),
        lambda: organization.restore_logo(director, NOW),
        lambda: accounts.create_person(director, "", "", Kind.ADMINISTRATOR, "", NOW),
    ]
    for action in refused:
        with pytest.raises(Forbidden):
            action()
