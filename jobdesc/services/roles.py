"""Role templates as people edit them: each act is one transaction and one revision."""

from datetime import datetime
from typing import Any

from jobdesc.people.person import Person
from jobdesc.roles.template import Family
from jobdesc.services.role_drafts import RoleDraft, RoleSummary, SavedRole


def list_roles(actor: Person) -> tuple[RoleSummary, ...]:
    """Every role, the retired ones last. Asks for EDIT_ROLES."""
    raise NotImplementedError


def open_role(actor: Person, slug: str) -> RoleDraft:
    """A role with all that its editor needs. Raises NoSuchRole. Asks for READ_LIBRARY."""
    raise NotImplementedError


def save_role(
    actor: Person, slug: str, body: dict[str, Any], started: str, now: datetime
) -> SavedRole:
    """Keep the whole role as `body` says it; `started` is that of the draft the form was made from.

    What others changed meanwhile stays; a part that both changed is a conflict and stays as theirs.
    The day in `updated` is set here. Raises NoSuchRole, and Problems at the places of `body`.
    """
    raise NotImplementedError


def create_role(
    actor: Person,
    name: str,
    slug: str | None,
    extends: str | None,
    now: datetime,
    family: Family | None = None,
    tagline: str = "",
) -> RoleDraft:
    """A new role: everything as in the role it extends, or empty with one level.

    Without `slug` one is made of the name. Raises Problems at name, slug, extends, tagline.
    """
    raise NotImplementedError


def duplicate_role(actor: Person, slug: str, name: str, now: datetime) -> RoleDraft:
    """A new role that says what this one says, and extends what it extends."""
    raise NotImplementedError


def change_extends(
    actor: Person, slug: str, extends: str | None, started: str, now: datetime
) -> SavedRole:
    """Let a role extend another, or none, and go on saying what it says now.

    Raises Problems at `extends` for a circle, a retired or a missing role.
    """
    raise NotImplementedError


def retire_role(actor: Person, slug: str, now: datetime) -> RoleDraft:
    """Take a role out of the library; its postings, its guide and its children go on."""
    raise NotImplementedError


def bring_back_role(actor: Person, slug: str, now: datetime) -> RoleDraft:
    """Put a retired role back into the library."""
    raise NotImplementedError
