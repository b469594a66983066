"""The time zones to choose from: those of the United States first, by the names people use."""

from functools import cache
from zoneinfo import available_timezones

from wtforms import SelectChoice

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


@cache
def time_zone_choices() -> list[SelectChoice]:
    """All zones, under the heading that each one stands under."""
    names = available_timezones() - set(AMERICAN)
    others = sorted(name for name in names if name.partition("/")[0] in _REGIONS)
    elsewhere = {"UTC": "UTC"} | {name: name.replace("_", " ") for name in others}
    return [
        SelectChoice(name, words, optgroup=heading)
        for heading, zones in (("United States", AMERICAN), ("Elsewhere", elsewhere))
        for name, words in zones.items()
    ]
