"""The versions of a posting folded: what one person saved in one sitting is read as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from jobdesc.postings.differ import Edit, edits_between
from jobdesc.services.versions import Step
from jobdesc.store.revisions import Reason

PAUSE = timedelta(hours=1)
"""Who saves nothing for so long begins another sitting."""


@dataclass(frozen=True)
class Sitting:
    """Versions that one person saved one after another, the newest first, or a named act.

    `edits` is what all of them did together.
    """

    steps: tuple[Step, ...]
    edits: tuple[Edit, ...]

    @property
    def first(self) -> int:
        """The number of the oldest version."""
        return self.steps[-1].version.number

    @property
    def last(self) -> Step:
        """The newest version."""
        return self.steps[0]


def sittings(steps: Sequence[Step]) -> tuple[Sitting, ...]:
    """The steps, the newest first, with those of one sitting folded."""
    folded: list[list[Step]] = []
    for step in steps:
        if folded and _same_sitting(step, folded[-1][-1]):
            folded[-1].append(step)
        else:
            folded.append([step])
    return tuple(Sitting(tuple(found), _together(found)) for found in folded)


def _same_sitting(older: Step, newer: Step) -> bool:
    before, after = older.version, newer.version
    return (
        before.reason is after.reason is Reason.EDITED
        and before.person_id == after.person_id
        and after.opened_at - before.changed_at < PAUSE
    )


def _together(steps: Sequence[Step]) -> tuple[Edit, ...]:
    before = steps[-1].before
    if len(steps) == 1 or before is None:
        return steps[0].edits
    return edits_between(before, steps[0].version.posting)
