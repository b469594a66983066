"""The list's page: everything in its address, sorted by headers, narrowed and widened by links."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from lxml import etree

from jobdesc.people.person import Kind
from jobdesc.postings.changes import SetField
from jobdesc.roles.levels import Level
from jobdesc.services.postings import save_changes, start_posting
from jobdesc.store import listing as store
from jobdesc.store.list_walk import Sort, Spot
from jobdesc.store.listing import ListedPosting
from jobdesc.web.postings.listing import ORDERS, pay_words, read_spot, write_spot
from tests.accounts import NOW, quick_hashes, set_up
from tests.checked import words
from tests.desk import Desk, colleague, furnish
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

TITLE = "Case Manager"


@pytest.fixture
def desk(seeded_app: Flask) -> Desk:
    return Desk(seeded_app, set_up(seeded_app))


def add(desk: Desk, count: int) -> None:
    with desk.app.app_context():
        for number in range(1, count + 1):
            started = start_posting(desk.person, "case-manager", Level.MID, NOW)
            retitled = SetField(target="title", before=TITLE, after=f"Manager {number:03}")
            save_changes(desk.person, started, (retitled,), NOW + timedelta(seconds=number))


def titles(page: etree._Element) -> list[str]:
    return [words(cell) for cell in page.xpath("//tbody//th/a")]


def link(page: etree._Element, name: str) -> str:
    [found] = [one for one in page.xpath("//main//a") if words(one).startswith(name)]
    return str(found.get("href"))


def test_what_more_have_than_are_counted_says_so_and_cannot_be_ticked_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, 3)
    monkeypatch.setattr(store, "COUNTED", 2)
    line = words(desk.root("/postings?q=manager").xpath("//*[@class='list-line']")[0])
    assert line == "More than 2 postings Narrow the list to 500 or fewer to select all."
    assert "3 postings Select all 3" in words(desk.root("/postings").xpath("//form")[-1])


def test_pages_go_on_and_back_and_the_whole_is_counted(desk: Desk) -> None:
    add(desk, 120)
    first = desk.root("/postings")
    second = desk.root(link(first, "Next"))
    third = desk.root(link(second, "Next"))
    assert [len(titles(page)) for page in (first, second, third)] == [50, 50, 20]
    assert titles(first)[0] == "Manager 120" and titles(third)[-1] == "Manager 001"
    assert titles(desk.root(link(third, "Previous"))) == titles(second)
    assert titles(desk.root(link(second, "Previous"))) == titles(first)
    for page in (first, second, third):
        assert "120 postings" in words(page.xpath("//*[@class='list-line']")[0])
        names = [words(one) for one in page.xpath("//nav[@aria-label='Pages']/a")]
        assert names == ["Previous"] * (page is not first) + ["Next"] * (page is not third)


@on_sqlite
@pytest.mark.parametrize("sort", Sort)
def test_a_header_sorts_one_way_then_the_other_and_says_so(desk: Desk, sort: Sort) -> None:
    add(desk, 3)
    page = desk.root("/postings?sort=title" if sort is not Sort.TITLE else "/postings")
    for _ in range(2):
        page = desk.root(link_of_header(page, sort))
        [said] = page.xpath("//thead//th/@aria-sort")
        [header] = page.xpath("//thead//th[@aria-sort]")
        assert words(header).startswith(sort.capitalize())
        down = said == "descending"
        assert titles(page) in (sorted(titles(page)), sorted(titles(page), reverse=True))
        again = parse_qs(urlsplit(link_of_header(page, sort)).query).get("sort", ["-changed"])
        assert again[0].startswith("-") is not down


def link_of_header(page: etree._Element, sort: Sort) -> str:
    [found] = [one for one in page.xpath("//thead//a") if words(one).startswith(sort.capitalize())]
    return str(found.get("href"))


@on_sqlite
def test_filters_stand_in_the_address_and_are_removed_one_by_one(desk: Desk) -> None:
    furnish(desk.app)
    add(desk, 2)
    desk.send(desk.start("rn-case-manager", "senior"), {"title": "Night Nurse"})
    path = "/postings?q=night&level=senior&specialty=rn-case-manager&state=or&owner=mine&sort=title"
    page = desk.root(path)
    assert titles(page) == ["Night Nurse"]
    chips = page.xpath("//nav[@aria-label='Filters']/a[@aria-current]")
    assert [words(chip).partition(" \u00d7")[0] for chip in chips] == [
        "\u201cnight\u201d", "Level: III", "Specialty: Registered Nurse Case Manager",
        "State: OR", "Owner: Mine",
    ]  # fmt: skip
    for chip in chips:
        left = parse_qs(urlsplit(chip.get("href")).query)
        assert len(left) == 5 and left["sort"] == ["title"]
        assert "Night Nurse" in titles(desk.root(chip.get("href")))
    assert len(titles(desk.root(link(page, "Remove all filters")))) == 3
    chosen = page.xpath("//select/option[@selected]/@value")
    assert chosen == ["senior", "rn-case-manager", "OR", "mine", "title"]


@on_sqlite
def test_no_result_says_what_was_asked_and_how_to_ask_for_less(desk: Desk) -> None:
    add(desk, 1)
    page = desk.root("/postings?q=zebra&status=closed&level=lead")
    empty = page.xpath("//*[@class='empty']")[0]
    said = "No posting has all of these: \u201czebra\u201d, Status: Closed, Level: Lead."
    assert words(empty.xpath("p")[0]) == said
    names = [words(one) for one in empty.xpath(".//a")]
    assert names == [
        "Without \u201czebra\u201d", "Without Status: Closed", "Without Level: Lead",
        "Show all postings", "Search the library",
    ]  # fmt: skip
    assert page.xpath("//form[@method='post'][@action='/exports']") == []


@on_sqlite
@pytest.mark.parametrize(
    "query",
    [
        "page=-1", "sort=", "sort=title;drop", "sort=--title", "level=chief", "status=x",
        "owner=-1", "owner=1e9", "owner=99999999999999999999", "owner=\u0663", "state=" + "x" * 999,
        "specialty=" + "y" * 5_000, "q=" + "z%20" * 500, "q=%25_%5C%27%22%3B--", "after=",
        "after=x", "after=" + "A" * 999, "after=" + "A" * 99_999, "after=W10", "after=bnVsbA",
        "after=WzEsMl0", "after=W1tdLDFd", "before=W251bGwsMV0", "sort=level&after=WyJ4IiwxXQ",
        "sort=pay&after=WzFlOTk5LDFd", "sort=title&after=WyJcdTAwMDAiLDFd",
        "sort=title&after=WyJcdWQ4MDAiLDFd", "sort=title&after=WyJ4Iiw5OTk5OTk5OTk5OTk5OTk5OTld",
        "after=x&before=y", "q=a&q=b&level=mid&level=lead", "mine=1&%5B%5D=2",
    ],
)  # fmt: skip
def test_an_address_that_means_nothing_is_an_ordinary_list(desk: Desk, query: str) -> None:
    add(desk, 1)
    assert desk.get(f"/postings?{query}").status_code == 200


@on_sqlite
@pytest.mark.parametrize("number", ["9223372036854775807", "9" * 300, "-9223372036854775809"])
def test_a_number_that_no_database_takes_is_refused_or_left_out(desk: Desk, number: str) -> None:
    for query in (f"owner={number}", f"page={number}"):
        assert desk.get(f"/postings?{query}").status_code in (200, 400)


@pytest.mark.parametrize("sort", ORDERS)
def test_hostile_spots_meet_no_fault_of_either_database(desk: Desk, sort: str) -> None:
    add(desk, 1)
    edges = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z")
    values = ("x" * 400, 2**63 - 1, -(2**63), "'; --", NOW, *edges)
    for value in values:
        text = write_spot(Spot(value, 2**31 - 1))
        for way in ("after", "before"):
            assert desk.get(f"/postings?sort={sort}&{way}={text}").status_code == 200


def test_a_spot_is_read_as_it_was_written() -> None:
    assert read_spot(write_spot(Spot(NOW, 7)), Sort.CHANGED) == Spot(NOW, 7)
    assert read_spot(write_spot(Spot("Ä", 7)), Sort.TITLE) == Spot("Ä", 7)
    assert read_spot(write_spot(Spot(-5, 7)), Sort.PAY) == Spot(-5, 7)
    assert read_spot(write_spot(Spot("Ä", 7)), Sort.PAY) is None
    assert read_spot(write_spot(Spot(5, 7)), Sort.TITLE) is None


@on_sqlite
def test_a_row_shows_pay_place_owner_and_specialty(desk: Desk) -> None:
    furnish(desk.app)
    number = desk.start()
    desk.send(number, {"pay_low": "30.5", "pay_high": "38", "pay_unit": "hour"})
    recruiter = colleague(desk.app, Kind.RECRUITER)
    [row] = recruiter.root("/postings").xpath("//tbody/tr")
    for folded in row.xpath(".//*[contains(@class, 'fold-')]"):
        folded.getparent().remove(folded)
    cells = {cell.get("data-label"): words(cell) for cell in row.xpath("*[@data-label]")}
    assert cells["Pay"] == "$30.50 \u2013 $38 an hour"
    assert (cells["Place"], cells["Owner"]) == ("Portland, OR", "Ada Lake")
    assert (cells["Specialty"], cells["Level"]) == ("Case Manager", "II")
    desk.send(number, {"pay_low": "to be agreed", "pay_high": ""})
    [row] = recruiter.root("/postings").xpath("//tbody/tr")
    assert words(row.xpath("td[@data-label='Pay']")[0]) == "Not set"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (None, 10_000_000, "Up to $100,000 a year"),
        (7_850_050, None, "From $78,500.50 a year"),
        (7_850_000, 7_850_000, "$78,500 a year"),
        (None, None, ""),
    ],
)
def test_pay_with_one_end_is_said_as_in_the_document(
    low: int | None, high: int | None, said: str
) -> None:
    row = ListedPosting(
        id=1, title="", role="", level="II", place="", status="draft", owner="", changed_at=NOW,
        pay_low_cents=low, pay_high_cents=high, pay_unit="year", requisition="",
    )  # fmt: skip
    assert pay_words(row) == said
