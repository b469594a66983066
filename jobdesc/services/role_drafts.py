"""What the services of roles hand out: a role to edit, the outcome of a save, rows of the list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobdesc.roles.library import References
from jobdesc.roles.parse import Problem
from jobdesc.roles.template import RoleTemplate
from jobdesc.store.roles import NOT_OFFERED


@dataclass(frozen=True)
class RoleName:
    """A role as a link."""

    slug: str
    name: str


@dataclass(frozen=True)
class RoleDraft:
    """A role as it is edited.

    `role` and `body` are the whole role, what it takes from its parent included; `own` is what is
    stored; `parent` is the whole role that it extends. `started` goes into the form and comes back
    with the save: it names what the form shows. `shown` is the body that the form which is read was
    made from, and `body` itself where none is. `warnings` are what shipped content would be
    refused for, at places of `body`.
    `newer_edition` is how many differences a shipped edition has that came after the one this
    role is made from, 0 where there is none; `shipped` whether any edition of it was shipped.
    """

    slug: str
    role: RoleTemplate
    body: dict[str, Any]
    shown: dict[str, Any]
    own: dict[str, Any]
    parent: dict[str, Any] | None
    extends: str | None
    counter: int
    started: str
    retired_at: datetime | None
    shipped: bool
    edited: bool
    newer_edition: int
    warnings: tuple[Problem, ...]
    children: tuple[RoleName, ...]
    postings: int
    references: References

    @property
    def retired(self) -> bool:
        """Whether it is out of the library."""
        return self.retired_at is not None

    @property
    def not_offered(self) -> bool:
        """Whether it has never been in the library."""
        return self.retired_at == NOT_OFFERED


@dataclass(frozen=True)
class RoleConflict:
    """A part that two people changed: it stands as `theirs` is, and `mine` was not written.

    `path` names lines by id and cells by level; `where` says it in words. The texts are the two
    values as they read, for marks word by word; '' where the part is not there.
    """

    path: tuple[str, ...]
    where: str
    mine: Any
    theirs: Any
    mine_text: str
    theirs_text: str


@dataclass(frozen=True)
class SavedRole:
    """The role after a save. `changed` says whether there is a new revision."""

    draft: RoleDraft
    changed: bool
    conflicts: tuple[RoleConflict, ...] = ()


@dataclass(frozen=True)
class RoleSummary:
    """A row of the list of role templates; `who` is None where the library was shipped."""

    slug: str
    role: RoleTemplate
    extends: str | None
    shipped: bool
    edited: bool
    newer_edition: bool
    retired_at: datetime | None
    warnings: int
    changed_at: datetime
    who: str | None

    @property
    def not_offered(self) -> bool:
        """Whether it has never been in the library."""
        return self.retired_at == NOT_OFFERED
