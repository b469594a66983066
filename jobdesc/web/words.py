"""Times and levels as pages write them."""

from datetime import datetime, timedelta, tzinfo

from jobdesc.roles.days import short_date
from jobdesc.roles.levels import Level


def write_when(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """'12 minutes ago', then 'yesterday 4:40 PM', then 'Nov 3, 2026'; to come: 'Nov 30, 2:15 PM'.

    What is less than a minute ahead is now: clocks differ.
    """
    passed, local = now - moment, moment.astimezone(zone)
    if passed <= timedelta(minutes=-1):
        year = "" if local.year == now.astimezone(zone).year else f"{local.year}, "
        return f"{local:%b} {local.day}, {year}{write_clock(local)}"
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return _ago(int(passed.total_seconds() // 60), "minute")
    if local.date() == now.astimezone(zone).date():
        return f"today {write_clock(local)}"
    if local.date() == (now.astimezone(zone) - timedelta(days=1)).date():
        return f"yesterday {write_clock(local)}"
    return short_date(local)


def write_day(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """'Today', 'Yesterday', then 'Nov 3, 2026'."""
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    if day == today:
        return "Today"
    return "Yesterday" if day == today - timedelta(days=1) else short_date(day)


def write_exact(moment: datetime, zone: tzinfo) -> str:
    """'Nov 3, 2026, 4:40 PM EST'."""
    local = moment.astimezone(zone)
    return f"{short_date(local)}, {write_clock(local)} {local:%Z}"


def write_clock(local: datetime) -> str:
    """'4:40 PM'."""
    return f"{local.hour % 12 or 12}:{local:%M} {'AM' if local.hour < 12 else 'PM'}"


def capitalize_first(text: str) -> str:
    """The text with a capital at its start, and the rest as it is: 'HR editor' stays."""
    return text[:1].upper() + text[1:]


def level_label(key: str) -> str:
    """The label of a level's key."""
    return Level(key).label


def _ago(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'} ago"
