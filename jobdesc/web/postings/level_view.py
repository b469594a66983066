"""What the sheet of a change of level shows: groups of rows, each with its words and changes."""

import json
from dataclasses import dataclass

from jobdesc.postings.changes import LevelBase
from jobdesc.postings.differences import GROUPS, Difference, Group, Rebasing
from jobdesc.roles.compare import Run, compare_words
from jobdesc.roles.levels import Level
from jobdesc.services.levels import LevelSheet

TITLES: dict[Group, str] = {
    "numbers": "Pay and numbers",
    "added": "Added",
    "reworded": "Reworded",
    "removed": "Removed",
}


@dataclass(frozen=True)
class Row:
    """One difference; `changes` is JSON for the script that applies it."""

    difference: Difference
    ticked: bool

    @property
    def key(self) -> str:
        """What the tick box stands for."""
        return self.difference.key

    @property
    def heading(self) -> str:
        """The part or field."""
        return self.difference.heading

    @property
    def why(self) -> str:
        """Why it is not ticked at first."""
        return self.difference.why

    @property
    def moved(self) -> bool:
        """Whether only the place differs."""
        return self.difference.kind == "moved"

    @property
    def before(self) -> str:
        """What stands."""
        return self.difference.before

    @property
    def after(self) -> str:
        """What the role says at the level."""
        return self.difference.after

    @property
    def parts(self) -> tuple[Run, ...]:
        """The words of both, marked."""
        return compare_words(self.before, self.after)

    @property
    def changes(self) -> str:
        """The changes that carry it out, as JSON."""
        return json.dumps([change.model_dump(mode="json") for change in self.difference.changes])


@dataclass(frozen=True)
class RowGroup:
    """The rows of one kind."""

    key: Group
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SheetView:
    """The sheet; `before` and `after` are levels with their bases, as JSON."""

    level: Level
    counter: int
    base: str
    before: str
    after: str
    groups: tuple[RowGroup, ...]
    button: str
    ticked: str
    no_differences: str


def view_sheet(sheet: LevelSheet, ticked: frozenset[str] | None, in_dialog: bool) -> SheetView:
    """The sheet with these rows ticked, or with the usual ones."""
    rebasing = sheet.rebasing
    rows = [
        Row(found, found.ticked if ticked is None else found.key in ticked)
        for found in rebasing.differences
    ]
    groups = [
        RowGroup(key, TITLES[key], tuple(row for row in rows if row.difference.group == key))
        for key in GROUPS
    ]
    count = sum(row.ticked for row in rows)
    return SheetView(
        level=sheet.level,
        counter=sheet.counter,
        base=sheet.mark,
        before=_level_base(rebasing.before),
        after=_level_base(rebasing.after),
        groups=tuple(group for group in groups if group.rows),
        button=_button(rebasing, count if in_dialog else None),
        ticked=_ticked(count, len(rows)) if rows else "",
        no_differences=_no_differences(rebasing),
    )


def heading_of(rebasing: Rebasing) -> str:
    """'Level II to level III: 9 differences'."""
    before, after = rebasing.before.level, rebasing.after.level
    count = len(rebasing.differences)
    number = f"{count or 'no'} {'difference' if count == 1 else 'differences'}"
    if before == after:
        return f"Newer text of level {after.label}: {number}"
    return f"Level {before.label} to level {after.label}: {number}"


def _button(rebasing: Rebasing, count: int | None) -> str:
    """What the main button says; nothing where there is nothing to do."""
    if not rebasing.differences:
        return "" if rebasing.before.level == rebasing.after.level else "Change the level"
    if count is None:
        return "Apply ticked changes"
    if count == 0:
        return "Change level only"
    return f"Apply {count} {'change' if count == 1 else 'changes'}"


def _ticked(count: int, total: int) -> str:
    """How many are ticked at first, for a page whose button cannot count along."""
    if not count:
        return "Nothing is ticked as this page opens. Tick what should change."
    number = count if count < total else "1" if total == 1 else f"all {total}"
    of = f" of {total}" if count < total else ""
    are = f"{'change' if total == 1 else 'changes'} {'is' if count == 1 else 'are'}"
    said = f"{number}{of} {are} ticked as this page opens. Untick what should stay as it is."
    return said[:1].upper() + said[1:]


def _no_differences(rebasing: Rebasing) -> str:
    label = rebasing.after.level.label
    if rebasing.before.level == rebasing.after.level:
        return f"This posting says what the role says at level {label} today."
    return f"Nothing in this posting differs at level {label}. Only the level itself changes."


def _level_base(pair: LevelBase) -> str:
    return json.dumps(pair.model_dump(mode="json"))
