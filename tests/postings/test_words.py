"""Money, dates and places: read as people type them, written once."""

import time
from datetime import date
from decimal import Decimal

import pytest

from jobdesc.postings.complete import find_faults
from jobdesc.postings.dates import read_date, say_no_day, write_date
from jobdesc.postings.money import read_amount, write_pay
from jobdesc.postings.places import Place, read_place, say_no_state, say_no_zip_code
from jobdesc.postings.values import clean
from tests.postings.builders import a_posting


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("78500", "78500"),
        ("78,500", "78500"),
        ("$ 78,500", "78500"),
        ("78.5k", "78500"),
        ("37.75", "37.75"),
    ],
)
def test_an_amount_is_read_as_typed(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "a lot", "7,85", "-5", "0", "1e9", "99999999999", "\u0663"])
def test_what_is_not_an_amount_is_not_guessed(text: str) -> None:
    assert read_amount(text) is None


def test_pay_is_written_with_separators_and_unit() -> None:
    assert write_pay("78500", "96,200", "year") == "$78,500 \u2013 $96,200 a year"
    assert write_pay("37.5", "37.50", "hour") == "$37.50 an hour"
    assert write_pay("", "", "year") == ""
    assert write_pay("negotiable", "", "year") == "From negotiable a year"
    assert write_pay("78500", "", "year") == "From $78,500 a year"
    assert write_pay("", "40", "hour") == "Up to $40 an hour"


def test_dates_are_read_in_two_ways_and_written_in_one() -> None:
    assert read_date("12/5/2026") == read_date("2026-12-05") == date(2026, 12, 5)
    assert read_date("December 5, 2026") == read_date("dec 5 2026") == date(2026, 12, 5)
    assert read_date("Decimal 5, 2026") is None
    assert read_date("12/5/26") == date(2026, 12, 5)
    assert read_date("12/5/1926") is None
    assert read_date("12/5/226") is None
    assert read_date("2026-02-30") is None
    assert read_date("soon") is None
    assert write_date(date(2026, 12, 5)) == "December 5, 2026"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Portland, OR", ("", "Portland", "OR", "")),
        ("Portland, oregon 97204", ("", "Portland", "OR", "97204")),
        ("Portland, OR 97204, USA", ("", "Portland", "OR", "97204")),
        ("Washington, D.C.", ("", "Washington", "DC", "")),
        (
            "12 Oak St, Suite 3, Albany, NY, 12207-1001",
            ("12 Oak St, Suite 3", "Albany", "NY", "12207-1001"),
        ),
    ],
)
def test_a_place_is_read_from_one_line(text: str, wanted: tuple[str, ...]) -> None:
    place = read_place(text, "x")
    assert place and (place.street, place.city, place.state, place.postal_code) == wanted


@pytest.mark.parametrize("text", ["", "Portland", ", OR", "OR", "97204"])
def test_a_line_without_city_and_state_is_not_a_place(text: str) -> None:
    assert read_place(text, "x") is None


def test_a_place_abroad_is_read_as_city_region_and_country() -> None:
    place = read_place("Toronto, Ontario, Canada", "x")
    assert place and place.full == "Toronto, Ontario, Canada"
    assert (place.city, place.state, place.country) == ("Toronto", "Ontario", "Canada")


@pytest.mark.parametrize(
    ("code", "country", "right"),
    [
        ("97204", "", True),
        (" 97204-1234 ", "USA", True),
        ("", "", True),
        ("9720", "", False),
        ("97204-12", "United States", False),
        ("\u0669\u0667\u0662\u0660\u0664", "", False),
        ("M5H 2N2", "", False),
        ("M5H 2N2", "Canada", True),
    ],
)
def test_a_zip_code_that_is_none_is_told_unless_the_place_is_abroad(
    code: str, country: str, right: bool
) -> None:
    said = say_no_zip_code(Place(id="x", city="Salem", postal_code=code, country=country))
    assert said.startswith("Enter the ZIP code as five digits") is not right


@pytest.mark.parametrize(
    ("state", "country", "said"),
    [
        ("Oregonia", "", "Oregonia is not a state. Did you mean Oregon?"),
        ("washingtonia", "USA", "washingtonia is not a state. Did you mean Washington?"),
        ("Mass.", "", "Mass. is not a state. Did you mean Massachusetts?"),
        ("North", "", "North is not a state that we know. Enter one like OR, as pay rules depend "
         "on it. Abroad, fill in the country."),
        ("ON", "", "ON is not a state that we know. Enter one like OR, as pay rules depend "
         "on it. Abroad, fill in the country."),
        ("D.C.", "", ""),
        ("n.y.", "United States of America", ""),
        ("AE", "", ""),
        ("Ontario", "Canada", ""),
        (" oregon ", "U.S.", ""),
        ("pr", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_state_that_is_none_is_told_with_the_nearest(state: str, country: str, said: str) -> None:
    assert say_no_state(Place(id="x", city="Salem", state=state, country=country)) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("02/31/2026", "February 2026 has 28 days"),
        ("2028-02-30", "February 2028 has 29 days"),
        ("Sept 31, 2026", "September 2026 has 30 days"),
        ("13/15/2026", "2026 has no month 13"),
        ("0/15/26", "2026 has no month 0"),
        ("12/0/2026", "December 2026 has 31 days"),
        ("0000-01-01", ""),
        ("12/15/2026", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_day_that_does_not_exist_is_told_by_what_there_is(typed: str, said: str) -> None:
    assert say_no_day(typed) == said
    faults = find_faults(a_posting(closing_date=typed))
    assert (f"Correct the closing date: {said}." in [f.message for f in faults]) == bool(said)


def test_pay_in_an_unlikely_unit_is_asked_about() -> None:
    faults = find_faults(a_posting(pay_low="65,000", pay_high="80,000", pay_unit="hour"))
    assert [f.field for f in faults] == ["pay_unit"]
    assert find_faults(a_posting(pay_low="31", pay_high="38", pay_unit="hour")) == []


def test_text_is_cleaned_of_what_no_document_can_hold() -> None:
    assert clean(" a\r\nb\0c\ud800d\x07 ") == "a\nbcd"


def test_pay_that_contradicts_itself_is_told_with_the_figure() -> None:
    for low in ("78,500", "78500", "$78.5k"):
        faults = find_faults(a_posting(pay_low=low, pay_high="70,000"))
        assert [(f.field, f.message) for f in faults] == [
            ("pay_high", "The highest pay must be at least the lowest, 78,500.")
        ]


def test_pay_and_dates_that_can_not_be_read_are_told_at_their_fields() -> None:
    faults = find_faults(a_posting(pay_low="lots", closing_date="soon"))
    assert [f.message for f in faults] == [
        "Enter the lowest pay as a number, like 78,500.",
        "Enter the closing date as month, day and year, like 12/15/2026.",
    ]


@pytest.mark.parametrize("typed", ["0", "$0.00", "99999999", "10,000,000.01", "9" * 300])
def test_pay_that_is_a_number_but_out_of_bounds_is_told_the_bounds(typed: str) -> None:
    faults = find_faults(a_posting(pay_low=typed, pay_high=typed))
    assert [f.message for f in faults] == [
        "Enter the lowest pay as an amount over 0 and up to 10,000,000.",
        "Enter the highest pay as an amount over 0 and up to 10,000,000.",
    ]


@pytest.mark.parametrize("typed", ["-3", "two", "0", "1.5", "2 or 3", "1,00", "\u0662"])
def test_openings_that_are_no_whole_number_are_told_at_their_field(typed: str) -> None:
    faults = find_faults(a_posting(openings=typed))
    assert [(f.field, f.message) for f in faults] == [
        ("openings", "Enter the openings as a whole number, like 2.")
    ]


@pytest.mark.parametrize("typed", ["", "1", "12", "1,200"])
def test_openings_from_one_up_or_none_said_are_right(typed: str) -> None:
    assert find_faults(a_posting(openings=typed)) == []


def test_a_closing_date_that_has_passed_is_told_on_the_day_after() -> None:
    posting = a_posting(closing_date="12/15/2026")
    assert find_faults(posting, date(2026, 12, 15)) == []
    [fault] = find_faults(posting, date(2026, 12, 16))
    assert fault.message == "The closing date, Dec 15, 2026, has passed. Choose a later one."


def test_a_line_of_blanks_takes_time_in_proportion_to_its_length() -> None:
    begin = time.process_time()
    assert read_place("x" + " " * 200_000 + "x", "p") is None
    assert time.process_time() - begin < 5
