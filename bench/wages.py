"""Imports a file of wage figures as large as the survey's largest.

Prints the seconds from upload to figures in use, and the most memory that the two processes held.
"""

import csv
import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from flask_migrate import upgrade

from jobdesc.app import ROOT, create_app
from jobdesc.config import read_settings
from jobdesc.people.person import OPERATOR
from jobdesc.services.wage_import_work import make_next_import
from jobdesc.services.wage_imports import begin_import, read_import
from jobdesc.store.wage_tables import State

ROWS = 400_000
OCCUPATIONS = 800
SECONDS, MEBIBYTES = 60, 300
COLUMNS = (
    "AREA AREA_TITLE AREA_TYPE PRIM_STATE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE OCC_TITLE "
    "O_GROUP TOT_EMP EMP_PRSE JOBS_1000 LOC_QUOTIENT PCT_TOTAL PCT_RPT H_MEAN A_MEAN MEAN_PRSE "
    "H_PCT10 H_PCT25 H_MEDIAN H_PCT75 H_PCT90 A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90 "
    "ANNUAL HOURLY"
).split()
NUMBERS = range(COLUMNS.index("TOT_EMP"), COLUMNS.index("ANNUAL"))


def rows(count: int) -> Iterator[list[str]]:
    """Rows of metropolitan areas, every one to be kept."""
    for number in range(count):
        area, occupation = divmod(number, OCCUPATIONS)
        hourly = [15 + occupation % 40 + area % 7 + step * 6.37 for step in range(5)]
        yield [
            f"{10_000 + area}", f"City {area}-Town {area}, OR-WA", "4", "OR", "000000",
            "Cross-industry", "cross-industry", "1235", f"21-{1000 + occupation}",
            f"Occupation number {occupation}, All Other", "detailed", str(100 + number % 9_000),
            "1.2", "0.305", "1.04", "", "", f"{hourly[2] + 1:.2f}", f"{hourly[2] * 2080:.0f}",
            "0.8", *(f"{wage:.2f}" for wage in hourly),
            *(f"{round(wage * 208) * 10}" for wage in hourly), "", "",
        ]  # fmt: skip


def write_csv(path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(ROWS))


def write_xlsx(path: Path) -> None:
    """As the survey's workbooks are: texts shared, figures as numbers, each cell with its place."""
    letters = [chr(65 + at) if at < 26 else f"A{chr(39 + at)}" for at in range(len(COLUMNS))]
    texts: dict[str, int] = {}

    def line(number: int, cells: list[str]) -> str:
        found = io.StringIO()
        for at, value in enumerate(cells):
            if not value:
                continue
            if at in NUMBERS and number > 1:
                found.write(f'<c r="{letters[at]}{number}" s="1"><v>{value}</v></c>')
            else:
                key = texts.setdefault(value, len(texts))
                found.write(f'<c r="{letters[at]}{number}" s="1" t="s"><v>{key}</v></c>')
        return f'<row r="{number}" spans="1:32">{found.getvalue()}</row>'

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as book:
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            sheet.write(line(1, COLUMNS).encode())
            for number, cells in enumerate(rows(ROWS), start=2):
                sheet.write(line(number, cells).encode())
            sheet.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="MSA_M2025_dl" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        )


def now() -> datetime:
    return datetime.now(UTC)


def import_one(folder: Path, path: Path) -> float:
    """Seconds that one file takes in an installation of its own."""
    settings = {"JOBDESC_DATA": str(folder)}
    if url := os.environ.get("JOBDESC_DATABASE_URL"):
        settings["JOBDESC_DATABASE_URL"] = url
    app = create_app(read_settings(settings, ROOT))
    with app.app_context():
        upgrade()
        files = app.extensions["wage_files"]
        begun = time.monotonic()
        with path.open("rb") as upload:
            number = begin_import(OPERATOR, upload, path.name, None, files, now())
        make_next_import(files, now)
        seconds = time.monotonic() - begun
        release = read_import(OPERATOR, number)
        assert (release.state, release.taken) == (State.READY, ROWS), release.why
    return seconds


def cpu_of_readers() -> float:
    """Seconds of CPU that readers took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Import a csv and an xlsx of 400,000 rows."""
    failed = False
    for kind, write in (("csv", write_csv), ("xlsx", write_xlsx)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"MSA_M2025_dl.{kind}"
            write(path)
            size = path.stat().st_size / 1e6
            before, child = time.process_time(), cpu_of_readers()
            seconds = import_one(Path(folder) / "data", path)
        reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        server = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{kind}: {ROWS:,} rows, {size:.0f} MB: {seconds:.1f} s (CPU: server "
            f"{time.process_time() - before:.1f} s, reader {cpu_of_readers() - child:.1f} s); "
            f"at most {server:.0f} MiB in the server and {reader:.0f} MiB in the reader"
        )
        failed = failed or seconds > SECONDS or max(reader, server) > MEBIBYTES
    sys.exit(failed)


if __name__ == "__main__":
    main()
