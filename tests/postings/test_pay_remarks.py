"""What is remarked at a posting's pay: the minimum wage of its places, and an old range."""

from datetime import date
from decimal import Decimal

import pytest

from jobdesc.postings.pay_hours import an_hour, hours_a_year, say_hours
from jobdesc.postings.pay_remarks import PayFacts, band_in_unit, pay_remarks
from jobdesc.postings.places import STATES
from jobdesc.roles.minimum_wage import NONE_HELD, MinimumWages, minimum_in
from jobdesc.roles.parse import Problems, parse
from tests.postings.bands import TODAY, a_band
from tests.postings.builders import a_posting

MINIMUMS = parse(
    MinimumWages,
    {
        "source": "law",
        "unknown": ["AS"],
        "federal": [{"from": "2009-07-24", "hourly": 7.25}],
        "states": {
            "WA": {
                "rates": [
                    {"from": "2026-01-01", "hourly": 17.13},
                    {"from": "2027-01-01", "hourly": 17.73},
                ]
            },
            "OR": {
                "rates": [
                    {
                        "from": "2026-07-01",
                        "hourly": 15.55,
                        "areas": [
                            {"name": "the Portland metro area", "hourly": 16.8},
                            {"name": "nonurban counties", "hourly": 14.55},
                        ],
                    }
                ]
            },
            "CO": {"rates": [{"from": "2027-01-01", "hourly": 15.71, "says": "from 2027"}]},
            "OH": {"rates": [{"from": "2026-01-01", "hourly": 11}], "note": "Small ones differ."},
        },
    },
)


def remarks(low: str, unit: str = "hour", state: str = "WA", day: date = TODAY, **more: str) -> str:
    places = [{"id": f"p{n}", "state": name} for n, name in enumerate(state.split("+"))]
    posting = a_posting(pay_low=low, pay_high=more.pop("high", low), pay_unit=unit,
                        places=places, **more)  # fmt: skip
    found = list(pay_remarks(posting, PayFacts(None, 12, day), MINIMUMS))
    assert {one.source for one in found} <= {"law"}
    return " / ".join(one.text for one in found)


def test_pay_below_the_minimum_of_its_state_is_remarked_on_with_its_date() -> None:
    assert remarks("17.12") == (
        "Below the minimum wage of Washington, $17.13 an hour (from Jan 1, 2026). "
        "Cities and counties may set more."
    )
    assert remarks("17.12", state="washington").startswith("Below the minimum wage of Washington")
    assert remarks("17.73") == ""


def test_yearly_pay_is_counted_by_the_hour_and_the_hours_are_said() -> None:
    assert "$35,000 a year is $16.82 an hour for 2,080 hours a year." in remarks("35,000", "year")
    assert remarks("36,900", "year") == ""
    assert remarks("28,000", "year", hours="30 hours a week") == ""
    assert "for 1,560 hours a year" in remarks("26,000", "year", hours="20 to 30")


def test_the_higher_of_the_states_and_the_federal_minimum_holds() -> None:
    assert remarks("7.24", state="TX").startswith(
        "Below the federal minimum wage, $7.25 an hour (from Jul 24, 2009)."
    )
    assert remarks("7.25", state="TX") == ""
    assert remarks("7", state="TX+GA").count("federal") == 1
    assert remarks("12", state="TX+WA").startswith("Below the minimum wage of Washington")


def test_parts_of_a_state_that_differ_are_named() -> None:
    below = remarks("15", state="OR")
    assert "Oregon, $15.55 an hour (from Jul 1, 2026). Parts of the state differ:" in below
    assert "$16.80 in the Portland metro area, $14.55 in nonurban counties." in below
    assert remarks("16", state="OR").startswith(
        "Below the minimum wage of the Portland metro area, $16.80 an hour"
    )
    assert remarks("16.80", state="OR") == ""


def test_a_minimum_that_is_announced_is_told_before_it_holds() -> None:
    assert remarks("17.13").startswith(
        "Below the minimum wage of Washington that is announced, $17.73 an hour"
    )
    assert remarks("17.13", day=date(2027, 1, 1)).startswith(
        "Below the minimum wage of Washington, $17.73 an hour (from Jan 1, 2027)."
    )
    assert "Small ones differ." in remarks("10", state="OH")


def test_nothing_is_said_where_no_minimum_is_held_or_pay_cannot_be_read() -> None:
    assert remarks("3", state="AS") == remarks("3", state="Ontario") == remarks("3", state="") == ""
    assert remarks("much") == remarks("") == remarks("5", "year") == ""
    abroad = a_posting(pay_low="3", pay_unit="hour", places=[
        {"id": "p", "state": "WA", "country": "Australia"}])  # fmt: skip
    assert not list(pay_remarks(abroad, PayFacts(None, 12, TODAY), MINIMUMS))
    low = a_posting(pay_low="3", pay_unit="hour", places=[{"id": "p", "state": "WA"}])
    assert not list(pay_remarks(low, PayFacts(None, 12, TODAY), NONE_HELD))


def test_one_amount_alone_is_enough() -> None:
    assert remarks("", high="12").startswith("Below the minimum wage of Washington")


def test_an_old_range_is_remarked_on() -> None:
    band = a_band(as_of=date(2025, 9, 15))
    posting = a_posting(pay_low="66,000", pay_high="84,000")
    [found] = pay_remarks(posting, PayFacts(band, 12, TODAY), NONE_HELD)
    assert (found.text, found.source) == (
        "Your organization's range is 14 months old.", ""
    )  # fmt: skip
    assert not list(pay_remarks(posting, PayFacts(band, 18, TODAY), NONE_HELD))


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("", 2_080), ("40 hours a week", 2_080), ("37.5", 1_950), ("20-30 hours", 1_560),
        ("80 biweekly", 2_080), ("full time", 2_080), ("1,950 a year", 2_080), ("0", 2_080),
        ("40 hours, 8 to 5", 2_080), ("999999999999", 2_080), ("30-40 hours/week", 2_080),
        ("Part time, 20 hours", 1_040), ("20\u201330 hrs. per week", 1_560), ("36h/wk", 1_872),
        ("Hours per week: 37.5", 1_950), ("weekly hours: 30", 1_560), ("30-hour week", 1_560),
        ("24 hours (per week)", 1_248), ("12 hours a day, 36 hours weekly", 1_872),
        ("37.5 hours a week, 8:30 to 5:00", 1_950), ("9/80, 36 hours a week", 1_872),
    ],
)  # fmt: skip
def test_hours_of_a_year_come_from_what_a_posting_says_of_its_week(words: str, hours: int) -> None:
    assert hours_a_year(words) == hours


@pytest.mark.parametrize(
    "words",
    [
        "Full time, 9/80 schedule", "Monday to Friday, 8 to 5", "8:00 a.m. to 4:30 p.m.",
        "Shift of 12 hours, 3 days a week", "24 hours a day, 7 days", "3 x 12 hours a week",
        "three 12-hour shifts a week", "37 1/2 hours a week", "9/80", "8:30", "8-5", "8 am to 5 pm",
        "60 hours biweekly", "50 hours every two weeks", "Every 4 weeks", "5 days", "1 to 20 to 30",
    ],
)  # fmt: skip
def test_other_numbers_are_not_read_as_hours_of_a_week(words: str) -> None:
    assert hours_a_year(words) == 2_080


def test_units_are_turned_into_each_other_by_the_hours() -> None:
    assert an_hour(Decimal(78_500), "year", Decimal(2_080)) == Decimal("37.74")
    assert say_hours(Decimal("1950.00")) == "1,950 hours"
    hourly = a_band(unit="hour", low=3_000, high=4_000)
    assert band_in_unit(hourly, a_posting(pay_unit="year")) == (62_400, 83_200)
    assert band_in_unit(hourly, a_posting(pay_unit="year", hours="37.5")) == (58_500, 78_000)
    assert band_in_unit(a_band(), a_posting(pay_unit="hour", hours="30"))[0] == Decimal("31.73")


def test_no_row_is_read_that_is_not_a_rate() -> None:
    for states in ({"Washington": {}}, {"WA": {"rates": []}}, {"WA": {"rates": [{"hourly": 1}]}},
                   {"WA": {"rates": [{"from": "2026-01-01", "hourly": 0}]}},
                   {"WA": {"rates": [{"from": "soon", "hourly": 9}]}}):  # fmt: skip
        with pytest.raises(Problems):
            parse(MinimumWages, {"source": "law", "states": states})


def test_every_state_has_a_name_and_before_any_row_only_the_federal_rate_holds() -> None:
    assert MINIMUMS.states.keys() <= STATES.keys()
    held = minimum_in(MINIMUMS, "WA", date(2025, 12, 31))
    assert held and (held.state, held.rate.hourly) == ("", Decimal("7.25"))
    assert minimum_in(MINIMUMS, "WA", date(2000, 1, 1)) is None
