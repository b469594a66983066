"""What a message of the checks speaks of, said with it; what is said of several levels, once."""

import re
from collections.abc import Iterable, Iterator

from jobdesc.roles.levels import Level
from jobdesc.roles.listed import listed
from jobdesc.roles.parse import Place, Problem
from jobdesc.roles.part_words import GUIDE_NAMES

Told = tuple[tuple[str, ...], str]
"""A place and what is said there."""

OF_LEVEL = "|".join(Level)
LACKS = re.compile(rf"has no ({OF_LEVEL})\. Add it, or remove the level's title\.")
COUNTS = re.compile(rf"({OF_LEVEL}) has (.+)")
TOO_FEW = re.compile(r"(?:is missing|has (\d+))\. Give at least (\d+)\.")
NOUNS = {
    "pay": "pay",
    "caseload": "caseload",
    "reports_to": "superior",
    "flsa": "overtime status",
    "summary": "summary",
    "supervision": "supervision",
}
"""What a level has none of."""
SUBJECTS = {
    "synonyms": ("Other names are", "name"),
    "occupations": ("Occupations are", "occupation"),
    "flsa_source": ("The source of the overtime status is", "source"),
    "education": ("Education is", "line"),
    "experience": ("Experience is", "line"),
    "conditions": ("Working conditions are", "line"),
    "answer": ("The answer is", "paragraph"),
}
"""What is missing, with its verb, and what one of it is."""


def with_subjects(problems: Iterable[Problem]) -> list[Told]:
    """Every problem in its place, in the order in which it was found."""
    joined: dict[tuple[tuple[str, ...], str], list[Level]] = {}
    for problem in problems:
        place, message = tuple(map(str, problem.place)), problem.message
        if found := LACKS.fullmatch(message):
            joined.setdefault((place, LACKS.pattern), []).append(Level(found[1]))
        elif found := COUNTS.fullmatch(message):
            joined.setdefault((place, found[2]), []).append(Level(found[1]))
        else:
            joined.setdefault((place, _least(problem.place, message)), [])
    return list(_said(joined))


def _said(joined: dict[tuple[tuple[str, ...], str], list[Level]]) -> Iterator[Told]:
    for (place, message), levels in joined.items():
        if not levels:
            yield place, message
            continue
        several = len(levels) > 1
        who = f"{'Levels' if several else 'Level'} {listed(level.label for level in levels)}"
        if message == LACKS.pattern:
            what = f"{'have a title' if several else 'has a title'} but no {NOUNS[place[0]]}"
            yield place, f"{who} {what}. Add it, or remove the title{'s' if several else ''}."
        else:
            yield place, f"{who} {'each have' if several else 'has'} {message}"


def _least(place: Place, message: str) -> str:
    """'Education is missing. Give at least one line.'; other messages stay as they are."""
    found = TOO_FEW.fullmatch(message)
    last = str(place[-1]) if place else ""
    if not found:
        is_empty = place == ("tagline",) and message.startswith("is ")
        return f"the sentence {message}" if is_empty else message
    if len(place) == 2 and place[0] == "guide" and last in GUIDE_NAMES:
        missing, unit = f'"{GUIDE_NAMES[last]}" in the guide is', "entry"
    elif last in SUBJECTS:
        missing, unit = SUBJECTS[last]
    else:
        return message
    if found[1]:
        missing, verb = missing.rpartition(" ")[0], f": {found[1]} so far"
    else:
        verb = " missing"
    return f"{missing}{verb}. Give at least {_many(int(found[2]), unit)}."


def _many(count: int, unit: str) -> str:
    if count == 1:
        return f"one {unit}"
    return f"{count} {unit.removesuffix('y')}ies" if unit.endswith("y") else f"{count} {unit}s"
