"""The first sheet of an xlsx file, row by row: never more than a piece of it is in memory."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from jobdesc.wages.archives import CHUNK, Counted
from jobdesc.wages.errors import CUT_OFF, TOO_LARGE, NotRead

Row = list[str | None]
MOST_COLUMNS = 200
MOST_SHARED = 40_000_000
"""Letters of the texts that cells share; the largest file of the survey has under a million."""
LONGEST_CELL = 32_767

Start = Callable[[str, list[str]], None]


def _parser(start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    """No program writes a document type into a sheet: it is there to unfold without end."""
    raise NotRead(TOO_LARGE)


def _parse(archive: ZipFile, name: str, parser: Any) -> Iterator[float]:
    """Feed a member to the parser; yields after each piece how much was read."""
    try:
        source = Counted(archive, archive.getinfo(name))
        while some := source.read(CHUNK):
            parser.Parse(some, False)
            yield source.share
        parser.Parse(b"", True)
        yield 1.0
    except (expat.ExpatError, KeyError) as error:
        raise NotRead(CUT_OFF) from error


def _pairs(attributes: list[str]) -> dict[str, str]:
    """The attributes, their names without prefixes."""
    names = (name.rpartition(":")[2] for name in attributes[::2])
    return dict(zip(names, attributes[1::2], strict=True))


def first_sheet(archive: ZipFile) -> tuple[str, str]:
    """The name of the first sheet, and of the member that holds it."""
    sheets: list[dict[str, str]] = []
    targets: dict[str, str] = {}

    def start(tag: str, attributes: list[str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "sheet":
            sheets.append(_pairs(attributes))
        elif local == "Relationship":
            found = _pairs(attributes)
            targets[found.get("Id", "")] = found.get("Target", "")

    for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        parser = _parser(start, lambda _: None, lambda _: None)
        for _ in _parse(archive, name, parser):
            pass
    if not sheets or not (target := targets.get(sheets[0].get("id", ""), "")):
        raise NotRead("This workbook has no sheet. Import the file as it was published.")
    member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return sheets[0].get("name", ""), member


def shared_texts(archive: ZipFile) -> list[str]:
    """The texts that cells name by number; phonetic readings of them are left out."""
    name = "xl/sharedStrings.xml"
    shared = _Shared()
    if name in archive.namelist():
        for _ in _parse(archive, name, _parser(shared.start, shared.end, shared.text)):
            pass
    return shared.texts


class _Shared:
    """Collects the texts that cells share."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._inside = self._phonetic = False
        self._letters = 0

    def start(self, tag: str, _: list[str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "si":
            self._parts = []
        self._phonetic = self._phonetic or local == "rPh"
        self._inside = local == "t" and not self._phonetic

    def end(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        self._inside = False
        if local == "rPh":
            self._phonetic = False
        elif local == "si":
            self.texts.append("".join(self._parts))

    def text(self, some: str) -> None:
        if not self._inside:
            return
        self._parts.append(some)
        self._letters += len(some)
        if self._letters > MOST_SHARED:
            raise NotRead(TOO_LARGE)


class _Sheet:
    """Collects the rows of a sheet as its elements pass by."""

    def __init__(self, shared: list[str]) -> None:
        self.rows: list[tuple[int, Row]] = []
        self._shared = shared
        self._row: Row = []
        self._number = 0
        self._prefix = ""
        self._column, self._kind = 0, "n"
        self._inside = False
        self._parts: list[str] = []

    def start(self, tag: str, attributes: list[str]) -> None:
        if self._prefix:
            tag = tag.removeprefix(self._prefix)
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in ("v", "t"):
            self._inside = True
        elif tag == "row":
            self._row = []
            self._number += 1
            for name, value in zip(attributes[::2], attributes[1::2], strict=True):
                if name == "r" and value.isascii() and value.isdecimal():
                    self._number = int(value[:9])
        elif tag.endswith(":worksheet"):
            self._prefix = tag.removesuffix("worksheet")

    def _begin_cell(self, attributes: list[str]) -> None:
        self._kind = "n"
        self._column = len(self._row)
        for at in range(0, len(attributes), 2):
            if attributes[at] == "r":
                self._column = column_of(attributes[at + 1])
            elif attributes[at] == "t":
                self._kind = attributes[at + 1]
        self._parts = []

    def text(self, some: str) -> None:
        if self._inside:
            self._parts.append(some)

    def end(self, tag: str) -> None:
        if self._prefix:
            tag = tag.removeprefix(self._prefix)
        if tag in ("v", "t"):
            self._inside = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self.rows.append((self._number, self._row))

    def _end_cell(self) -> None:
        if not self._parts or self._column >= MOST_COLUMNS:
            return
        value: str | None = self._parts[0] if len(self._parts) == 1 else "".join(self._parts)
        if self._kind == "s":
            value = self._shared_text(value or "")
        row = self._row
        while len(row) <= self._column:
            row.append(None)
        row[self._column] = value[:LONGEST_CELL] if value else value

    def _shared_text(self, value: str) -> str | None:
        if value.isascii() and value.isdecimal() and int(value[:9]) < len(self._shared):
            return self._shared[int(value)]
        return None


def rows_of(archive: ZipFile, member: str) -> Iterator[tuple[list[tuple[int, Row]], float]]:
    """The rows of a sheet with their numbers, some at a time, and about how much of it was read."""
    sheet = _Sheet(shared_texts(archive))
    for share in _parse(archive, member, _parser(sheet.start, sheet.end, sheet.text)):
        yield sheet.rows, share
        sheet.rows = []


def parsed_row(text: str, shared: list[str]) -> Row:
    """One row of a sheet, cut out of it."""
    sheet = _Sheet(shared)
    parser = _parser(sheet.start, sheet.end, sheet.text)
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise NotRead(CUT_OFF) from error
    return sheet.rows[0][1] if sheet.rows else []


def column_of(reference: str) -> int:
    """0 for 'A1', 27 for 'AB12'."""
    column = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column - 1
