"""Closing dates end by themselves at the organization's midnight; each day has one answer."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from jobdesc.people.person import Kind
from jobdesc.postings.lifecycle import NotAllowed
from jobdesc.roles.levels import Level
from jobdesc.services import publishing
from jobdesc.services.listing import list_postings
from jobdesc.services.postings import start_posting
from jobdesc.services.published import count_published_on, publications_of, published_on
from jobdesc.services.publishing import (
    close_posting,
    close_what_is_due,
    publish_posting,
    standing_of,
)
from jobdesc.store.list_walk import Order, Wanted
from jobdesc.store.transactions import StoreBusy
from tests.accounts import NOW, Clock, add_person, quick_hashes
from tests.desk import HARBOR, furnish
from tests.services.publishing import HOUR, Bench, a_bench

__all__ = ["quick_hashes"]

TODAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 24, 8, tzinfo=UTC)
"""The end of that day in Portland."""
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def bench(seeded_app: Flask, tmp_path: Path) -> Iterator[Bench]:
    bench = a_bench(seeded_app, tmp_path)
    with seeded_app.app_context():
        yield bench


@pytest.fixture
def closing(bench: Bench) -> Bench:
    """A published posting that closes at the end of the day."""
    bench.set("closing_date", "11/23/2026")
    bench.publish()
    return bench


def move_to(bench: Bench, zone: str) -> None:
    furnish(bench.app, HARBOR.model_copy(update={"time_zone": zone}))


def numbers_on(bench: Bench, day: date) -> list[int]:
    return [one.number for one in published_on(bench.person, day)]


def test_it_stands_until_the_last_moment_of_its_closing_date(closing: Bench) -> None:
    assert close_what_is_due(MIDNIGHT - SECOND) == 0
    assert closing.status == "published"
    assert close_what_is_due(MIDNIGHT) == 1
    assert closing.status == "closed"
    [closed] = publications_of(closing.person, closing.number)
    assert (closed.closed_at, closed.closed_by, closed.closed_why) == (MIDNIGHT, "", "date")
    assert close_what_is_due(MIDNIGHT) == 0


def test_a_server_that_was_off_for_a_week_notes_the_right_midnight(closing: Bench) -> None:
    assert close_what_is_due(MIDNIGHT + 7 * DAY) == 1
    [closed] = publications_of(closing.person, closing.number)
    assert closed.closed_at == MIDNIGHT
    assert list_postings(closing.person, Wanted(status="closed"), Order()).count.total == 1
    assert list_postings(closing.person, Wanted(status="published"), Order()).count.total == 0


@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        ("10/31/2027", datetime(2027, 11, 1, 7, tzinfo=UTC)),
        ("11/07/2027", datetime(2027, 11, 8, 8, tzinfo=UTC)),  # the clock goes back
        ("03/14/2027", datetime(2027, 3, 15, 7, tzinfo=UTC)),  # the clock goes forward
    ],
)
def test_days_on_which_the_clock_changes_end_at_their_midnight(
    bench: Bench, day: str, midnight: datetime
) -> None:
    bench.set("closing_date", day)
    bench.publish()
    assert close_what_is_due(midnight - SECOND) == 0
    assert close_what_is_due(midnight + HOUR) == 1
    assert publications_of(bench.person, bench.number)[0].closed_at == midnight


@pytest.mark.parametrize(
    ("zone", "hour"), [("Pacific/Kiritimati", 10), ("America/New_York", 29), ("Etc/GMT+12", 36)]
)
def test_the_time_zone_of_the_profile_counts_while_it_stands(
    closing: Bench, zone: str, hour: int
) -> None:
    if zone == "Pacific/Kiritimati":
        closing.set("closing_date", "11/24/2026")
        closing.publish(NOW + HOUR)
    move_to(closing, zone)
    start = datetime(2026, 11, 23, tzinfo=UTC) + (DAY if zone == "Pacific/Kiritimati" else 0 * DAY)
    midnight = start + hour * HOUR
    assert close_what_is_due(midnight - SECOND) == 0
    assert close_what_is_due(midnight) == 1


def test_a_zone_that_changes_later_moves_no_end_that_was_noted(closing: Bench) -> None:
    close_what_is_due(MIDNIGHT)
    move_to(closing, "America/New_York")
    close_what_is_due(MIDNIGHT + DAY)
    assert publications_of(closing.person, closing.number)[0].closed_at == MIDNIGHT


def test_without_a_date_it_stands_on(bench: Bench) -> None:
    bench.publish()
    assert close_what_is_due(NOW + 9000 * DAY) == 0
    assert bench.status == "published"


def test_a_date_that_is_changed_counts_when_the_change_is_published(closing: Bench) -> None:
    closing.set("closing_date", "11/30/2026")
    assert close_what_is_due(MIDNIGHT) == 1
    assert closing.publish(MIDNIGHT + HOUR).number == 2
    assert close_what_is_due(MIDNIGHT + 6 * DAY) == 0
    assert close_what_is_due(MIDNIGHT + 7 * DAY) == 1


def test_what_is_over_ends_at_its_midnight_also_where_somebody_is_quicker(closing: Bench) -> None:
    with pytest.raises(NotAllowed):
        close_posting(closing.person, closing.number, MIDNIGHT + HOUR)
    assert close_what_is_due(MIDNIGHT + HOUR) == 1
    closing.set("closing_date", "")
    assert closing.publish(MIDNIGHT + 2 * HOUR).number == 2
    assert publications_of(closing.person, closing.number)[1].closed_at == MIDNIGHT


def test_publishing_anew_after_midnight_keeps_the_midnight(closing: Bench) -> None:
    closing.set("closing_date", "12/31/2026", MIDNIGHT + HOUR)
    closing.publish(MIDNIGHT + 2 * HOUR)
    first = publications_of(closing.person, closing.number)[1]
    assert (first.closed_at, first.closed_why) == (MIDNIGHT, "date")


def test_a_busy_database_is_no_reason_to_refuse_a_page(
    closing: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> None:
        raise StoreBusy("locked")

    monkeypatch.setattr(publishing, "writing", busy)
    assert close_what_is_due(MIDNIGHT) == 0
    assert standing_of(closing.person, closing.number).published


def test_the_running_server_closes_what_nobody_looks_at(closing: Bench) -> None:
    Clock(closing.app).moment = MIDNIGHT
    closer = closing.app.extensions["closer"]
    closer.start()
    until = time.monotonic() + 20
    while closing.status != "closed" and time.monotonic() < until:
        time.sleep(0.05)
    closer.stop()
    assert closing.status == "closed"


def test_each_day_has_the_last_publication_that_stood_on_it(bench: Bench) -> None:
    bench.publish(NOW)
    bench.set("title", "Second")
    bench.publish(NOW + HOUR)
    bench.set("title", "Third")
    bench.publish(NOW + DAY)
    close_posting(bench.person, bench.number, NOW + 3 * DAY)
    days = [TODAY + n * DAY for n in range(-1, 6)]
    assert [numbers_on(bench, day) for day in days] == [[], [2], [3], [3], [3], [], []]


def test_a_day_begins_and_ends_at_the_organizations_midnight(bench: Bench) -> None:
    bench.publish(MIDNIGHT - SECOND)
    assert numbers_on(bench, TODAY) == [1]
    close_posting(bench.person, bench.number, MIDNIGHT)
    assert numbers_on(bench, TODAY + DAY) == []
    bench.publish(MIDNIGHT + DAY)
    assert [numbers_on(bench, TODAY + n * DAY) for n in (1, 2)] == [[], [2]]


def test_what_nobody_has_noted_as_over_is_told_right(closing: Bench) -> None:
    assert [numbers_on(closing, TODAY + n * DAY) for n in (0, 1, 30)] == [[1], [], []]
    close_what_is_due(MIDNIGHT + 40 * DAY)
    assert [numbers_on(closing, TODAY + n * DAY) for n in (0, 1, 30)] == [[1], [], []]


def test_the_answer_for_a_day_is_by_title_and_for_everybody(bench: Bench) -> None:
    bench.set("title", "Zebra Keeper")
    bench.publish()
    other = a_second(bench)
    recruiter = add_person(bench.app, Kind.RECRUITER)
    found = published_on(recruiter, TODAY)
    assert [one.posting_id for one in found] == [other, bench.number]
    assert count_published_on(recruiter, TODAY) == 2
    assert published_on(recruiter, TODAY, 1, 1) == found[1:]
    assert published_on(recruiter, TODAY, 0, 1) == found[:1]
    assert count_published_on(recruiter, TODAY - DAY) == 0


def a_second(bench: Bench) -> int:
    number = start_posting(bench.person, "rn-case-manager", Level.MID, NOW)
    publish_posting(bench.person, number, bench.press, NOW)
    return number
