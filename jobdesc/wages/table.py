"""A csv file, row by row, in the encodings in which spreadsheets save one."""

import csv
import io
import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator
from itertools import chain, islice
from typing import IO

from jobdesc.wages.errors import NOT_A_TABLE, NotRead
from jobdesc.wages.workbook import Row

ROWS_AT_ONCE = 500
LOOKED_AT = 4096
CHUNK = 1 << 16
HIGH = re.compile(rb"[\x80-\xff]+")
LAST = re.compile(rb"[\x80-\xff]{1,3}\Z")
SIGNS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A sign of several bytes in UTF-8."""


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
    """UTF-8 only where the whole file is: its first accent may stand far behind its start.

    Raises NotRead for a file that is nearly UTF-8: read as another, all its accents would be lost.
    """
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in start:
        raise NotRead(NOT_A_TABLE)
    line = _first_not_utf8(file)
    if line is None:
        return "utf-8-sig"
    if start.startswith(BOM_UTF8) or _is_mostly_utf8(file):
        raise NotRead(
            f"Line {line:,} of this file has a sign that is not UTF-8, as the others are. "
            "Save the file as UTF-8 again, then import it."
        )
    return "cp1252"


def _first_not_utf8(file: IO[bytes]) -> int | None:
    """The line of the first byte that is no UTF-8."""
    decoder = getincrementaldecoder("utf-8")()
    before = 0
    try:
        for some in _chunks(file):
            decoder.decode(some)
            before += some.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return before + error.object[: error.start].count(b"\n") + 1
    return None


def _is_mostly_utf8(file: IO[bytes]) -> bool:
    """Whether more signs are whole in UTF-8 than are not: in cp1252 hardly one is."""
    whole = broken = 0
    rest = b""
    for chunk in chain(_chunks(file), (b"",)):
        some = rest + chunk
        cut = LAST.search(some) if chunk else None
        some, rest = (some[: cut.start()], cut[0]) if cut else (some, b"")
        whole += len(SIGNS.findall(some))
        broken += len(HIGH.findall(SIGNS.sub(b"", some)))
    return whole > broken


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while some := file.read(CHUNK):
        yield some


def _delimiter(start: str) -> str:
    """The sign between the names of the columns."""
    header = start.partition("\n")[0]
    return max(",;\t", key=header.count)
