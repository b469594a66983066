"""Closing dates as typed and as written."""

import re
from datetime import date

ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$", re.ASCII)
US = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$", re.ASCII)
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def read_date(text: str) -> date | None:
    """A date from '2026-12-15' or '12/15/2026'; None for anything else."""
    if found := ISO.match(text.strip()):
        year, month, day = (int(part) for part in found.groups())
    elif found := US.match(text.strip()):
        month, day, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def write_date(day: date) -> str:
    """'December 15, 2026'."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
