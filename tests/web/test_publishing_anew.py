"""Publishing beside the archive and after the organization changed, and what pages ask for."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from jobdesc.people.person import Kind, Person
from jobdesc.services.listing import list_postings
from jobdesc.services.publishing import Standing, standing_of
from jobdesc.web.postings import list_page, views
from tests.accounts import quick_hashes
from tests.desk import HARBOR, furnish, notices
from tests.marks import on_sqlite
from tests.office import Office, pressable
from tests.services.publishing import a_bench

__all__ = ["quick_hashes"]

pytestmark = on_sqlite


@pytest.fixture
def office(seeded_app: Flask, tmp_path: Path) -> Office:
    return Office(a_bench(seeded_app, tmp_path))


def test_archived_is_said_in_words_and_what_is_published_is_not_archived(office: Office) -> None:
    root = office.root("/publish")
    token = {"csrf_token": root.xpath("//input[@name='csrf_token']/@value")[0]}
    office.desk.client.post(f"{office.path}/archive", data=token)
    answer = office.send(root, "Publish posting")
    assert answer.status_code == 409
    assert "This posting is archived, and nothing was published." in answer.text
    assert pressable(office.root("/publish")) == ["Back to the posting"]
    office.desk.client.post(f"{office.path}/bring-back", data=token)
    office.press("/publish", "Publish posting")
    office.desk.client.post(f"{office.path}/archive", data=token)
    assert any("close it first" in said for said in notices(office.root()))


def test_after_the_organization_got_another_name_it_can_be_published_again(
    office: Office,
) -> None:
    office.press("/publish", "Publish posting")
    assert pressable(office.root("/publish")) == ["Close posting", "Back to the posting"]
    button = "//button[@value='publish'][not(contains(@class, 'once-saved'))]"
    assert not office.root().xpath(button)
    furnish(office.bench.app, HARBOR.model_copy(update={"name": "Bay County"}))
    assert office.root().xpath(button)
    answer = office.press("/publish", "Publish again")
    assert answer.location == office.path
    assert b"Bay County" in office.desk.get(f"{office.path}/published.html").data


def test_a_reader_is_told_where_the_page_is_not_what_the_files_are(office: Office) -> None:
    office.press("/publish", "Publish posting")
    recruiter = office.colleague(Kind.RECRUITER)
    assert "The files are what was published" not in recruiter.get(office.path).text
    furnish(office.bench.app, HARBOR.model_copy(update={"name": "Bay County"}))
    root = office.root("", recruiter)
    assert any("The files are what was published" in said for said in notices(root))
    [link] = root.xpath("//main//a[text()='HTML']/@href")
    kept = recruiter.get(link).data
    assert HARBOR.name.encode() in kept and b"Bay County" not in kept


def test_an_editors_page_asks_once_how_its_posting_stands(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def counting(actor: Person, posting_id: int) -> Standing:
        asked.append(posting_id)
        return standing_of(actor, posting_id)

    monkeypatch.setattr(views, "standing_of", counting)
    office.root()
    assert asked == [office.bench.number]
    assert "envelope_of" not in office.bench.app.jinja_env.globals


def test_what_changes_while_the_list_is_read_counts_as_unseen(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.press("/publish", "Publish posting")
    began = office.clock.moment

    def slowly(*given: Any) -> Any:
        office.clock.turn(timedelta(minutes=1))
        return list_postings(*given)

    monkeypatch.setattr(list_page, "list_postings", slowly)
    [seen] = office.desk.root("/postings").xpath("//input[@name='seen']/@value")
    assert datetime.fromisoformat(seen) == began
