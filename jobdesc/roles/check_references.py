"""What must hold of the references that roles share, each fault at its place with its remedy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from jobdesc.roles.check_bodies import check_credential
from jobdesc.roles.credential import Credential
from jobdesc.roles.library import MINIMUM_WAGES
from jobdesc.roles.minimum_wage import MinimumWages, Rate
from jobdesc.roles.parse import Place, Problem
from jobdesc.roles.reference_rows import Row, row_problems

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
    if least := read.get(MINIMUM_WAGES):
        named.append((MINIMUM_WAGES, ("source",), least.source))
        yield from ((MINIMUM_WAGES, problem) for problem in _check_order(least))
    for index, row in enumerate(read["credentials"]):
        named += [("credentials", (index, "source"), source) for source in row.source]
    yield from (("credentials", problem) for problem in _licenses(read["credentials"]))
    for name in ("sources", "credentials"):
        yield from ((name, problem) for problem in _rows(read[name], known))
    for name, place, source in named:
        if source not in known:
            message = f"{source} is not in content/sources.yaml. Add or correct it."
            yield name, Problem(place, message)
    for statement in STATEMENTS:
        if statement not in read["statements"]:
            yield "statements", Problem((statement,), "is missing. Add it.")


def _licenses(credentials: Sequence[Credential]) -> Iterator[Problem]:
    """Licenses that are named as not enough and that nobody knows."""
    known = {credential.id for credential in credentials}
    for index, credential in enumerate(credentials):
        for name in set(credential.not_enough) - known:
            message = f"{name} is not in content/credentials.yaml. Add or correct it."
            yield Problem((index, "not_enough"), message)


def _rows(rows: Sequence[Row], sources: set[str]) -> Iterator[Problem]:
    """Faults within a row, beside the sources of credentials, which are named by index."""
    for index, row in enumerate(rows):
        found = [one for one in row_problems(row, sources) if one.place != ("source",)]
        if isinstance(row, Credential):
            found += check_credential(row, [one for one in rows if isinstance(one, Credential)])
        yield from (Problem((index, *one.place), one.message) for one in found)


def _check_order(wages: MinimumWages) -> Iterator[Problem]:
    """Rows stand in the order of their days."""
    rows: list[tuple[Place, tuple[Rate, ...]]] = [(("federal",), wages.federal)]
    rows += [(("states", code, "rates"), state.rates) for code, state in wages.states.items()]
    for place, rates in rows:
        for index, (rate, following) in enumerate(pairwise(rates), 1):
            if following.start <= rate.start:
                message = f"is not after {rate.start}. Put the rows in the order of their days."
                yield Problem((*place, index, "from"), message)


def _repeated(values: Iterable[tuple[Place, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, value in values:
        if value in seen:
            yield Problem(place, f"{value} is there twice. Keep one of them, or correct it.")
        seen.add(value)
