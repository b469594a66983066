"""The rule that turns wage figures into ranges."""

from decimal import Decimal

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.pay import PayRange, WageTable, reference_ranges, to_hourly
from tests.roles.builders import a_role, some_references


def basis(low_at: int, high_at: int, *codes: str) -> PayRange:
    return PayRange.model_validate(
        {"low": 1, "high": 1, "occupations": codes, "percentiles": (low_at, high_at), "source": "s"}
    )


def table(**rows: tuple[int, int, int, int, int]) -> WageTable:
    names = ("p10", "p25", "p50", "p75", "p90")
    occupations = [
        {"code": code.replace("_", "-")[1:], "title": "x", **dict(zip(names, row, strict=True))}
        for code, row in rows.items()
    ]
    return WageTable.model_validate({"source": "s", "place": "US", "occupations": occupations})


def test_an_hour_is_a_2080th_of_a_year_to_the_cent() -> None:
    assert to_hourly(44_100) == Decimal("21.20")
    assert to_hourly(78_500) == Decimal("37.74")


def test_several_occupations_are_averaged_and_rounded_to_hundreds() -> None:
    wages = table(
        _21_1093=(10_000, 20_000, 30_000, 40_000, 50_000), _21_1021=(10_130, 20_160, 1, 1, 1)
    )
    ranges = reference_ranges({Level.ENTRY: basis(10, 25, "21-1093", "21-1021")}, wages)
    assert ranges == {Level.ENTRY: (10_100, 20_100)}


def test_neither_end_falls_from_a_level_to_the_next() -> None:
    wages = table(
        _29_1141=(60_000, 70_000, 80_000, 90_000, 95_000), _11_9111=(50_000, 1, 60_000, 1, 91_000)
    )
    ranges = reference_ranges(
        {Level.LEAD: basis(75, 90, "29-1141"), Level.DIRECTOR: basis(50, 90, "11-9111")}, wages
    )
    assert ranges[Level.DIRECTOR] == (90_000, 95_000)


def test_a_director_earns_at_most_one_point_six_times_the_low_end() -> None:
    wages = table(_11_9111=(1, 1, 80_390, 1, 200_000))
    assert reference_ranges({Level.DIRECTOR: basis(50, 90, "11-9111")}, wages) == {
        Level.DIRECTOR: (80_400, 128_600)
    }


def test_the_rule_gives_the_builder_role_its_own_figures() -> None:
    role = a_role()
    ranges = reference_ranges(role.pay, some_references().wages)
    assert ranges == {level: (role.pay[level].low, role.pay[level].high) for level in LEVELS}
