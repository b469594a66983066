"""Roles in an open transaction: those that rest on each other, made whole, checked and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may
from jobdesc.postings.lifecycle import local_today
from jobdesc.roles.checks import check_ids
from jobdesc.roles.differing import own_part
from jobdesc.roles.inherit_levels import LISTS, Body
from jobdesc.roles.lineage import (
    descendants,
    lineage,
    resolved_on,
    whole_role,
    why_not_extend,
)
from jobdesc.roles.own_part import body_of, parse_stored
from jobdesc.roles.parse import Place, Problem, Problems, parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.catalog import NoSuchRole
from jobdesc.store.organizations import time_zone
from jobdesc.store.role_revisions import Reason, body_at
from jobdesc.store.roles import (
    RoleAct,
    RoleMark,
    bodies_of,
    hold_roles,
    keep_role,
    role_marks,
)

LOCKED = "is locked. Leave it as it is, or ask an administrator to change it."
ONLY_ADMINISTRATORS = "can be locked by administrators only. Ask one to lock it."
GONE = "was made from a version that is not here. Open the role again."


@dataclass(frozen=True)
class Shelf:
    """All roles without their bodies, and the bodies of those that one role has to do with."""

    marks: dict[str, RoleMark]
    stored: dict[str, Body]

    def whole(self, slug: str) -> Body:
        """A role made whole, as whole roles are kept. Raises NoSuchRole."""
        if slug not in self.stored:
            raise NoSuchRole(slug)
        body = whole_role(self.stored, slug).body
        return body_of(parse(RoleTemplate, body))

    def ancestors(self, slug: str) -> list[str]:
        """The role that it extends, the one that this extends, and so on."""
        chain: list[str] = []
        while (slug := self.marks[slug].extends or "") in self.marks and slug not in chain:
            chain.append(slug)
        return chain

    def children(self, slug: str) -> list[str]:
        """The roles that extend it."""
        return [name for name, mark in self.marks.items() if mark.extends == slug]

    def started(self, slug: str) -> str:
        """What names the state that a form shows: the counters of all that the role rests on."""
        chain = [slug, *self.ancestors(slug)]
        return ".".join(str(self.marks[name].counter) for name in chain)


def open_shelf(session: Session, *slugs: str, to_write: bool = False) -> Shelf:
    """The roles of these slugs with all that they rest on, and all that rest on them."""
    if to_write:
        hold_roles(session)
    marks = role_marks(session)
    bare = Shelf(marks, {})
    wanted: set[str] = set()
    extends = {name: {"extends": mark.extends} for name, mark in marks.items()}
    for slug in slugs:
        if slug in marks:
            wanted |= {slug, *bare.ancestors(slug), *descendants(extends, slug)}
    return Shelf(marks, bodies_of(session, wanted))


def whole_at(session: Session, shelf: Shelf, slug: str, started: str) -> Body:
    """The role as a form showed it. Raises Problems where nobody has shown that."""
    numbers = started.split(".")
    if not all(number.isascii() and number.isdecimal() for number in numbers):
        raise Problems([Problem(("started",), GONE)])
    return _whole_at(session, shelf, slug, [int(number) for number in numbers])


def _whole_at(session: Session, shelf: Shelf, slug: str, numbers: list[int]) -> Body:
    if not numbers:
        return shelf.whole(slug)
    body = body_at(session, slug, numbers[0]) if numbers[0] < 2**31 else None
    if body is None:
        raise Problems([Problem(("started",), GONE)])
    if "extends" not in body:
        return body_of(parse(RoleTemplate, body))
    return resolved_on(body, _whole_at(session, shelf, body["extends"], numbers[1:])).body


@dataclass(frozen=True)
class Keeping:
    """Who keeps a role, why, and when."""

    actor: Person
    reason: Reason
    now: datetime
    note: str = ""


def keep_whole(
    session: Session,
    shelf: Shelf,
    whole: Body,
    extends: str | None,
    keeping: Keeping,
    like: Body | None = None,
) -> None:
    """Make `whole` what a role says, stored as what differs from the role that it extends.

    A new role may have the locked lines of the one that it is made `like`. Raises Problems where
    it, or a role that extends it, would not hold, and for a locked line.
    """
    slug = whole["slug"]
    before = shelf.whole(slug) if slug in shelf.stored else like
    today = local_today(keeping.now, time_zone(session)).isoformat()
    role = parse(RoleTemplate, whole | {"updated": today})
    found = [*check_ids(role), *locked_lines(before, whole, keeping.actor)]
    if found:
        raise Problems(found)
    body = body_of(role)
    if extends is not None:
        if fault := why_not_extend(shelf.stored | {slug: body}, slug, extends):
            raise Problems([Problem(("extends",), fault)])
        body = body_of(parse_stored(own_part(body, shelf.whole(extends))))
    keep_body(session, shelf, body, keeping)


def keep_body(session: Session, shelf: Shelf, body: Body, keeping: Keeping) -> None:
    """Store a role as it is stored, once all that extend it hold with it. Raises Problems."""
    slug = body["slug"]
    if found := why_not_keep(shelf, {slug: body}, keeping.actor):
        raise Problems([problem for _, problem in found])
    act = RoleAct(keeping.reason, keeping.actor.id, keeping.now, keeping.note)
    keep_role(session, slug, body, act)


def why_not_keep(
    shelf: Shelf, bodies: Mapping[str, Body], actor: Person
) -> list[tuple[str, Problem]]:
    """What stands against storing these bodies, each with the slug of the one that it is about.

    They are seen together: what a parent no longer says, the new body of its child may not need.
    """
    planned = {**shelf.stored, **bodies}
    found: list[tuple[str, Problem]] = []
    for slug in bodies:
        try:
            whole_role(planned, slug)
        except Problems as error:
            found += [(slug, problem) for problem in error.problems]
    if found:
        return found
    others = dict.fromkeys(name for slug in bodies for name in descendants(planned, slug))
    for name in (other for other in others if other not in bodies):
        near = next(slug for slug in lineage(planned, name) if slug in bodies)
        if fault := _why_not_follow(shelf, planned, name, actor):
            message = f"{planned[name]['name']}, which extends this role, {fault}"
            found.append((near, Problem((), message)))
    return found


def _why_not_follow(shelf: Shelf, planned: Mapping[str, Body], name: str, actor: Person) -> str:
    """What keeps a role that is stored here from following the ones that it extends."""
    if fault := why_not_hold(planned, name):
        return f"would not hold. {fault}"
    if locked_lines(shelf.whole(name), whole_role(planned, name).body, actor):
        return "has locked lines that this would change. An administrator can do it."
    return ""


def why_not_hold(stored: Mapping[str, Body], name: str) -> str:
    """What stands in the way of the role being whole on what it extends; '' where nothing does."""
    try:
        role = parse(RoleTemplate, whole_role(stored, name).body)
        problems = list(check_ids(role))
    except Problems as error:
        problems = error.problems
    return "; ".join(str(problem) for problem in problems)


def locked_lines(before: Body | None, after: Body, actor: Person) -> list[Problem]:
    """What `actor` may not do to locked lines: change, remove, unlock them, or lock others."""
    if may(actor, Action.CHANGE_LOCKED):
        return []
    found: list[Problem] = []
    for name in LISTS:
        old = {line["id"]: line for line in (before or {}).get(name, [])}
        places: dict[str, Place] = {}
        for index, line in enumerate(after.get(name, [])):
            places[line["id"]] = (name, index)
            was = old.get(line["id"])
            if was and was.get("locked"):
                found += [Problem((name, index), LOCKED)] if was != line else []
            elif line.get("locked"):
                found.append(Problem((name, index, "locked"), ONLY_ADMINISTRATORS))
        gone = [line for line in old.values() if line.get("locked") and line["id"] not in places]
        found += [Problem((name,), f"{line['id']} {LOCKED}") for line in gone]
    return found
