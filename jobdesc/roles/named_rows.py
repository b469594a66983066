"""The sources and credentials that a role's body names, whatever else is wrong with it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jobdesc.roles.parse import Place, Problem
from jobdesc.roles.reference_rows import RESERVED, say_no_such_credential, say_no_such_source

SOURCED = ("source", "flsa_source")


def unknown_rows(
    body: Mapping[str, Any],
    before: Mapping[str, Any],
    sources: Collection[str],
    credentials: Collection[str],
) -> list[Problem]:
    """What a body names that nobody knows, but for what it named `before`."""
    known = {*sources, *(name for _, name in _sources(before, ()))}
    found = [
        Problem(place, say_no_such_source(name))
        for place, name in _sources(body, ())
        if name not in known
    ]
    asked = {*credentials, *(name for _, name in _credentials(before))}
    return found + [
        Problem(place, say_no_such_credential(name))
        for place, name in _credentials(body)
        if name not in asked
    ]


def with_new_source(node: Any, key: str) -> Any:
    """A body in which the source that was new has its id."""
    if isinstance(node, Mapping):
        return {
            name: [key if one == RESERVED else one for one in value]
            if name in SOURCED and isinstance(value, list | tuple)
            else with_new_source(value, key)
            for name, value in node.items()
        }
    return [with_new_source(one, key) for one in node] if isinstance(node, list) else node


def _sources(node: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in SOURCED and isinstance(value, list | tuple):
                named = enumerate(value)
                yield from (((*place, key, at), one) for at, one in named if isinstance(one, str))
            else:
                yield from _sources(value, (*place, str(key)))
    elif isinstance(node, list | tuple):
        for index, value in enumerate(node):
            yield from _sources(value, (*place, index))


def _credentials(body: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    lines = body.get("credentials")
    for index, line in enumerate(lines if isinstance(lines, list | tuple) else ()):
        name = line.get("credential") if isinstance(line, Mapping) else None
        if name and isinstance(name, str):
            yield ("credentials", index, "credential"), name
