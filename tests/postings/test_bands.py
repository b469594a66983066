"""Which pay band a posting takes, how a band is typed, and how old it is."""

from datetime import date

import pytest

from jobdesc.postings.band_edits import BandEdit, band_mark, merge_bands
from jobdesc.postings.band_input import read_band
from jobdesc.postings.bands import PayBand, band_for, months_between, say_age, say_band
from jobdesc.postings.places import Place
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problems
from tests.postings.bands import TODAY, a_band

ANY = a_band()
OREGON = a_band(state="OR", low=7_000_000)
PORTLAND = a_band(state="OR", city="Portland", low=7_500_000)


def chosen(place: Place | None, *bands: PayBand) -> PayBand | None:
    return band_for(bands or (ANY, OREGON, PORTLAND), place)


def a_place(city: str = "", state: str = "") -> Place:
    return Place(id="p", city=city, state=state)


def test_the_most_particular_place_comes_first() -> None:
    assert chosen(a_place("Portland", "OR")) is PORTLAND
    assert chosen(a_place("Salem", "OR")) is OREGON
    assert chosen(a_place("Portland", "ME")) is ANY
    assert chosen(a_place()) is chosen(None) is ANY
    assert chosen(a_place("Salem", "OR"), PORTLAND) is None


def test_a_place_is_known_however_it_is_typed() -> None:
    assert chosen(a_place("  PORTLAND ", "Oregon")) is PORTLAND
    assert chosen(a_place("portland", "or")) is PORTLAND
    assert chosen(a_place("Portland", "Ontario")) is ANY


def test_a_band_is_said_with_its_level_and_place() -> None:
    assert say_band(ANY) == ("Your organization's range for level II is $66,000 to $84,000 a year.")
    assert say_band(PORTLAND) == (
        "Your organization's range for level II in Portland, OR is $75,000 to $84,000 a year."
    )
    hourly = a_band(state="OR", low=3_775, high=3_775, unit="hour")
    assert say_band(hourly).endswith("for level II in Oregon is $37.75 an hour.")


def test_a_posting_that_takes_a_band_has_it_as_a_person_would_type_it() -> None:
    assert ANY.fields == {"pay_low": "66,000", "pay_high": "84,000", "pay_unit": "year"}
    hourly = a_band(low=3_700, high=4_150, unit="hour")
    assert hourly.fields == {"pay_low": "37", "pay_high": "41.50", "pay_unit": "hour"}


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("2025-09-15", "This range is 14 months old."),
        ("2025-11-22", "This range is 12 months old."),
        ("2025-11-23", ""),
        ("2026-11-23", ""),
    ],
)
def test_a_band_is_told_to_be_old_past_the_age_that_was_set(as_of: str, words: str) -> None:
    assert say_age(a_band(as_of=as_of), TODAY, 12) == words


def test_months_are_counted_whole_also_at_the_end_of_a_short_one() -> None:
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_between(date(2026, 1, 31), date(2026, 3, 30)) == 1
    assert months_between(date(2025, 12, 15), date(2026, 1, 14)) == 0


TYPED = {"state": "oregon", "city": " Portland ", "low": "66,000", "high": "$84k", "per": "year",
         "as_of": "7/1/2026", "note": "agreed\nin May"}  # fmt: skip


def read(**changes: str) -> PayBand:
    return read_band("case-manager", Level.MID, {**TYPED, **changes}, TODAY)


def test_a_band_is_read_as_people_type_it() -> None:
    band = read()
    assert (band.state, band.city, band.note) == ("OR", "Portland", "agreed in May")
    assert (band.low, band.high, band.as_of) == (6_600_000, 8_400_000, date(2026, 7, 1))
    assert read(low="37.75", high="41", per="An hour").low == 3_775


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"low": ""}, "low", "Enter the lowest pay as a number, like 78,500."),
        ({"high": "much"}, "high", "Enter the highest pay as a number"),
        ({"low": "-5"}, "low", "Enter the lowest pay"),
        ({"low": "90000"}, "high", "at least the lowest, 90,000"),
        (
            {"high": "99999999"},
            "high",
            "Enter the highest pay as an amount over 0 and up to",
        ),
        ({"per": "week"}, "per", "Enter year or hour."),
        ({"low": "37.75", "high": "41"}, "per", "dollars a year"),
        ({"per": "hour"}, "per", "dollars an hour"),
        ({"state": "Atlantis"}, "state", "Enter the state, like OR"),
        ({"state": ""}, "state", "Enter the state of Portland"),
        ({"as_of": "soon"}, "as_of", "Enter the day"),
        ({"as_of": "2026-02-30"}, "as_of", "Correct the day: February 2026 has 28 days."),
        ({"as_of": "2026-11-24"}, "as_of", "up to today, Nov 23, 2026"),
        ({"as_of": "1999-12-31"}, "as_of", "from 2000"),
        ({"city": "x" * 101}, "city", "up to 100"),
        ({"note": "x" * 301}, "note", "up to 300"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    changes: dict[str, str], column: str, words: str
) -> None:
    with pytest.raises(Problems) as refusal:
        read(**changes)
    [problem] = refusal.value.problems
    assert problem.place == (column,)
    assert words in problem.message


def test_a_band_has_the_state_of_its_city_and_its_ends_in_order() -> None:
    for changes in ({"city": "Portland"}, {"low": 9_000_000}, {"low": 0}, {"unit": "week"}):
        with pytest.raises(Problems):
            a_band(**changes)


def edit(started: PayBand | None, after: PayBand | None, key: PayBand = ANY) -> BandEdit:
    return BandEdit(key.key, band_mark(started), after)


def test_only_what_somebody_touched_is_changed() -> None:
    higher = a_band(high=9_000_000)
    stored = {ANY.key: ANY}
    merged = merge_bands(stored, [edit(ANY, ANY), edit(None, OREGON, OREGON)])
    assert [(one.act, one.after) for one in merged.changes] == [("added", OREGON)]
    assert merge_bands(stored, [edit(ANY, higher)]).changes[0].act == "changed"
    assert merge_bands(stored, [edit(ANY, None)]).changes[0].act == "removed"
    assert not merge_bands({ANY.key: higher}, [edit(ANY, ANY)]).changes


def test_a_change_that_meets_anothers_is_not_made() -> None:
    theirs, mine = a_band(high=9_000_000), a_band(high=8_800_000)
    for after in (mine, None):
        merged = merge_bands({ANY.key: theirs}, [edit(ANY, after)])
        assert not merged.changes
        assert [(one.mine, one.theirs) for one in merged.conflicts] == [(after, theirs)]
    assert merge_bands({}, [edit(ANY, mine)]).conflicts[0].theirs is None
    same = merge_bands({ANY.key: mine}, [edit(ANY, mine)])
    assert not (same.changes or same.conflicts)
