"""How many pay bands a role can have: as many as its form can show and send."""

from collections.abc import Collection, Iterable

from jobdesc.postings.band_file import BandFile, LineFault
from jobdesc.postings.bands import BandKey, Spot

MOST_BANDS = 500
"""The most bands of a role that are used."""
MOST_PLACES = 100
"""The most places of a role, any place among them."""
ANY_PLACE: Spot = ("", "")


def places_of(keys: Iterable[BandKey]) -> set[Spot]:
    """The places that the form of a role with these bands shows: any place always."""
    return {ANY_PLACE, *(key[2:] for key in keys)}


def is_over(keys: Collection[BandKey]) -> bool:
    """Whether these are more bands of a role, or in more places, than it can have."""
    return len(keys) > MOST_BANDS or len(places_of(keys)) > MOST_PLACES


def over_limits(stored: Iterable[BandKey], file: BandFile) -> tuple[LineFault, ...]:
    """The line of each role with which the file would give it more than it can have."""
    keys: dict[str, set[BandKey]] = {}
    for key in stored:
        keys.setdefault(key[0], set()).add(key)
    faults: dict[str, LineFault] = {}
    for band in file.bands:
        kept = keys.setdefault(band.role, set())
        if band.key in kept or band.role in faults:
            continue
        kept.add(band.key)
        if is_over(kept):
            message = (
                f"With this line {band.role} has more than {MOST_BANDS} ranges or {MOST_PLACES} "
                "places. Leave some out, or remove some first."
            )
            faults[band.role] = LineFault(file.lines[band.key], "role", message)
    return tuple(faults.values())
