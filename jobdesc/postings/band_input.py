"""A pay band as typed in a form or written in a file: one reading, faults at their fields."""

from collections.abc import Mapping
from datetime import date

from jobdesc.postings.bands import PayBand, Unit
from jobdesc.postings.complete import LIKELY
from jobdesc.postings.dates import read_date, say_no_day
from jobdesc.postings.money import UNITS, read_amount, say_no_amount, write_number
from jobdesc.postings.places import STATES
from jobdesc.postings.values import SHORT, clean, say_too_long
from jobdesc.postings.variants import state_code
from jobdesc.roles.days import short_date
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problem, Problems

TYPED = ("low", "high", "per", "as_of", "note")
"""What a person fills in for a level in a place."""
PER: dict[str, Unit] = {
    **dict.fromkeys(("year", "a year", "yearly", "annual"), "year"),
    **dict.fromkeys(("hour", "an hour", "hourly"), "hour"),
}
EXAMPLES = {"year": "78,500", "hour": "37.75"}
OLDEST = date(2000, 1, 1)
CITY = 100
"""The most characters of a city: it is a part of what a band is found by."""


def one_line(text: str) -> str:
    """A text on one line, without signs that cannot be printed."""
    return " ".join(str(clean(text)).split())


def day_faults(text: str, today: date) -> list[Problem]:
    """What is wrong with a day that was typed beside no band; nothing where none was."""
    return _date_faults(text, today) if text else []


def read_band(role: str, level: Level, typed: Mapping[str, str], today: date) -> PayBand:
    """The band that `typed` says, by the names of the file's columns.

    Raises Problems with every fault, each at the name of its column.
    """
    text = {name: one_line(value) for name, value in typed.items()}
    unit = PER.get(text.get("per", "").lower())
    as_of = read_date(text.get("as_of", ""))
    faults = [
        *_place_faults(text),
        *_pay_faults(text, unit),
        *_date_faults(text.get("as_of", ""), today),
        *_long_faults(text),
    ]
    if faults or unit is None or as_of is None:
        raise Problems(faults)
    return PayBand(
        role=role,
        level=level,
        state=state_code(text.get("state", "")),
        city=text.get("city", ""),
        low=_cents(text["low"]),
        high=_cents(text["high"]),
        unit=unit,
        as_of=as_of,
        note=text.get("note", ""),
    )


def _place_faults(text: Mapping[str, str]) -> list[Problem]:
    state, city = state_code(text.get("state", "")), text.get("city", "")
    if state and state not in STATES:
        return [Problem(("state",), "Enter the state, like OR or Oregon.")]
    if city and not state:
        return [Problem(("state",), f"Enter the state of {city[:60]}, like OR or Oregon.")]
    return []


def _pay_faults(text: Mapping[str, str], unit: Unit | None) -> list[Problem]:
    """Amounts that are none, the ends the wrong way round, and amounts of another unit."""
    ends = {end: read_amount(text.get(end, "")) for end in ("low", "high")}
    example = EXAMPLES[unit or "year"]
    faults = [
        Problem((end,), say_no_amount(text.get(end, ""), f"{end}est", example))
        for end, amount in ends.items()
        if amount is None
    ]
    if unit is None:
        faults.append(Problem(("per",), "Enter year or hour."))
    low, high = ends["low"], ends["high"]
    if low is not None and high is not None and high < low:
        message = f"The highest pay must be at least the lowest, {write_number(text['low'])}."
        faults.append(Problem(("high",), message))
    if faults or unit is None:
        return faults
    least, most = LIKELY[unit]
    if any(amount is not None and not least <= amount <= most for amount in ends.values()):
        message = f"Check the unit: this pay is given as dollars {UNITS[unit]}."
        faults.append(Problem(("per",), message))
    return faults


def _date_faults(text: str, today: date) -> list[Problem]:
    if wrong := say_no_day(text):
        return [Problem(("as_of",), f"Correct the day: {wrong}.")]
    as_of = read_date(text)
    if as_of is None:
        return [Problem(("as_of",), "Enter the day from which it holds, like 7/1/2026.")]
    if not OLDEST <= as_of <= today:
        message = f"Enter a day from {OLDEST.year} up to today, {short_date(today)}."
        return [Problem(("as_of",), message)]
    return []


def _long_faults(text: Mapping[str, str]) -> list[Problem]:
    return [
        Problem((name,), message)
        for name, most in (("city", CITY), ("note", SHORT))
        if (message := say_too_long(text.get(name, ""), most))
    ]


def _cents(text: str) -> int:
    amount = read_amount(text)
    return int((amount or 0) * 100)
