"""Closing dates as typed and as written."""

import re
from calendar import monthrange
from datetime import MINYEAR, date

ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$", re.ASCII)
US = re.compile(r"^(\d{1,2})/(\d{1,2})/((?:20)?\d{2})$", re.ASCII)
WRITTEN = re.compile(r"^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$", re.ASCII)
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def read_date(text: str) -> date | None:
    """A date from '2026-12-15', '12/15/2026', '12/15/26' or 'December 15, 2026'; else None."""
    named = _numbers(text.strip())
    try:
        return date(*named) if named else None
    except ValueError:
        return None


def say_no_day(text: str) -> str:
    """What a date that is written as dates are gets wrong: 'February 2026 has 28 days'; else ''."""
    year, month, day = _numbers(text.strip()) or (0, 0, 0)
    if year < MINYEAR:
        return ""
    if not 1 <= month <= len(MONTHS):
        return f"{year} has no month {month}"
    days = monthrange(year, month)[1]
    return "" if 1 <= day <= days else f"{MONTHS[month - 1]} {year} has {days} days"


def _numbers(text: str) -> tuple[int, int, int] | None:
    """Year, month and day as they were written, also where there is no such day."""
    if found := ISO.match(text):
        year, month, day = (int(part) for part in found.groups())
        return year, month, day
    if found := US.match(text):
        month, day, year = (int(part) for part in found.groups())
        return (year + 2000 if year < 100 else year), month, day
    if (found := WRITTEN.match(text)) and (number := _month(found[1])):
        return int(found[3]), number, int(found[2])
    return None


def _month(name: str) -> int:
    """1 to 12 from a month's name or its first letters, 0 for any other word."""
    matching = [n for n, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower())]
    return matching[0] if len(matching) == 1 else 0


def write_date(day: date) -> str:
    """'December 15, 2026', as it is printed; pages write `short_date` (roles/days.py)."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
