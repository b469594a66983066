"""Zip files as they are published, read with limits on what comes out of them."""

import io
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from jobdesc.wages.errors import CUT_OFF, TOO_LARGE, NotRead

MOST_BYTES = 2_000_000_000
MOST_RATIO = 200
"""A sheet of the survey is some 15 times as large as it is packed."""
FREE_BYTES = 20_000_000
"""What may come out at any ratio."""
MOST_MEMBERS = 2_000
CHUNK = 1 << 16
SHEETS, TABLES = (".xlsx", ".xlsm"), (".csv", ".txt")


@contextmanager
def opened(file: IO[bytes]) -> Iterator[ZipFile]:
    """The zip in `file`. Raises NotRead, also for what fails while it is read."""
    try:
        with ZipFile(file) as archive:
            if len(archive.infolist()) > MOST_MEMBERS:
                raise NotRead(TOO_LARGE)
            yield archive
    except (BadZipFile, LargeZipFile, EOFError, zlib.error, OverflowError) as error:
        raise NotRead(CUT_OFF) from error
    except NotImplementedError as error:
        raise NotRead("This zip is packed in an unusual way. Unpack it, then import it.") from error


def is_workbook(archive: ZipFile) -> bool:
    """Whether the zip is itself an xlsx file."""
    return "xl/workbook.xml" in archive.namelist()


def data_members(archive: ZipFile) -> list[ZipInfo]:
    """The tables in an archive of the survey, without the files that describe it."""
    found = []
    for member in archive.infolist():
        name = member.filename.rpartition("/")[2].lower()
        hidden = member.filename.startswith("__MACOSX") or name.startswith((".", "~$"))
        if name.endswith(SHEETS + TABLES) and "field_desc" not in name and not hidden:
            found.append(member)
    return found


class Counted(io.RawIOBase):
    """A member of a zip as it is unpacked; refuses to go on where too much comes out of it.

    What the zip says of its sizes is not believed.
    """

    def __init__(self, archive: ZipFile, member: ZipInfo) -> None:
        """Raises NotRead where it needs a password."""
        super().__init__()
        if member.flag_bits & 1:
            raise NotRead("This zip is protected by a password. Unpack it, then import the file.")
        self._source = archive.open(member)
        self._packed = max(member.compress_size, 1)
        self._size = max(member.file_size, 1)
        self._came = 0

    @property
    def share(self) -> float:
        """About how much of it was read, from 0 to 1."""
        return min(self._came / self._size, 1)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        some = self._source.read(min(len(buffer), CHUNK))
        self._came += len(some)
        if self._came > MOST_BYTES or (
            self._came > FREE_BYTES and self._came > self._packed * MOST_RATIO
        ):
            raise NotRead(TOO_LARGE)
        buffer[: len(some)] = some
        return len(some)


@contextmanager
def unpacked(archive: ZipFile, member: ZipInfo) -> Iterator[IO[bytes]]:
    """A member as a file of its own, which can be read from any place; gone afterwards."""
    with tempfile.TemporaryFile() as file:
        source = Counted(archive, member)
        while some := source.read(CHUNK):
            file.write(some)
        file.seek(0)
        yield file
