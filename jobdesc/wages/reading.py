"""A file of the survey as batches of figures: xlsx, csv, or a zip that holds them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO
from zipfile import ZipFile

from jobdesc.wages.archives import SHEETS, data_members, is_workbook, opened, unpacked
from jobdesc.wages.errors import NOT_A_TABLE, NotRead
from jobdesc.wages.figures import WageFigures
from jobdesc.wages.layout import Fault, Layout, MissingColumns, Passed, year_in
from jobdesc.wages.quick_rows import quick_rows
from jobdesc.wages.table import rows_of_csv
from jobdesc.wages.workbook import Row, first_sheet

Pieces = Iterable[tuple[list[tuple[int, Row]], float]]
BATCH = 2_000
"""So many rows are looked at before what they say goes on its way."""
HEADER_ROWS = 20
"""A header stands among the first rows; a title may stand above it."""
OLD_OFFICE, ZIP, PDF = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
WAGES_YEARS = (2019, 2100)
NO_YEAR = "No name in this file says its year. Enter the year of the survey."


@dataclass
class Batch:
    """What some rows say, in figures or not: who waits for it hears that the file is being read.

    `row` is how many rows were read in all, `share` about how much of the file that is, and
    `absent` the columns that the sheet does not have.
    """

    figures: list[WageFigures] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    absent: tuple[str, ...] = ()
    row: int = 0
    share: float = 0


def read_file(file: IO[bytes], name: str, year: int | None = None) -> Iterator[Batch]:
    """The figures in a file of this name. Raises NotRead, also after some batches.

    `year` is what a person said; a year in a name must be the same.
    """
    start = file.read(8)
    if not start:
        raise NotRead("This file is empty. Download it again, then import it.")
    if start.startswith(PDF):
        raise NotRead("This is a PDF, whatever its name says. Import the table itself.")
    if start.startswith(OLD_OFFICE):
        raise NotRead(_words_of_old(file))
    if not start.startswith(ZIP):
        if start.startswith(b"PK"):
            raise NotRead("This zip holds no file. Download it again, then import it.")
        yield from _read_rows(rows_of_csv(file), _year(year, name))
        return
    with opened(file) as archive:
        if is_workbook(archive):
            title, member = first_sheet(archive)
            yield from _read_rows(quick_rows(archive, member), _year(year, name, title))
            return
        yield from _read_members(archive, name, year)


def _read_members(archive: ZipFile, name: str, year: int | None) -> Iterator[Batch]:
    members = data_members(archive)
    if not members:
        raise NotRead("This zip holds no xlsx or csv file. Import the file as it was published.")
    total = sum(member.file_size for member in members) or 1
    rows, before = 0, 0.0
    years: set[int] = set()
    for member in members:
        part = member.file_size / total
        yield Batch(row=rows, share=before)
        with unpacked(archive, member) as file:
            yield Batch(row=rows, share=before)
            for batch in _read_member(file, member.filename, name, year, years):
                batch.share = before + batch.share * part
                batch.row += rows
                yield batch
        rows, before = batch.row, before + part


def _read_member(
    file: IO[bytes], member: str, name: str, year: int | None, years: set[int]
) -> Iterator[Batch]:
    """The figures in a member; its year joins those of the others, and must be the same."""
    if not member.lower().endswith(SHEETS):
        yield from _read_rows(rows_of_csv(file), _same(_year(year, member, name), years))
        return
    with opened(file) as book:
        title, sheet = first_sheet(book)
        at = _same(_year(year, member, title, name), years)
        yield from _read_rows(quick_rows(book, sheet), at)


def _same(year: int | None, years: set[int]) -> int | None:
    years |= {year} if year else set()
    if len(years) > 1:
        first, second = sorted(years)
        raise NotRead(f"This zip holds {first} and {second}. Import one year at a time.")
    return year


def _read_rows(pieces: Pieces, year: int | None) -> Iterator[Batch]:
    """The figures below a header; what is no table is said before a year that nothing says."""
    layout: Layout | None = None
    missing: MissingColumns | None = None
    batch = Batch()
    looked_at = 0
    for rows, share in pieces:
        batch.share = share
        looked_at += len(rows)
        for number, row in rows:
            batch.row = max(batch.row, number)
            if layout is not None:
                _take(batch, layout, number, row)
                continue
            try:
                layout = Layout(row, year or WAGES_YEARS[1])
                if not year:
                    raise NotRead(NO_YEAR)
                batch.absent = layout.absent
            except MissingColumns as error:
                if missing is None or len(error.missing) < len(missing.missing):
                    missing = error
                if number > HEADER_ROWS:
                    raise NotRead(_words_of(missing)) from error
        if looked_at >= BATCH:
            yield batch
            batch, looked_at = Batch(row=batch.row, share=share), 0
    if layout is None:
        raise NotRead(_words_of(missing) if missing else NOT_A_TABLE)
    yield batch


def _take(batch: Batch, layout: Layout, number: int, row: Row) -> None:
    if not any(row):
        return
    read = layout.read(number, row)
    if isinstance(read, WageFigures):
        batch.figures.append(read)
    elif isinstance(read, Passed):
        batch.passed[read.value] += 1
    else:
        batch.faults.append(read)


def _year(given: int | None, *names: str) -> int | None:
    """The year that was given or that a name says."""
    named = year_in(*names)
    if given and named and given != named:
        raise NotRead(
            f"The name of the file says {named}, and you entered {given}. Clear the year, or "
            "import the other file."
        )
    year = given or named
    if year and not WAGES_YEARS[0] <= year <= WAGES_YEARS[1]:
        raise NotRead(f"Files of {year} have other columns. Import one of 2019 or later.")
    return year


def _words_of(missing: MissingColumns) -> str:
    names = missing.missing
    if len(names) > 8:
        return (
            "This table does not have the columns of the survey, such as AREA, OCC_CODE and "
            "A_MEDIAN. Import the file as it was published."
        )
    nouns = "column" if len(names) == 1 else "columns"
    return f"This table lacks the {nouns} {', '.join(names)}. Import the file as it was published."


def _words_of_old(file: IO[bytes]) -> str:
    file.seek(0)
    last = b""
    with suppress(OSError):
        while some := file.read(1 << 20):
            if PROTECTED in last + some:
                return "This workbook is protected by a password. Save it without one."
            last = some[-64:]
    return "This is a workbook of the old kind, xls. Save it as xlsx or csv, then import it."
