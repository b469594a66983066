"""Rows, tables and workbooks in the survey's layout."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from jobdesc.wages.figures import Area, AreaKind, WageFigures
from jobdesc.wages.reading import Batch, read_file

COLUMNS = (
    "AREA AREA_TITLE AREA_TYPE PRIM_STATE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE OCC_TITLE "
    "O_GROUP TOT_EMP EMP_PRSE JOBS_1000 LOC_QUOTIENT PCT_TOTAL PCT_RPT H_MEAN A_MEAN MEAN_PRSE "
    "H_PCT10 H_PCT25 H_MEDIAN H_PCT75 H_PCT90 A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90 "
    "ANNUAL HOURLY"
).split()
USUAL = {
    "AREA": "41", "AREA_TITLE": "Oregon", "AREA_TYPE": "2", "PRIM_STATE": "OR", "NAICS": "000000",
    "NAICS_TITLE": "Cross-industry", "I_GROUP": "cross-industry", "OWN_CODE": "1235",
    "OCC_CODE": "21-1021", "OCC_TITLE": "Child, Family, and School Social Workers",
    "O_GROUP": "detailed", "TOT_EMP": "4350",
    "H_PCT10": "20.5", "H_PCT25": "24", "H_MEDIAN": "29.25", "H_PCT75": "35", "H_PCT90": "42.1",
    "A_PCT10": "42640", "A_PCT25": "49920", "A_MEDIAN": "60840", "A_PCT75": "72800",
    "A_PCT90": "87570",
}  # fmt: skip
PORTLAND = {
    "AREA": "38900", "AREA_TITLE": "Portland-Vancouver-Hillsboro, OR-WA", "AREA_TYPE": "4",
}  # fmt: skip

Cells = Mapping[str, Any]


def a_csv(*rows: Cells, columns: Sequence[str] = COLUMNS) -> bytes:
    """A csv of rows that differ from the usual one as said."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows({**USUAL, **row} for row in rows)
    return text.getvalue().encode()


def an_xlsx(
    *rows: Cells,
    columns: Sequence[str] = COLUMNS,
    sheet: str = "state_M2025_dl",
    written: Callable[[str], str] = str,
) -> bytes:
    """A workbook as the survey's are: texts shared, wages as numbers, empty cells left out.

    `written` changes the text of the sheet.
    """
    texts: dict[str, int] = {}
    lines = [_line(1, dict(zip(columns, columns, strict=True)), columns, texts)]
    lines += [
        _line(number, {**USUAL, **row}, columns, texts) for number, row in enumerate(rows, start=2)
    ]
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return a_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{relations}"><sheets><sheet name="'
            f'{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/sharedStrings.xml": f"<sst {main}>{shared}</sst>",
            "xl/worksheets/sheet1.xml": written(
                f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>"
            ),
        }
    )


def _line(number: int, cells: Cells, columns: Sequence[str], texts: dict[str, int]) -> str:
    found = []
    for at, name in enumerate(columns):
        value = cells.get(name, "")
        where = f"{chr(65 + at) if at < 26 else 'A' + chr(39 + at)}{number}"
        if value == "":
            continue
        if name.startswith(("H_", "A_", "TOT")) and str(value).replace(".", "").isdigit():
            found.append(f'<c r="{where}"><v>{value}</v></c>')
        else:
            key = texts.setdefault(str(value), len(texts))
            found.append(f'<c r="{where}" t="s"><v>{key}</v></c>')
    return f'<row r="{number}">{"".join(found)}</row>'


def a_zip(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return file.getvalue()


def batches(body: bytes, name: str = "state_M2025_dl.csv", year: int | None = None) -> list[Batch]:
    """All batches of a file."""
    return list(read_file(io.BytesIO(body), name, year))


def figures_in(body: bytes, name: str = "state_M2025_dl.csv") -> list[WageFigures]:
    """All figures of a file."""
    return [row for batch in batches(body, name) for row in batch.figures]


def some_figures(
    occupation: str = "21-1021",
    area: Area | None = None,
    annual: Iterable[int] = (40_000, 50_000, 60_000, 70_000, 80_000),
    **changes: Any,
) -> WageFigures:
    """Figures of one occupation; `annual` in dollars, hourly ones as the survey derives them."""
    yearly = tuple(annual)
    values: dict[str, Any] = {
        "area": area or Area("41", "Oregon", AreaKind.STATE, "OR"),
        "occupation": occupation,
        "title": "Social Workers",
        "year": 2025,
        "employment": 100,
        "hourly": tuple(round(dollars / 20.8) for dollars in yearly),
        "annual": tuple(dollars * 100 for dollars in yearly),
        "marks": "=" * 11,
    }
    return WageFigures(**{**values, **changes})
