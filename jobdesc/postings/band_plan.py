"""What a file of pay bands would change: shown before it is taken, and held to what was shown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from jobdesc.postings.band_edits import BandChange, describe
from jobdesc.postings.bands import BandKey, PayBand
from jobdesc.postings.profile import mark

Kind = Literal["new", "brought back", "changed"]


@dataclass(frozen=True)
class PlannedBand:
    """A band that the file would add or change."""

    kind: Kind
    change: BandChange
    band: PayBand


@dataclass(frozen=True)
class Plan:
    """The bands that would change; `same` says how many of the file stand already as it says.

    `others` is how many stand that the file does not name: they stay.
    """

    planned: tuple[PlannedBand, ...]
    same: int
    others: int

    @property
    def mark(self) -> str:
        """What tells this plan from any other."""
        return mark([
            [*one.band.key, describe(one.change.before), describe(one.change.after)]
            for one in self.planned
        ])  # fmt: skip


def plan_bands(
    stored: Mapping[BandKey, PayBand], removed: Collection[BandKey], said: Iterable[PayBand]
) -> Plan:
    """The plan for a file that says these bands; a city keeps the spelling that it has."""
    planned: list[PlannedBand] = []
    same = 0
    for band in said:
        before = stored.get(band.key)
        after = band.model_copy(update={"city": before.city}) if before else band
        if before == after:
            same += 1
            continue
        kind: Kind = "changed"
        if before is None:
            kind = "brought back" if band.key in removed else "new"
        planned.append(PlannedBand(kind, BandChange(before, after), after))
    return Plan(
        tuple(planned), same, len(stored) - same - sum(p.kind == "changed" for p in planned)
    )
