"""The time zones to choose from: those of the United States first, by the names people use."""

from functools import cache
from zoneinfo import available_timezones

AMERICAN = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Mountain, no daylight saving (Arizona)",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "America/Adak": "Aleutian",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Atlantic (Puerto Rico, U.S. Virgin Islands)",
    "Pacific/Guam": "Chamorro (Guam, Northern Mariana Islands)",
    "Pacific/Pago_Pago": "Samoa (American Samoa)",
}
_REGIONS = {
    "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian",
    "Pacific",
}  # fmt: skip

Choices = dict[str, list[tuple[str, str]]]


@cache
def time_zone_choices() -> Choices:
    """Name and words of each zone, by the heading that it stands under."""
    names = available_timezones() - set(AMERICAN)
    others = sorted(name for name in names if name.partition("/")[0] in _REGIONS)
    rest = [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in others)]
    return {"United States": list(AMERICAN.items()), "Elsewhere": rest}
