"""The revisions of a role: who changed what, any two side by side, and an old one again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from jobdesc.people.person import Person
from jobdesc.services.role_drafts import RoleDraft

Segment = tuple[Literal["same", "added", "removed"], str]
"""A run of words: 'same' and 'removed' give the text before, 'same' and 'added' that after."""


class NoSuchRevision(Exception):
    """The role has no revision of this number."""


@dataclass(frozen=True)
class RoleRevision:
    """A role as it once was. `who` is None for the shipped library.

    `reason` is one of store.role_revisions.Reason ("edited", "shipped", ...), `words` what changed
    since the revision before: "Duties: 2 added, 1 reworded at III".
    """

    number: int
    who: str | None
    made_at: datetime
    reason: str
    note: str
    name: str
    words: str


@dataclass(frozen=True)
class PartDifference:
    """One thing that differs, as it reads before and after; '' where it is not there.

    `part` is the heading it stands under (Basics, Duties, Pay, Guide, ...), `where` its place
    there. Of a move, the two texts are the same. `segments` are the two, word by word.
    """

    part: str
    where: str
    kind: Literal["added", "removed", "reworded", "moved"]
    before: str
    after: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class DifferencesOfPart:
    """The differences under one heading."""

    part: str
    differences: tuple[PartDifference, ...]


@dataclass(frozen=True)
class RoleComparison:
    """Two states of a role. A side is None where it is the shipped edition."""

    slug: str
    name: str
    before: RoleRevision | None
    after: RoleRevision | None
    parts: tuple[DifferencesOfPart, ...]

    @property
    def count(self) -> int:
        """How many differences there are."""
        return sum(len(part.differences) for part in self.parts)


def role_history(actor: Person, slug: str) -> tuple[RoleRevision, ...]:
    """Its revisions, the newest first. Raises NoSuchRole. Asks for READ_LIBRARY."""
    raise NotImplementedError


def compare_role(actor: Person, slug: str, before: int, after: int) -> RoleComparison:
    """Two revisions. Raises NoSuchRole and NoSuchRevision. Asks for READ_LIBRARY."""
    raise NotImplementedError


def compare_shipped(actor: Person, slug: str) -> RoleComparison | None:
    """What would change if the newest shipped edition were taken; None where none was shipped."""
    raise NotImplementedError


def restore_role(actor: Person, slug: str, number: int, now: datetime) -> RoleDraft:
    """Let the role say again what it said in that revision, as a new one."""
    raise NotImplementedError


def take_shipped(actor: Person, slug: str, now: datetime) -> RoleDraft:
    """Let the role say what its newest shipped edition says, as a new revision."""
    raise NotImplementedError
