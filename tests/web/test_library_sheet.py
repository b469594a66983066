"""The inside of the sheet "From library"."""

import pytest
from flask import Flask
from lxml import etree

from jobdesc.store.roles import body_hash
from jobdesc.store.tables import RoleRow
from jobdesc.store.transactions import writing
from tests.accounts import Clock, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, furnish
from tests.forms import parsed
from tests.live import Live
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

OWN, OTHER = "rn-case-manager", "legal-case-manager"


@pytest.fixture
def live(seeded_app: Flask) -> Live:
    """A posting of a nurse at level II, open in the builder."""
    Clock(seeded_app)
    administrator = set_up(seeded_app)
    furnish(seeded_app)
    desk = Desk(seeded_app, administrator)
    return Live(desk, desk.start(OWN, "mid"))


def sheet(live: Live, query: str = "") -> etree._Element:
    answer = live.get(f"library{query}")
    assert answer.status_code == 200
    return parsed(answer.text)


def rows(root: etree._Element) -> list[tuple[str, str, str]]:
    """Section, origin and text of each line."""
    return [
        (row.get("data-section"), row.get("data-origin"), words(row.xpath("span[@data-text]")[0]))
        for row in root.xpath("//li[@data-section]")
    ]


def test_it_has_every_line_of_the_own_role_by_section(live: Live) -> None:
    root = sheet(live)
    found = rows(root)
    here = {(line["section"], line["origin"], line["text"])
            for line in live.posting["lines"] if line["origin"]}  # fmt: skip
    assert here < set(found)
    sections = list(dict.fromkeys(section for section, _, _ in found))
    assert sections == ["duties", "education", "credentials", "experience", "skills", "preferred",
                        "conditions"]  # fmt: skip
    assert [words(heading) for heading in root.xpath("//h3")][:2] == ["Duties", "Education"]
    assert len(root.xpath("//button[@data-add-offer]")) == len(found)
    assert {origin: text for _, origin, text in found} == live.state["template"]


def test_the_specialties_come_first(live: Live) -> None:
    root = sheet(live)
    assert root.xpath("(//select | //li)[1]/option[@selected]/@value") == [OWN]
    assert OTHER in root.xpath("//select/option/@value")


def test_lines_of_another_role_have_no_origin(live: Live) -> None:
    root = sheet(live, f"?role={OTHER}")
    assert root.xpath("//option[@selected]/@value") == [OTHER]
    found = rows(root)
    assert len(found) > 20
    assert {origin for _, origin, _ in found} == {""}


def test_a_role_that_lacks_the_level_gives_the_nearest(live: Live) -> None:
    with live.desk.app.app_context(), writing() as session:
        row = session.get_one(RoleRow, OTHER)
        body = dict(row.body)
        body["titles"] = {level: body["titles"][level] for level in ("senior", "director")}
        row.body, row.body_hash = body, body_hash(body)
    said = words(sheet(live, f"?role={OTHER}"))
    assert "Legal Case Manager has no level II. These are the lines of level III." in said


@pytest.mark.parametrize("role", ["nowhere", "RN", "%00x", "a" * 500])
def test_a_role_that_is_none_is_told(live: Live, role: str) -> None:
    answer = live.get(f"library?role={role}")
    assert answer.status_code in (400, 404)
    assert list(answer.json or {}) == ["message"]
