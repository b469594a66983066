"""What must hold of a role beyond its shape, each fault at its place with its remedy."""

import re
from collections import Counter
from collections.abc import Iterator

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.library import References
from jobdesc.roles.lines import Cell, Line, at_level
from jobdesc.roles.parse import Place, Problem
from jobdesc.roles.pay import reference_ranges
from jobdesc.roles.template import RoleTemplate

DUTIES, SKILLS = 10, 7
ESSENTIAL = range(5, 10)
LINES = ("duties", "skills", "education", "experience", "conditions")
OWN, INHERITED = ("pay", "caseload"), ("reports_to", "flsa", "summary", "supervision")
SOURCED = ("education", "experience")
DIGIT = re.compile(r"\d")


def check_role(role: RoleTemplate, references: References) -> list[Problem]:
    """Every fault of `role` that its models do not see."""
    return [
        *_check_levels(role),
        *_check_ids(role),
        *_check_counts(role),
        *_check_sources(role, references),
        *_check_years(role),
        *_check_credentials(role, references),
        *_check_pay(role, references),
    ]


def _check_levels(role: RoleTemplate) -> Iterator[Problem]:
    for name in OWN + INHERITED:
        given = getattr(role, name)
        for level in role.levels if name in OWN else role.levels[:1]:
            if level not in given:
                yield Problem((name,), f"has no {level}. Add it, or remove the level's title.")
        for level in given:
            if level not in role.titles:
                yield Problem((name, level), "has no title at this level. Add it to titles.")


def _check_ids(role: RoleTemplate) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in (*LINES, "credentials"):
        for index, line in enumerate(getattr(role, name)):
            if line.id in seen:
                yield Problem((name, index, "id"), f"{line.id} is used twice. Choose another id.")
            seen.add(line.id)


def _check_counts(role: RoleTemplate) -> Iterator[Problem]:
    for level in role.levels:
        duties = [cell for line in role.duties if (cell := at_level(line.levels, level))]
        skills = sum(1 for line in role.skills if at_level(line.levels, level))
        essential = sum(cell.essential for cell in duties)
        if len(duties) < DUTIES:
            yield Problem(("duties",), f"{level} has {len(duties)}. Give at least {DUTIES}.")
        if essential not in ESSENTIAL:
            yield Problem(
                ("duties",),
                f"{level} has {essential} essential ones. Mark {ESSENTIAL[0]} to {ESSENTIAL[-1]}.",
            )
        if skills < SKILLS:
            yield Problem(("skills",), f"{level} has {skills}. Give at least {SKILLS}.")


def _check_sources(role: RoleTemplate, references: References) -> Iterator[Problem]:
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


def _check_years(role: RoleTemplate) -> Iterator[Problem]:
    for index, line in enumerate(role.experience):
        most = 0.0
        for level in LEVELS:
            cell = line.levels.get(level)
            if not isinstance(cell, Cell):
                continue
            place = ("experience", index, "levels", level)
            asked = cell.need == "required" and line.kind != "internship"
            if cell.years is None and asked:
                yield Problem(place, "has no years. Add years, the least that is asked for.")
            elif cell.years is not None and cell.years < most:
                yield Problem(place, f"asks for less than the level below. Give at least {most:g}.")
            most = max(most, cell.years or 0)


def _check_credentials(role: RoleTemplate, references: References) -> Iterator[Problem]:
    for index, line in enumerate(role.credentials):
        credential = references.credentials.get(line.credential)
        if credential is None:
            message = f"{line.credential} is not in content/credentials.yaml. Add or correct it."
            yield Problem(("credentials", index, "credential"), message)
            continue
        for level in role.levels:
            asked = at_level(line.levels, level)
            if asked is None or not credential.min_months:
                continue
            months = _case_management_months(role, level)
            place = ("credentials", index, "levels", level)
            if level is Level.ENTRY and credential.min_months >= 12:
                yield Problem(place, f"{credential.name} can not be held at entry. Remove it.")
            elif asked.need == "required" and "within" not in asked.note:
                if months < credential.min_months:
                    yield Problem(
                        place,
                        f"{credential.name} takes {credential.min_months} months of case "
                        f"management, and the level asks for {months:g}. Make it preferred.",
                    )


def _case_management_months(role: RoleTemplate, level: Level) -> float:
    held = [at_level(e.levels, level) for e in role.experience if e.kind == "case-management"]
    return 12 * max([c.years or 0 for c in held if c and c.need == "required"], default=0)


def _check_pay(role: RoleTemplate, references: References) -> Iterator[Problem]:
    known = references.wages.by_code()
    named = {occupation.code for occupation in role.occupations}
    codes_known = True
    for index, occupation in enumerate(role.occupations):
        if occupation.code not in known:
            codes_known = False
            message = f"{occupation.code} is not in content/wages.yaml. Correct or add it."
            yield Problem(("occupations", index, "code"), message)
    for level, pay in role.pay.items():
        for code in pay.occupations:
            if code not in named:
                message = f"{code} is not one of the role's occupations. Add it there, with why."
                yield Problem(("pay", level, "occupations"), message)
            codes_known = codes_known and code in known
    yield from _check_rising(role)
    if codes_known:
        yield from _check_rule(role, references)


def _check_rising(role: RoleTemplate) -> Iterator[Problem]:
    low = high = 0
    for level in role.levels:
        pay = role.pay.get(level)
        if pay is None:
            continue
        if pay.high < pay.low:
            yield Problem(("pay", level, "high"), f"must be at least the low end, {pay.low}.")
        if pay.low < low or pay.high < high:
            message = f"earns less than the level below. Give at least {low} to {high}."
            yield Problem(("pay", level), message)
        low, high = max(low, pay.low), max(high, pay.high)


def _check_rule(role: RoleTemplate, references: References) -> Iterator[Problem]:
    for level, (low, high) in reference_ranges(role.pay, references.wages).items():
        pay = role.pay[level]
        if (pay.low, pay.high) != (low, high):
            message = f"is {pay.low} to {pay.high}; the wage table gives {low} to {high}. Write it."
            yield Problem(("pay", level), message)
