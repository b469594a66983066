"""What the market pays near a place, from what was shipped and imported."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from jobdesc.people.person import OPERATOR
from jobdesc.postings.places import Place
from jobdesc.roles.levels import Level
from jobdesc.services.wages import market_by_level, place_of
from jobdesc.store.transactions import writing
from jobdesc.store.wage_tables import WageReleaseRow
from jobdesc.store.wages import add_figures, keep_shipped
from jobdesc.wages.figures import Area, AreaKind, WageFigures
from tests.wages.builders import some_figures

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PORTLAND = Area("38900", "Portland-Vancouver-Hillsboro, OR-WA", AreaKind.METRO, "OR")
CODES = ("21-1093", "21-1099", "21-1021")
"""What a case manager's level rests on."""


def imported(*figures: WageFigures, name: str = "MSA_M2025_dl.xlsx") -> None:
    with writing() as session:
        release = WageReleaseRow(
            file_name=name, sha256="a" * 64, size=1, state="ready", asked_at=NOW
        )  # fmt: skip
        session.add(release)
        session.flush()
        add_figures(session, release.id, figures)


def market(state: str = "", city: str = ""):
    return market_by_level(OPERATOR, "case-manager", state, city)[Level.MID]


def test_the_nearest_area_with_all_figures_is_taken(seeded_app: Flask) -> None:
    with seeded_app.app_context():
        assert market().area.title == "U.S."
        assert market("WY").area.title == "Wyoming"
        assert market("OR", "Portland").why.startswith("The state of the place")
        assert "Guam has no figures of Community and Social Service" in market("GU").why
        imported(*(some_figures(code, PORTLAND) for code in CODES[:2]))
        assert market("OR", "Portland").area.title == "Oregon"
        assert "Portland-Vancouver-Hillsboro, OR-WA has no figures of" in (
            market("OR", "Portland").why
        )
        imported(some_figures(CODES[2], PORTLAND))
        found = market("WA", "Vancouver")
        assert (found.area, found.why) == (PORTLAND, "The metropolitan area of the place.")
        assert found.source.note == "Imported here from MSA_M2025_dl.xlsx."
        assert [point.cents for point in found.yearly] == [
            4_000_000, 5_000_000, 6_000_000, 7_000_000, 8_000_000,
        ]  # fmt: skip
        assert found.by_rule == (50_000, 60_000)
        assert market("OR", "Salem").area.title == "Oregon"


def test_odd_figures_of_an_area_leave_the_place_to_the_next(seeded_app: Flask) -> None:
    with seeded_app.app_context():
        whole = [some_figures(code, PORTLAND) for code in CODES]
        imported(replace(whole[0], annual=(1_500_000_000,) * 5), *whole[1:])
        assert market("OR", "Portland").area.title == "Oregon"


def test_imported_figures_go_before_shipped_ones_and_newer_years_before_older(
    seeded_app: Flask,
) -> None:
    with seeded_app.app_context():
        oregon = market("OR").yearly
        imported(*(some_figures(code, year=2024) for code in CODES))
        assert market("OR").yearly == oregon
        imported(*(some_figures(code) for code in CODES))
        assert market("OR").yearly[0].cents == 4_000_000
        bare = some_figures(CODES[0], annual=(30_000,) * 5)
        imported(replace(bare, hourly=(None,) * 5, marks="-" * 6 + "=" * 5))
        found = market("OR")
        assert found.yearly[0].cents == 3_670_000
        assert not found.is_converted


def test_hours_that_no_file_has_are_converted(seeded_app: Flask) -> None:
    with seeded_app.app_context():
        nurses = market_by_level(OPERATOR, "rn-case-manager", "ID")[Level.MID]
        assert (nurses.area.title, nurses.is_converted) == ("Idaho", True)


def test_a_shipped_file_is_kept_once_and_its_next_edition_takes_its_place(
    seeded_app: Flask,
) -> None:
    with seeded_app.app_context(), writing() as session:
        name, source = "bls-oews-2025-states.csv", "bls-oews-2025-states"
        figures = [some_figures(code) for code in CODES]
        assert keep_shipped(session, name, "b" * 64, source, figures, NOW)
        assert not keep_shipped(session, name, "b" * 64, source, figures, NOW)
    with seeded_app.app_context():
        assert market("OR").yearly[0].cents == 4_000_000
        assert market("WY").area.title == "U.S."


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([], ("", "")),
        ([{"city": "Portland", "state": "oregon"}], ("OR", "Portland")),
        ([{"city": "Toronto", "state": "ON"}, {"state": "me"}], ("ME", "")),
        ([{"city": "Toronto", "state": "OR", "country": "Canada"}], ("", "")),
        ([{"city": " Salem ", "state": "OR", "country": "USA"}], ("OR", "Salem")),
    ],
)
def test_the_first_place_in_a_state_is_the_one(places, said) -> None:
    assert place_of([Place(id="p", **place) for place in places]) == said
