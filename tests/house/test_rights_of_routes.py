"""Every address x every kind of person x a thing of one's own, of another's, or that is not there.

Made from the address map and the table of rights: a new address is held to it without a line here.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import kind_may
from jobdesc.roles.levels import Level
from jobdesc.services.documents import Press
from jobdesc.services.postings import start_posting
from jobdesc.web.access import access_of
from jobdesc.workers.files import ResultFiles
from jobdesc.workers.pool import RenderPool
from tests.accounts import NOW, add_person, post, quick_hashes, set_up, sign_in
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

MISSING = 4711
POSTING = "<int:posting_id>"


@pytest.fixture
def people(seeded_app: Flask, tmp_path: Path) -> Iterator[dict[Kind, Person]]:
    """One person of each kind, in an installation whose PDFs are made of words."""
    everyone = {Kind.ADMINISTRATOR: set_up(seeded_app)}
    everyone |= {kind: add_person(seeded_app, kind) for kind in Kind if kind not in everyone}
    pool = RenderPool("tests.workers.entries:echo", size=1)
    seeded_app.extensions["press"] = Press(pool, ResultFiles(tmp_path / "made"))
    with closing(pool):
        yield everyone


def addresses(app: Flask, part: str) -> list[tuple[str, str, str]]:
    """Method, path and endpoint of every address that holds `part`."""
    return [
        (method, rule.rule, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if part in rule.rule
    ]


def client_of(app: Flask, person: Person) -> FlaskClient:
    client = app.test_client()
    assert sign_in(client, person.email).status_code == 303
    return client


def status(client: FlaskClient, method: str, path: str) -> int:
    path = path.replace("<level>", "mid")
    assert "<" not in path, f"{path}: say in this test what stands for its parts"
    with closing(post(client, path) if method == "POST" else client.get(path)) as answer:
        return answer.status_code


def an_untouched_draft(app: Flask, owner: Person) -> int:
    with app.app_context():
        return start_posting(owner, "case-manager", Level.MID, NOW)


@pytest.mark.parametrize("kind", Kind)
def test_a_posting_that_is_not_ones_to_see_is_as_one_that_is_not_there(
    seeded_app: Flask, people: dict[Kind, Person], kind: Kind
) -> None:
    client = client_of(seeded_app, people[kind])
    other = people[Kind.HR_EDITOR if kind is Kind.ADMINISTRATOR else Kind.ADMINISTRATOR]
    others = an_untouched_draft(seeded_app, other)
    for method, path, endpoint in addresses(seeded_app, POSTING):
        action = access_of(seeded_app, endpoint).action
        assert action, endpoint
        wanted = 404 if kind_may(kind, action) else 403
        found = {
            name: status(client, method, path.replace(POSTING, str(number)))
            for name, number in {"other's": others, "missing": MISSING}.items()
        }
        if wanted == 404 and found["missing"] == 422:
            continue  # what was sent is looked at first, and says nothing about the posting
        assert found == {"other's": wanted, "missing": wanted}, f"{method} {path}"


@pytest.mark.parametrize("kind", Kind)
def test_what_is_ones_own_opens_for_those_with_the_right(
    seeded_app: Flask, people: dict[Kind, Person], kind: Kind
) -> None:
    if not kind_may(kind, access_of(seeded_app, "postings.start").action):  # type: ignore[arg-type]
        pytest.skip("starts no postings")
    own = an_untouched_draft(seeded_app, people[kind])
    client = client_of(seeded_app, people[kind])
    for method, path, endpoint in addresses(seeded_app, POSTING):
        action = access_of(seeded_app, endpoint).action
        found = status(client, method, path.replace(POSTING, str(own)))
        assert action
        allowed = kind_may(kind, action)
        assert (found not in (403, 404)) == allowed, f"{method} {path}: {found}"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("part", ["<int:person_id>", "<int:link_id>"])
def test_a_person_or_invitation_that_is_not_there_tells_nothing(
    seeded_app: Flask, people: dict[Kind, Person], kind: Kind, part: str
) -> None:
    client = client_of(seeded_app, people[kind])
    for method, path, endpoint in addresses(seeded_app, part):
        action = access_of(seeded_app, endpoint).action
        assert action, endpoint
        found = status(client, method, path.replace(part, str(MISSING)))
        assert found == (404 if kind_may(kind, action) else 403), f"{method} {path}"


def test_every_address_asks_for_a_right_or_is_one_of_these(seeded_app: Flask) -> None:
    without = {
        rule.endpoint
        for rule in seeded_app.url_map.iter_rules()
        if access_of(seeded_app, rule.endpoint).action is None
    }
    assert without == {
        "static", "scripts", "health.healthz", "accounts.set_up", "accounts.create_administrator",
        "accounts.sign_in", "accounts.submit_sign_in", "accounts.sign_out", "joining.show",
        "joining.accept", "joining.new_password", "joining.keep_new_password", "account.show",
        "account.keep_password", "account.keep_settings", "account.end_session",
        "account.end_others", "organization.logo", "organization.accent_css",
    }  # fmt: skip
