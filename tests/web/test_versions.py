"""The versions of a posting through its pages: folded, read, compared, restored."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.accounts import quick_hashes
from tests.checked import words
from tests.desk import notices
from tests.forms import parsed
from tests.marks import on_sqlite
from tests.office import Office, pressable
from tests.services.publishing import HOUR, a_bench

__all__ = ["quick_hashes"]

pytestmark = on_sqlite


@pytest.fixture
def office(seeded_app: Flask, tmp_path: Path) -> Office:
    return Office(a_bench(seeded_app, tmp_path))


def test_saves_of_a_sitting_are_one_row_that_unfolds_to_each_of_them(office: Office) -> None:
    for title, department in (("First", ""), ("First", "Intake"), ("Second", "Intake")):
        office.clock.turn(timedelta(minutes=15))
        office.desk.send(office.bench.number, {"title": title, "department": department})
    root = office.root("/history")
    [sitting] = root.xpath("//*[@class='rows']/li[1]")
    said = [words(one) for one in sitting.xpath("div/p")]
    assert said[0] == "Versions 2 to 4 just now, Ada Lake"
    assert said[1] == "Job title and department changed."
    assert sitting.xpath("span/a/@href") == [
        f"{office.path}/history?read=4",
        f"{office.path}/history?before=1&after=4",
    ]
    assert words(sitting.xpath("details/summary")[0]) == "3 versions, from 2 to 4"
    inside = sitting.xpath("details/ul/li")
    assert [words(one.xpath(".//b")[0]) for one in inside] == [
        "Version 4",
        "Version 3",
        "Version 2",
    ]
    assert words(inside[1].xpath(".//p[2]")[0]) == "Department changed."
    office.press("/history?read=3", "Restore this version")
    assert office.desk.posting(office.bench.number).title == "First"
    assert office.desk.posting(office.bench.number).department == "Intake"


def test_a_version_is_read_by_itself(office: Office) -> None:
    first = office.desk.posting(office.bench.number).title
    office.press("/publish", "Publish posting")
    office.desk.send(office.bench.number, {"title": "Not like this"})
    links = office.root("/history").xpath("//a[starts-with(., 'Read')]/@href")
    assert links[-1] == f"{office.path}/history?read=1"
    page = office.root("/history?read=1")
    assert words(page.xpath("//h1")[0]) == "Version 1"
    assert first in words(page.xpath("//*[@class='paper']")[0])
    assert "Restore this version" in pressable(page)
    newest = int(links[0].rpartition("=")[2])
    assert "Restore this version" not in pressable(office.root(f"/history?read={newest}"))
    for number in (0, 99, 2**40):
        assert office.desk.get(f"{office.path}/history?read={number}").status_code == 404


def test_a_version_is_restored_from_its_comparison(office: Office) -> None:
    office.desk.send(office.bench.number, {"title": "First"})
    office.clock.turn(HOUR)
    office.desk.send(office.bench.number, {"title": "Second"})
    root = office.root("/history?before=2&after=3")
    assert words(root.xpath("//h2[@id='compared']")[0]) == "Version 2 to version 3: 1 difference"
    answer = office.send(root, "Restore version 2")
    assert answer.location == f"{office.path}/history"
    assert office.desk.posting(office.bench.number).title == "First"
    stale = office.send(root, "Restore version 3")
    assert stale.status_code == 409
    assert "changed meanwhile" in notices(parsed(stale.text))[-1]


@pytest.mark.parametrize(
    "query",
    ["before=1&after=9", "before=0&after=1", "before=-1&after=99999999999999999999", "until=0",
     "until=99999999999999999999", "before=x&after=1"],
)  # fmt: skip
def test_numbers_of_versions_that_are_not_there_break_nothing(office: Office, query: str) -> None:
    office.desk.send(office.bench.number, {"title": "First"})
    answer = office.desk.get(f"{office.path}/history?{query}")
    assert answer.status_code == (404 if "after=" in query and "x" not in query else 200)


def test_a_posting_without_versions_says_so(office: Office) -> None:
    assert "No versions yet" in words(office.root("/history").xpath("//main")[0])
