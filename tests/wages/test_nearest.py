"""The area that stands for a place."""

import pytest

from jobdesc.wages.figures import Area, AreaKind
from jobdesc.wages.nearest import nearest

METROS = (
    ("38900", "Portland-Vancouver-Hillsboro, OR-WA"),
    ("38860", "Portland-South Portland, ME"),
    ("49180", "Winston-Salem, NC"),
    ("35620", "New York-Newark-Jersey City, NY-NJ"),
    ("14260", "Boise City, ID"),
    ("46520", "Urban Honolulu, HI"),
    ("31140", "Louisville/Jefferson County, KY-IN"),
    ("41180", "St. Louis, MO-IL"),
)
AREAS = [
    *(Area(code, title, AreaKind.METRO, "") for code, title in METROS),
    Area("41", "Oregon", AreaKind.STATE, "OR"),
    Area("99", "U.S.", AreaKind.NATION, "US"),
    Area("4100006", "Coast Oregon nonmetropolitan area", AreaKind.NONMETRO, "OR"),
]


@pytest.mark.parametrize(
    ("city", "state", "code"),
    [
        ("Portland", "OR", "38900"), ("portland", "ME", "38860"), ("Vancouver", "WA", "38900"),
        ("Winston-Salem", "NC", "49180"), ("Winston Salem", "NC", "49180"),
        ("Jersey City", "NJ", "35620"), ("Boise", "ID", "14260"), ("Honolulu", "HI", "46520"),
        ("Louisville", "KY", "31140"), ("Saint Louis", "MO", "41180"), ("St Louis", "MO", "41180"),
        ("Salem", "OR", "41"), ("", "OR", "41"), ("Portland", "", "99"), ("Salem", "WY", "99"),
    ],
)  # fmt: skip
def test_the_nearest_area_is_the_first(city: str, state: str, code: str) -> None:
    assert next(nearest(AREAS, state, city)).code == code


def test_wider_areas_follow() -> None:
    found = [area.kind for area in nearest(AREAS, "OR", "Portland")]
    assert found == [AreaKind.METRO, AreaKind.STATE, AreaKind.NATION]
