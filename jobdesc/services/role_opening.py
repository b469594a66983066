"""A role as its editor gets it, and the list of all roles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy.orm import Session

from jobdesc.roles.checks import check_role
from jobdesc.roles.inherit_levels import Body
from jobdesc.roles.library import Library, References
from jobdesc.roles.lineage import EXTENDS, whole_role
from jobdesc.roles.parse import Problem, Problems, parse
from jobdesc.roles.part_differences import part_differences
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.catalog import library_in
from jobdesc.services.role_drafts import RoleDraft, RoleName, RoleSummary
from jobdesc.services.role_keeping import Shelf
from jobdesc.store.role_revisions import last_hands
from jobdesc.store.roles import count_postings, role_marks, stored_role


@dataclass
class _Kept:
    """How many warnings a role of the library has, counted once for each state of both."""

    warnings: dict[str, tuple[RoleTemplate, References, int]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


_kept = _Kept()


def draft_of(session: Session, shelf: Shelf, slug: str) -> RoleDraft:
    """A role as it stands in the open transaction. Raises NoSuchRole."""
    body, mark = shelf.whole(slug), shelf.marks[slug]
    role, library = parse(RoleTemplate, body), library_in(session)
    unfit = [Problem(EXTENDS, str(problem)) for problem in whole_role(shelf.stored, slug).problems]
    return RoleDraft(
        slug=slug,
        role=role,
        body=body,
        shown=body,
        own=shelf.stored[slug],
        parent=shelf.whole(mark.extends) if mark.extends else None,
        extends=mark.extends,
        counter=mark.counter,
        started=shelf.started(slug),
        retired_at=mark.retired_at,
        shipped=mark.shipped,
        edited=mark.edited,
        newer_edition=_newer(session, shelf, slug, body) if mark.has_newer_edition else 0,
        warnings=(
            *unfit,
            *_same_name(library, role),
            *check_role(role, library.references, shipped=False),
        ),
        children=tuple(_names(library, shelf.children(slug))),
        postings=count_postings(session, slug),
        references=library.references,
    )


def summaries(session: Session) -> tuple[RoleSummary, ...]:
    """All roles in the order of the library, the retired ones last."""
    library, marks, hands = library_in(session), role_marks(session), last_hands(session)
    roles = (*library.roles.values(), *library.retired.values())
    return tuple(
        RoleSummary(
            slug=role.slug,
            role=role,
            extends=marks[role.slug].extends,
            shipped=marks[role.slug].shipped,
            edited=marks[role.slug].edited,
            newer_edition=marks[role.slug].has_newer_edition,
            retired_at=marks[role.slug].retired_at,
            warnings=_count_warnings(role, library.references) + len(_same_name(library, role)),
            changed_at=marks[role.slug].changed_at,
            who=hands.get(role.slug),
        )
        for role in roles
    )


def shipped_whole(session: Session, shelf: Shelf, slug: str) -> Body | None:
    """The edition that was shipped last, whole on what stands here.

    None where there is none, or where nothing whole comes of it here.
    """
    stored = stored_role(session, slug)
    if stored is None or stored.shipped_body is None:
        return None
    try:
        return whole_role({**shelf.stored, slug: stored.shipped_body}, slug).body
    except Problems:
        return None


def _newer(session: Session, shelf: Shelf, slug: str, body: Body) -> int:
    shipped = shipped_whole(session, shelf, slug)
    return len(part_differences(body, shipped)) if shipped else 0


def _same_name(library: Library, role: RoleTemplate) -> list[Problem]:
    """That another role is called the same: both may be, and are hard to tell apart."""
    name = role.name.casefold()
    others = (*library.roles.values(), *library.retired.values())
    if all(other.slug == role.slug or other.name.casefold() != name for other in others):
        return []
    message = "is the name of another role too. Give one of them another, to tell them apart."
    return [Problem(("name",), message)]


def _names(library: Library, slugs: list[str]) -> list[RoleName]:
    found: Mapping[str, RoleTemplate] = {**library.retired, **library.roles}
    return [RoleName(slug, found[slug].name) for slug in slugs if slug in found]


def _count_warnings(role: RoleTemplate, references: References) -> int:
    with _kept.lock:
        known = _kept.warnings.get(role.slug)
        if known and known[0] is role and known[1] is references:
            return known[2]
        count = len(check_role(role, references, shipped=False))
        _kept.warnings[role.slug] = (role, references, count)
        return count
