"""Lines that a posting can take from its own role or from another, near its level."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.role_lines import RoleLine, all_lines
from jobdesc.roles.at_level import role_at_level
from jobdesc.roles.levels import Level
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.catalog import library_in, role_in
from jobdesc.services.postings import found_or_gone
from jobdesc.store.postings import posting_by_id
from jobdesc.store.transactions import reading


@dataclass(frozen=True)
class LinesOfRole:
    """Everything that a role says at a level; `roles` are the names of all roles by slug.

    `is_own` says whether it is the posting's own role, `wanted` is the posting's level.
    """

    roles: Mapping[str, str]
    role: RoleTemplate
    level: Level
    wanted: Level
    is_own: bool
    lines: tuple[RoleLine, ...]


def lines_for_posting(actor: Person, posting_id: int, slug: str = "") -> LinesOfRole:
    """The lines of the role of that slug, or of the posting's own; of the first where it is gone.

    Raises NoSuchPosting and NoSuchRole.
    """
    require(actor, Action.EDIT_POSTING)
    with reading() as session:
        stored = found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)
        library = library_in(session)
    posting = stored.posting
    usual = posting.role if library.role(posting.role) else next(iter(library.roles), "")
    role = role_in(library, slug or usual)
    level = nearest_level(role, posting.level)
    held = role_at_level(role, level, library.references.credentials)
    return LinesOfRole(
        roles={other.slug: other.name for other in library.roles.values()} | {role.slug: role.name},
        role=role,
        level=level,
        wanted=posting.level,
        is_own=role.slug == posting.role,
        lines=tuple(all_lines(held)),
    )


def nearest_level(role: RoleTemplate, level: Level) -> Level:
    """`level`, else the nearest that the role has; of two equally near ones the lower."""
    return min(role.levels, key=lambda other: (abs(other.rank - level.rank), other.rank))
