"""The shipped figures, and what they say of the shipped roles."""

from jobdesc.app import ROOT
from jobdesc.roles.pay import WageTable
from jobdesc.services.content import read_folder
from jobdesc.services.content_wages import read_wages
from jobdesc.wages.figures import AreaKind
from jobdesc.wages.levels import ranges_by_rule
from tests.wages.builders import a_csv


def test_the_shipped_figures_agree_with_the_table_that_the_library_rests_on() -> None:
    content = read_folder(ROOT / "content")
    nation, states = sorted(content.wages, key=lambda file: len(file.figures))
    by_code = {row.occupation: row for row in nation.figures}
    table: WageTable = content.references.wages
    for row in table.occupations:
        assert by_code[row.code].title == row.title
        assert by_code[row.code].annual == tuple(
            cents * 100 for cents in (row.p10, row.p25, row.p50, row.p75, row.p90)
        )
    for role in content.roles.values():
        found = ranges_by_rule(role.pay, by_code)
        assert all(found[at] == (role.pay[at].low, role.pay[at].high) for at in found)
    areas = {row.area for row in states.figures}
    kinds = [area.kind for area in areas]
    assert (kinds.count(AreaKind.STATE), kinds.count(AreaKind.TERRITORY)) == (51, 3)


def test_a_fault_in_a_shipped_file_is_named_at_its_place(tmp_path) -> None:
    (tmp_path / "bls.csv").write_bytes(a_csv({}, {"A_MEDIAN": "1"}))
    (tmp_path / "bls-2025.csv").write_bytes(a_csv({}, {}))
    faults: list[str] = []
    read_wages(tmp_path, {"bls-2025"}, faults)
    assert [fault.removeprefix(f"{tmp_path}/") for fault in faults] == [
        "bls-2025.csv: has an area's occupation twice, or none. Correct it.",
        "bls.csv: bls is not in content/sources.yaml. Add or correct it.",
        "bls.csv: No name in this file says its year. Enter the year of the survey.",
    ]
    (tmp_path / "bls-2025.csv").write_bytes(a_csv({"A_MEDIAN": "1"}, {"OCC_CODE": "21-1022"}))
    faults.clear()
    read_wages(tmp_path, {"bls-2025", "bls"}, faults)
    assert "bls-2025.csv:2: A_MEDIAN is '1', which cannot be right (falling)" in faults[0]
