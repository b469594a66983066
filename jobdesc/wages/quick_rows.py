"""Rows of a sheet written as spreadsheets write them, several times faster than with a parser.

A row that is written in any other way goes through the parser by itself, and a sheet whose elements
have prefixes, or another encoding than UTF-8, goes through it as a whole.
"""

import re
from collections.abc import Iterator
from zipfile import ZipFile

from jobdesc.wages.archives import CHUNK, Counted
from jobdesc.wages.errors import CUT_OFF, TOO_LARGE, NotRead
from jobdesc.wages.workbook import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Row,
    column_of,
    parsed_row,
    rows_of,
    shared_texts,
)

LONGEST_ROW = 8_000_000
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?: s="\d+")?(?: t="([a-z]+)")?(?: s="\d+")?'
    r"(?:/>|>(?:<v>([^<]*)</v>)?</c>)"
)
_NUMBER = re.compile(r' r="(\d{1,9})"')
_UTF_8 = re.compile(rb'\s*(<\?xml[^>]*encoding=["\']utf-?8["\'][^>]*\?>|<(?!\?))', re.IGNORECASE)
_PLACES = {
    letters: column_of(letters)
    for letters in (
        chr(65 + at) if at < 26 else chr(64 + at // 26) + chr(65 + at % 26)
        for at in range(MOST_COLUMNS)
    )
}


def quick_rows(archive: ZipFile, member: str) -> Iterator[tuple[list[tuple[int, Row]], float]]:
    """As `rows_of` gives them. Raises NotRead."""
    if not _is_usual(archive, member):
        yield from rows_of(archive, member)
        return
    shared = shared_texts(archive)
    source = Counted(archive, archive.getinfo(member))
    rest, number = b"", 0
    while some := source.read(CHUNK):
        whole, end, rest = (rest + some).rpartition(b"</row>")
        if len(rest) > LONGEST_ROW:
            raise NotRead(TOO_LARGE)
        rows: list[tuple[int, Row]] = []
        for text in (whole + end).decode("utf-8", "replace").split("</row>")[:-1]:
            number, row = _row(text, number, shared)
            rows.append((number, row))
        yield rows, source.share
    if b"</worksheet>" not in rest:
        raise NotRead(CUT_OFF)
    yield [], 1.0


def _is_usual(archive: ZipFile, member: str) -> bool:
    """Whether the sheet begins as most do: UTF-8, no document type, no prefix."""
    if member not in archive.namelist():
        raise NotRead(CUT_OFF)
    start = Counted(archive, archive.getinfo(member)).read(CHUNK)
    head = start.removeprefix(b"\xef\xbb\xbf").partition(b"<row")[0]
    return bool(_UTF_8.match(head)) and b"<worksheet" in head and b"<!" not in head


def _row(text: str, before: int, shared: list[str]) -> tuple[int, Row]:
    """The row that ends a piece of the sheet, and its number."""
    tag, _, cells = text[text.rfind("<row") :].partition(">")
    said = _NUMBER.search(tag)
    number = int(said[1]) if said else before + 1
    found = _CELL.findall(cells)
    if len(found) != cells.count("<c") or "&" in cells or "<!" in cells:
        return number, parsed_row(f"{tag}>{cells}</row>", shared)
    row: Row = []
    for letters, kind, value in found:
        place = _PLACES.get(letters)
        if not value or place is None:
            continue
        while len(row) <= place:
            row.append(None)
        if kind == "s":
            at = int(value[:9]) if value.isdecimal() else len(shared)
            row[place] = shared[at] if at < len(shared) else None
        else:
            row[place] = value[:LONGEST_CELL]
    return number, row
