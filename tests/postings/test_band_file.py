"""Pay bands written as CSV, read back exactly, and what is wrong told line by line."""

import csv
from io import StringIO

import pytest

from jobdesc.postings.band_file import (
    COLUMNS,
    MOST_BYTES,
    MOST_LINES,
    NotAFile,
    RoleNames,
    decode,
    read_bands,
    write_bands,
)
from jobdesc.postings.band_plan import plan_bands
from jobdesc.postings.bands import PayBand
from jobdesc.roles.levels import LEVELS, Level
from tests.postings.bands import TODAY, a_band

ROLES = {
    "case-manager": RoleNames("case-manager", "Case Manager", LEVELS),
    "rn": RoleNames("rn", "Nurse", (Level.MID, Level.SENIOR)),
    "rn-2": RoleNames("rn-2", "Nurse", LEVELS),
}
HEAD = ",".join(COLUMNS)
LINE = "case-manager,mid,OR,Portland,66000,84000,year,2026-07-01,"


def bands(*lines: str, head: str = HEAD) -> tuple[PayBand, ...]:
    read = read_bands("\n".join([head, *lines]), ROLES, TODAY)
    assert read.faults == ()
    return read.bands


def faults(*lines: str) -> list[tuple[int, str, str]]:
    read = read_bands("\n".join([HEAD, *lines]), ROLES, TODAY)
    return [(one.line, one.column, one.message) for one in read.faults]


MANY = (
    a_band(),
    a_band(level="director", low=1_234_567, high=1_234_568),
    a_band(state="OR", city="Coeur d’Alene, “north”", unit="hour", low=3_775, high=4_100),
    *(a_band(state="OR", city=city, note=note) for city, note in (
        ("=cmd|' /C calc'!A0", "+1"), ("-2", "@SUM(A1)"), ("'quoted", "'=1+1"), ("Zoë 🙂", "a;b"),
        ("''", '"'), ("a", "=HYPERLINK(\"http://x\",\"y\")"),
    )),
)  # fmt: skip


def test_what_is_written_is_read_back_exactly() -> None:
    text = write_bands(MANY)
    read = read_bands(decode(text.encode("utf-8")), ROLES, TODAY)
    assert read.faults == ()
    assert {band.key: band for band in read.bands} == {band.key: band for band in MANY}
    assert write_bands(read.bands) == write_bands(reversed(MANY)) == text


def test_no_cell_begins_as_a_formula() -> None:
    rows = list(csv.reader(StringIO(write_bands(MANY))))
    assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r"))]
    assert ["'=cmd|' /C calc'!A0", "'+1"] in [[row[3], row[8]] for row in rows]


def test_a_sheet_saved_elsewhere_is_read() -> None:
    semicolons = "\ufeff" + f"{HEAD}\r\n{LINE}\r\n".replace(",", ";")
    read = read_bands(decode(semicolons.encode()), ROLES, TODAY)
    assert [band.city for band in read.bands] == ["Portland"]
    [band] = bands(
        '7/1/2026,Agreed,II,Case Manager,Oregon,,"$66,000",84k,Annual,,',
        head="As of,Note,Level,ROLE,state,city,low,high,per,,",
    )
    assert band == a_band(state="OR", note="Agreed")
    assert bands("", LINE, ",,,,,,,,", "") == bands(LINE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("role,level\n", f"name state, city, low, high, per, as_of, note. Write it as {HEAD}."),
        ("a,b,c\n", f"^The first line names none of the columns. Write it as {HEAD}.$"),
        (f"{HEAD},salary\n", "names salary"),
        (f"{HEAD},note\n", "one column twice"),
        (f'{HEAD}\ncase-manager,"mid', "Line 2 cannot be read as CSV"),
        (f"{HEAD}\n{'x' * 200_000}", "Line 2 cannot be read as CSV"),
        ("%PDF-1.7 what is this", "names none"),
    ],
)
def test_what_is_no_file_of_bands_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(NotAFile, match=words):
        read_bands(text, ROLES, TODAY)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x" * (MOST_BYTES + 1), "up to 1 MB"),
        (b"PK\x03\x04\x00\x00", "not a CSV file"),
        ("role\nZoë".encode("latin-1"), "Line 2 holds a letter"),
        (HEAD.encode("utf-16"), "not a CSV file"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(NotAFile, match=words):
        decode(data)


def test_every_bad_line_is_told_with_its_number_and_reason() -> None:
    found = faults(
        LINE.replace("case-manager", "lawyer"),
        LINE,
        "rn,director,,,66000,84000,year,2026-07-01,",
        LINE.replace("66000", "much").replace("OR", "Atlantis"),
        'rn-2,mid,OR,"Two\nlines",66000,84000,year,2026-07-01,',
        LINE.replace("Portland", "PORTLAND"),
        "case-manager,mid",
        LINE + "a,b",
        "Nurse,mid,,,66000,84000,year,2026-07-01,",
    )
    assert [(line, column) for line, column, _ in found] == [
        (2, "role"), (4, "level"), (5, "state"), (5, "low"), (8, "role"), (9, "low"), (9, "high"),
        (9, "per"), (9, "as_of"), (10, "role"), (11, "role"),
    ]  # fmt: skip
    words = {line: message for line, _, message in found}
    assert words[4] == "Enter the level as one of mid, senior."
    assert words[8] == "This range stands in line 3 already. Keep one of them."
    assert "more cells" in words[10]


def test_a_file_has_so_many_lines_and_no_more() -> None:
    lines = [LINE.replace("Portland", f"City {n}") for n in range(MOST_LINES + 1)]
    [fault] = faults(*lines)
    assert fault[2] == "A file can have up to 5,000 ranges."


def test_a_plan_says_what_is_new_what_changes_and_what_stays() -> None:
    stored = [a_band(), a_band(state="OR", city="Portland"), a_band(state="WA")]
    gone = a_band(state="ID")
    said = [
        a_band(high=9_000_000), a_band(state="OR", city="PORTLAND"), a_band(level="lead"), gone,
    ]  # fmt: skip
    plan = plan_bands({band.key: band for band in stored}, {gone.key}, said)
    assert [one.kind for one in plan.planned] == ["changed", "new", "brought back"]
    assert (plan.same, plan.others) == (1, 1)
    again = plan_bands({band.key: band for band in said}, set(), said)
    assert again.planned == ()
    assert again.mark != plan.mark
