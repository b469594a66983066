"""Read the files of wage figures that people gave, away from their requests.

Figures are written some at a time and count only when all are there: what was not finished is
never seen, and is cleared away.
"""

import logging
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from jobdesc.store import wage_differences as differences
from jobdesc.store import wage_imports as store
from jobdesc.store.transactions import reading, writing
from jobdesc.store.wage_imports import Release
from jobdesc.store.wage_tables import State
from jobdesc.store.wages import add_figures
from jobdesc.wages.figures import AreaKind
from jobdesc.wages.messages import read_batch
from jobdesc.wages.reading import Batch
from jobdesc.workers.holder import holder_mark, is_holder_gone
from jobdesc.workers.kept_files import KeptFiles
from jobdesc.workers.reader import ReaderDied, ReaderRefused, pieces

log = logging.getLogger(__name__)

Read = Callable[[Path, Release], Iterable[Batch]]
"""Reads the batches of a file; raises ReaderRefused and ReaderDied."""
LEASE_LETTERS = 32
ENTRY = "jobdesc.wages.messages:read_in_messages"
NOT_KEPT = "This file holds what cannot be kept. Import the file as it was published."
GONE = "This file is not on the server any more. Import it again."
DIED = (
    "This file could not be read to its end. Download it again, then import it; "
    "where that fails too, import a smaller file of the survey."
)
NO_ROWS = (
    "No row of this file is about an occupation across all industries and owners. "
    "Import a file of the survey as it was published."
)


class NotHeld(Exception):
    """The import was canceled, or another reads it."""


class Stopped(Exception):
    """The server stops."""


@dataclass
class _Account:
    """What became of the rows so far."""

    taken: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[list[Any]] = field(default_factory=list)
    absent: dict[str, None] = field(default_factory=dict)
    kinds: set[AreaKind] = field(default_factory=set)
    year: int | None = None

    def add(self, batch: Batch) -> None:
        """Count a batch."""
        self.counts.update({f"passed:{why}": count for why, count in batch.passed.items()})
        self.counts.update(f"fault:{fault.why}" for fault in batch.faults)
        room = store.KEPT_FAULTS - len(self.faults)
        self.faults += [[f.row, f.column, f.text, f.why.value] for f in batch.faults[:room]]
        self.absent.update(dict.fromkeys(batch.absent))
        self.kinds |= {row.area.kind for row in batch.figures}
        if batch.figures:
            self.year = batch.figures[0].year


def read_in_process(path: Path, release: Release) -> Iterator[Batch]:
    """The batches of a file, read by a process of its own."""
    year = str(release.year_given or "")
    with closing(pieces(ENTRY, (str(path), release.file_name, year))) as read:  # type: ignore[type-var]
        for piece in read:
            yield read_batch(piece)


def make_next_import(
    files: KeptFiles,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
    read: Read = read_in_process,
) -> bool:
    """Read the file that waits; False where none does."""
    _free_from_gone()
    with reading() as session:
        if not store.is_import_waiting(session, clock()):
            return False
    with writing() as session:
        release = store.take_import(session, _new_lease(), clock())
    if release is None:
        return False
    try:
        _import(release, files, clock, stopping, read)
    except NotHeld:
        log.info("wages: file %d was canceled, or is read by another", release.id)
        _forget(release, files)
    except Stopped:
        with writing() as session:
            store.give_back(session, release)
        return True
    clear_imports(files)
    return True


def _new_lease() -> str:
    """Random, and begins with who holds it where that can be told."""
    mark = holder_mark()
    return mark + secrets.token_hex((LEASE_LETTERS - len(mark)) // 2)


def _free_from_gone() -> None:
    """Let a file be read at once whose reader on this machine was killed."""
    with reading() as session:
        release = store.import_under_way(session)
    if release and release.state is State.READING and is_holder_gone(release.lease):
        with writing() as session:
            store.let_go(session, release)
        log.info("wages: file %d is free: the process that read it is gone", release.id)


def clear_imports(files: KeptFiles) -> None:
    """Remove the figures of what was not finished, and uploads that nobody reads any more."""
    with reading() as session:
        leftovers, kept = store.with_leftovers(session), store.files_in_use(session)
    for release_id in leftovers:
        _clear(release_id)
    files.remove_others(kept)


def _forget(release: Release, files: KeptFiles) -> None:
    """Remove the upload, unless another reads it."""
    with reading() as session:
        kept = store.files_in_use(session)
    if release.file not in kept:
        files.remove(release.file)


def _import(
    release: Release,
    files: KeptFiles,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool],
    read: Read,
) -> None:
    """One file, to its end."""
    path = files.path(release.file)
    why = ""
    account = _Account()
    if not path.exists():
        why = GONE
    elif release.attempts > store.MOST_ATTEMPTS:
        why = DIED
    else:
        _clear_held(release, clock)  # of a try that was interrupted
        try:
            _take_all(release, read(path, release), account, clock, stopping)
            why = "" if account.taken else NO_ROWS
        except ReaderRefused as refusal:
            why = str(refusal)
        except ReaderDied as error:
            log.error("wages: file %d: %s", release.id, error)
            why = DIED
        except DataError as error:
            log.error("wages: file %d: %s", release.id, error.orig)
            why = NOT_KEPT
    _end(release, account, why, clock)
    files.remove(release.file)


def _take_all(
    release: Release,
    batches: Iterable[Batch],
    account: _Account,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool],
) -> None:
    for batch in batches:
        if stopping():
            raise Stopped
        account.add(batch)
        total = round(batch.row / batch.share) if batch.share else batch.row
        with writing() as session:
            add_figures(session, release.id, batch.figures)
            account.taken += len(batch.figures)
            _hold(session, release, clock, read=batch.row, total=total, taken=account.taken)


def _renew(release: Release, clock: Callable[[], datetime]) -> None:
    """Hold it for what takes long. Raises NotHeld."""
    with writing() as session:
        _hold(session, release, clock)


def _hold(
    session: Session, release: Release, clock: Callable[[], datetime], **progress: int
) -> None:
    """Hold it longer. Raises NotHeld, and then nothing of the transaction is kept."""
    if not store.keep_progress(session, release, clock(), **progress):
        raise NotHeld


def _end(release: Release, account: _Account, why: str, clock: Callable[[], datetime]) -> None:
    """Let the figures count, ask where some differ, or say why there are none."""
    compared: dict[str, int] = {}
    examples: list[list[Any]] = []
    if not why:
        _renew(release, clock)
        with reading() as session:
            compared, examples = differences.compare(session, release.id)
        _renew(release, clock)
        with reading() as session:
            taken = store.count_figures(session, release.id)
        account.counts["passed:twice"] = account.taken - taken
        account.taken = taken
    state = State.FAILED if why else State.ASKING if compared["differ"] else State.READY
    counts = {name: count for name, count in account.counts.items() if count} | compared
    with writing() as session:
        held = store.end_reading(
            session,
            release,
            state,
            clock(),
            why=why,
            taken=0 if why else account.taken,
            counts=counts,
            examples=examples,
            faults=account.faults,
            absent=list(account.absent),
            areas=[kind.value for kind in AreaKind if kind in account.kinds],
            year=account.year,
        )
    if not held:
        raise NotHeld
    log.info("wages: file %d: %s, %d figures", release.id, state.value, account.taken)


def _clear(release_id: int) -> None:
    """Delete a file's figures, some at a time, so that nobody waits long for the database."""
    more = True
    while more:
        with writing() as session:
            more = store.clear_figures(session, release_id)


def _clear_held(release: Release, clock: Callable[[], datetime]) -> None:
    """The same of a file that is being read. Raises NotHeld where it is not, or by another."""
    more = True
    while more:
        with writing() as session:
            _hold(session, release, clock)
            more = store.clear_figures(session, release.id)
