"""Named queries about exports. Who makes one holds it by a lease, and loses it by not renewing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.accounts import person_of
from jobdesc.store.export_tables import ExportRow

LEASE = timedelta(seconds=20)
MOST_ATTEMPTS = 3


class State(StrEnum):
    """Where an export stands."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"
    CANCELED = "canceled"


UNDER_WAY = (State.WAITING.value, State.WORKING.value)


@dataclass(frozen=True)
class Chosen:
    """A posting of an export, with its title at the moment when it was chosen."""

    id: int
    title: str


@dataclass(frozen=True)
class LeftOut:
    """A posting that is not in the zip: gone, busy, failed or unavailable."""

    id: int
    title: str
    why: str


@dataclass(frozen=True)
class Export:
    """An export as pages and the one who makes it see it."""

    id: int
    person_id: int
    formats: str
    postings: tuple[Chosen, ...]
    state: State
    done: int
    failed: tuple[LeftOut, ...]
    attempts: int
    lease: str
    file: str
    size: int
    asked_at: datetime
    finished_at: datetime | None
    expires_at: datetime

    @property
    def total(self) -> int:
        """How many postings were chosen."""
        return len(self.postings)

    @property
    def made(self) -> int:
        """How many postings are in the zip."""
        return self.done - len(self.failed)

    @property
    def under_way(self) -> bool:
        """Whether it is still to be made or being made."""
        return self.state in UNDER_WAY


def add_export(
    session: Session,
    person_id: int,
    formats: str,
    postings: list[Chosen],
    failed: list[LeftOut],
    now: datetime,
    expires_at: datetime,
) -> int:
    """Keep what somebody asked for; returns its id. `failed` were not there to be chosen."""
    row = ExportRow(
        person_id=person_id,
        formats=formats,
        postings=[[posting.id, posting.title] for posting in postings],
        failed=[vars(left) for left in failed],
        total=len(postings),
        asked_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return row.id


def export_by_id(session: Session, export_id: int, person_id: int) -> Export | None:
    """One export, where it is this person's."""
    query = select(ExportRow).where(ExportRow.id == export_id, ExportRow.person_id == person_id)
    row = session.scalars(query).first()
    return _export(row) if row else None


def exports_of(session: Session, person_id: int, limit: int) -> list[Export]:
    """A person's exports, the newest first."""
    query = select(ExportRow).where(ExportRow.person_id == person_id)
    rows = session.scalars(query.order_by(ExportRow.id.desc()).limit(limit))
    return [_export(row) for row in rows]


def exports_under_way(session: Session, person_id: int) -> list[Export]:
    """What a person asked for and does not have yet; held, so that no second one is added."""
    hold = select(PersonRow.id).where(PersonRow.id == person_id)
    session.execute(hold.with_for_update(key_share=True))
    query = select(ExportRow).where(
        ExportRow.person_id == person_id, ExportRow.state.in_(UNDER_WAY)
    )
    return [_export(row) for row in session.scalars(query.order_by(ExportRow.id))]


def news_for(session: Session, person_id: int) -> Export | None:
    """The last export that is over without its person having been told."""
    query = select(ExportRow).where(
        ExportRow.person_id == person_id,
        ExportRow.state.in_((State.READY.value, State.FAILED.value)),
        ExportRow.seen.is_(False),
    )
    row = session.scalars(query.order_by(ExportRow.id.desc()).limit(1)).first()
    return _export(row) if row else None


def see_exports(session: Session, person_id: int, up_to: int) -> None:
    """Note that a person was told of an export, and so of those before it."""
    query = update(ExportRow).where(
        ExportRow.person_id == person_id,
        ExportRow.id <= up_to,
        ExportRow.state.in_((State.READY.value, State.FAILED.value)),
    )
    session.execute(query.values(seen=True))


def cancel_export(session: Session, export_id: int, person_id: int, now: datetime) -> bool:
    """End it where it is under way; its maker notices at the next posting."""
    query = update(ExportRow).where(
        ExportRow.id == export_id,
        ExportRow.person_id == person_id,
        ExportRow.state.in_(UNDER_WAY),
    )
    values = {"state": State.CANCELED.value, "lease": "", "finished_at": now, "seen": True}
    return _changed(session, query.values(values))


def is_work_waiting(session: Session, now: datetime) -> bool:
    """Whether there is an export to take."""
    return session.scalar(select(ExportRow.id).where(_to_take(now)).limit(1)) is not None


def take_export(session: Session, lease: str, now: datetime) -> tuple[Export, Person] | None:
    """The export that waits longest, now held under `lease`, and who asked; also one whose maker
    was heard of no more. One that was taken too often has failed, and so has that of a person who
    may not sign in any more.
    """
    query = select(ExportRow).where(_to_take(now)).order_by(ExportRow.asked_at, ExportRow.id)
    for row in session.scalars(query.with_for_update(skip_locked=True).limit(20)):
        person = session.get_one(PersonRow, row.person_id)
        if row.attempts >= MOST_ATTEMPTS or not person.active:
            row.state, row.finished_at, row.lease = State.FAILED.value, now, ""
            continue
        row.state, row.lease, row.lease_until = State.WORKING.value, lease, now + LEASE
        row.attempts += 1
        row.done, row.failed = 0, [left for left in row.failed if left["why"] == "missing"]
        session.flush()
        return _export(row), person_of(person)
    return None


def renew_lease(session: Session, export: Export, done: int, now: datetime) -> bool:
    """Say how far it is, and hold it longer; False where it was canceled or taken by another."""
    return _changed(session, _held(export).values(done=done, lease_until=now + LEASE))


def give_back(session: Session, export: Export) -> None:
    """Let another make it: the server stops."""
    values = {"state": State.WAITING.value, "lease": "", "attempts": export.attempts - 1}
    session.execute(_held(export).values(values))


def finish_export(
    session: Session, export: Export, failed: list[LeftOut], file: str, size: int, now: datetime
) -> bool:
    """It is over: with a file, or without one where nothing could be made. False if not held."""
    values: dict[str, Any] = {
        "state": (State.READY if file else State.FAILED).value,
        "done": export.total,
        "failed": [vars(left) for left in failed],
        "file": file,
        "size": size,
        "finished_at": now,
        "lease": "",
    }
    return _changed(session, _held(export).values(values))


def is_any_expired(session: Session, now: datetime) -> bool:
    """Whether there is an export whose time is over."""
    query = select(ExportRow.id).where(ExportRow.expires_at <= now).limit(1)
    return session.scalar(query) is not None


def remove_expired(session: Session, now: datetime) -> list[str]:
    """Remove exports whose time is over; the files that they leave."""
    gone = delete(ExportRow).where(ExportRow.expires_at <= now).returning(ExportRow.file)
    return [file for file in session.scalars(gone) if file]


def files_in_use(session: Session) -> set[str]:
    """The files that exports have."""
    return set(session.scalars(select(ExportRow.file).where(ExportRow.file != "")))


def _to_take(now: datetime) -> Any:
    left = and_(ExportRow.state == State.WORKING.value, ExportRow.lease_until < now)
    return or_(ExportRow.state == State.WAITING.value, left)


def _held(export: Export) -> Any:
    return update(ExportRow).where(
        ExportRow.id == export.id,
        ExportRow.lease == export.lease,
        ExportRow.state == State.WORKING.value,
    )


def _changed(session: Session, query: Any) -> bool:
    return session.scalar(query.returning(ExportRow.id)) is not None


def _export(row: ExportRow) -> Export:
    return Export(
        id=row.id,
        person_id=row.person_id,
        formats=row.formats,
        postings=tuple(Chosen(number, title) for number, title in row.postings),
        state=State(row.state),
        done=row.done,
        failed=tuple(LeftOut(**left) for left in row.failed),
        attempts=row.attempts,
        lease=row.lease,
        file=row.file,
        size=row.size,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
    )
