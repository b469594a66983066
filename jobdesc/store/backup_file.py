"""The file of a backup: a zip with a manifest, a file of JSON lines a table, and a checksum.

    jobdesc-backup.txt     what this is, for whoever finds it
    tables/<name>.jsonl    a row a line, its values in the order of the manifest's columns
    manifest.json          format, revision of the tables, rows and digest of each, when it was made

The zip's comment ends with the SHA-256 of all bytes before it, so that one look over the file tells
whether a byte of it is missing or altered.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from jobdesc.store.portable import KINDS, Kind, NotPortable, Tally, read_line

MARK = b"jobdesc-backup-1 "
DIGITS = 64
FIRST = "jobdesc-backup.txt"
START = b"PK\x03\x04"
COPY_OF_SQLITE = b"SQLite format 3\0"
LINE_BYTES = 64 * 1024 * 1024
MANIFEST_BYTES = 4 * 1024 * 1024
RATIO, AT_LEAST = 250, 64 * 1024 * 1024
"""Texts that repeat themselves pack to a hundredth; only a file made to burst packs tighter."""
CHUNK = 1024 * 1024
ABOUT = (
    "A backup made by jobdesc: flask backup. To restore it: flask restore FILE.\n"
    "It holds everything that people wrote, and the hashes of their passwords. Keep it private.\n"
)


class NotABackup(Exception):
    """The file is foreign, torn or altered; the message says which, and what to do."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TableEntry(_Frozen):
    """What a backup says of a table; `last_id` is the last number that was given out."""

    columns: dict[str, str]
    rows: int = Field(ge=0)
    digest: str
    last_id: int | None = None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kind of each value of a row."""
        return tuple(KINDS[kind] for kind in self.columns.values())


class Manifest(_Frozen):
    """What a backup holds."""

    format: Literal[1] = 1
    revision: str
    made_at: AwareDatetime
    tables: dict[str, TableEntry]
    left_out: tuple[str, ...]

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(table.rows for table in self.tables.values())


class BackupWriter:
    """Writes the parts of a backup, one after another, into an open file."""

    def __init__(self, file: IO[bytes], made_at: datetime) -> None:
        self._file = file
        self._moment = made_at.timetuple()[:6]
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def begin(self) -> None:
        """Write what the file is, by which it is known."""
        self._put(FIRST, [ABOUT.encode()])

    def add_table(self, name: str, lines: Iterable[bytes]) -> Tally:
        """Write the rows of a table; returns how many there were, and their digest."""
        tally = Tally()

        def counted() -> Iterator[bytes]:
            for line in lines:
                tally.add(line)
                yield line

        self._put(f"tables/{name}.jsonl", counted())
        return tally

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the checksum, and bring all to the disk."""
        self._put("manifest.json", [manifest.model_dump_json(indent=1).encode()])
        self._zip.comment = MARK + b"0" * DIGITS
        self._zip.close()
        self._file.flush()
        end = self._file.seek(-DIGITS, os.SEEK_END)
        digest = _digest(self._file, end)
        self._file.seek(end)
        self._file.write(digest.encode())
        self._file.flush()
        os.fsync(self._file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Where it was not finished, the zip must not be: closing it would write on."""
        self._zip.fp = None

    def _put(self, name: str, parts: Iterable[bytes]) -> None:
        info = zipfile.ZipInfo(name, self._moment)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as entry:
            for part in parts:
                entry.write(part)


class BackupReader:
    """A backup whose checksum, parts and manifest agree."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = archive
        self.manifest = manifest

    def rows(self, name: str) -> Iterator[list[object]]:
        """The rows of a table, one at a time. Raises NotABackup for others than were written."""
        table, tally = self.manifest.tables[name], Tally()
        kinds = table.kinds
        try:
            with self._zip.open(f"tables/{name}.jsonl") as lines:
                while line := lines.readline(LINE_BYTES):
                    tally.add(line)
                    yield read_line(kinds, line)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotPortable) as error:
            raise NotABackup(f"The table {name} cannot be read: {error}") from error
        if (tally.rows, tally.digest) != (table.rows, table.digest):
            raise NotABackup(f"The rows of the table {name} are not those that were written")

    def check(self) -> None:
        """Read every row once."""
        for name in self.manifest.tables:
            for _ in self.rows(name):
                pass


@contextmanager
def opened(path: Path) -> Iterator[BackupReader]:
    """A backup that was read through and is whole. Raises NotABackup, and OSError."""
    with path.open("rb") as file:
        _check_bytes(file)
        try:
            with zipfile.ZipFile(file) as archive:
                reader = BackupReader(archive, _manifest(archive, os.fstat(file.fileno()).st_size))
                reader.check()
                yield reader
        except zipfile.BadZipFile as error:
            raise NotABackup("It is damaged: its parts cannot be read") from error


def _check_bytes(file: IO[bytes]) -> None:
    """Tell what is no backup at all from one that is torn or altered."""
    begin = file.read(len(START) + 26 + len(FIRST))
    if begin.startswith(COPY_OF_SQLITE):
        raise NotABackup(
            "It is a copy of an embedded database, as version 0.1 made them. Put it in place of "
            "jobdesc.sqlite3 while the server is stopped"
        )
    if not (begin.startswith(START) and begin.endswith(FIRST.encode())):
        raise NotABackup("It was not made by flask backup")
    size = os.fstat(file.fileno()).st_size
    file.seek(max(0, size - DIGITS - len(MARK)))
    mark, digest = file.read(len(MARK)), file.read(DIGITS)
    if mark.startswith(b"jobdesc-backup-") and mark != MARK:
        raise NotABackup("It was made by a newer version of jobdesc. Update this one first")
    if mark != MARK:
        raise NotABackup("It is not whole: its end is missing. Use another copy")
    if digest != _digest(file, size - DIGITS).encode():
        raise NotABackup("It was altered or damaged: its checksum does not agree. Use another copy")
    file.seek(0)


def _digest(file: IO[bytes], end: int) -> str:
    """The SHA-256 of the bytes before `end`."""
    found, left = sha256(), end
    file.seek(0)
    while left and (part := file.read(min(CHUNK, left))):
        found.update(part)
        left -= len(part)
    return found.hexdigest()


def _manifest(archive: zipfile.ZipFile, size: int) -> Manifest:
    """The manifest, where the parts are those that it names and do not burst."""
    parts = archive.infolist()
    if sum(part.compress_size for part in parts) > size:
        raise NotABackup("It was not made by flask backup: its parts overlap")
    if sum(part.file_size for part in parts) > AT_LEAST + RATIO * size:
        raise NotABackup("It was not made by flask backup: it would unpack to far too much")
    try:
        with archive.open("manifest.json") as file:
            manifest = _read_manifest(file.read(MANIFEST_BYTES))
    except (KeyError, ValueError, RecursionError, zlib.error) as error:
        raise NotABackup("It was not made by flask backup: it has no manifest") from error
    expected = {FIRST, "manifest.json", *(f"tables/{name}.jsonl" for name in manifest.tables)}
    if sorted(part.filename for part in parts) != sorted(expected):
        raise NotABackup("It was not made by flask backup: its parts are not those of its manifest")
    return manifest


def _read_manifest(body: bytes) -> Manifest:
    """Raises ValueError, also for what the model refuses."""
    given = json.loads(body)
    if isinstance(given, dict) and given.get("format") not in (1, None):
        raise NotABackup("It was made by a newer version of jobdesc. Update this one first")
    manifest = Manifest.model_validate_json(body)
    if unknown := {k for t in manifest.tables.values() for k in t.columns.values()} - set(KINDS):
        raise NotABackup(f"It was made by a newer version of jobdesc ({', '.join(unknown)})")
    return manifest
