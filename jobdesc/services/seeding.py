"""Take the shipped editions of roles, and leave alone what was edited here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from jobdesc.roles.inherit_levels import Body
from jobdesc.roles.lineage import whole_role
from jobdesc.roles.parse import Problems
from jobdesc.roles.part_differences import in_words, part_differences
from jobdesc.services.role_keeping import why_not_hold
from jobdesc.services.seeding_references import SeededRow
from jobdesc.store.role_revisions import Reason
from jobdesc.store.roles import (
    RoleAct,
    StoredRole,
    body_hash,
    keep_role,
    note_shipped,
    set_retired,
    stored_roles,
    withhold,
)


class Outcome(StrEnum):
    """What became of the shipped edition of a role."""

    NEW = "new"
    TAKEN = "taken"
    SAME = "same"
    KEPT = "kept"
    UNFIT = "unfit"

    @property
    def is_said(self) -> bool:
        """Whether the role says what its shipped edition says."""
        return self not in (Outcome.KEPT, Outcome.UNFIT)


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
    """All shipped roles, in the order of their slugs, and the other rows that are kept."""

    roles: tuple[SeededRole, ...]
    references: tuple[SeededRow, ...] = ()

    def slugs(self, *outcomes: Outcome) -> list[str]:
        """The roles with one of these outcomes."""
        return [role.slug for role in self.roles if role.outcome in outcomes]

    @property
    def loaded(self) -> list[str]:
        """The roles that say something new now."""
        return self.slugs(Outcome.NEW, Outcome.TAKEN)


@dataclass(frozen=True)
class Out:
    """The roles that are not in the library: taken out, and never put in."""

    retired: Collection[str] = ()
    withheld: Collection[str] = ()

    def take_out(self, session: Session, slug: str, act: RoleAct) -> None:
        """Let a new role stand as it is said here."""
        if slug in self.retired:
            set_retired(session, slug, act.now, act)
        elif slug in self.withheld:
            withhold(session, slug)


def take_editions(session: Session, shipped: Mapping[str, Body], out: Out, now: datetime) -> Seeded:
    """Load the shipped roles. One that says something else here than its own edition is kept.

    So is one with whose edition a role, itself or one that extends it, would not hold here.
    """
    here = stored_roles(session)
    bodies = {slug: role.body for slug, role in here.items()}
    act = RoleAct(Reason.SHIPPED, 0, now)
    outcomes = {slug: _outcome(here.get(slug), body) for slug, body in shipped.items()}
    fresh = (Outcome.NEW, Outcome.TAKEN)
    unfit = _unfit(bodies, {slug: shipped[slug] for slug in shipped if outcomes[slug] in fresh})
    seeded = []
    for slug in parents_first(shipped):
        role, body = here.get(slug), shipped[slug]
        outcome = Outcome.UNFIT if slug in unfit else outcomes[slug]
        words = unfit.get(slug, "")
        if outcome in (Outcome.TAKEN, Outcome.KEPT):
            words = _words(bodies, shipped, slug)
        if outcome in fresh:
            keep_role(session, slug, body, act)
            bodies[slug] = body
        if outcome is Outcome.NEW:
            out.take_out(session, slug, RoleAct(Reason.RETIRED, 0, now))
        if slug in bodies and not (role and _is_noted(role, body, outcome)):
            note_shipped(session, slug, body, taken=outcome.is_said)
        is_retired = role.mark.retired_at is not None if role else slug in out.retired
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


def _outcome(role: StoredRole | None, body: Body) -> Outcome:
    """What becomes of it where it fits what stands here."""
    if role is None:
        return Outcome.NEW
    if role.mark.body_hash == body_hash(body):
        return Outcome.SAME
    return Outcome.KEPT if role.mark.edited else Outcome.TAKEN


def _unfit(bodies: Mapping[str, Body], wanted: Mapping[str, Body]) -> dict[str, str]:
    """Which of the wanted editions cannot be taken so that all roles hold, and why.

    They are seen together: what a parent no longer says, the new edition of its child may not need.
    """
    unfit: dict[str, str] = {}
    while found := _first_unfit(
        bodies, {slug: body for slug, body in wanted.items() if slug not in unfit}
    ):
        unfit[found[0]] = found[1]
    return unfit


def _first_unfit(bodies: Mapping[str, Body], wanted: Mapping[str, Body]) -> tuple[str, str] | None:
    """The edition to leave out first: the nearest to a role that would not hold."""
    planned = {**bodies, **wanted}
    for name in (*parents_first(wanted), *(slug for slug in bodies if slug not in wanted)):
        near = next((slug for slug in _line(planned, name) if slug in wanted), None)
        fault = why_not_hold(planned, name) if near and "extends" in planned[name] else ""
        if near == name and fault:
            return name, fault.rstrip(".")
        if near and fault and not why_not_hold(bodies, name):
            who = f"{planned[name]['name']}, which extends this role"
            return near, f"{who}, would not hold. {fault}".rstrip(".")
    return None


def _line(bodies: Mapping[str, Body], slug: str) -> list[str]:
    """The role, the one that it extends, and so on."""
    line: list[str] = []
    while slug in bodies and slug not in line:
        line.append(slug)
        slug = bodies[slug].get("extends") or ""
    return line


def _is_noted(role: StoredRole, body: Body, outcome: Outcome) -> bool:
    """Whether the row says already that this edition was shipped, and whether it was taken."""
    edition = body_hash(body)
    taken = role.mark.shipped_hash == edition
    return role.mark.edition_hash == edition and taken == outcome.is_said


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
