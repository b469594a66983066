"""A posting made from another one: the same words, lines and places with ids of their own."""

from collections.abc import Mapping

from jobdesc.postings.assemble import NewId
from jobdesc.postings.places import Place
from jobdesc.postings.posting import Posting


def clone(
    posting: Posting,
    new_id: NewId,
    place: Place | None = None,
    pay: Mapping[str, str] | None = None,
) -> Posting:
    """The posting again; lines keep their origin.

    What belongs to one vacancy is left out: the requisition number and the closing date. `place`
    replaces all places, and `pay` the pay. The title is printed, and says nothing of a copy.
    """
    places = (place,) if place else posting.places
    return posting.model_copy(
        update={
            **(pay or {}),
            "requisition": "",
            "closing_date": "",
            "places": tuple(one.model_copy(update={"id": new_id()}) for one in places),
            "lines": tuple(line.model_copy(update={"id": new_id()}) for line in posting.lines),
        }
    )


def is_elsewhere(posting: Posting, place: Place) -> bool:
    """Whether `place` is another one than the posting's."""
    return [_where(one) for one in posting.places] != [_where(place)]


def _where(place: Place) -> Place:
    return place.model_copy(update={"id": "place"})
