"""The roles of a library as they are stored, made whole: which extends which, and to what end."""

from collections.abc import Iterator, Mapping
from typing import Any

from jobdesc.roles.inherit_levels import LISTS, Body
from jobdesc.roles.own_part import body_of
from jobdesc.roles.parse import Place, Problem, Problems, parse
from jobdesc.roles.resolve import Resolved, resolve
from jobdesc.roles.template import RoleTemplate

EXTENDS: Place = ("extends",)


def whole_role(stored: Mapping[str, Body], slug: str) -> Resolved:
    """The role of that slug made whole, with what of its own part does not fit its parent.

    Raises Problems, at `extends`, for a circle or a missing parent, and where nothing whole comes
    of it.
    """
    body = stored[slug]
    parent = body.get("extends")
    if parent is None:
        return Resolved(body, ())
    if fault := why_not_extend(stored, slug, parent):
        raise Problems([Problem(EXTENDS, fault)])
    return resolved_on(body, whole_role(stored, parent).body)


def resolved_on(own: Body, parent: Body) -> Resolved:
    """`own` on a parent that is whole, in the form in which whole roles are kept."""
    found = resolve(own, parent)
    try:
        return Resolved(body_of(parse(RoleTemplate, found.body)), found.problems)
    except Problems as error:
        own_faults = [locate(problem, found.body, own) for problem in error.problems]
        raise Problems([*found.problems, *own_faults]) from error


def why_not_extend(stored: Mapping[str, Body], slug: str, parent: str) -> str:
    """What is wrong with `slug` extending `parent`: a role that is not here, or a circle."""
    chain = [slug]
    while parent:
        if parent not in stored:
            role = "this role" if len(chain) == 1 else chain[-1]
            return f"{parent}, which {role} extends, is not in the library. Correct the slug."
        chain.append(parent)
        if parent in chain[:-1]:
            return f"makes a circle: {' extends '.join(chain)}. Let one of them extend no other."
        parent = stored[parent].get("extends", "")
    return ""


def descendants(stored: Mapping[str, Body], slug: str) -> Iterator[str]:
    """The roles that extend `slug`, and those that extend them, parents first."""
    for name, body in stored.items():
        if body.get("extends") == slug:
            yield name
            yield from descendants({**stored, slug: {}}, name)


def lineage(stored: Mapping[str, Body], slug: str) -> list[str]:
    """The role itself, what it extends, and so on, as far as they are here; a circle once."""
    chain: list[str] = []
    while slug in stored and slug not in chain:
        chain.append(slug)
        slug = stored[slug].get("extends") or ""
    return chain


def locate(problem: Problem, whole: Body, own: Body) -> Problem:
    """`problem` of the whole role at its place in the own part, else at `extends`, said in words.

    What is wrong where the child says nothing comes from its parent, or from what it leaves out.
    """
    place = _own_place(problem.place, whole, own)
    if place:
        return Problem(place, problem.message)
    named = ".".join(str(part) for part in _by_id(problem.place, whole))
    return Problem(EXTENDS, f"with what comes from {own['extends']}, {named} {problem.message}")


def _own_place(place: Place, whole: Body, own: Body) -> Place | None:
    """Where the child says what stands at `place`; None where it does not."""
    if not place or place[0] not in own:
        return None
    if place[0] in LISTS and len(place) > 1 and isinstance(place[1], int):
        name = _line_id(place, whole)
        for index, line in enumerate(own[place[0]]):
            if line.get("id") == name:
                return _as_far_as(own, (place[0], index, *place[2:]))
        return None
    if place[0] == "guide" and len(place) > 1 and place[1] not in own["guide"]:
        return None
    found = _as_far_as(own, place)
    in_map = isinstance(own[place[0]], dict) and place[0] != "guide"
    return None if in_map and len(found) < min(len(place), 2) else found


def _as_far_as(own: Any, place: Place) -> Place:
    """The part of `place` that is there."""
    found: list[str | int] = []
    for part in place:
        if isinstance(own, dict) and part in own:
            own = own[part]
        elif isinstance(own, list | tuple) and isinstance(part, int) and part < len(own):
            own = own[part]
        else:
            break
        found.append(part)
    return tuple(found)


def _by_id(place: Place, whole: Body) -> Place:
    """The place with the id of its line for its number."""
    if len(place) > 1 and place[0] in LISTS and isinstance(place[1], int):
        return (place[0], _line_id(place, whole), *place[2:])
    return place


def _line_id(place: Place, whole: Body) -> str:
    lines, index = whole.get(str(place[0]), []), place[1]
    known = isinstance(index, int) and index < len(lines)
    return str(lines[index].get("id", index)) if known else str(index)
