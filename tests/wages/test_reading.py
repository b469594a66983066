"""Files of the survey, whole and broken."""

import random
import re
from collections.abc import Callable

import pytest

from jobdesc.wages import archives, table
from jobdesc.wages.errors import NotRead
from tests.wages.builders import (
    COLUMNS,
    PORTLAND,
    USUAL,
    a_csv,
    a_zip,
    an_xlsx,
    batches,
    figures_in,
)


def refusal(body: bytes, name: str = "state_M2025_dl.csv", year: int | None = None) -> str:
    with pytest.raises(NotRead) as refused:
        batches(body, name, year)
    return str(refused.value)


def test_csv_and_xlsx_and_a_zip_of_both_say_the_same() -> None:
    rows = [{}, {"H_PCT90": "*", "AREA_TITLE": "Oregon & <more>"}, {"O_GROUP": "broad"}, PORTLAND]
    text, book = a_csv(*rows), an_xlsx(*rows)
    found = figures_in(text)
    assert len(found) == 3
    assert figures_in(book, "whatever.xlsx") == found
    archive = a_zip(
        {
            "oesm25ma/field_descriptions.xlsx": b"not looked at",
            "oesm25ma/MSA_M2025_dl.xlsx": book,
            "oesm25ma/BOS_M2025_dl.csv": text,
            "__MACOSX/oesm25ma/._MSA_M2025_dl.xlsx": b"nor this",
        }
    )
    assert figures_in(archive, "oesm25ma.zip") == found * 2


def test_what_is_passed_over_and_what_is_wrong_is_counted() -> None:
    batch = batches(a_csv({}, {"O_GROUP": "broad"}, {"NAICS": "62"}, {"A_MEDIAN": "x"}, {}))[-1]
    assert batch.passed == {"rollup": 1, "industry": 1}
    assert [(fault.row, fault.column, fault.text) for fault in batch.faults] == [
        (5, "A_MEDIAN", "x")
    ]
    assert (len(batch.figures), batch.row, batch.share) == (2, 6, 1)


@pytest.mark.parametrize("changes", [{"O_GROUP": "broad"}, {"A_MEDIAN": "x"}])
def test_rows_without_figures_are_heard_of_too(changes: dict[str, str]) -> None:
    body = a_csv(*[changes] * 4_400)
    found = batches(body)
    assert [batch.row for batch in found] == [2_000, 4_000, 4_401]
    assert sum(len(batch.faults) + batch.passed.total() for batch in found) == 4_400
    assert max(len(batch.faults) for batch in found) <= 2_000
    packed = batches(a_zip({"state_M2025_dl.csv": body}))
    assert [batch.row for batch in packed] == [0, 0, 2_000, 4_000, 4_401]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_in_each_encoding_of_a_spreadsheet(encoding: str) -> None:
    body = a_csv({"AREA_TITLE": "Mayagüez", "TOT_EMP": "1,200"}).decode().encode(encoding)
    (found,) = figures_in(body)
    assert (found.area.title, found.employment) == ("Mayagüez", 1200)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_an_accent_far_behind_the_start_is_read(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = a_csv(*[{}] * 30, {"AREA_TITLE": "Mayagüez"}).decode().encode(encoding)
    for size in (1 << 16, 7):  # an accent may lie across two pieces
        monkeypatch.setattr(table, "CHUNK", size)
        assert figures_in(body)[-1].area.title == "Mayagüez"


@pytest.mark.parametrize(
    ("accents", "broken"),
    [
        ("Mayagüez", b"\xfc"),
        ("\ufeff", b"\x81"),
        ("Mayagüez", b"\xc3\r"),
        ("Mayagüez", b"\xe2\x82"),
    ],
)
def test_one_broken_sign_in_utf_8_is_named_and_not_read_as_another_encoding(
    accents: str, broken: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"AREA_TITLE": accents} if at in (3, 9) else {} for at in range(30)]
    body = a_csv(*rows, {"AREA_TITLE": "Last"}).replace(b"Last", b"La" + broken)
    if accents == "\ufeff":
        body = accents.encode() + body.replace(accents.encode(), b"Oregon")
    for size in (1 << 16, 7):
        monkeypatch.setattr(table, "CHUNK", size)
        line = body[: body.index(b"La" + broken)].count(b"\n") + 1
        assert f"Line {line} of this file has a sign that is not UTF-8" in refusal(body)


def test_other_delimiters_and_a_title_above_the_header_are_read() -> None:
    lines = [COLUMNS, [USUAL.get(name, "").replace(",", "") for name in COLUMNS]]
    assert len(figures_in("\r\n".join(";".join(line) for line in lines).encode())) == 1
    assert len(figures_in(b"May 2025\n" + a_csv({}))) == 1


def test_the_year_is_asked_for_where_no_name_says_it() -> None:
    assert "Enter the year" in refusal(a_csv({}), "wages.csv")
    assert batches(a_csv({}), "wages.csv", 2024)[0].figures[0].year == 2024
    assert "says 2025, and you entered 2024" in refusal(a_csv({}), year=2024)
    assert "2019 or later" in refusal(a_csv({}), "state_M2018_dl.csv")
    (found,) = figures_in(an_xlsx({}, sheet="All May 2023 data"), "wages.xlsx")
    assert found.year == 2023


@pytest.mark.parametrize(
    ("body", "name", "words"),
    [
        (random.Random(1).randbytes(5_000), "wages.xlsx", "is no table"),
        (b"Dear all,\nhere are the wages.\n", "wages.txt", "does not have the columns"),
        (an_xlsx({}, columns=["AREA"], sheet="Sheet1"), "wages.xlsx", "does not have the columns"),
        (a_zip({"wages.csv": "a,b,c\n1,2,3\n"}), "wages.zip", "does not have the columns"),
        (b"AREA,OCC_CODE\n", "state_M2018_dl.csv", "2019 or later"),
    ],
)
def test_what_is_no_table_is_said_before_the_year_is_asked_for(
    body: bytes, name: str, words: str
) -> None:
    assert words in refusal(body, name)


def test_a_zip_of_two_years_is_refused() -> None:
    text = a_csv({})
    for members in (
        {"state_M2024_dl.csv": text, "state_M2025_dl.csv": text},
        {"a.xlsx": an_xlsx({}, sheet="May 2025"), "b.xlsx": an_xlsx({}, sheet="May 2024")},
    ):
        words = "This zip holds 2024 and 2025. Import one year at a time."
        assert refusal(a_zip(members), "wages.zip") == words


def prefixed(sheet: str) -> str:
    """As some programs write it, every element with a prefix."""
    named = re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet)
    return named.replace("<x:worksheet xmlns=", "<x:worksheet xmlns:x=")


def inline(sheet: str) -> str:
    """As some programs write it, the texts in the cells themselves, and numbers from formulas."""
    state = '<c r="B2" t="inlineStr"><is><t>Oregon &amp; </t><t>more</t></is></c>'
    named = re.sub(r'<c r="B2" t="s">.*?</c>', state, sheet)
    return re.sub(r'(<c r="L2">)(<v>)', r"\1<f>1+1</f>\2", named)


@pytest.mark.parametrize(
    "written",
    [
        prefixed,
        inline,
        lambda sheet: sheet.replace("<c r=", '<c s="4" r='),
        lambda sheet: sheet.replace("<sheetData>", '<sheetData><row r="1"/>'),
        lambda sheet: re.sub(r'<row r="\d+">', '<row spans="1:32">', sheet),
        lambda sheet: '<?xml version="1.0" encoding="UTF-8"?>\n' + sheet,
        lambda sheet: '<?xml version="1.0" encoding="ISO-8859-1"?>' + sheet,
        lambda sheet: sheet.replace("<sheetData>", "<!-- of the survey --><sheetData>"),
    ],
)
def test_a_sheet_is_read_however_a_program_writes_it(written: Callable[[str], str]) -> None:
    rows = [{"AREA_TITLE": "Oregon & more"}, {"AREA_TITLE": "Oregon & more", "H_PCT90": "#"}]
    assert figures_in(an_xlsx(*rows, written=written)) == figures_in(a_csv(*rows))


def test_a_sheet_that_ends_too_early_is_cut_off_though_its_zip_is_whole() -> None:
    for cut in ("</worksheet>", "</row></sheetData></worksheet>"):
        body = an_xlsx({}, {}, written=lambda sheet, cut=cut: sheet.removesuffix(cut))
        assert "cut off" in refusal(body)


def old_workbook(more: bytes = b"") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000) + more


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 and so on", "is a PDF"),
        (old_workbook(), "old kind, xls"),
        (old_workbook("EncryptedPackage".encode("utf-16-le")), "protected by a password"),
        (b"\0\1\2\3" * 100, "is no table"),
        (b"Dear all,\nhere are the wages.\n", "does not have the columns"),
        (b"\n" * 500, "does not have the columns"),
        (a_csv({}, columns=[name for name in COLUMNS if name != "A_MEDIAN"]), "column A_MEDIAN"),
        (an_xlsx({}, columns=[n for n in COLUMNS if n[:3] != "OCC"]), "OCC_CODE, OCC_TITLE"),
        (a_zip({"readme.txt.gz": "x"}), "no xlsx or csv"),
        (a_zip({}), "holds no file"),
        (an_xlsx({})[:-30], "cut off"),
        (an_xlsx(*[{"TOT_EMP": n} for n in range(2_000)])[:9_000], "cut off"),
        (a_zip({"a/state_M2025_dl.xlsx": an_xlsx({})[:900]}), "cut off"),
        (a_zip({"a/state_M2025_dl.xlsx": b"%PDF"}), "cut off"),
        (a_zip({"xl/workbook.xml": "<w/>", "xl/_rels/workbook.xml.rels": "<r/>"}), "no sheet"),
        (a_zip({"xl/workbook.xml": "<workbook>"}), "cut off"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(body: bytes, words: str) -> None:
    assert words in refusal(body)


def test_bytes_changed_on_the_way_are_noticed() -> None:
    body = bytearray(an_xlsx(*[{"TOT_EMP": random.Random(n).randrange(9_999)} for n in range(900)]))
    body[len(body) // 2] ^= 0xFF
    assert "cut off" in refusal(bytes(body))


def test_a_zip_bomb_is_refused_before_it_unfolds() -> None:
    assert "larger than any" in refusal(a_zip({"state_M2025_dl.csv": b"0" * 50_000_000}))


def test_texts_that_unfold_without_end_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
    assert "larger than any" in refusal(a_zip({"xl/workbook.xml": bomb}))


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    assert "larger than any" in refusal(a_zip({f"{n}.csv": b"" for n in range(4)}))
