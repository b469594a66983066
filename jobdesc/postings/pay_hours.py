"""Pay of another unit: an hour of a year that has so many hours of work."""

import re
from decimal import ROUND_DOWN, Decimal

from jobdesc.roles.pay import HOURS_A_YEAR

WEEKS = 52
LEAST, MOST = Decimal(4), Decimal(60)
"""Between how many hours a week a number can be meant."""
RANGE = re.compile(r"(?<=\d)\s*(?:-|\u2013|to|or)\s*(?=\d)")
"""What stands between the two numbers of a range."""
NUMBER = r"(?<![\d.,:/x\u00d7*])(?<![x\u00d7*] )(\d{1,2}(?:\.\d{1,2})?)"
HOURS = r"[\s-]*(?:hours?|hrs?|h)\b\.?"
A_WEEK = r"[\s,(/-]*(?:(?:a|per|each|every|in a|of the)\s+)?(?:work)?(?:week|weekly|wk)\b"
OF_A_WEEK = (
    re.compile(NUMBER + HOURS + A_WEEK, re.ASCII),
    re.compile(rf"\bhours?{A_WEEK}\)?[\s:=]+{NUMBER}(?![\d.,:/]*\d)", re.ASCII),
    re.compile(rf"(?<![\w-])weekly hours[\s:=]+{NUMBER}(?![\d.,:/]*\d)", re.ASCII),
)
"""Hours that are said to be a week's: '40 hrs/wk', 'hours per week: 37.5'."""
ALONE = re.compile(rf"{NUMBER}(?:{HOURS})?", re.ASCII)
AROUND = re.compile(
    r"\b(?:full|part)[\s-]*time\b|[(),;.~]+(?!\d)"
    r"|\b(?:up to|at least|about|approximately|from|between)\b"
)
"""Words that a number of hours can stand among without a word of a week."""


def hours_a_year(hours: str) -> Decimal:
    """The hours of a year from what a posting says of its week: the most it says, 52 times.

    2,080 where it does not say it: numbers of days, shifts and clocks are none of a week.
    """
    text = hours.lower()
    highest = RANGE.sub(" ", text)
    said = [found for pattern in OF_A_WEEK for found in pattern.findall(highest)]
    said = said or _alone(text)
    weeks = [number for number in map(Decimal, said) if LEAST <= number <= MOST]
    return max(weeks) * WEEKS if weeks else Decimal(HOURS_A_YEAR)


def _alone(text: str) -> list[str]:
    """The hours where nothing else is said: '37.5', 'part time, 20 to 30 hours'."""
    ends = RANGE.split(AROUND.sub(" ", text).strip())
    found = [ALONE.fullmatch(end.strip()) for end in ends]
    numbers = [one[1] for one in found if one]
    is_range = len(ends) <= 2 and numbers == sorted(numbers, key=Decimal)
    return numbers if is_range and len(numbers) == len(ends) else []


def an_hour(amount: Decimal, unit: str, hours: Decimal) -> Decimal:
    """An amount as dollars an hour, cut to the cent."""
    if unit == "hour":
        return amount
    return (amount / hours).quantize(Decimal("0.01"), ROUND_DOWN)


def say_hours(hours: Decimal) -> str:
    """'2,080 hours'."""
    return f"{hours.normalize():,f} hours"
