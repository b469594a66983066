"""Any two roles of the library side by side."""

from html import unescape
from itertools import combinations

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobdesc.people.person import Kind
from jobdesc.roles.side_by_side import side_by_side
from jobdesc.services.catalog import load_library
from jobdesc.services.comparing import compare_roles
from tests.accounts import add_person, post, quick_hashes, set_up, sign_in
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]
pytestmark = on_sqlite


@pytest.fixture
def editor(seeded_app: Flask) -> FlaskClient:
    """A browser in which the administrator is signed in."""
    set_up(seeded_app)
    client = seeded_app.test_client()
    sign_in(client)
    return client


def test_a_guide_leads_to_its_role_beside_any_other(editor: FlaskClient) -> None:
    tree = lxml.html.fromstring(editor.get("/roles/case-manager").text)
    [form] = [form for form in tree.forms if form.action == "/compare"]
    slugs = {option.get("value") for option in form.inputs["right"].iter("option")}
    with editor.application.app_context():
        assert slugs == load_library().roles.keys() - {"case-manager"}
    answer = editor.get("/compare?left=case-manager&level=mid&right=rn-case-manager")
    assert answer.status_code == 200
    assert '<h1 dir="auto">Case Manager and Registered Nurse Case Manager</h1>' in answer.text


def test_any_two_roles_have_what_differs_and_no_pair_stands_without_a_word(
    seeded_app: Flask,
) -> None:
    actor = set_up(seeded_app)
    with seeded_app.app_context():
        for one, other in combinations(load_library().roles, 2):
            pair = compare_roles(actor, one, other)
            assert pair.left.held and pair.right.held
            topics = {t.title for t in side_by_side(pair.left.held, pair.right.held, only=True)}
            assert {"In a sentence", "Duties"} <= topics, (one, other)


def test_a_recruiter_reads_both_and_starts_neither(seeded_app: Flask) -> None:
    set_up(seeded_app)
    add_person(seeded_app, Kind.RECRUITER)
    client = seeded_app.test_client()
    sign_in(client, "recruiter@lakecounty.gov")
    page = client.get("/compare?left=case-manager&right=hiv-case-manager&differences=1").text
    assert "HIV Case Manager" in page
    assert "Start a posting" not in page


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/compare", 200, "Choose two roles to see them side by side"),
        ("/compare?left=case-manager", 200, "Choose two roles to see them side by side"),
        ("/compare?left=case-manager&right=case-manager", 200, "This is the same role."),
        ("/compare?left=case-manager&right=gone", 404, "This role is not in the library."),
        ("/compare?left=&right=%3Cb%3E&level=boss", 404, "This role is not in the library."),
    ],
)
def test_a_choice_that_cannot_be_compared_is_named_at_its_field(
    editor: FlaskClient, address: str, status: int, words: str
) -> None:
    answer = editor.get(address)
    assert (answer.status_code, "<table" in answer.text) == (status, False)
    assert words in unescape(answer.text)


def test_a_retired_role_is_compared_and_said_to_be_retired(editor: FlaskClient) -> None:
    post(editor, "/roles/hiv-case-manager/retire")
    with editor.application.app_context():
        assert "hiv-case-manager" in load_library().retired
    page = editor.get("/compare?left=hiv-case-manager&right=case-manager").text
    assert "Retired: no posting can be started from it" in page
    assert page.count('<span class="visually-hidden"> for ') == 1
    assert "HIV Case Manager (retired)" in page
