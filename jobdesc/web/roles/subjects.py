"""What a message of the checks speaks of, said with it; what is said of several levels, once."""

from collections.abc import Iterable, Iterator

from jobdesc.roles.lacks import CountAtLevel, Missing, NoneAtLevel, TooFew
from jobdesc.roles.levels import Level
from jobdesc.roles.listed import listed
from jobdesc.roles.parse import Problem
from jobdesc.roles.part_words import GUIDE_NAMES

Told = tuple[tuple[str, ...], str]
"""A place and what is said there."""

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
    "tagline": ("The sentence is", ""),
    "synonyms": ("Other names are", "name"),
    "occupations": ("Occupations are", "occupation"),
    "percentiles": ("Percentiles are", ""),
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
        place = tuple(map(str, problem.place))
        match problem:
            case NoneAtLevel(level=level):
                joined.setdefault((place, ""), []).append(level)
            case CountAtLevel(level=level, fault=fault):
                joined.setdefault((place, fault), []).append(level)
            case _:
                joined.setdefault((place, _with_subject(problem)), [])
    return list(_said(joined))


def _said(joined: dict[tuple[tuple[str, ...], str], list[Level]]) -> Iterator[Told]:
    for (place, message), levels in joined.items():
        if not levels:
            yield place, message
            continue
        several = len(levels) > 1
        who = f"{'Levels' if several else 'Level'} {listed(level.label for level in levels)}"
        if message:
            yield place, f"{who} {'each have' if several else 'has'} {message}"
        else:
            what = f"{'have a title' if several else 'has a title'} but no {NOUNS[place[0]]}"
            yield place, f"{who} {what}. Add it, or remove the title{'s' if several else ''}."


def _with_subject(problem: Problem) -> str:
    """'Education is missing. Give at least one line.'; other messages stay as they are."""
    if not isinstance(problem, Missing | TooFew):
        return problem.message
    name = str(problem.place[-1])
    if problem.place[0] == "guide" and name in GUIDE_NAMES:
        subject, unit = f'"{GUIDE_NAMES[name]}" in the guide is', "entry"
    else:
        subject, unit = SUBJECTS[name]
    if isinstance(problem, Missing):
        return f"{subject} missing. {problem.remedy}"
    least = _many(problem.least, unit)
    if not problem.count:
        return f"{subject} missing. Give at least {least}."
    return f"{subject.rpartition(' ')[0]}: {problem.count} so far. Give at least {least}."


def _many(count: int, unit: str) -> str:
    if count == 1:
        return f"one {unit}"
    return f"{count} {unit.removesuffix('y')}ies" if unit.endswith("y") else f"{count} {unit}s"
