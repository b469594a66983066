"""Closing dates as typed and as written."""

import re
from datetime import date

ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$", re.ASCII)
US = re.compile(r"^(\d{1,2})/(\d{1,2})/((?:20)?\d{2})$", re.ASCII)
WRITTEN = re.compile(r"^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$", re.ASCII)
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def read_date(text: str) -> date | None:
    """A date from '2026-12-15', '12/15/2026', '12/15/26' or 'December 15, 2026'; else None."""
    if found := ISO.match(text.strip()):
        year, month, day = (int(part) for part in found.groups())
    elif found := US.match(text.strip()):
        month, day, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    elif (found := WRITTEN.match(text.strip())) and (number := _month(found[1])):
        month, day, year = number, int(found[2]), int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    """1 to 12 from a month's name or its first letters, 0 for any other word."""
    matching = [n for n, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower())]
    return matching[0] if len(matching) == 1 else 0


def write_date(day: date) -> str:
    """'December 15, 2026'."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
