"""What a posting still lacks, and what in it cannot be right."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from jobdesc.postings.dates import read_date, say_no_day
from jobdesc.postings.money import UNITS, read_amount, say_no_amount, write_number
from jobdesc.postings.placeholders import ASKED_FOR, printed_in, remarks_on, used_in
from jobdesc.postings.places import say_no_state, say_no_zip_code
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import NEEDS, Part, Section
from jobdesc.roles.days import short_date

WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+", re.ASCII)
LOWEST_PAY, HIGHEST_PAY = "pay_low", "pay_high"


@dataclass(frozen=True)
class Missing:
    """A detail that a reader of the posting needs, and the words for it.

    `field` is the name of its field, or of the part whose lists hold it.
    """

    field: str
    words: str


@dataclass(frozen=True)
class Fault:
    """What is wrong at a field, and what to do."""

    field: str
    message: str


def missing_details(posting: Posting) -> list[Missing]:
    """What to ask for, in the order of the posting."""
    wanted = [
        (posting.title, Missing("title", "job title")),
        (has_place(posting), Missing("location", "location")),
        (posting.schedule, Missing("schedule", "schedule")),
        *_parts_of_the_work(posting),
        (posting.pay_low, Missing("pay_low", "lowest pay")),
        (posting.pay_high, Missing("pay_high", "highest pay")),
        (posting.how_to_apply or posting.contact, Missing("how_to_apply", "how to apply")),
    ]
    missing = [missing for value, missing in wanted if not value]
    return list(dict.fromkeys([*missing, *_asked_by_placeholders(posting)]))


def _parts_of_the_work(posting: Posting) -> Iterator[tuple[bool, Missing]]:
    """What is done and what it takes, but for a part that somebody has hidden."""
    said = (
        (Part.ABOUT_ROLE, bool(posting.summary), Missing("summary", "about the role")),
        (Part.DUTIES, _has_lines(posting, (Section.DUTIES,)), Missing("duties", "duties")),
        (Part.NEEDS, _has_lines(posting, NEEDS), Missing("needs", "requirements")),
    )
    return ((had, detail) for part, had, detail in said if part not in posting.hidden_parts)


def _has_lines(posting: Posting, sections: Collection[Section]) -> bool:
    return any(line.text and line.section in sections for line in posting.lines)


def _asked_by_placeholders(posting: Posting) -> Iterator[Missing]:
    """What a text of the posting speaks of, and nobody has filled in."""
    for used in used_in(posting):
        if used.name not in ASKED_FOR:
            continue
        field, words = ASKED_FOR[used.name]
        said = has_place(posting) if field == "location" else getattr(posting, field)
        if field == "pay_low":
            said = posting.pay_low or posting.pay_high
        if not said:
            yield Missing(field, words)


def has_place(posting: Posting) -> bool:
    """Whether the posting says where the work is done, or that it is done from anywhere."""
    named = any(place.city or place.state for place in posting.places)
    return named or (posting.arrangement == "remote" and bool(posting.arrangement_detail))


def find_faults(posting: Posting, today: date | None = None) -> list[Fault]:
    """What cannot be right: pay, openings, dates, places, and placeholders that are none or open.

    With `today` also a closing date that has passed.
    """
    closing = _closing_fault(posting.closing_date, today)
    return [
        *_pay_faults(posting),
        *_openings_fault(posting.openings),
        *closing,
        *_wrong_places(posting),
        *_wrong_placeholders(posting),
    ]


def _openings_fault(typed: str) -> Iterator[Fault]:
    if typed and not (WHOLE.fullmatch(typed) and int(typed.replace(",", ""))):
        yield Fault("openings", "Enter the openings as a whole number, like 2.")


def _closing_fault(typed: str, today: date | None) -> Iterator[Fault]:
    closing = read_date(typed)
    if typed and closing is None:
        example = "Enter the closing date as month, day and year, like 12/15/2026."
        wrong = say_no_day(typed)
        message = f"Correct the closing date: {wrong}." if wrong else example
        yield Fault("closing_date", message)
    elif closing and today and closing < today:
        message = f"The closing date, {short_date(closing)}, has passed. Choose a later one."
        yield Fault("closing_date", message)


def _wrong_places(posting: Posting) -> Iterator[Fault]:
    for place in posting.places:
        for part, message in (
            ("state", say_no_state(place)),
            ("postal_code", say_no_zip_code(place)),
        ):
            if message:
                yield Fault(f"place:{place.id}.{part}", message)


def _wrong_placeholders(posting: Posting) -> Iterator[Fault]:
    """The first remark on the braces of each text."""
    for control, text in printed_in(posting):
        yield from (Fault(control, message) for message in remarks_on(text)[:1])


LIKELY = {"year": (1_000, 2_000_000), "hour": (1, 1_000)}
"""Between which amounts pay in a unit can be meant."""


def _pay_faults(posting: Posting) -> list[Fault]:
    low, high = read_amount(posting.pay_low), read_amount(posting.pay_high)
    example = "78,500" if posting.pay_unit == "year" else "37.75"
    faults = []
    if posting.pay_low and low is None:
        message = say_no_amount(posting.pay_low, "lowest", example)
        faults.append(Fault(LOWEST_PAY, message))
    if posting.pay_high and high is None:
        message = say_no_amount(posting.pay_high, "highest", example)
        faults.append(Fault(HIGHEST_PAY, message))
    if low is not None and high is not None and high < low:
        message = f"The highest pay must be at least the lowest, {write_number(posting.pay_low)}."
        faults.append(Fault(HIGHEST_PAY, message))
    least, most = LIKELY[posting.pay_unit]
    if any(not least <= amount <= most for amount in (low, high) if amount is not None):
        unit = UNITS[posting.pay_unit]
        message = f"Check the unit: the pay above is given as dollars {unit}."
        faults.append(Fault("pay_unit", message))
    return faults
