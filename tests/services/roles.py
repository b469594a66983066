"""What tests of roles share: people who may edit, and a role changed in one place."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from jobdesc.people.person import Kind, Person
from jobdesc.roles.parse import Problems
from jobdesc.services.role_drafts import SavedRole
from jobdesc.services.roles import open_role, save_role
from tests.accounts import NOW, add_person, set_up

SLUG = "case-manager"


def administrator(app: Flask) -> Person:
    """Who set the installation up."""
    return set_up(app)


def editor(app: Flask, email: str = "hr@lake.gov") -> Person:
    """Somebody who edits roles, and does not change what is locked."""
    return add_person(app, Kind.HR_EDITOR, email)


def body_of_role(actor: Person, slug: str = SLUG) -> dict[str, Any]:
    """A copy of the whole role, to change."""
    return copy.deepcopy(open_role(actor, slug).body)


def edit(actor: Person, slug: str = SLUG, started: str = "", **changes: Any) -> SavedRole:
    """Save a role as it stands with `changes` to its top keys."""
    draft = open_role(actor, slug)
    return save_role(actor, slug, draft.body | changes, started or draft.started, NOW)


def line(body: dict[str, Any], name: str, line_id: str) -> dict[str, Any]:
    """A line of a role, by its id."""
    return next(line for line in body[name] if line["id"] == line_id)


def reworded(body: dict[str, Any], line_id: str, level: str, text: str) -> dict[str, Any]:
    """The role with another text of a duty at a level."""
    changed = copy.deepcopy(body)
    line(changed, "duties", line_id)["levels"][level] = {"text": text, "essential": True}
    return changed


def problems_of(act: Callable[[], object]) -> list[str]:
    """What is wrong with an act, each thing with its place."""
    with pytest.raises(Problems) as caught:
        act()
    return [str(problem) for problem in caught.value.problems]
