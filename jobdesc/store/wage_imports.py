"""Named queries about imports of wage figures. Who reads one holds it by a lease."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, literal, or_, select, update
from sqlalchemy.orm import Session

from jobdesc.store.account_tables import PersonRow
from jobdesc.store.wage_differences import drop_differing
from jobdesc.store.wage_tables import (
    State,
    WageAreaRow,
    WageFigureRow,
    WageOccupationRow,
    WageReleaseRow,
)

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
KEPT_FAULTS = 1_000
AREAS_AT_ONCE = 20
LARGEST = 2**31 - 1
"""A file may number its rows as it likes; no column of PostgreSQL's holds more."""


WORKED_ON = (State.WAITING.value, State.READING.value)
WITHOUT_FIGURES = (State.FAILED.value, State.CANCELED.value, State.REMOVED.value)
UNDER_WAY = (*WORKED_ON, State.ASKING.value)


@dataclass(frozen=True)
class Release:
    """A file of figures as pages and the one who reads it see it."""

    id: int
    file_name: str
    sha256: str
    size: int
    shipped: bool
    year: int | None
    year_given: int | None
    areas: tuple[str, ...]
    state: State
    who: str
    file: str
    read: int
    total: int
    taken: int
    counts: dict[str, int]
    faults: tuple[tuple[int, str, str, str], ...]
    absent: tuple[str, ...]
    examples: tuple[tuple[Any, ...], ...]
    why: str
    attempts: int
    lease: str
    asked_at: datetime
    finished_at: datetime | None

    @property
    def worked_on(self) -> bool:
        """Whether it waits to be read or is being read."""
        return self.state in WORKED_ON

    def count(self, prefix: str) -> int:
        """How many rows have counts of this kind: 'fault', 'passed', 'differ'."""
        return sum(n for name, n in self.counts.items() if name.partition(":")[0] == prefix)


def releases(session: Session) -> list[Release]:
    """All files, the newest first."""
    return [_release(*row) for row in session.execute(_named().order_by(WageReleaseRow.id.desc()))]


def release_by_id(session: Session, release_id: int) -> Release | None:
    """One file."""
    row = session.execute(_named().where(WageReleaseRow.id == release_id)).first()
    return _release(*row) if row else None


def import_under_way(session: Session) -> Release | None:
    """The one import that is not over."""
    row = session.execute(_named().where(WageReleaseRow.slot.is_not(None))).first()
    return _release(*row) if row else None


def release_of_file(session: Session, sha256: str) -> Release | None:
    """The file with this hash, where its figures count."""
    query = _named().where(
        WageReleaseRow.sha256 == sha256, WageReleaseRow.state == State.READY.value
    )
    row = session.execute(query).first()
    return _release(*row) if row else None


def add_import(session: Session, **values: Any) -> int:
    """Keep what is to be read; raises IntegrityError where another import is under way."""
    row = WageReleaseRow(state=State.WAITING.value, slot=1, **values)
    session.add(row)
    session.flush()
    return row.id


def is_import_waiting(session: Session, now: datetime) -> bool:
    """Whether there is a file to read."""
    return session.scalar(select(WageReleaseRow.id).where(_to_take(now)).limit(1)) is not None


def take_import(session: Session, lease: str, now: datetime) -> Release | None:
    """The file to read, now held under `lease`; also one whose reader was heard of no more."""
    query = select(WageReleaseRow).where(_to_take(now)).limit(1)
    row = session.scalars(query.with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    row.state, row.lease, row.lease_until = State.READING.value, lease, now + LEASE
    row.attempts += 1
    row.read = row.total = row.taken = 0
    session.flush()
    return release_by_id(session, row.id)


def keep_progress(session: Session, release: Release, now: datetime, **progress: int) -> bool:
    """Hold it longer, and say how far it is: `read`, `total` and `taken`.

    False where it was canceled or taken by another.
    """
    counts = {name: min(count, LARGEST) for name, count in progress.items()}
    values: dict[str, Any] = {"lease_until": now + LEASE, **counts}
    return _changed(session, _held(release).values(values))


def give_back(session: Session, release: Release) -> None:
    """Let another read it: the server stops."""
    values = {"state": State.WAITING.value, "lease": "", "attempts": release.attempts - 1}
    session.execute(_held(release).values(values))


def let_go(session: Session, release: Release) -> None:
    """Let another read it: its reader is gone. The try counts."""
    session.execute(_held(release).values(state=State.WAITING.value, lease=""))


def end_reading(
    session: Session, release: Release, state: State, now: datetime, **values: Any
) -> bool:
    """It is read: ready, failed, or asking. False where it is not held any more."""
    ended: dict[str, Any] = {"state": state.value, "lease": "", **values}
    if state is not State.ASKING:
        ended |= {"slot": None, "finished_at": now}
    return _changed(session, _held(release).values(ended))


def cancel_import(session: Session, release_id: int, now: datetime) -> bool:
    """End it where it is under way; its reader notices."""
    query = update(WageReleaseRow).where(
        WageReleaseRow.id == release_id, WageReleaseRow.state.in_(UNDER_WAY)
    )
    values = {"state": State.CANCELED.value, "slot": None, "lease": "", "finished_at": now}
    return _changed(session, query.values(values))


def take_answer(session: Session, release_id: int, now: datetime, *, differing: bool) -> bool:
    """Let its figures count: with those that differ from what stands, or without them."""
    asking = WageReleaseRow.id == release_id, WageReleaseRow.state == State.ASKING.value
    values: dict[str, Any] = {"state": State.READY.value, "slot": None, "finished_at": now}
    if not differing:
        if session.scalar(select(WageReleaseRow.id).where(*asking).with_for_update()) is None:
            return False
        drop_differing(session, release_id)
        values["taken"] = count_figures(session, release_id)
    return _changed(session, update(WageReleaseRow).where(*asking).values(values))


def remove_release(session: Session, release_id: int) -> bool:
    """Let an imported file's figures count no more; they are cleared away later.

    One that was not imported only leaves the list.
    """
    query = update(WageReleaseRow).where(
        WageReleaseRow.id == release_id,
        WageReleaseRow.shipped.is_(False),
        WageReleaseRow.state.in_((State.READY.value, State.FAILED.value)),
    )
    return _changed(session, query.values(state=State.REMOVED.value))


def count_figures(session: Session, release_id: int) -> int:
    """How many figures a file has."""
    found = select(func.count()).select_from(WageFigureRow)
    return session.scalar(found.where(WageFigureRow.release_id == release_id)) or 0


def clear_figures(session: Session, release_id: int) -> bool:
    """Delete names and some figures of a file that does not count; whether it had figures."""
    for names in (WageAreaRow, WageOccupationRow):
        session.execute(delete(names).where(names.release_id == release_id))
    some = select(WageFigureRow.area).where(WageFigureRow.release_id == release_id)
    areas = list(session.scalars(some.distinct().limit(AREAS_AT_ONCE)))
    session.execute(
        delete(WageFigureRow).where(
            WageFigureRow.release_id == release_id, WageFigureRow.area.in_(areas)
        )
    )
    return bool(areas)


def with_leftovers(session: Session) -> list[int]:
    """Files that do not count and still have figures."""
    over = WageReleaseRow.state.in_(WITHOUT_FIGURES)
    has = exists(literal(1)).where(WageFigureRow.release_id == WageReleaseRow.id)
    return list(session.scalars(select(WageReleaseRow.id).where(over, has)))


def files_in_use(session: Session) -> set[str]:
    """The uploads that are still to be read."""
    query = select(WageReleaseRow.file).where(WageReleaseRow.state.in_(WORKED_ON))
    return set(session.scalars(query))


def _to_take(now: datetime) -> Any:
    left = and_(WageReleaseRow.state == State.READING.value, WageReleaseRow.lease_until < now)
    return or_(WageReleaseRow.state == State.WAITING.value, left)


def _held(release: Release) -> Any:
    return update(WageReleaseRow).where(
        WageReleaseRow.id == release.id,
        WageReleaseRow.lease == release.lease,
        WageReleaseRow.state == State.READING.value,
    )


def _changed(session: Session, query: Any) -> bool:
    return session.scalar(query.returning(WageReleaseRow.id)) is not None


def _named() -> Any:
    return select(WageReleaseRow, PersonRow.name).outerjoin(
        PersonRow, PersonRow.id == WageReleaseRow.person_id
    )


def _release(row: WageReleaseRow, who: str | None) -> Release:
    return Release(
        id=row.id,
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.size,
        shipped=row.shipped,
        year=row.year,
        year_given=row.year_given,
        areas=tuple(row.areas),
        state=State(row.state),
        who=who or "",
        file=row.file,
        read=row.read,
        total=row.total,
        taken=row.taken,
        counts=dict(row.counts),
        faults=tuple((at, column, text, why) for at, column, text, why in row.faults),
        absent=tuple(row.absent),
        examples=tuple(tuple(example) for example in row.examples),
        why=row.why,
        attempts=row.attempts,
        lease=row.lease,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
    )
