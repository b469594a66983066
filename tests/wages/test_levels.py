"""What figures say of a level."""

from dataclasses import replace

import pytest

from jobdesc.roles.levels import Level
from jobdesc.roles.pay import PayRange
from jobdesc.wages.levels import hourly_points, ranges_by_rule, yearly_points
from tests.wages.builders import some_figures

ONE = some_figures()
OTHER = some_figures("21-1022", annual=(45_010, 50_000, 60_000, 70_000, 90_000))


def test_several_occupations_are_averaged() -> None:
    assert [point.cents for point in yearly_points([ONE, OTHER])] == [
        4_250_000, 5_000_000, 6_000_000, 7_000_000, 8_500_000,
    ]  # fmt: skip
    points, converted = hourly_points([ONE, OTHER])
    assert (points[2].cents, converted) == (2_885, False)


def test_a_figure_at_the_top_of_the_scale_makes_the_average_a_least() -> None:
    capped = some_figures(marks="=" * 10 + "#")
    assert [point.at_least for point in yearly_points([ONE, capped])] == [False] * 4 + [True]


def test_hours_that_are_missing_are_converted_and_said_to_be() -> None:
    annual_only = some_figures(hourly=(None,) * 5, marks="=" + "-" * 5 + "=" * 5)
    points, converted = hourly_points([ONE, annual_only])
    assert converted
    assert points[2].cents == round(6_000_000 / 2_080)


def test_levels_follow_the_rule_of_the_library() -> None:
    basis = {
        level: PayRange(low=1, high=2, occupations=("21-1021",), percentiles=percentiles)
        for level, percentiles in (
            (Level.ENTRY, (10, 25)), (Level.MID, (25, 50)), (Level.SENIOR, (50, 75)),
        )
    }  # fmt: skip
    assert ranges_by_rule(basis, {"21-1021": ONE}) == {
        Level.ENTRY: (40_000, 50_000),
        Level.MID: (50_000, 60_000),
        Level.SENIOR: (60_000, 70_000),
    }
    assert ranges_by_rule(basis, {}) == {}
    withheld = some_figures(marks="=" * 6 + "*" * 5)
    gone = replace(withheld, annual=(None,) * 5)
    assert ranges_by_rule(basis, {"21-1021": gone}) == {}


@pytest.mark.parametrize("cents", [1, 50, 99, 1_000_000_001, 2_000_000_000])
def test_no_level_rests_on_a_figure_that_is_none_of_a_wage(cents: int) -> None:
    basis = {
        Level.MID: PayRange(low=1, high=2, occupations=("21-1021",), percentiles=(25, 50)),
        Level.SENIOR: PayRange(low=1, high=2, occupations=("21-1022",), percentiles=(50, 75)),
    }
    odd = replace(OTHER, annual=(cents,) * 5)
    found = ranges_by_rule(basis, {"21-1021": ONE, "21-1022": odd})
    assert found == {Level.MID: (50_000, 60_000)}


@pytest.mark.parametrize("cents", [100, 1_000_000_000])
def test_the_least_and_the_most_that_an_import_takes_make_a_range(cents: int) -> None:
    basis = {Level.MID: PayRange(low=1, high=2, occupations=("21-1021",), percentiles=(25, 50))}
    assert Level.MID in ranges_by_rule(basis, {"21-1021": replace(ONE, annual=(cents,) * 5)})
