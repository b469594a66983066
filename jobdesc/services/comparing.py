"""Read two roles of the library side by side. Nothing here writes."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.roles.at_level import RoleAtLevel, role_at_level
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.library import Library
from jobdesc.roles.side_by_side import nearest_level
from jobdesc.services.catalog import load_library


@dataclass(frozen=True)
class Side:
    """One of the two. `held` is None where there is no such role, `slug` what was asked for.

    `difference` is what its guide says of the other.
    """

    slug: str
    held: RoleAtLevel | None = None
    retired: bool = False
    difference: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two sides at a level, and what can be chosen: roles by slug, and the levels of either."""

    left: Side
    right: Side
    level: Level
    levels: tuple[Level, ...]
    choices: Mapping[str, str]


def compare_roles(actor: Person, left: str, right: str, level: str = "") -> Comparison:
    """Two roles at a level, II unless another is named; each at the nearest that it has."""
    require(actor, Action.READ_LIBRARY)
    library = load_library()
    wanted = next((own for own in LEVELS if own == level), Level.MID)
    roles = [role for slug in (left, right) if (role := library.role(slug))]
    levels = tuple(own for own in LEVELS if any(own in role.levels for role in roles))
    choices = {slug: role.name for slug, role in library.roles.items()}
    choices |= {role.slug: f"{role.name} (retired)" for role in roles if role.slug not in choices}
    return Comparison(
        _side(library, left, right, wanted),
        _side(library, right, left, wanted),
        wanted,
        levels,
        dict(sorted(choices.items(), key=lambda choice: choice[1].casefold())),
    )


def _side(library: Library, slug: str, other: str, wanted: Level) -> Side:
    role = library.role(slug)
    if role is None:
        return Side(slug)
    near = (one.difference for one in role.guide.similar if one.role == other)
    held = role_at_level(role, nearest_level(role, wanted), library.references.credentials)
    return Side(slug, held, slug in library.retired, next(near, ""))
