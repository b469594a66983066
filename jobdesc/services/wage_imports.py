"""Imports of wage figures: give a file, see how far it is, answer, cancel, remove."""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import IO

from sqlalchemy.exc import IntegrityError

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.store import wage_imports as store
from jobdesc.store.transactions import reading, writing
from jobdesc.store.wage_imports import Release
from jobdesc.store.wage_tables import State
from jobdesc.workers.kept_files import KeptFiles

log = logging.getLogger(__name__)

MOST_BYTES = 100_000_000
FIRST_YEAR, LAST_YEAR = 2019, 2100
CHUNK = 1 << 20
LONGEST_NAME = 200


class NoSuchImport(Exception):
    """There is no file of figures of this id."""


class NotImported(Exception):
    """Nothing was begun; the message is one for the person."""


@dataclass(frozen=True)
class Imports:
    """All files of figures, and the import that is under way."""

    releases: tuple[Release, ...]
    under_way: Release | None


def list_imports(actor: Person) -> Imports:
    """Every file of figures, the newest first."""
    require(actor, Action.IMPORT_WAGES)
    with reading() as session:
        return Imports(tuple(store.releases(session)), store.import_under_way(session))


def read_import(actor: Person, release_id: int) -> Release:
    """One file. Raises NoSuchImport."""
    require(actor, Action.IMPORT_WAGES)
    with reading() as session:
        return _found(store.release_by_id(session, release_id))


def begin_import(
    actor: Person, upload: IO[bytes], name: str, year: int | None, files: KeptFiles, now: datetime
) -> int:
    """Keep an upload to be read; returns its id. Raises NotImported.

    The file itself is looked at when it is read, in a process of its own.
    """
    require(actor, Action.IMPORT_WAGES)
    _refuse_second()
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotImported(f"Enter a year from {FIRST_YEAR} on, or none.")
    kept = f"{secrets.token_hex(16)}.dat"
    with files.new(kept) as file:
        digest, size = _copied(upload, file)
    try:
        return _begin(actor, _plain(name), kept, digest, size, year, now)
    except (NotImported, IntegrityError) as error:
        files.remove(kept)
        if isinstance(error, IntegrityError):
            raise NotImported(_words_of_second(None)) from error
        raise


def answer_import(actor: Person, release_id: int, differing: bool, now: datetime) -> bool:
    """Take what was read, with the figures that differ from what stands or without them.

    False where nothing waits for an answer any more. Raises NoSuchImport.
    """
    require(actor, Action.IMPORT_WAGES)
    with writing() as session:
        _found(store.release_by_id(session, release_id))
        return store.take_answer(session, release_id, now, differing=differing)


def cancel_import(actor: Person, release_id: int, now: datetime) -> bool:
    """Stop it; False where it was over already. Raises NoSuchImport."""
    require(actor, Action.IMPORT_WAGES)
    with writing() as session:
        _found(store.release_by_id(session, release_id))
        return store.cancel_import(session, release_id, now)


def remove_import(actor: Person, release_id: int) -> bool:
    """Take an imported file back: what stood before it is shown again. Raises NoSuchImport.

    One that could not be imported leaves the list.
    """
    require(actor, Action.IMPORT_WAGES)
    with writing() as session:
        _found(store.release_by_id(session, release_id))
        return store.remove_release(session, release_id)


def _begin(
    actor: Person,
    name: str,
    kept: str,
    digest: str,
    size: int,
    year: int | None,
    now: datetime,
) -> int:
    with writing() as session:
        if (other := store.import_under_way(session)) is not None:
            raise NotImported(_words_of_second(other))
        if (same := store.release_of_file(session, digest)) is not None:
            raise NotImported(
                f"This file is here already, as {same.file_name}. Nothing was changed."
            )
        number = store.add_import(
            session,
            file_name=name,
            sha256=digest,
            size=size,
            year_given=year,
            person_id=actor.id or None,
            file=kept,
            asked_at=now,
        )
    log.info("wages: person %d gave file %d of %d bytes", actor.id, number, size)
    return number


def _refuse_second() -> None:
    with reading() as session:
        other = store.import_under_way(session)
    if other is not None:
        raise NotImported(_words_of_second(other))


def _words_of_second(other: Release | None) -> str:
    if other is None:
        return "Another import is under way. Wait until it is over."
    who = other.who or "The server's terminal"
    if other.state is State.ASKING:
        return f"{who} imported {other.file_name}, which waits for an answer. Answer it first."
    return f"{who} is importing {other.file_name}. Wait until that is over."


def _copied(upload: IO[bytes], file: IO[bytes]) -> tuple[str, int]:
    """The hash and the size of the upload, which is then in the file."""
    digest, size = sha256(), 0
    while some := upload.read(CHUNK):
        size += len(some)
        if size > MOST_BYTES:
            raise NotImported("This file is over 100 MB. Import the zip as it was published.")
        digest.update(some)
        file.write(some)
    if not size:
        raise NotImported("This file is empty. Choose another one.")
    return digest.hexdigest(), size


def _plain(name: str) -> str:
    """The name without folders."""
    return name.replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:].strip() or "wages"


def _found(release: Release | None) -> Release:
    if release is None:
        raise NoSuchImport
    return release
