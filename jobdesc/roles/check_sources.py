"""Every figure and every legal or credential fact of a role names a known source."""

import re
from collections.abc import Iterator

from jobdesc.roles.library import References
from jobdesc.roles.lines import Cell, Line
from jobdesc.roles.parse import Place, Problem
from jobdesc.roles.template import RoleTemplate

LINES = ("duties", "skills", "education", "experience", "conditions")
SOURCED = ("education", "experience")
DIGIT = re.compile(r"\d")


def check_sources(role: RoleTemplate, references: References) -> Iterator[Problem]:
    for place, source in _named_sources(role.model_dump(), ()):
        if source not in references.sources:
            yield Problem(place, f"{source} is not in content/sources.yaml. Add or correct it.")
    for name in LINES:
        for index, line in enumerate(getattr(role, name)):
            if not line.source and (name in SOURCED or _has_digit(line)):
                yield Problem((name, index), "states a fact without a source. Add source.")
    for place, passage in _texts(role.model_dump(), ()):
        if DIGIT.search(passage["text"]) and not passage["source"]:
            yield Problem(place, "states a figure without a source. Add source.")
    for level, range_ in role.pay.items():
        if not range_.source:
            yield Problem(("pay", level), "states a figure without a source. Add source.")


def _named_sources(node: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("source", "flsa_source"):
                yield from (((*place, key), name) for name in value)
            else:
                yield from _named_sources(value, (*place, str(key)))
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            yield from _named_sources(value, (*place, index))


def _texts(node: object, place: Place) -> Iterator[tuple[Place, dict[str, str]]]:
    """The passages of the guide and the caseload: mappings of a text and its source."""
    if isinstance(node, dict):
        if {"text", "source"} == node.keys():
            yield place, node
        for key, value in node.items():
            yield from _texts(value, (*place, str(key)))
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            yield from _texts(value, (*place, index))


def _has_digit(line: Line) -> bool:
    cells = [cell for cell in line.levels.values() if isinstance(cell, Cell)]
    return any(DIGIT.search(cell.text) for cell in cells)
