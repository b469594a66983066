"""What a rebase finds: differences that a person ticks, each with the changes that make it so."""

from dataclasses import dataclass
from typing import Literal

from jobdesc.postings.changes import LevelBase, PlainChange

Group = Literal["numbers", "added", "reworded", "removed"]
GROUPS: tuple[Group, ...] = ("numbers", "added", "reworded", "removed")
Kind = Literal["added", "reworded", "moved", "removed"]

CHANGED = "You changed this. Keeping your wording."
CHANGED_FIGURES = "You changed this. Keeping your figures."
ADDED = "You added this. Keeping it."
ADDED_WORDING = "You added this. Keeping your wording."
REMOVED = "You removed this. Leaving it out."
MOVED = "You moved this. Keeping its place."
MOVED_HERE = "You moved this. Keeping it."


@dataclass(frozen=True)
class Difference:
    """A row of the sheet: what stands, what the role says now, and whether to take it.

    `why` says why it is not ticked. `changes` carry it out, alone or after those of other rows in
    their order. Of a move, `before` and `after` are the same words.
    """

    key: str
    group: Group
    kind: Kind
    heading: str
    before: str
    after: str
    why: str
    changes: tuple[PlainChange, ...]

    @property
    def ticked(self) -> bool:
        """Whether it is taken unless the person says otherwise."""
        return not self.why


@dataclass(frozen=True)
class Rebasing:
    """The level and base that a posting has and would have, and every difference, in order."""

    before: LevelBase
    after: LevelBase
    differences: tuple[Difference, ...]
