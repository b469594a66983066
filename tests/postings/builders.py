"""Postings and organizations for tests."""

from collections.abc import Callable
from itertools import count
from typing import Any

from jobdesc.postings.assemble import assemble
from jobdesc.postings.organization import Organization
from jobdesc.postings.posting import Posting
from jobdesc.roles.at_level import RoleAtLevel, role_at_level
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import parse
from tests.roles.builders import a_role, some_references

STATEMENTS = {"equal-opportunity": "We hire fairly.", "accommodation": "Tell us."}


def counting_ids() -> Callable[[], str]:
    """Ids n1, n2, ... in order."""
    numbers = count(1)
    return lambda: f"n{next(numbers)}"


def an_organization(**changes: Any) -> Organization:
    """An organization of which only the name is known, with `changes`."""
    return parse(Organization, {"name": "Harbor County", **changes})


def held_at(level: Level = Level.MID, **changes: Any) -> RoleAtLevel:
    """The builder role at a level."""
    return role_at_level(a_role(**changes), level, some_references().credentials)


def assembled(level: Level = Level.MID, **organization: Any) -> Posting:
    """A posting made from the builder role."""
    return assemble(held_at(level), an_organization(**organization), STATEMENTS, counting_ids())


def a_posting(**changes: Any) -> Posting:
    """A small posting with two duties, with `changes`."""
    return parse(
        Posting,
        {
            "role": "case-manager",
            "level": "mid",
            "title": "Case Manager",
            "summary": "You help people.",
            "places": [{"id": "p1", "city": "Portland", "state": "OR"}],
            "lines": [
                {"id": "a", "section": "duties", "text": "Do a.", "origin": "duty-1"},
                {"id": "b", "section": "duties", "text": "Do b."},
                {"id": "c", "section": "duties", "text": "Do c."},
                {"id": "s", "section": "skills", "text": "Know s.", "origin": "skill-1"},
            ],
            **changes,
        },
    )
