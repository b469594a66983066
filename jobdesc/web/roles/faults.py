"""What keeps a part from being saved, in the words of the page: each fault with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jobdesc.roles.inherit_levels import LISTS
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problem
from jobdesc.web.roles.basics import SHORT_ROWS, TEXT_ROWS
from jobdesc.web.roles.new_source import SPOT
from jobdesc.web.roles.parts import part_of
from jobdesc.web.roles.remarks import sentence

ROWS = SHORT_ROWS | TEXT_ROWS
NAMED = ROWS | {"occupations": "Occupations"}
NEW_SOURCE = {"name": "title", "publisher": "publisher", "url": "link", "read": "date read"}
UNSAID = ("levels", "text", "guide", *LISTS, *ROWS)
"""Parts of a place whose own names would say less than what stands before them."""


@dataclass(frozen=True)
class Fault:
    """'Duties, line 3, level II is empty. Fill it.' `anchor` is the id to go to, '' for none."""

    words: str
    anchor: str


def faults_of(problems: Iterable[Problem], body: dict[str, Any]) -> tuple[Fault, ...]:
    """Every problem once, in the order in which it was found."""
    found = [Fault(_words(problem), _anchor(problem, body)) for problem in problems]
    return tuple(dict.fromkeys(found))


def _words(problem: Problem) -> str:
    where = _where(problem)
    if not where:
        return sentence(problem.message)
    is_clause = problem.message.startswith(("is ", "has ", "must ", "needs "))
    return f"{where} {problem.message}" if is_clause else f"{where}: {sentence(problem.message)}"


def _where(problem: Problem) -> str:
    """'Duties, line 3, level II'; '' where no part of the role is meant."""
    part = part_of(problem.place)
    if part is None:
        is_new = problem.place[:1] == (SPOT,)
        return f"New source, {NEW_SOURCE.get(str(problem.place[-1]), 'id')}" if is_new else ""
    first = str(problem.place[0])
    said = [NAMED.get(first, part.title)]
    if part.shape in ("basics", "guide") and first not in (*ROWS, "guide"):
        said = [first.replace("_", " ").capitalize()]
    for key in problem.place[1:]:
        if isinstance(key, int):
            said.append(f"line {key + 1}")
        elif key in set(Level):
            said.append(f"level {Level(key).label}")
        elif key not in UNSAID:
            said.append(str(key).replace("_", " "))
    return ", ".join(said)


def _anchor(problem: Problem, body: dict[str, Any]) -> str:
    """The control, the row of the matrix, or the section of the guide."""
    match problem.place:
        case (str(name), int(index), *_) if name in LISTS and index < len(body.get(name, [])):
            return f"line-{body[name][index]['id']}"
        case (str(name), str(level), *_) if name in ROWS:
            return f"{name}-{level}"
        case ("name" | "family" | "tagline" | "synonyms" as name, *_):
            return str(name)
        case ("pay", str(level), "source", *more):
            return f"pay-{level}-source-{more[0] if more else 0}"
        case ("pay", str(level), *more):
            end = str(more[0]) if more else "low"
            return f"pay-{level}-{'low_at' if end == 'percentiles' else end}"
        case ("occupations", int(index), *more):
            return f"occupation-{index}-{'code' if 'code' in more else 'why'}"
        case ("guide", str(section), *_):
            return f"guide-{section}"
        case (name, str(key)) if name == SPOT:
            return f"{SPOT}-{key}"
    return ""
