"""The areas whose figures stand for a place: its metropolitan one, its state, the nation."""

import re
from collections.abc import Iterable, Iterator

from jobdesc.wages.areas import states_in
from jobdesc.wages.figures import Area, AreaKind

_SIGNS = re.compile(r"[.'\u2019]")
_PARTS = re.compile(r"\s*(?:--?|/)\s*")


def nearest(areas: Iterable[Area], state: str, city: str) -> Iterator[Area]:
    """The areas that hold a place, the nearest first; `state` is a postal code or empty."""
    known = sorted(areas, key=lambda area: area.code)
    held = [
        area for area in known if area.kind is AreaKind.METRO and _holds(area.title, state, city)
    ]
    yield from sorted(held, key=lambda area: not _starts(area.title, city))
    states = (AreaKind.STATE, AreaKind.TERRITORY)
    yield from (area for area in known if area.kind in states and state and area.state == state)
    yield from (area for area in known if area.kind is AreaKind.NATION)


def _holds(title: str, state: str, city: str) -> bool:
    """Whether 'Portland-Vancouver-Hillsboro, OR-WA' names the city and its state."""
    return state in states_in(title) and _plain(city) in _cities(title)


def _starts(title: str, city: str) -> bool:
    return _plain(title).startswith(_plain(city))


def _cities(title: str) -> set[str]:
    """Every city of the title. 'Winston-Salem' is one, so neighbors are taken together too."""
    parts = [_plain(part) for part in _PARTS.split(title.rpartition(",")[0])]
    ends = range(1, len(parts) + 1)
    found = {" ".join(parts[start:end]) for end in ends for start in range(end)}
    found |= {city.removesuffix(" city") for city in found}
    return {city.removeprefix("urban ") for city in found} - {""}


def _plain(text: str) -> str:
    words = _SIGNS.sub("", text).replace("-", " ").casefold().split()
    return " ".join(
        {"saint": "st", "ste": "sainte", "fort": "ft"}.get(word, word) for word in words
    )
