"""The list of addresses, and who gets in at each: written down here, not read from the views."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobdesc.people.person import Kind
from jobdesc.roles.levels import Level
from jobdesc.services.documents import Press
from jobdesc.services.postings import keep_posting, start_posting
from jobdesc.workers.files import ResultFiles
from jobdesc.workers.pool import RenderPool
from tests.accounts import ADMINISTRATOR, PASSWORD, add_person, post, quick_hashes, set_up
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

EVERYBODY = ("signed out", *Kind)
PEOPLE = tuple(Kind)
WRITERS = (Kind.ADMINISTRATOR, Kind.HR_EDITOR, Kind.HIRING_DIRECTOR)
EDITORS = (Kind.ADMINISTRATOR, Kind.HR_EDITOR)
MANAGERS = (Kind.ADMINISTRATOR,)
NOBODY = ()

ADDRESSES: dict[str, tuple[tuple[str, ...], int]] = {
    # What who may gets in a request with nothing but the address; 422 is a form sent empty.
    "GET /": (PEOPLE, 200),
    "GET /account": (PEOPLE, 200),
    "POST /account/password": (PEOPLE, 422),
    "POST /account/settings": (PEOPLE, 422),
    "POST /account/sessions/<name>/end": (PEOPLE, 303),
    "POST /account/sessions/end-others": (PEOPLE, 303),
    "GET /compare": (PEOPLE, 200),
    "GET /credentials": (PEOPLE, 200),
    "GET /credentials/<credential>": (PEOPLE, 200),
    "GET /credentials/<credential>/edit": (EDITORS, 200),
    "POST /credentials/<credential>/edit": (EDITORS, 422),
    "POST /credentials/<credential>/restore": (EDITORS, 404),
    "GET /credentials/new": (EDITORS, 200),
    "POST /credentials/new": (EDITORS, 422),
    "GET /exports": (PEOPLE, 200),
    "POST /exports": (PEOPLE, 303),
    "GET /exports/<int:export_id>": (PEOPLE, 404),
    "POST /exports/<int:export_id>/cancel": (PEOPLE, 404),
    "POST /exports/<int:export_id>/dismiss": (PEOPLE, 404),
    "GET /exports/<int:export_id>/file": (PEOPLE, 404),
    "POST /exports/<int:export_id>/retry": (PEOPLE, 404),
    "GET /exports/<int:export_id>/state": (PEOPLE, 404),
    "GET /healthz": (EVERYBODY, 200),
    "GET /join/<token>": (EVERYBODY, 404),
    "POST /join/<token>": (EVERYBODY, 404),
    "GET /new-password/<token>": (EVERYBODY, 404),
    "POST /new-password/<token>": (EVERYBODY, 404),
    "GET /organization/accent.css": (PEOPLE, 200),
    "GET /organization/logo": (PEOPLE, 404),
    "GET /postings": (PEOPLE, 200),
    "POST /postings": (WRITERS, 404),
    "POST /postings/archive": (WRITERS, 303),
    "POST /postings/assign": (WRITERS, 422),
    "POST /postings/bring-back": (WRITERS, 303),
    "POST /postings/close": (EDITORS, 303),
    "POST /postings/undo-archive": (WRITERS, 303),
    "POST /postings/views": (PEOPLE, 422),
    "POST /postings/views/<int:view_id>/remove": (PEOPLE, 404),
    "POST /postings/views/<int:view_id>/rename": (PEOPLE, 404),
    "GET /postings/<int:posting_id>": (PEOPLE, 200),
    "POST /postings/<int:posting_id>": (WRITERS, 422),
    "POST /postings/<int:posting_id>/archive": (WRITERS, 303),
    "POST /postings/<int:posting_id>/bring-back": (WRITERS, 303),
    "POST /postings/<int:posting_id>/changes": (WRITERS, 422),
    "GET /postings/<int:posting_id>/clone": (WRITERS, 200),
    "POST /postings/<int:posting_id>/clone": (WRITERS, 303),
    "GET /postings/<int:posting_id>/close": (EDITORS, 409),
    "POST /postings/<int:posting_id>/close": (EDITORS, 409),
    "GET /postings/<int:posting_id>/difference": (PEOPLE, 409),
    "POST /postings/<int:posting_id>/discard": (WRITERS, 409),
    "GET /postings/<int:posting_id>/download.html": (PEOPLE, 200),
    "GET /postings/<int:posting_id>/download.pdf": (PEOPLE, 200),
    "GET /postings/<int:posting_id>/history": (PEOPLE, 200),
    "GET /postings/<int:posting_id>/levels/<level>": (WRITERS, 200),
    "POST /postings/<int:posting_id>/levels/<level>": (WRITERS, 409),
    "GET /postings/<int:posting_id>/library": (WRITERS, 200),
    "GET /postings/<int:posting_id>/owner": (WRITERS, 200),
    "POST /postings/<int:posting_id>/owner": (WRITERS, 422),
    "POST /postings/<int:posting_id>/pages": (WRITERS, 422),
    "POST /postings/<int:posting_id>/preview": (WRITERS, 422),
    "GET /postings/<int:posting_id>/same-number": (WRITERS, 200),
    "GET /postings/<int:posting_id>/publish": (EDITORS, 200),
    "POST /postings/<int:posting_id>/publish": (EDITORS, 409),
    "GET /postings/<int:posting_id>/published.html": (PEOPLE, 409),
    "GET /postings/<int:posting_id>/published.pdf": (PEOPLE, 409),
    "POST /postings/<int:posting_id>/restore": (WRITERS, 409),
    "GET /postings/<int:posting_id>/state": (PEOPLE, 200),
    "GET /postings/published": (PEOPLE, 200),
    "GET /roles/<slug>": (PEOPLE, 200),
    "GET /roles/<slug>/<level>/description.html": (PEOPLE, 200),
    "GET /roles/<slug>/<level>/description.pdf": (PEOPLE, 200),
    "POST /roles/<slug>/bring-back": (EDITORS, 303),
    "POST /roles/<slug>/duplicate": (EDITORS, 422),
    "GET /roles/<slug>/edit": (EDITORS, 303),
    "GET /roles/<slug>/edit/<part>": (EDITORS, 200),
    "POST /roles/<slug>/edit/<part>": (EDITORS, 400),
    "POST /roles/<slug>/extends": (EDITORS, 422),
    "GET /roles/<slug>/history": (PEOPLE, 200),
    "POST /roles/<slug>/history/<int:number>/restore": (EDITORS, 409),
    "GET /roles/<slug>/levels": (PEOPLE, 200),
    "GET /roles/<slug>/manage": (EDITORS, 200),
    "GET /roles/<slug>/pay": (PEOPLE, 200),
    "POST /roles/<slug>/retire": (EDITORS, 303),
    "POST /roles/<slug>/shipped": (EDITORS, 409),
    "GET /scripts/<version>/<path:name>": (EVERYBODY, 302),
    "GET /set-up/<token>": (EVERYBODY, 404),
    "POST /set-up/<token>": (EVERYBODY, 404),
    "GET /settings/organization": (EDITORS, 200),
    "POST /settings/organization": (EDITORS, 303),
    "GET /settings/pay": (EDITORS, 200),
    "GET /settings/pay/<slug>": (EDITORS, 200),
    "POST /settings/pay/<slug>": (EDITORS, 303),
    "POST /settings/pay/<slug>/bring-back/<int:band_id>": (EDITORS, 404),
    "POST /settings/pay/file/check": (EDITORS, 422),
    "POST /settings/pay/file/take": (EDITORS, 422),
    "GET /settings/pay/ranges.csv": (EDITORS, 200),
    "GET /settings/wages": (MANAGERS, 200),
    "POST /settings/wages": (MANAGERS, 422),
    "GET /settings/wages/<int:release_id>": (MANAGERS, 404),
    "GET /settings/wages/<int:release_id>/faults.csv": (MANAGERS, 404),
    "GET /settings/wages/<int:release_id>/state": (MANAGERS, 404),
    "POST /settings/wages/<int:release_id>/answer": (MANAGERS, 404),
    "POST /settings/wages/<int:release_id>/cancel": (MANAGERS, 404),
    "POST /settings/wages/<int:release_id>/remove": (MANAGERS, 404),
    "GET /settings/people": (MANAGERS, 200),
    "POST /settings/people": (MANAGERS, 422),
    "GET /settings/people/<int:person_id>": (MANAGERS, 404),
    "POST /settings/people/<int:person_id>/bring-back": (MANAGERS, 404),
    "POST /settings/people/<int:person_id>/deactivate": (MANAGERS, 404),
    "POST /settings/people/<int:person_id>/kind": (MANAGERS, 404),
    "POST /settings/people/<int:person_id>/password-link": (MANAGERS, 404),
    "POST /settings/people/invitations/<int:link_id>/withdraw": (MANAGERS, 404),
    "GET /settings/rights": (MANAGERS, 200),
    "GET /settings/roles": (EDITORS, 200),
    "GET /settings/roles/new": (EDITORS, 200),
    "POST /settings/roles/new": (EDITORS, 422),
    "GET /settings/statements": (EDITORS, 200),
    "POST /settings/statements": (EDITORS, 400),
    "GET /settings/statements/<kind>/<key>": (EDITORS, 200),
    "POST /settings/statements/<kind>/<key>": (EDITORS, 422),
    "GET /sign-in": (EVERYBODY, 200),
    "POST /sign-in": (EVERYBODY, 422),
    "POST /sign-out": (EVERYBODY, 303),
    "GET /sources": (PEOPLE, 200),
    "GET /sources/<source>": (PEOPLE, 200),
    "GET /sources/<source>/edit": (EDITORS, 200),
    "POST /sources/<source>/edit": (EDITORS, 422),
    "POST /sources/<source>/restore": (EDITORS, 404),
    "GET /sources/new": (EDITORS, 200),
    "POST /sources/new": (EDITORS, 422),
    "GET /static/<path:filename>": (EVERYBODY, 200),
}
BEFORE_SET_UP = {"GET /healthz", "GET /scripts/<version>/<path:name>", "GET /set-up/<token>",
                 "POST /set-up/<token>", "GET /static/<path:filename>"}  # fmt: skip
ASKED_BY_SCRIPTS = {
    "GET /exports/<int:export_id>/state",
    "GET /postings/<int:posting_id>/library",
    "GET /postings/<int:posting_id>/same-number",
    "GET /postings/<int:posting_id>/state",
    "GET /settings/wages/<int:release_id>/state",
}
"""Tells a visitor who is signed out, and leads nowhere."""
LEADS_ON = {"GET /sign-in"}
"""Sends who is signed in on."""


@pytest.fixture
def posting_id(seeded_app: Flask, tmp_path: Path) -> Iterator[int]:
    """A posting that everybody sees, in an installation whose PDFs are made of words."""
    administrator = set_up(seeded_app)
    with seeded_app.app_context():
        started = start_posting(
            administrator, "case-manager", Level.MID, datetime(2026, 11, 23, tzinfo=UTC)
        )
        keep_posting(administrator, started)
    pool = RenderPool("tests.workers.entries:echo", size=1)
    seeded_app.extensions["press"] = Press(pool, ResultFiles(tmp_path / "made"))
    with closing(pool):
        yield started


def test_these_are_all_addresses(app: Flask) -> None:
    found = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert sorted(found) == sorted(ADDRESSES)


def filled(address: str, posting_id: int) -> tuple[str, str]:
    """Method and path, with values in place of the names."""
    method, path = address.split(" ")
    values = {
        "<int:posting_id>": str(posting_id),
        "<int:export_id>": "4711",
        "<slug>": "case-manager",
        "<level>": "mid",
        "<part>": "duties",
        "<credential>": "ccm",
        "<source>": "ccmc",
        "<int:number>": "1",
        "<token>": "guess",
        "<name>": "guess",
        "<kind>": "about",
        "<key>": "new",
        "<int:person_id>": "4711",
        "<int:link_id>": "4711",
        "<int:view_id>": "4711",
        "<int:band_id>": "4711",
        "<int:release_id>": "4711",
        "<path:filename>": "app.css",
        "<path:name>": "keys.js",
        "<version>": "older",
    }
    for name, value in values.items():
        path = path.replace(name, value)
    return method, path


def status_at(app: Flask, who: str, address: str, posting_id: int) -> int:
    """What `who` gets, in a browser of its own."""
    client = app.test_client()
    if who != "signed out":
        enter(client, who)
    method, path = filled(address, posting_id)
    with post(client, path) if method == "POST" else client.get(path) as answer:
        return answer.status_code


def enter(client: FlaskClient, who: str) -> None:
    email = ADMINISTRATOR if who == Kind.ADMINISTRATOR else f"{who}@lakecounty.gov"
    assert post(client, "/sign-in", email=email, password=PASSWORD).status_code == 303


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_in_where_the_list_says_and_nowhere_else(
    seeded_app: Flask, posting_id: int, who: str
) -> None:
    if who not in ("signed out", Kind.ADMINISTRATOR):
        add_person(seeded_app, Kind(who))
    expected, found = {}, {}
    for address, (allowed, status) in ADDRESSES.items():
        if who in allowed:
            signed_in_already = address in LEADS_ON and who != "signed out"
            expected[address] = 303 if signed_in_already else status
        elif who != "signed out":
            expected[address] = 403
        else:
            leads = address.startswith("GET") and address not in ASKED_BY_SCRIPTS
            expected[address] = 303 if leads else 401
        found[address] = status_at(seeded_app, who, address, posting_id)
    assert found == expected


def test_before_set_up_only_the_way_to_it_is_open(app: Flask) -> None:
    found = {address: status_at(app, "signed out", address, 1) for address in ADDRESSES}
    closed = {address for address, status in found.items() if status == 503}
    assert closed == set(ADDRESSES) - BEFORE_SET_UP


def test_a_signed_out_visit_leads_to_sign_in(seeded_app: Flask, posting_id: int) -> None:
    client = seeded_app.test_client()
    for address, (allowed, _) in ADDRESSES.items():
        method, path = filled(address, posting_id)
        if method == "GET" and allowed != EVERYBODY and address not in ASKED_BY_SCRIPTS:
            assert client.get(path).location.startswith("/sign-in"), address


def test_no_address_answers_a_method_that_it_does_not_have(
    seeded_app: Flask, posting_id: int
) -> None:
    client = seeded_app.test_client()
    enter(client, Kind.ADMINISTRATOR)
    paths = {filled(address, posting_id)[1] for address in ADDRESSES}
    for path in sorted(paths):
        for method in ("PUT", "PATCH", "DELETE"):
            assert client.open(path, method=method).status_code == 405, path


def test_every_shipped_role_opens_at_every_level(seeded_app: Flask, posting_id: int) -> None:
    client = seeded_app.test_client()
    enter(client, Kind.ADMINISTRATOR)
    for slug in ("case-manager", "mental-health-case-manager", "rn-case-manager",
                 "legal-case-manager", "social-work-case-manager"):  # fmt: skip
        for level in Level:
            guide = client.get(f"/roles/{slug}?level={level}")
            assert guide.status_code == 200
            begun = post(client, "/postings", role=slug, level=level)
            assert begun.status_code == 303
            assert client.get(begun.location).status_code == 200
