"""How many facts of the library name a source, and how many of those were checked there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jobdesc.roles.library import References
from jobdesc.roles.template import RoleTemplate
from jobdesc.roles.values import Source, Value


@dataclass(frozen=True)
class FactCount:
    """What is counted, how many there are, and how many rest on checked sources alone."""

    name: str
    total: int
    checked: int


def count_facts(roles: Mapping[str, RoleTemplate], references: References) -> list[FactCount]:
    """Sources, credentials, and the facts of each role: lines, pay, passages of the guide."""
    sources, credentials = references.sources, references.credentials
    named = [credential.source for credential in credentials.values()]
    counted = [
        FactCount("Sources", len(sources), sum(one.verified for one in sources.values())),
        _count("Licenses and certifications", named, sources),
    ]
    for slug, role in roles.items():
        asked = [credentials[line.credential].source for line in role.credentials
                 if line.credential in credentials]  # fmt: skip
        counted.append(_count(slug, [*_facts(role), *asked], sources))
    return counted


def _count(name: str, facts: list[tuple[str, ...]], sources: Mapping[str, Source]) -> FactCount:
    def is_checked(names: tuple[str, ...]) -> bool:
        return all(name in sources and sources[name].verified for name in names)

    return FactCount(name, len(facts), sum(map(is_checked, facts)))


def _facts(node: object) -> Iterator[tuple[str, ...]]:
    """The sources of each thing that names any."""
    if isinstance(node, Value):
        for name in type(node).model_fields:
            value = getattr(node, name)
            if name in ("source", "flsa_source"):
                yield from [value] if value else []
            else:
                yield from _facts(value)
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _facts(value)
    elif isinstance(node, tuple):
        for value in node:
            yield from _facts(value)
