"""A csv file, row by row, in the encodings in which spreadsheets save one."""

import csv
import io
from codecs import getincrementaldecoder
from collections.abc import Iterator
from itertools import islice
from typing import IO

from jobdesc.wages.errors import NOT_A_TABLE, NotRead
from jobdesc.wages.workbook import Row

ROWS_AT_ONCE = 500
LOOKED_AT = 4096
CHUNK = 1 << 16


class _Watched(io.RawIOBase):
    """The file, and how much of it was read."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._size = max(file.seek(0, io.SEEK_END), 1)
        file.seek(0)
        self._came = 0

    @property
    def share(self) -> float:
        return min(self._came / self._size, 1)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        some = self._file.read(len(buffer))
        self._came += len(some)
        buffer[: len(some)] = some
        return len(some)


def rows_of_csv(file: IO[bytes]) -> Iterator[tuple[list[tuple[int, Row]], float]]:
    """The rows with their numbers, some at a time, and how much of the file was read.

    Raises NotRead.
    """
    file.seek(0)
    start = file.read(LOOKED_AT)
    encoding = _encoding(start, file)
    watched = _Watched(file)
    text = io.TextIOWrapper(
        io.BufferedReader(watched, 1 << 16), encoding, errors="replace", newline=""
    )
    reader = csv.reader(text, delimiter=_delimiter(start.decode(encoding, "replace")))
    number = 0
    try:
        while some := list(islice(reader, ROWS_AT_ONCE)):
            rows: list[tuple[int, Row]] = [
                (number + at, [*row]) for at, row in enumerate(some, start=1)
            ]
            yield rows, watched.share
            number += len(some)
    except csv.Error as error:
        raise NotRead(NOT_A_TABLE) from error
    finally:
        text.detach()


def _encoding(start: bytes, file: IO[bytes]) -> str:
    """UTF-8 only where the whole file is: its first accent may stand far behind its start."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in start:
        raise NotRead(NOT_A_TABLE)
    decoder = getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while some := file.read(CHUNK):
            decoder.decode(some)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(start: str) -> str:
    """The sign between the names of the columns."""
    header = start.partition("\n")[0]
    return max(",;\t", key=header.count)
