"""A posting made from another one: the same words, lines and places with ids of their own."""

import re
from collections.abc import Collection, Mapping

from jobdesc.postings.assemble import NewId
from jobdesc.postings.places import Place
from jobdesc.postings.posting import Posting
from jobdesc.postings.values import SHORT

_COPY = re.compile(r" \(copy(?: \d{1,6})?\)$")
UNTITLED = "Untitled posting"


def clone(
    posting: Posting,
    new_id: NewId,
    place: Place | None = None,
    title: str = "",
    pay: Mapping[str, str] | None = None,
) -> Posting:
    """The posting again; lines keep their origin.

    What belongs to one vacancy is left out: the requisition number and the closing date. `place`
    replaces all places; `title` the title, and `pay` the pay.
    """
    places = (place,) if place else posting.places
    return posting.model_copy(
        update={
            **(pay or {}),
            "title": title or posting.title,
            "requisition": "",
            "closing_date": "",
            "places": tuple(one.model_copy(update={"id": new_id()}) for one in places),
            "lines": tuple(line.model_copy(update={"id": new_id()}) for line in posting.lines),
        }
    )


def is_elsewhere(posting: Posting, place: Place | None) -> bool:
    """Whether `place` is another one than the posting has."""
    if place is None:
        return False
    return [_where(one) for one in posting.places] != [_where(place)]


def copy_titles(title: str, most: int) -> list[str]:
    """What a copy can be called, the first choice first: 'Nurse (copy)', 'Nurse (copy 2)', ..."""
    stem = _COPY.sub("", title.strip()) or UNTITLED
    endings = [" (copy)", *(f" (copy {number})" for number in range(2, most + 1))]
    return [stem[: SHORT - len(ending)].rstrip() + ending for ending in endings]


def free_title(titles: list[str], taken: Collection[str]) -> str:
    """The first that nobody uses yet, or the last."""
    return next((title for title in titles if title not in taken), titles[-1])


def _where(place: Place) -> Place:
    return place.model_copy(update={"id": "place"})
