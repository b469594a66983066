"""Several bands changed at once: those whose start still stands, and those that met another's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jobdesc.postings.bands import BandKey, PayBand, say_where
from jobdesc.postings.profile import mark
from jobdesc.roles.days import short_date

Act = Literal["added", "changed", "removed", "brought back"]


@dataclass(frozen=True)
class BandEdit:
    """What a band is to be, None for none; `started` is the mark of what the page showed."""

    key: BandKey
    started: str
    after: PayBand | None


@dataclass(frozen=True)
class BandChange:
    """A band before and after; one of them may be None."""

    before: PayBand | None
    after: PayBand | None

    @property
    def act(self) -> Act:
        """What was done."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


@dataclass(frozen=True)
class BandConflict:
    """A band that somebody else changed meanwhile: what was typed, and what is stored."""

    key: BandKey
    mine: PayBand | None
    theirs: PayBand | None


@dataclass(frozen=True)
class MergedBands:
    """The changes to make, and those that met another's."""

    changes: tuple[BandChange, ...]
    conflicts: tuple[BandConflict, ...]


def band_mark(band: PayBand | None) -> str:
    """A short mark of a band, by which a page remembers what it showed."""
    return mark(band.model_dump(mode="json") if band else "")


def merge_bands(stored: Mapping[BandKey, PayBand], edits: Sequence[BandEdit]) -> MergedBands:
    """What `edits` change of the stored bands; what nobody touched changes nothing."""
    changes: list[BandChange] = []
    conflicts: list[BandConflict] = []
    for edit in edits:
        theirs = stored.get(edit.key)
        if band_mark(edit.after) in (edit.started, band_mark(theirs)):
            continue
        if band_mark(theirs) == edit.started:
            changes.append(BandChange(theirs, edit.after))
        else:
            conflicts.append(BandConflict(edit.key, edit.after, theirs))
    return MergedBands(tuple(changes), tuple(conflicts))


def describe(band: PayBand | None) -> str:
    """'$66,000 to $84,000 a year, as of July 1, 2026 (note)'; of none 'no range'."""
    if band is None:
        return "no range"
    note = f" ({band.note})" if band.note else ""
    return f"{band.words}, as of {short_date(band.as_of)}{note}"


def heading(band: PayBand) -> str:
    """'Level II, Portland, OR'."""
    return f"Level {band.level.label}, {say_where(band.state, band.city)}"
