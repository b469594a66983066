"""What is remarked at the pay of a posting: its organization's range, and the minimum wage there.

Advice: nothing here holds anything up. Minimum wages of cities and counties are not held.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from jobdesc.postings.bands import PayBand, say_age
from jobdesc.postings.complete import HIGHEST_PAY, LOWEST_PAY, find_faults
from jobdesc.postings.money import UNITS, read_amount, write_amount
from jobdesc.postings.pay_hours import an_hour, hours_a_year, say_hours
from jobdesc.postings.places import STATES
from jobdesc.postings.posting import Posting
from jobdesc.postings.variants import state_code
from jobdesc.roles.days import short_date
from jobdesc.roles.minimum_wage import Minimum, MinimumWages, Rate, minimum_in
from jobdesc.roles.pay import HOURS_A_YEAR

AHEAD = timedelta(days=366)
"""How long before it begins an announced minimum wage is told."""
LOCAL = "Cities and counties may set more."
Range = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class PayFacts:
    """What a posting's pay is held against: its organization's band, and what day it is there.

    A band is old after `pay_age` months.
    """

    band: PayBand | None
    pay_age: int
    today: date


@dataclass(frozen=True)
class PayRemark:
    """A remark in words; `source` is the id of the source that it rests on, '' for none."""

    text: str
    source: str = ""


def own_range(posting: Posting) -> Range | None:
    """Both ends as amounts, where nothing about them is to correct."""
    low, high = read_amount(posting.pay_low), read_amount(posting.pay_high)
    wrong = {fault.field for fault in find_faults(posting)} & {LOWEST_PAY, HIGHEST_PAY, "pay_unit"}
    return (low, high) if low is not None and high is not None and not wrong else None


def leaves(own: Range, other: Range, name: str) -> str:
    """'$60,000 is below this level's range, $66,000 to $84,000'; nothing where it is within."""
    (low, high), (bottom, top) = own, other
    range_words = f"{name}, {say_range(other)}"
    if high < bottom or low > top:
        return f"{say_range(own)} is {'below' if high < bottom else 'above'} {range_words}"
    parts = [f"{write_amount(low)} is below"] if low < bottom else []
    if high > top:
        above = f"{write_amount(high)} above" if parts else f"{write_amount(high)} is above"
        parts.append(above)
    return f"{' and '.join(parts)} {range_words}" if parts else ""


def say_range(amounts: Range, between: str = " to ") -> str:
    """'$66,000 to $84,000', or the one amount that both ends are."""
    return between.join(dict.fromkeys(write_amount(amount) for amount in amounts))


def band_in_unit(band: PayBand, posting: Posting) -> Range:
    """The band in the posting's unit. Pay by the hour makes a year of the posting's own hours; a
    year's pay is that of full-time work, also beside a posting of fewer hours.
    """
    if band.unit == posting.pay_unit:
        return band.amounts
    low, high = band.amounts
    if posting.pay_unit == "hour":
        full = Decimal(HOURS_A_YEAR)
        return an_hour(low, "year", full), an_hour(high, "year", full)
    hours = hours_a_year(posting.hours)
    return low * hours, high * hours


def pay_remarks(posting: Posting, facts: PayFacts, minimums: MinimumWages) -> Iterator[PayRemark]:
    """The remarks, the most pressing first; the drawing of pay says where it leaves its range."""
    yield from _minimum_remarks(posting, facts.today, minimums)
    if facts.band and (age := say_age(facts.band, facts.today, facts.pay_age)):
        yield PayRemark(age.replace("This", "Your organization's", 1))


def _minimum_remarks(posting: Posting, today: date, minimums: MinimumWages) -> Iterator[PayRemark]:
    low = _lowest(posting)
    if low is None:
        return
    hours = hours_a_year(posting.hours)
    hourly = an_hour(low, posting.pay_unit, hours)
    states = [state_code(place.state.strip()) for place in posting.places if place.in_states]
    told: set[str] = set()
    for state in dict.fromkeys(states):
        held = minimum_in(minimums, state, today) if state in STATES else None
        words = _undercuts(hourly, held, state, today) if held else ""
        if held and words and words not in told:
            told.add(words)
            note = f" {held.note}" if held.note else ""
            text = f"{words}{_equivalent(low, hourly, posting, hours)}{note} {LOCAL}"
            yield PayRemark(text, minimums.source)


def _lowest(posting: Posting) -> Decimal | None:
    """The lowest amount that a posting names, where its unit can be meant."""
    low, high = read_amount(posting.pay_low), read_amount(posting.pay_high)
    wrong = {fault.field for fault in find_faults(posting)}
    if "pay_unit" in wrong or (posting.pay_low and low is None):
        return None
    return low if low is not None else high


def _undercuts(hourly: Decimal, held: Minimum, state: str, today: date) -> str:
    """What minimum the pay is below: that of the state, of a part of it, or one to come."""
    whose = f"the minimum wage of {STATES[state]}" if held.state else "the federal minimum wage"
    if hourly < held.rate.hourly:
        parts = [f"{write_amount(one.hourly)} in {one.name}" for one in held.rate.areas]
        differing = f" Parts of the state differ: {', '.join(parts)}." if parts else ""
        return f"Below {whose}, {_rate(held.rate.hourly, held.rate)}.{differing}"
    for area in held.rate.areas:
        if hourly < area.hourly:
            return f"Below the minimum wage of {area.name}, {_rate(area.hourly, held.rate)}."
    coming = held.coming
    if coming and coming.start <= today + AHEAD and hourly < coming.hourly:
        return f"Below {whose} that is announced, {_rate(coming.hourly, coming)}."
    return ""


def _rate(hourly: Decimal, rate: Rate) -> str:
    """'$17.13 an hour (from Jan 1, 2026)'."""
    since = rate.says or f"from {short_date(rate.start)}"
    return f"{write_amount(hourly)} {UNITS['hour']} ({since})"


def _equivalent(low: Decimal, hourly: Decimal, posting: Posting, hours: Decimal) -> str:
    """How yearly pay was counted by the hour, in words."""
    if posting.pay_unit == "hour":
        return ""
    return (
        f" {write_amount(low)} a year is {write_amount(hourly)} an hour for "
        f"{say_hours(hours)} a year."
    )
