"""Days as pages write them. What is printed writes its months out (postings/dates.py)."""

import re
from datetime import date

ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def short_date(day: date) -> str:
    """'Nov 3, 2026'."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def write_days(text: str) -> str:
    """A text with the days of the calendar in it as pages write them: 'read Nov 3, 2026'."""
    return ISO_DAY.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    try:
        return short_date(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]
