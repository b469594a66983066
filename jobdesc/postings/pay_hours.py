"""Pay of another unit: an hour of a year that has so many hours of work."""

import re
from decimal import ROUND_DOWN, Decimal

from jobdesc.roles.pay import HOURS_A_YEAR

WEEKS = 52
NUMBER = re.compile(r"(?<![\d.,])\d{1,2}(?:\.\d{1,2})?(?![\d.,]*\d)", re.ASCII)
LEAST, MOST = Decimal(4), Decimal(60)
"""Between how many hours a week a number can be meant."""


def hours_a_year(hours: str) -> Decimal:
    """The hours of a year from what a posting says of its week: the most it says, 52 times.

    2,080 where it says none.
    """
    said = [Decimal(found) for found in NUMBER.findall(hours)]
    week = max((number for number in said if LEAST <= number <= MOST), default=None)
    return week * WEEKS if week else Decimal(HOURS_A_YEAR)


def an_hour(amount: Decimal, unit: str, hours: Decimal) -> Decimal:
    """An amount as dollars an hour, cut to the cent."""
    if unit == "hour":
        return amount
    return (amount / hours).quantize(Decimal("0.01"), ROUND_DOWN)


def say_hours(hours: Decimal) -> str:
    """'2,080 hours'."""
    return f"{hours.normalize():,f} hours"
