"""Every figure and every legal or credential fact of a role names a known source."""

import re
from collections.abc import Iterator

from jobdesc.roles.guide import Guide
from jobdesc.roles.library import References
from jobdesc.roles.lines import Cell, Line, NeedAt
from jobdesc.roles.parse import Place, Problem
from jobdesc.roles.template import RoleTemplate

LINES = ("duties", "skills", "education", "experience", "conditions")
SOURCED = ("education", "experience")
DIGIT = re.compile(r"\d")


def check_sources(role: RoleTemplate, references: References) -> Iterator[Problem]:
    yield from unknown_sources(role, references)
    for name in LINES:
        for index, line in enumerate(getattr(role, name)):
            if not line.source and (name in SOURCED or _has_digit(line)):
                yield Problem((name, index), "states a fact without a source. Add source.")
    for place in _figures_without_source(role):
        yield Problem(place, "states a figure without a source. Add source.")
    for place, text in (*_bare_texts(role), *_bare_texts_of_guide(role.guide)):
        if DIGIT.search(text):
            yield Problem(place, "states a figure without a source. Write it in other words.")


def unknown_sources(role: RoleTemplate, references: References) -> Iterator[Problem]:
    """Sources that the role names and nobody knows."""
    for place, source in _named_sources(role.model_dump(), ()):
        if source not in references.sources:
            yield Problem(place, f"{source} is not in content/sources.yaml. Add or correct it.")


def _figures_without_source(role: RoleTemplate) -> Iterator[Place]:
    """The places of figures that could name a source and do not."""
    for place, passage in _texts(role.model_dump(), ()):
        if DIGIT.search(passage["text"]) and not passage["source"]:
            yield place
    for index, study in enumerate(role.guide.studies):
        if DIGIT.search(study.study + study.leads_to) and not study.source:
            yield ("guide", "studies", index)
    for level, range_ in role.pay.items():
        if not range_.source:
            yield ("pay", level)


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


def _bare_texts(role: RoleTemplate) -> Iterator[tuple[Place, str]]:
    """The texts that have no place for a source, and so state no figure."""
    for name in ("summary", "supervision"):
        for level, cell in getattr(role, name).items():
            if isinstance(cell, Cell):
                yield (name, level), cell.text
    for index, occupation in enumerate(role.occupations):
        yield ("occupations", index, "why"), occupation.why
    for index, line in enumerate(role.credentials):
        for level, asked in line.levels.items():
            if isinstance(asked, NeedAt):
                yield ("credentials", index, "levels", level, "note"), asked.note


def _bare_texts_of_guide(guide: Guide) -> Iterator[tuple[Place, str]]:
    for index, moment in enumerate(guide.day):
        yield ("guide", "day", index, "what"), moment.what
    for index, quality in enumerate(guide.good):
        yield ("guide", "good", index), f"{quality.quality} {quality.shows}"
    for index, similar in enumerate(guide.similar):
        yield ("guide", "similar", index), similar.difference


def _has_digit(line: Line) -> bool:
    cells = [cell for cell in line.levels.values() if isinstance(cell, Cell)]
    return any(DIGIT.search(cell.text) for cell in cells)
