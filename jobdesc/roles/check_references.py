"""What must hold of the references that roles share, each fault at its place with its remedy."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jobdesc.roles.parse import Place, Problem

STATEMENTS = ("equal-opportunity", "accommodation")
"""The standing texts that every posting prints."""


def check_references(read: Mapping[str, Any]) -> Iterator[tuple[str, Problem]]:
    """Faults of parsed references by the name of their file."""
    sources, wages = read["sources"], read["wages"]
    known = {source.id for source in sources}
    for name in ("sources", "credentials"):
        ids = [((index, "id"), row.id) for index, row in enumerate(read[name])]
        yield from ((name, problem) for problem in _repeated(ids))
    rows = enumerate(wages.occupations)
    codes = _repeated((("occupations", index, "code"), row.code) for index, row in rows)
    yield from (("wages", problem) for problem in codes)
    named: list[tuple[str, Place, str]] = [("wages", ("source",), wages.source)]
    for index, row in enumerate(read["credentials"]):
        named += [("credentials", (index, "source"), source) for source in row.source]
    for name, place, source in named:
        if source not in known:
            message = f"{source} is not in content/sources.yaml. Add or correct it."
            yield name, Problem(place, message)
    for statement in STATEMENTS:
        if statement not in read["statements"]:
            yield "statements", Problem((statement,), "is missing. Add it.")


def _repeated(values: Iterable[tuple[Place, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, value in values:
        if value in seen:
            yield Problem(place, f"{value} is there twice. Keep one of them, or correct it.")
        seen.add(value)
