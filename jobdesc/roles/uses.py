"""Where sources and credentials are used: by which roles, and a credential at which levels."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jobdesc.roles.check_credentials import check_credentials
from jobdesc.roles.levels import Level
from jobdesc.roles.library import References
from jobdesc.roles.lines import at_level
from jobdesc.roles.listed import listed
from jobdesc.roles.template import RoleTemplate
from jobdesc.roles.values import Value


@dataclass(frozen=True)
class CredentialUse:
    """A role that asks for a credential, and the levels at which it does so, by how much."""

    role: RoleTemplate
    required: tuple[Level, ...]
    preferred: tuple[Level, ...]

    @property
    def words(self) -> str:
        """'Required at III and Lead; preferred at II'."""
        asked = (("required", self.required), ("preferred", self.preferred))
        said = "; ".join(
            f"{need} at {listed(level.label for level in levels)}"
            for need, levels in asked
            if levels
        )
        return said[:1].upper() + said[1:]


def credential_uses(roles: Iterable[RoleTemplate], key: str) -> tuple[CredentialUse, ...]:
    """The roles that ask for the credential."""
    found = (_use(role, key) for role in roles)
    return tuple(use for use in found if use.required or use.preferred)


def who_cannot_hold(
    roles: Iterable[RoleTemplate], references: References, key: str
) -> tuple[tuple[RoleTemplate, str], ...]:
    """Roles that ask for the credential at a level at which nobody can hold it, and why."""
    found = []
    for role in roles:
        if all(line.credential != key for line in role.credentials):
            continue
        for problem in check_credentials(role, references):
            index = problem.place[1]
            named = isinstance(index, int) and role.credentials[index].credential == key
            if named and len(problem.place) == 4:
                level = Level(str(problem.place[3])).label
                found.append((role, f"Level {level}: {problem.message}"))
    return tuple(found)


def sources_named(node: object) -> Iterator[str]:
    """The ids of sources that a role, or a part of one, names; one as often as it is named."""
    if isinstance(node, Value):
        for name in type(node).model_fields:
            value = getattr(node, name)
            if name in ("source", "flsa_source"):
                yield from value
            else:
                yield from sources_named(value)
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from sources_named(value)
    elif isinstance(node, tuple):
        for value in node:
            yield from sources_named(value)


def _use(role: RoleTemplate, key: str) -> CredentialUse:
    needs: dict[str, list[Level]] = {"required": [], "preferred": []}
    for level in role.levels:
        lines = (line for line in role.credentials if line.credential == key)
        asked = {cell.need for line in lines if (cell := at_level(line.levels, level))}
        if asked:
            needs["required" if "required" in asked else "preferred"].append(level)
    return CredentialUse(role, tuple(needs["required"]), tuple(needs["preferred"]))


def _labels(levels: Iterable[Level]) -> str:
    return listed(level.label for level in levels)
