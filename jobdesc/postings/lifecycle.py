"""The life of a posting: its states, the moves between them, and what a published one must hold.

An archived one keeps its state and rests in it: until it is brought back it is neither changed nor
published.

A closing date ends at the organization's midnight after it. Both zones in which the clock skips
midnight and those in which it strikes twice have one such moment: the first of the new day.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from jobdesc.postings.complete import find_faults, missing_details
from jobdesc.postings.posting import Posting


class Status(StrEnum):
    """Where a posting stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Act(StrEnum):
    """What moves a posting on."""

    PUBLISH = "publish"
    CLOSE = "close"


MOVES: dict[tuple[Status, Act], Status] = {
    (Status.DRAFT, Act.PUBLISH): Status.PUBLISHED,
    (Status.PUBLISHED, Act.PUBLISH): Status.PUBLISHED,
    (Status.CLOSED, Act.PUBLISH): Status.PUBLISHED,
    (Status.PUBLISHED, Act.CLOSE): Status.CLOSED,
}
"""Where each act leads; what is not here is refused. Publishing again publishes the changes."""

ADVICE = frozenset({"pay_unit"})
"""Faults that are a guess of ours: they are said, and hold up nothing."""


class NotAllowed(Exception):
    """A posting that stands so does not take this act."""

    def __init__(self, status: Status, act: Act) -> None:
        super().__init__(f"a posting that is {status} takes no {act}")
        self.status, self.act = status, act


class InArchive(Exception):
    """The posting is archived, and was not changed; `by` is who archived it."""

    def __init__(self, posting_id: int, by: str) -> None:
        super().__init__(f"{by} archived posting {posting_id}")
        self.posting_id, self.by = posting_id, by


@dataclass(frozen=True)
class Hindrance:
    """What keeps a posting from being published, at its field, and what to do."""

    field: str
    message: str


def move(status: str, act: Act) -> Status:
    """The status after `act`. Raises NotAllowed."""
    start = Status(status)
    if (start, act) not in MOVES:
        raise NotAllowed(start, act)
    return MOVES[start, act]


def hindrances(posting: Posting, today: date) -> tuple[Hindrance, ...]:
    """What to fill in or correct before `posting` can be published on `today`.

    Complete is what its readers need; what cannot be read as pay or a date would not be printed.
    """
    found = [Hindrance(one.field, f"Fill in: {one.words}.") for one in missing_details(posting)]
    found += [
        Hindrance(fault.field, fault.message)
        for fault in find_faults(posting, today)
        if fault.field not in ADVICE
    ]
    return tuple(found)


def local_today(now: datetime, zone: str) -> date:
    """The day of `now` in a time zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def day_begins(day: date, zone: str) -> datetime:
    """The first moment of `day` in a time zone, in UTC."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def day_ends(day: date, zone: str) -> datetime:
    """The first moment that is no longer `day` in a time zone, in UTC."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return day_begins(day + timedelta(days=1), zone)
