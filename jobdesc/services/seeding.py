"""Take the shipped editions of roles, and leave alone what was edited here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from jobdesc.roles.inherit_levels import Body
from jobdesc.roles.lineage import whole_role, why_not_extend
from jobdesc.roles.parse import Problems
from jobdesc.roles.part_differences import in_words, part_differences
from jobdesc.store.role_revisions import Reason
from jobdesc.store.roles import (
    RoleAct,
    StoredRole,
    body_hash,
    keep_role,
    note_shipped,
    set_retired,
    stored_roles,
)

BY_ID = ("sources", "credentials")
"""References that are lists, to which organizations add."""


class Outcome(StrEnum):
    """What became of the shipped edition of a role."""

    NEW = "new"
    TAKEN = "taken"
    SAME = "same"
    KEPT = "kept"


@dataclass(frozen=True)
class SeededRole:
    """A shipped role and what became of it; `words` say what differs from what stood here."""

    slug: str
    name: str
    outcome: Outcome
    words: str = ""
    retired: bool = False


@dataclass(frozen=True)
class Seeded:
    """All shipped roles, in the order of their slugs."""

    roles: tuple[SeededRole, ...]

    def slugs(self, *outcomes: Outcome) -> list[str]:
        """The roles with one of these outcomes."""
        return [role.slug for role in self.roles if role.outcome in outcomes]

    @property
    def loaded(self) -> list[str]:
        """The roles that say something new now."""
        return self.slugs(Outcome.NEW, Outcome.TAKEN)


def take_editions(
    session: Session, shipped: Mapping[str, Body], retired: Collection[str], now: datetime
) -> Seeded:
    """Load the shipped roles. One that says something else here than its own edition is kept."""
    here = stored_roles(session)
    bodies = {slug: role.body for slug, role in here.items()}
    act = RoleAct(Reason.SHIPPED, 0, now)
    seeded = []
    for slug in parents_first(shipped):
        role, body = here.get(slug), shipped[slug]
        outcome = _outcome(role, body, bodies)
        words = _words(bodies, shipped, slug) if outcome in (Outcome.TAKEN, Outcome.KEPT) else ""
        if outcome in (Outcome.NEW, Outcome.TAKEN):
            keep_role(session, slug, body, act)
            bodies[slug] = body
        if role is None and slug in retired:
            set_retired(session, slug, now, RoleAct(Reason.RETIRED, 0, now))
        if role is None or not _is_noted(role, body, outcome):
            note_shipped(session, slug, body, taken=outcome is not Outcome.KEPT)
        is_retired = role.mark.retired_at is not None if role else slug in retired
        seeded.append(SeededRole(slug, body["name"], outcome, words, is_retired))
    return Seeded(tuple(sorted(seeded, key=lambda role: role.slug)))


def parents_first(bodies: Mapping[str, Body]) -> list[str]:
    """The slugs in an order in which each role comes after the one that it extends."""

    def depth(slug: str) -> int:
        steps = 0
        while (slug := bodies.get(slug, {}).get("extends") or "") and steps < len(bodies):
            steps += 1
        return steps

    return sorted(bodies, key=lambda slug: (depth(slug), slug))


def with_own_rows(shipped: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """The shipped references, with the sources and credentials that only this library has."""
    merged = dict(shipped)
    for name in BY_ID:
        ids = {row["id"] for row in shipped[name]}
        own = [row for row in stored.get(name, []) if row["id"] not in ids]
        merged[name] = [*shipped[name], *own]
    return merged


def _outcome(role: StoredRole | None, body: Body, bodies: Mapping[str, Body]) -> Outcome:
    if role is None:
        return Outcome.NEW
    if role.mark.body_hash == body_hash(body):
        return Outcome.SAME
    parent, slug = body.get("extends"), role.mark.slug
    unfit = bool(parent and why_not_extend({**bodies, slug: body}, slug, parent))
    return Outcome.KEPT if role.mark.edited or unfit else Outcome.TAKEN


def _is_noted(role: StoredRole, body: Body, outcome: Outcome) -> bool:
    """Whether the row says already that this edition was shipped, and whether it was taken."""
    edition = body_hash(body)
    taken = role.mark.shipped_hash == edition
    return role.mark.edition_hash == edition and taken == (outcome is not Outcome.KEPT)


def _words(bodies: Mapping[str, Body], shipped: Mapping[str, Body], slug: str) -> str:
    """Both editions are made whole on the parents that stand here."""
    try:
        before = whole_role(bodies, slug).body
        after = whole_role({**shipped, **bodies, slug: shipped[slug]}, slug).body
    except Problems as error:
        return "; ".join(problem.message.rstrip(".") for problem in error.problems)
    parents = [body.get("extends") for body in (bodies[slug], shipped[slug])]
    words = in_words(part_differences(before, after))
    if parents[0] != parents[1]:
        extends = f"Extends {parents[1]}" if parents[1] else "Extends no other role"
        return "; ".join(part for part in (extends, words) if part)
    return words
