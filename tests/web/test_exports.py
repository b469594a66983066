"""Zips through the pages, also without a script."""

import io
import time
from datetime import UTC, datetime, timedelta
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from jobdesc.people.person import Kind
from jobdesc.web.security_headers import DOWNLOAD_POLICY
from jobdesc.web.words import write_when
from tests.accounts import Clock, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, colleague, furnish, notices
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]


@pytest.fixture
def desk(seeded_app: Flask) -> Desk:
    Clock(seeded_app)
    desk = Desk(seeded_app, set_up(seeded_app))
    furnish(seeded_app)
    for count in range(3):
        desk.send(desk.start(), {"title": f"Manager {3 * chr(97 + count)}"})
    return desk


def tick(desk: Desk, view: str = "", formats: str = "html", **fields: object) -> TestResponse:
    """Send the list's form with what was ticked."""
    data = {"csrf_token": desk.token(), "view": view, "formats": formats, **fields}
    return desk.client.post("/exports", data=data)


def wait(desk: Desk, path: str) -> dict[str, object]:
    """What the script of the page is told in the end."""
    for _ in range(300):
        state: dict[str, object] = desk.get(f"{path}/state").json or {}
        if state["over"]:
            return state
        time.sleep(0.1)
    raise AssertionError(state)


def zipped(desk: Desk, path: str) -> list[str]:
    with desk.get(f"{path}/file") as answer:
        assert answer.content_type == "application/zip"
        assert answer.headers["Content-Security-Policy"] == DOWNLOAD_POLICY
        assert answer.headers["Cache-Control"] == "no-store"
        assert "attachment" in answer.headers["Content-Disposition"]
        with ZipFile(io.BytesIO(answer.data)) as archive:
            assert archive.testzip() is None
            return archive.namelist()


def test_ticked_rows_become_a_zip_that_is_news_on_the_next_page(desk: Desk) -> None:
    begun = tick(desk, posting=["1", "3"])
    assert begun.status_code == 303
    assert wait(desk, begun.location)["words"] == "2 HTML files ready"
    page = desk.root("/")
    assert any("Your zip: 2 HTML files ready." in notice for notice in notices(page))
    assert words(desk.root(begun.location).xpath("//h1")[0]) == "Zip of 2 HTML files"
    assert zipped(desk, begun.location) == [
        "case-manager-ii_portland_2026-11-23.html", "case-manager-ii_portland_2026-11-23-2.html",
    ]  # fmt: skip
    assert not any("Your zip" in notice for notice in notices(desk.root("/")))
    [row] = desk.root("/exports").xpath("//tbody/tr")
    assert "Ready: 2 HTML files ready" in words(row)


@on_sqlite
def test_all_that_a_list_has_is_chosen_by_its_query(desk: Desk) -> None:
    begun = tick(desk, view="q=manager+ccc&sort=title&owner=mine", all="1", posting=["1"])
    wait(desk, begun.location)
    assert len(zipped(desk, begun.location)) == 1
    everything = tick(desk, all="1")
    wait(desk, everything.location)
    assert len(zipped(desk, everything.location)) == 3


@on_sqlite
def test_nothing_ticked_leads_back_to_the_list_as_it_was(desk: Desk) -> None:
    for fields in ({}, {"posting": ["x"]}, {"posting": ["0", "-5"]}, {"formats": "exe"}):
        answer = tick(desk, view="q=manager&level=mid&page=9&evil=%0d%0a", **fields)
        assert (answer.status_code, answer.location) == (303, "/postings?q=manager&level=mid")
        assert "Select at least one posting, then download." in notices(desk.root("/postings"))
    assert tick(desk, view="x" * 9_000).location == "/postings"
    assert tick(desk, view="&" * 900).location == "/postings"


@on_sqlite
def test_news_is_dismissed_from_where_it_was_read(desk: Desk) -> None:
    begun = tick(desk, all="1")
    wait(desk, begun.location)
    form = {"csrf_token": desk.token(), "next": "/postings?q=manager"}
    answer = desk.client.post(f"{begun.location}/dismiss", data=form)
    assert answer.location == "/postings?q=manager"
    assert not any("Your zip" in notice for notice in notices(desk.root("/")))
    form["next"] = "//evil.example"
    assert desk.client.post(f"{begun.location}/dismiss", data=form).location == "/exports"


def test_somebody_elses_zip_is_not_there(desk: Desk) -> None:
    begun = tick(desk, all="1")
    wait(desk, begun.location)
    other = colleague(desk.app, Kind.ADMINISTRATOR, "other@lakecounty.gov")
    for path in ("", "/file", "/state"):
        assert other.get(f"{begun.location}{path}").status_code == 404
    for act in ("cancel", "retry", "dismiss"):
        form = {"csrf_token": other.token()}
        assert other.client.post(f"{begun.location}/{act}", data=form).status_code == 404
    assert other.root("/exports").xpath("//tbody/tr") == []
    assert not any("Your zip" in notice for notice in notices(other.root("/")))


@on_sqlite
def test_a_zip_that_is_not_ready_leads_back_to_its_page(desk: Desk) -> None:
    desk.app.extensions["exporter"].stop()
    begun = tick(desk, all="1")
    answer = desk.get(f"{begun.location}/file")
    assert answer.location == begun.location
    page = desk.root(begun.location)
    assert "This zip is not ready." in notices(page)
    assert words(page.xpath("//*[@data-words]")[0]) == "Waiting to begin: 3 HTML files"
    assert desk.get(f"{begun.location}/state").json == {
        "words": "Waiting to begin: 3 HTML files", "done": 0, "total": 3, "over": False,
    }  # fmt: skip
    form = {"csrf_token": desk.token()}
    assert desk.client.post(f"{begun.location}/retry", data=form).location == begun.location
    assert desk.client.post(f"{begun.location}/cancel", data=form).location == begun.location
    page = desk.root(begun.location)
    assert words(page.xpath("//*[@data-words]")[0]) == "Canceled. Nothing was kept"
    again = desk.client.post(f"{begun.location}/retry", data=form)
    assert again.location != begun.location


@on_sqlite
def test_a_recruiter_has_a_zip_of_everything_and_nothing_else_to_send(desk: Desk) -> None:
    recruiter = colleague(desk.app, Kind.RECRUITER)
    begun = tick(recruiter, all="1", formats="both")
    wait(recruiter, begun.location)
    names = zipped(recruiter, begun.location)
    assert len(names) == 6 and {name.rpartition(".")[2] for name in names} == {"pdf", "html"}


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(seconds=40), "just now"),
        (timedelta(hours=2), "Nov 29, 4:15 PM"),
        (timedelta(days=1), "Nov 30, 2:15 PM"),
        (timedelta(days=40), "Jan 8, 2027, 2:15 PM"),
    ],
)
def test_a_time_to_come_is_said_as_a_day_and_an_hour(ahead: timedelta, said: str) -> None:
    now = datetime(2026, 11, 29, 22, 15, tzinfo=UTC)
    assert write_when(now + ahead, now, ZoneInfo("America/Los_Angeles")) == said
