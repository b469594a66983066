"""Rows of the survey become figures, are passed over, or are a fault at its place."""

import pytest

from jobdesc.wages.figures import AreaKind, joined
from jobdesc.wages.layout import Fault, Layout, MissingColumns, Passed, Why, year_in
from tests.wages.builders import COLUMNS, PORTLAND, USUAL, some_figures


def read(columns=COLUMNS, year: int = 2025, **changes: str):
    row = {**USUAL, **changes}
    return Layout(columns, year).read(7, [row.get(name.upper(), "") for name in columns])


def test_a_row_is_read_to_the_cent() -> None:
    found = read()
    assert found.hourly == (2_050, 2_400, 2_925, 3_500, 4_210)
    assert found.annual == (4_264_000, 4_992_000, 6_084_000, 7_280_000, 8_757_000)
    assert (found.employment, found.marks, found.year) == (4350, "=" * 11, 2025)
    assert (found.area.code, found.area.kind, found.area.state) == ("41", AreaKind.STATE, "OR")


@pytest.mark.parametrize(
    ("cell", "cents", "mark"),
    [
        ("*", None, "*"), ("", None, "-"), ("#", 11_500, "#"), ("20.50", 2_050, "="),
        (" 20.5 ", 2_050, "="), ("$20.50", 2_050, "="), ("20.499999999999996", 2_050, "="),
        ("2.05E1", 2_050, "="),
    ],
)  # fmt: skip
def test_special_values_are_never_zero(cell: str, cents: int | None, mark: str) -> None:
    later = {"H_PCT25": "", "H_MEDIAN": "", "H_PCT75": "", "H_PCT90": ""}
    found = read(H_PCT10=cell, **later)
    assert (found.hourly[0], found.marks[1]) == (cents, mark)


def test_the_top_of_the_scale_was_lower_before_2022() -> None:
    top = {"A_PCT90": "#", "H_PCT90": "#"}
    assert read(year=2021, **top).annual[4] == 20_800_000
    assert read(year=2025, **top).annual[4] == 23_920_000
    assert read(year=2025, **top).hourly[4] == 11_500


def test_higher_figures_than_the_top_are_taken_as_they_are() -> None:
    assert read(A_PCT90="742310").annual[4] == 74_231_000


def test_thousands_separators_and_withheld_employment_are_read() -> None:
    assert read(TOT_EMP="140,886,310", A_PCT10="42,640").employment == 140_886_310
    assert (read(TOT_EMP="**").employment, read(TOT_EMP="**").marks[0]) == (None, "*")


def test_any_order_and_case_of_columns_and_a_byte_order_mark_are_known() -> None:
    turned = ["\ufeff" + COLUMNS[-1].lower(), *(f" {name.lower()} " for name in COLUMNS[-2::-1])]
    layout = Layout(turned, 2025)
    found = layout.read(2, [USUAL.get(name, "") for name in reversed(COLUMNS)])
    assert found == read()
    assert layout.absent == ()


def test_the_columns_of_2019_and_2020_are_enough() -> None:
    of_2019 = [name.lower() for name in COLUMNS if name != "PRIM_STATE"]
    found = read(of_2019, 2019)
    assert found.area.state == "OR"
    assert Layout(of_2019, 2019).absent == ("PRIM_STATE",)
    assert read([name for name in COLUMNS if name != "PCT_RPT"], 2020).year == 2020
    assert read([*COLUMNS, "EXTRACT_SOURCE"]).year == 2025
    metro = read(of_2019, 2019, **PORTLAND)
    assert (metro.area.code, metro.area.state) == ("38900", "OR")


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MissingColumns) as refused:
        Layout([name for name in COLUMNS if name not in ("A_MEDIAN", "PCT_RPT")], 2025)
    assert refused.value.missing == ("A_MEDIAN",)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"O_GROUP": "broad"}, Passed.ROLLUP),
        ({"O_GROUP": "major"}, Passed.ROLLUP),
        ({"I_GROUP": "sector"}, Passed.INDUSTRY),
        ({"NAICS": "62"}, Passed.INDUSTRY),
        ({"OWN_CODE": "5"}, Passed.OWNERS),
    ],
)
def test_other_industries_owners_and_groups_are_passed_over(changes, reason) -> None:
    assert read(**changes) is reason


@pytest.mark.parametrize(
    ("changes", "column", "why"),
    [
        ({"A_MEDIAN": "n/a"}, "A_MEDIAN", Why.FIGURE),
        ({"A_MEDIAN": "-5"}, "A_MEDIAN", Why.FIGURE),
        ({"A_MEDIAN": "nan"}, "A_MEDIAN", Why.FIGURE),
        ({"A_MEDIAN": "0"}, "A_MEDIAN", Why.FIGURE),
        ({"H_MEDIAN": "29.255"}, "H_MEDIAN", Why.FIGURE),
        ({"H_PCT90": "99999"}, "H_PCT90", Why.LARGE),
        ({"A_PCT90": "1e30"}, "A_PCT90", Why.LARGE),
        ({"A_PCT90": "10000000.01"}, "A_PCT90", Why.LARGE),
        ({"A_PCT10": "0.99"}, "A_PCT10", Why.SMALL),
        ({"A_MEDIAN": "49,000"}, "A_MEDIAN", Why.FALLING),
        ({"TOT_EMP": "many"}, "TOT_EMP", Why.FIGURE),
        ({"TOT_EMP": "9" * 12}, "TOT_EMP", Why.LARGE),
        ({"OCC_CODE": "case manager"}, "OCC_CODE", Why.OCCUPATION),
        ({"OCC_TITLE": ""}, "OCC_TITLE", Why.TITLE),
        ({"AREA": "Oregon"}, "AREA", Why.AREA),
        ({"AREA_TYPE": "5"}, "AREA_TYPE", Why.AREA_TYPE),
    ],
)
def test_a_fault_says_row_column_and_what_was_there(changes, column: str, why: Why) -> None:
    assert read(**changes) == Fault(7, column, changes[column], why)


def test_signs_that_no_database_takes_are_left_out() -> None:
    found = read(AREA_TITLE="Ore\0gon\x1b\ud800", OCC_TITLE="Mayag\u00fcez\x85\0")
    assert (found.area.title, found.title) == ("Oregon", "Mayag\u00fcez")
    assert read(OCC_TITLE="\0") == Fault(7, "OCC_TITLE", "", Why.TITLE)
    assert read(A_MEDIAN="\0x") == Fault(7, "A_MEDIAN", "x", Why.FIGURE)


def test_codes_are_as_wide_as_they_should_be() -> None:
    assert read(AREA="1").area.code == "01"
    assert read(**{**PORTLAND, "AREA": "0038900"}).area.code == "38900"
    nonmetro = {"AREA": "100001", "AREA_TITLE": "Northwest Alabama", "AREA_TYPE": "6"}
    assert read(**nonmetro).area.code == "0100001"
    assert read(OCC_CODE="21-1021.00").occupation == "21-1021"


def test_a_short_row_lacks_what_it_lacks() -> None:
    cells = [USUAL.get(name, "") for name in COLUMNS][:20]
    assert Layout(COLUMNS, 2025).read(2, cells).marks == "=" + "-" * 10


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("state_M2025_dl.xlsx", 2025), ("oesm25nat/national_M2024_dl.xlsx", 2024),
        ("all_data_M_2023.xlsx", 2023), ("oesm21st.zip", 2021), ("national_May2021_dl.csv", 2021),
        ("oews_state_2025_extract.csv", 2025), ("wages.csv", None), ("file12025.csv", None),
    ],
)  # fmt: skip
def test_the_year_is_read_from_names(name: str, year: int | None) -> None:
    assert year_in(name) == year


def test_what_newer_figures_did_not_capture_stays_as_it_was() -> None:
    older = some_figures(employment=7)
    newer = some_figures(
        annual=(41_000, 51_000, 61_000, 71_000, 81_000),
        hourly=(None,) * 5, employment=None, marks="-" + "-" * 5 + "=" * 5,
    )  # fmt: skip
    found = joined(newer, older)
    assert (found.annual, found.hourly) == (newer.annual, older.hourly)
    assert (found.employment, found.marks) == (7, "=" * 11)
    withheld = some_figures(hourly=(None,) * 5, marks="=" + "*" * 5 + "=" * 5)
    assert joined(withheld, older).hourly == (None,) * 5
