"""What a search finds a posting by: its title, its other names, and its texts, from its body."""

from collections.abc import Iterator, Mapping
from typing import Any

from jobdesc.postings.places import PLACE_PARTS, STATES
from jobdesc.roles.levels import LABELS, LEVELS
from jobdesc.roles.searched import Searched

NAMES = ("requisition", "department", "arrangement", "employment_type")
TEXTS = (
    "summary",
    "reports_to",
    "arrangement_detail",
    "schedule",
    "other_pay",
    "about_us",
    "how_to_apply",
    "contact",
)
"""Not the statements on equal opportunity and accommodation: every posting says the same there."""


def searched_posting(body: Mapping[str, Any], status: str) -> Searched:
    """A stored body of any schema. `status` is the key of where it stands."""
    level = next((level for level in LEVELS if level == body.get("level")), None)
    names = (
        *(str(body.get(name, "")) for name in NAMES),
        *map(_place, body.get("places", ())),
        str(body.get("role", "")),
        f"{level} {LABELS[level]}" if level else "",
        status.replace("_", " "),
    )
    return Searched(str(body.get("title", "")), "\n".join(names), "\n".join(texts_of(body)))


def texts_of(body: Mapping[str, Any]) -> Iterator[str]:
    """Every text of a posting that is searched below its names: its lines, then its fields."""
    for line in body.get("lines", ()):
        yield str(line.get("text", ""))
    for name in TEXTS:
        if text := body.get(name):
            yield str(text)


def _place(place: Mapping[str, Any]) -> str:
    """An address, its state as a code and by its name."""
    state = str(place.get("state", ""))
    parts = (*(str(place.get(part, "")) for part in PLACE_PARTS), STATES.get(state.upper(), ""))
    return " ".join(parts)
