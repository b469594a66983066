"""Pay bands as a CSV file: written, and read back line by line with what is wrong in each.

A cell that a spreadsheet would run as a formula is written after an apostrophe, and read without.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from jobdesc.postings.band_input import one_line, read_band
from jobdesc.postings.bands import BandKey, PayBand, to_dollars
from jobdesc.roles.levels import LABELS, Level
from jobdesc.roles.parse import Problem, Problems

COLUMNS = ("role", "level", "state", "city", "low", "high", "per", "as_of", "note")
MOST_LINES, MOST_BYTES = 5_000, 1_000_000
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
"""Signs at which a spreadsheet takes a cell for a formula, and the one that says it is a text."""
DELIMITERS = ",;\t"


class NotAFile(Exception):
    """A file that is not one of pay bands at all; the message says why and what to do."""


@dataclass(frozen=True)
class RoleNames:
    """A role for those who fill in the file."""

    slug: str
    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class LineFault:
    """What is wrong in a line of the file, the first line being 1."""

    line: int
    column: str
    message: str


@dataclass(frozen=True)
class BandFile:
    """The bands that a file says, the lines that say them, and the faults of its other lines."""

    bands: tuple[PayBand, ...]
    faults: tuple[LineFault, ...]
    lines: Mapping[BandKey, int]


def write_bands(bands: Iterable[PayBand]) -> str:
    """All bands with a head, in the order of their keys; the same bands as the same text."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for band in sorted(bands, key=lambda band: (band.role, band.level.rank, *band.spot)):
        row = (band.role, band.level.value, band.state, band.city, _dollars(band.low),
               _dollars(band.high), band.unit, band.as_of.isoformat(), band.note)  # fmt: skip
        writer.writerow([_as_text(cell) for cell in row])
    return file.getvalue()


def decode(data: bytes) -> str:
    """The text of an uploaded file; raises NotAFile."""
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1_000_000:.1f} MB"
        raise NotAFile(f"This file is {size}. A file of pay ranges can be up to 1 MB.")
    if b"\0" in data:
        raise NotAFile("This is not a CSV file. Save the sheet as CSV (UTF-8), then choose it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"Line {line} holds a letter that is not UTF-8. Save the sheet as CSV (UTF-8)."
        raise NotAFile(message) from error


def read_bands(text: str, roles: Mapping[str, RoleNames], today: date) -> BandFile:
    """The bands of a file. Raises NotAFile where its first line does not name the columns."""
    rows = _rows(text)
    head = next(rows, None)
    if head is None:
        raise NotAFile("This file is empty. Its first line names the columns: role, level, ...")
    columns = _columns(head[1])
    bands: dict[BandKey, PayBand] = {}
    lines: dict[BandKey, int] = {}
    faults: list[LineFault] = []
    for number, (line, cells) in enumerate(rows, 1):
        if number > MOST_LINES:
            faults.append(LineFault(line, "", f"A file can have up to {MOST_LINES:,} ranges."))
            break
        try:
            band = _read_row(cells, columns, roles, today)
            if band.key in bands:
                message = f"This range stands in line {lines[band.key]} already. Keep one of them."
                raise Problems([Problem(("role",), message)])
        except Problems as error:
            faults += [LineFault(line, str(one.place[0]), one.message) for one in error.problems]
            continue
        bands[band.key], lines[band.key] = band, line
    return BandFile(tuple(bands.values()), tuple(faults), lines)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say anything, each with the number of its first line."""
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"Line {line} cannot be read as CSV: {error}. Save the sheet as CSV again."
            raise NotAFile(message) from error
        if any(cell.strip() for cell in cells):
            yield line, cells


def _columns(head: list[str]) -> dict[str, int]:
    """Where each column is; raises NotAFile for one that is missing, unknown or there twice."""
    names = [one_line(cell).lower().replace(" ", "_") for cell in head]
    while names and not names[-1]:
        names.pop()
    missing = [name for name in COLUMNS if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    if missing:
        none = len(missing) == len(COLUMNS)
        lacks = "names none of the columns" if none else f"does not name {', '.join(missing)}"
        raise NotAFile(f"The first line {lacks}. Write it as {','.join(COLUMNS)}.")
    if unknown or len(set(names)) < len(names):
        what = ", ".join(name[:40] or "an empty one" for name in unknown) or "one column twice"
        raise NotAFile(f"The first line names {what}. Keep only {', '.join(COLUMNS)}.")
    return {name: names.index(name) for name in COLUMNS}


def _read_row(
    cells: list[str], columns: Mapping[str, int], roles: Mapping[str, RoleNames], today: date
) -> PayBand:
    if any(cell.strip() for cell in cells[len(columns) :]):
        message = (
            "This line has more cells than there are columns. Put texts with commas in quotes."
        )
        raise Problems([Problem(("role",), message)])
    typed = {
        name: _as_meant(one_line(cells[at])) if at < len(cells) else ""
        for name, at in columns.items()
    }
    role = _role(typed["role"], roles)
    faults = []
    if role is None:
        message = f"There is no role called {typed['role'][:60] or 'nothing'}. "
        faults.append(
            Problem(("role",), message + "Use the last part of its address, like case-manager.")
        )
    level = _level(typed["level"])
    if level is None or (role and level not in role.levels):
        known = role.levels if role else tuple(Level)
        message = f"Enter the level as one of {', '.join(known)}."
        faults.append(Problem(("level",), message))
    try:
        band = read_band(role.slug if role else "", level or Level.ENTRY, typed, today)
    except Problems as error:
        raise Problems([*faults, *error.problems]) from error
    if faults:
        raise Problems(faults)
    return band


def _role(text: str, roles: Mapping[str, RoleNames]) -> RoleNames | None:
    """A role by the name in its address, or by its own where no other has it."""
    if text in roles:
        return roles[text]
    named = [role for role in roles.values() if role.name.casefold() == text.casefold()]
    return named[0] if len(named) == 1 else None


def _level(text: str) -> Level | None:
    said = text.casefold()
    labels = {label.casefold(): level for level, label in LABELS.items()}
    return Level(said) if said in set(Level) else labels.get(said)


def _dollars(cents: int) -> str:
    """Plain, as spreadsheets know numbers: '78500' or '37.75'."""
    dollars = to_dollars(cents)
    return f"{dollars:.0f}" if cents % 100 == 0 else f"{dollars:.2f}"


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _as_meant(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell
