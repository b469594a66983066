"""A role that holds little: its pages, its documents and its postings work with what there is."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobdesc.extensions import db
from jobdesc.people.person import Person
from jobdesc.roles.levels import Level
from jobdesc.roles.own_part import body_of
from jobdesc.roles.parse import parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.documents import download_job_description, download_posting
from jobdesc.services.postings import start_posting
from jobdesc.services.roles import (
    bring_back_role,
    create_role,
    open_role,
    retire_role,
    save_role,
)
from jobdesc.store.role_revisions import Reason
from jobdesc.store.roles import RoleAct, keep_role
from jobdesc.store.transactions import writing
from tests.accounts import NOW, quick_hashes, set_up, sign_in
from tests.checked import words
from tests.forms import parsed
from tests.marks import on_sqlite
from tests.services.roles import SLUG, edit

__all__ = ["quick_hashes"]

CHILDLESS = "legal-case-manager"
"""A role that no other one extends."""
pytestmark = on_sqlite


@pytest.fixture
def actor(seeded_app: Flask) -> Person:
    """The administrator."""
    return set_up(seeded_app)


@pytest.fixture
def client(seeded_app: Flask, actor: Person) -> FlaskClient:
    """A browser of the administrator, of an installation with a role that is only a name."""
    with seeded_app.app_context():
        made = create_role(actor, "Peer Navigator", None, None, NOW, "legal")
        bring_back_role(actor, made.slug, NOW)
    browser = seeded_app.test_client()
    sign_in(browser)
    return browser


def test_its_guide_shows_what_there_is_and_no_empty_section(client: FlaskClient) -> None:
    page = client.get("/roles/peer-navigator")
    assert page.status_code == 200
    assert "No duty stands here yet." in page.text
    for heading in ("A typical day", "Similar roles", "What moves it", "Also called", "$"):
        assert heading not in page.text
    assert client.get("/").status_code == 200
    assert "1 level<" in client.get("/").text.replace("\n", "")


def test_a_posting_of_it_opens_and_prints(
    seeded_app: Flask, client: FlaskClient, actor: Person
) -> None:
    with seeded_app.app_context():
        number = start_posting(actor, "peer-navigator", Level.MID, NOW)
        press = seeded_app.extensions["press"]
        assert b"Peer Navigator" in download_posting(actor, number, "html", press).body
        described = download_job_description(actor, "peer-navigator", Level.MID, "html", press)
        assert b"Essential" not in described.body
    assert client.get(f"/postings/{number}/library").status_code == 200
    page = parsed(client.get(f"/postings/{number}").text)
    strip = page.xpath("//*[@id='missing-title']")[0]
    assert "missing: location, schedule, about the role, duties, requirements" in words(strip)
    links = {link.text: link.get("href")[1:] for link in strip.xpath("a")}
    assert links == {"duties": "duties", "requirements": "needs"}
    assert page.xpath("//*[@id='missing']//textarea[@name='summary']")
    found = parsed(client.get(f"/postings/{number}/publish").text).xpath("//main//li/a/@href")
    assert {f"/postings/{number}#{name}" for name in ("summary", *links.values())} <= set(found)
    assert {"summary", *links.values()} <= set(page.xpath("//@id"))


def test_pages_survive_what_is_named_and_not_known(
    seeded_app: Flask, client: FlaskClient, actor: Person
) -> None:
    with seeded_app.app_context():
        named = open_role(actor, SLUG).body | {
            "credentials": [{"id": "x", "credential": "nobodys", "levels": {"mid": "preferred"}}],
            "flsa_source": ["nowhere"],
            "occupations": [{"code": "99-9999", "why": "It is near."}],
            "pay": {"mid": {"low": 50_000, "high": 50_000, "occupations": ["99-9999"],
                            "percentiles": [10, 25], "source": ["nowhere"]}},
        }  # fmt: skip
        with writing() as session:  # no form names what is not there
            act = RoleAct(Reason.EDITED, actor.id, NOW)
            keep_role(session, SLUG, body_of(parse(RoleTemplate, named)), act)
        number = start_posting(actor, SLUG, Level.MID, NOW)
    page = client.get(f"/roles/{SLUG}")
    assert page.status_code == 200
    assert "$50,000" in page.text
    found = client.get(f"/postings/{number}")
    assert "This posting pays $50,000 a year." in found.text
    assert "Nationally" not in found.text
    assert client.get("/?q=case").status_code == 200


def test_a_retired_role_is_read_and_not_started(
    seeded_app: Flask, client: FlaskClient, actor: Person
) -> None:
    with seeded_app.app_context():
        number = start_posting(actor, SLUG, Level.MID, NOW)
        retire_role(actor, SLUG, NOW)
    page = client.get(f"/roles/{SLUG}")
    assert page.status_code == 200
    assert "This role is not in the library" in page.text
    assert parsed(page.text).xpath("//form[@method='post']//*[@name='level']") == []
    assert f'/roles/{SLUG}"' not in client.get("/").text
    assert client.get(f"/postings/{number}").status_code == 200
    assert client.get(f"/postings/{number}/library").status_code == 200
    assert client.get(f"/postings/{number}/levels/senior").status_code == 200


def test_the_longest_role_that_may_be_saved_is_shown(
    seeded_app: Flask, client: FlaskClient, actor: Person
) -> None:
    levels = [str(level) for level in Level]
    with seeded_app.app_context():
        long = "\u202e<b>&\"'" + "word " * 198
        lines = [
            {"id": f"d-{n}", "levels": {level: {"text": long} for level in levels}}
            for n in range(200)
        ]
        saved = edit(actor, CHILDLESS, duties=lines, tagline=long, synonyms=["x" * 120] * 100)
        assert saved.changed
        with writing() as session:
            assert session.scalar(db.text("SELECT count(*) FROM role_revision")) > 5
        again = save_role(actor, CHILDLESS, saved.draft.body, saved.draft.started, NOW)
        assert not again.changed
    assert client.get(f"/roles/{CHILDLESS}").status_code == 200
