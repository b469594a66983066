"""Pay as typed, as an amount, and as written."""

import re
from decimal import Decimal, InvalidOperation

AMOUNT = re.compile(
    r"^\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?\s*(k)?$", re.ASCII | re.IGNORECASE
)
UNITS = {"year": "a year", "hour": "an hour"}
HIGHEST = Decimal(10_000_000)


def read_amount(text: str) -> Decimal | None:
    """Dollars from '78,500', '$78500', '78.5k' or '37.75'; None for what is not an amount."""
    amount = _read_number(text)
    return amount if amount is not None and 0 < amount <= HIGHEST else None


def say_no_amount(text: str, end: str, example: str) -> str:
    """What to say of a text that is no amount; `end` is of which pay, 'lowest' or 'highest'."""
    if _read_number(text) is None:
        return f"Enter the {end} pay as a number, like {example}."
    return f"Enter the {end} pay as an amount over 0 and up to {HIGHEST:,}."


def _read_number(text: str) -> Decimal | None:
    found = AMOUNT.match(text.strip())
    if not found:
        return None
    try:
        amount = Decimal(found[1].replace(",", "") + (found[2] or ""))
    except InvalidOperation:
        return None
    return amount * (1000 if found[3] else 1)


def write_amount(amount: Decimal) -> str:
    """Dollars with separators, and cents where there are any: '$78,500' or '$37.75'."""
    return f"${amount:,.0f}" if amount == amount.to_integral() else f"${amount:,.2f}"


def write_pay(low: str, high: str, unit: str) -> str:
    """'$78,500 \u2013 $96,200 a year' from texts as typed; '' where neither is filled."""
    first, last = _as_written(low), _as_written(high)
    if not (first or last):
        return ""
    if first and last and first != last:
        return f"{first} \u2013 {last} {UNITS[unit]}"
    if first == last:
        return f"{first} {UNITS[unit]}"
    return f"From {first} {UNITS[unit]}" if first else f"Up to {last} {UNITS[unit]}"


def write_number(text: str) -> str:
    """An amount as typed with its separators and without a sign: '80,000'."""
    return _as_written(text).removeprefix("$")


def _as_written(text: str) -> str:
    amount = read_amount(text)
    return write_amount(amount) if amount is not None else text.strip()
