"""Make the zips that people asked for, one after another, away from their requests."""

import errno
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from jobdesc.documents.file_names import UniqueNames
from jobdesc.people.person import Person
from jobdesc.people.rights import Forbidden
from jobdesc.roles.parse import Problems
from jobdesc.services.documents import Download, Format, PdfNotMade
from jobdesc.services.exports import MISSING
from jobdesc.services.postings import NoSuchPosting
from jobdesc.store import exports as store
from jobdesc.store.exports import Chosen, Export, LeftOut
from jobdesc.store.transactions import StoreBusy, reading, writing
from jobdesc.workers.kept_files import KeptFiles

log = logging.getLogger(__name__)

Fetch = Callable[[Person, int, Format], Download]
"""Makes one file; called from several threads."""
Stopping = Callable[[], bool]
RENEW_SECONDS = 5.0
BUSY_TRIES = 3
FORMS: dict[str, tuple[Format, ...]] = {"pdf": ("pdf",), "html": ("html",), "both": ("pdf", "html")}


class NotHeld(Exception):
    """The export was canceled, or another maker has it."""


class Stopped(Exception):
    """The server stops."""


@dataclass(frozen=True)
class Workshop:
    """What zips are made with. `threads` files are made at once; `clock` gives the moment.

    How far a zip is, is told every `tell_seconds`; what was busy is tried again after
    `busy_seconds`.
    """

    fetch: Fetch
    files: KeptFiles
    clock: Callable[[], datetime]
    threads: int = 2
    tell_seconds: float = 0.25
    busy_seconds: float = 1


@dataclass
class _Progress:
    """How far an export is, told to the database now and then, which also keeps the lease."""

    export: Export
    clock: Callable[[], datetime]
    stopping: Stopping
    done: int = 0
    failed: list[LeftOut] = field(default_factory=list)
    told_at: float = 0

    def tell(self, *, after: float) -> None:
        """Renew the lease where it was last renewed `after` seconds ago."""
        if self.stopping():
            raise Stopped
        if time.monotonic() - self.told_at < after:
            return
        with writing() as session:
            if not store.renew_lease(session, self.export, self.done, self.clock()):
                raise NotHeld
        self.told_at = time.monotonic()


def make_next_export(workshop: Workshop, stopping: Stopping = lambda: False) -> bool:
    """Make the zip that waits longest; False where none waits."""
    with reading() as session:
        if not store.is_work_waiting(session, workshop.clock()):
            return False
    with writing() as session:
        taken = store.take_export(session, secrets.token_hex(16), workshop.clock())
    if taken is None:
        return False
    export, person = taken
    try:
        _make(export, person, workshop, stopping)
    except NotHeld:
        log.info("export %d: canceled, or made by another", export.id)
    except Stopped:
        with writing() as session:
            store.give_back(session, export)
    return True


def clear_exports(workshop: Workshop) -> None:
    """Remove what has expired, and files that nobody has."""
    with reading() as session:
        expired = store.is_any_expired(session, workshop.clock())
    if expired:
        with writing() as session:
            files = store.remove_expired(session, workshop.clock())
        for file in files:
            workshop.files.remove(file)
    with reading() as session:
        kept = store.files_in_use(session)
    workshop.files.remove_others(kept)


def _make(export: Export, person: Person, workshop: Workshop, stopping: Stopping) -> None:
    progress = _Progress(export, workshop.clock, stopping, failed=list(export.failed))
    name = f"{secrets.token_hex(16)}.zip"
    try:
        with workshop.files.new(name) as file:
            made = _fill(file, export, person, workshop, progress)
    except OSError as error:
        log.error("export %d could not be written: %s", export.id, error)
        why = "full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "failed"
        progress.failed = [LeftOut(one.id, one.title, why) for one in export.postings]
        made = 0
    size = workshop.files.path(name).stat().st_size if made else 0
    with writing() as session:
        kept = store.finish_export(
            session, export, progress.failed, name if made else "", size, workshop.clock()
        )
    if not (kept and made):
        workshop.files.remove(name)
    if kept:
        log.info("export %d: %d of %d postings", export.id, made, export.total)


def _fill(
    file: IO[bytes], export: Export, person: Person, workshop: Workshop, progress: _Progress
) -> int:
    """Write the files as they come; returns how many postings are in."""
    names, made = UniqueNames(), 0
    missing = {left.id for left in export.failed if left.why == MISSING}
    wanted = [posting for posting in export.postings if posting.id not in missing]
    progress.done = len(missing)
    with (
        ZipFile(file, "w") as archive,
        closing(_fetched(wanted, export, person, workshop, progress)) as fetched,
    ):
        for posting, result in fetched:
            if isinstance(result, str):
                progress.failed.append(LeftOut(posting.id, posting.title, result))
            else:
                _add(archive, names([one.name for one in result]), result, workshop.clock())
                made += 1
            progress.done += 1
            progress.tell(after=workshop.tell_seconds)
    return made


def _add(archive: ZipFile, names: list[str], downloads: list[Download], moment: datetime) -> None:
    for name, download in zip(names, downloads, strict=True):
        entry = ZipInfo(name, moment.timetuple()[:6])
        entry.compress_type = ZIP_STORED if name.endswith(".pdf") else ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, download.body)


def _fetched(
    wanted: list[Chosen], export: Export, person: Person, workshop: Workshop, progress: _Progress
) -> Generator[tuple[Chosen, list[Download] | str], None, None]:
    """Each posting with its files, or why there are none, in order; a few are made ahead."""
    ahead: deque[tuple[Chosen, Future[list[Download] | str]]] = deque()
    threads = ThreadPoolExecutor(workshop.threads, thread_name_prefix="export")
    forms = FORMS[export.formats]
    try:
        for posting in wanted:
            ahead.append((posting, threads.submit(_files, workshop, person, posting, forms)))
            if len(ahead) > workshop.threads:
                first, future = ahead.popleft()
                yield first, _wait(future, progress)
        for posting, future in ahead:
            yield posting, _wait(future, progress)
    finally:
        threads.shutdown(cancel_futures=True)


def _wait(future: Future[list[Download] | str], progress: _Progress) -> list[Download] | str:
    while True:
        try:
            return future.result(timeout=RENEW_SECONDS)
        except NotYet:
            progress.tell(after=RENEW_SECONDS)


def _files(
    workshop: Workshop, person: Person, posting: Chosen, forms: tuple[Format, ...]
) -> list[Download] | str:
    """The files of a posting, or why it is left out."""
    for attempt in range(BUSY_TRIES):
        if attempt:
            time.sleep(workshop.busy_seconds)
        try:
            return [workshop.fetch(person, posting.id, form) for form in forms]
        except NoSuchPosting:
            return "gone"
        except Forbidden:
            return "forbidden"
        except Problems as error:
            log.error("posting %d cannot be read: %s", posting.id, error)
            return "failed"
        except StoreBusy as error:
            log.warning("posting %d: the database is %s", posting.id, error.reason)
        except PdfNotMade as error:
            if error.reason != "busy":
                return error.reason
    return "busy"
