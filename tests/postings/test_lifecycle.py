"""The life of a posting: which moves there are, what publishing asks for, when a date is over."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jobdesc.postings.lifecycle import (
    MOVES,
    Act,
    NotAllowed,
    Status,
    day_begins,
    day_ends,
    hindrances,
    local_today,
    move,
)
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import Part
from tests.postings.builders import a_posting

TODAY = date(2026, 11, 23)
HALF_HOUR = timedelta(minutes=30)


def complete(**changes: Any) -> Posting:
    return a_posting(
        **{
            "schedule": "Days",
            "pay_low": "60,000",
            "pay_high": "78,000",
            "how_to_apply": "Write to us.",
            **changes,
        }
    )


def found(posting: Posting) -> dict[str, str]:
    return {one.field: one.message for one in hindrances(posting, TODAY)}


def test_what_is_closed_can_only_be_published_again() -> None:
    allowed = {act for (status, act) in MOVES if status is Status.CLOSED}
    assert allowed == {Act.PUBLISH}
    assert move("closed", Act.PUBLISH) is Status.PUBLISHED


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_what_does_not_stand_cannot_be_closed(status: str) -> None:
    with pytest.raises(NotAllowed):
        move(status, Act.CLOSE)


def test_a_complete_posting_may_be_published() -> None:
    assert found(complete()) == {}


def test_each_missing_detail_is_named_at_its_field() -> None:
    bare = a_posting(title="", places=[])
    assert found(bare) == {
        "title": "Fill in: job title.",
        "location": "Fill in: location.",
        "schedule": "Fill in: schedule.",
        "pay_low": "Fill in: lowest pay.",
        "pay_high": "Fill in: highest pay.",
        "how_to_apply": "Fill in: how to apply.",
    }


def test_work_of_which_nothing_is_said_is_asked_for_but_where_it_is_hidden() -> None:
    empty = complete(summary="", lines=[{"id": "a", "section": "duties", "text": ""}])
    assert found(empty) == {
        "summary": "Fill in: about the role.",
        "duties": "Fill in: duties.",
        "needs": "Fill in: requirements.",
    }
    hidden = empty.model_copy(
        update={"hidden_parts": (Part.ABOUT_ROLE, Part.DUTIES, Part.NEEDS)},
    )
    assert found(hidden) == {}


@pytest.mark.parametrize("section", ["education", "credentials", "experience", "skills"])
def test_one_requirement_of_any_kind_is_enough_and_what_only_helps_is_none(section: str) -> None:
    duty = {"id": "a", "section": "duties", "text": "Do a."}
    line = {"id": "b", "text": "Two years."}
    assert found(complete(lines=[duty, line | {"section": section}])) == {}
    assert found(complete(lines=[duty, line | {"section": "preferred"}])).keys() == {"needs"}


def test_a_state_that_nobody_knows_holds_a_place_up_and_one_abroad_does_not() -> None:
    place = {"id": "p1", "city": "Salem", "state": "Oregonia"}
    assert found(complete(places=[place])).keys() == {"place:p1.state"}
    assert found(complete(places=[place | {"country": "Atlantis"}])) == {}


def test_what_cannot_be_read_or_contradicts_itself_is_refused() -> None:
    wrong = complete(pay_low="much", pay_high="10", closing_date="next week")
    assert found(wrong).keys() == {"pay_low", "closing_date"}
    assert found(complete(pay_low="90,000")).keys() == {"pay_high"}


def test_a_guess_about_the_unit_of_pay_holds_nothing_up() -> None:
    assert found(complete(pay_low="60", pay_high="78")) == {}


def test_a_closing_date_may_be_today_and_not_yesterday() -> None:
    assert found(complete(closing_date="11/23/2026")) == {}
    message = "The closing date, Nov 22, 2026, has passed. Choose a later one."
    assert found(complete(closing_date="11/22/2026")) == {"closing_date": message}


@pytest.mark.parametrize(
    ("day", "zone", "end"),
    [
        (date(2026, 11, 3), "America/Los_Angeles", "2026-11-04T08:00"),
        (date(2026, 11, 1), "America/Los_Angeles", "2026-11-02T08:00"),  # 25 hours long
        (date(2026, 3, 8), "America/Los_Angeles", "2026-03-09T07:00"),  # 23 hours long
        (date(2018, 11, 3), "America/Sao_Paulo", "2018-11-04T03:00"),  # then no midnight
        (date(2018, 2, 17), "America/Sao_Paulo", "2018-02-18T03:00"),  # its last hour twice
        (date(2026, 10, 31), "America/Havana", "2026-11-01T04:00"),  # then midnight twice
        (date(2026, 11, 3), "Pacific/Kiritimati", "2026-11-03T10:00"),
        (date(2026, 11, 3), "UTC", "2026-11-04T00:00"),
    ],
)
def test_a_day_ends_at_the_first_moment_of_the_next(day: date, zone: str, end: str) -> None:
    ends = day_ends(day, zone)
    assert ends == datetime.fromisoformat(end).replace(tzinfo=UTC)
    assert ends == day_begins(day + timedelta(days=1), zone)
    assert local_today(ends - timedelta(microseconds=1), zone) == day
    assert local_today(ends, zone) == day + timedelta(days=1)
    assert all(local_today(ends + n * HALF_HOUR, zone) > day for n in range(6))


def test_the_last_day_of_all_ends_too() -> None:
    assert day_ends(date.max, "America/Los_Angeles") > day_begins(date(9999, 12, 30), "UTC")
