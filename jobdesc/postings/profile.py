"""Changing the organization's profile: what a change started from, and what cannot be kept."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jobdesc.postings.accent import usable_accent
from jobdesc.postings.organization import Organization
from jobdesc.postings.places import Place, say_no_state, say_no_zip_code, state_of
from jobdesc.postings.statements import remember
from jobdesc.roles.parse import Problem, Problems, parse


@dataclass(frozen=True)
class FieldChange:
    """A field of the profile, the mark of what was shown, and what the person made of it."""

    field: str
    started: str
    after: Any


@dataclass(frozen=True)
class Conflict:
    """A field that somebody else changed meanwhile; `theirs` is what is stored."""

    field: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """The profile with every change whose start still stands, and the changes that met others."""

    organization: Organization
    changed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def mark(value: Any) -> str:
    """A short mark of a field's value, by which a form remembers what it showed."""
    text = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def apply_to_profile(current: Organization, changes: Sequence[FieldChange]) -> Merged:
    """Apply each change that nobody else's save has met. Raises Problems, and applies nothing."""
    asked = read_profile(current, {change.field: change.after for change in changes})
    taken: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for change in changes:
        mine, theirs = getattr(asked, change.field), getattr(current, change.field)
        if mark(mine) in (mark(theirs), change.started):
            continue  # the same as stored, or not touched here
        if mark(theirs) == change.started:
            taken[change.field] = change.after
        else:
            conflicts.append(Conflict(change.field, mine, theirs))
    changed = remember(current, read_profile(current, taken))
    return Merged(changed, tuple(taken), tuple(conflicts))


def read_profile(current: Organization, values: dict[str, Any]) -> Organization:
    """`current` with other values, made regular. Raises Problems, each at its field."""
    read = parse(Organization, {**current.model_dump(by_alias=True), **values})
    problems = [*_place_problems(read.places)] if "places" in values else []
    if problems:
        raise Problems(problems)
    return read.model_copy(
        update={
            "places": tuple(_regular(place) for place in read.places if not place.is_empty),
            "benefits": tuple(text for text in read.benefits if text),
            "accent": usable_accent(read.accent)[0],
        }
    )


def own_words(text: str, standard: str) -> str:
    """A statement of the organization's own; empty where it says what the shipped one says."""
    return "" if text.split() == standard.split() else text


def _plain(value: Any) -> Any:
    """A value without what does not show: ids, and places with nothing filled in."""
    if isinstance(value, tuple):
        return [plain for part in value if (plain := _plain(part))]
    if isinstance(value, Place):
        value = value.model_dump()
    if isinstance(value, dict):
        return {name: text for name, text in value.items() if text and name != "id"}
    return value


def _place_problems(places: Sequence[Place]) -> list[Problem]:
    return [
        Problem(("places", index, part), message)
        for index, place in enumerate(places)
        if not place.is_empty
        for part, message in _parts_to_correct(place)
    ]


def _parts_to_correct(place: Place) -> list[tuple[str, str]]:
    found = []
    if not place.city:
        found.append(("city", "Enter the city, like Portland."))
    if not place.in_states:
        return found
    no_state = "" if place.state.strip() else "Enter the state, like OR or Oregon."
    if no_state := no_state or say_no_state(place):
        found.append(("state", no_state))
    if no_zip_code := say_no_zip_code(place):
        found.append(("postal_code", no_zip_code))
    return found


def _regular(place: Place) -> Place:
    """The state as its postal code, where it is one."""
    state = state_of(place.state) if place.in_states else ""
    return place.model_copy(update={"state": state}) if state else place
