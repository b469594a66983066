"""Two people changed one role: what each changed alone is kept, what both changed is a conflict.

Three ways, part by part: maps level by level, lines by id and cell by cell, the guide by section.
In a conflict the part stands as `theirs` has it, which is stored already; nothing is dropped
without its being shown.
"""

from dataclasses import dataclass
from typing import Any

from jobdesc.roles.inherit_levels import LISTS, MAPS, Body, in_level_order
from jobdesc.roles.lines import END

Path = tuple[str, ...]
Line = dict[str, Any]
SCALARS = ("name", "family", "tagline", "synonyms", "occupations", "flsa_source")
LINE_SCALARS = ("kind", "credential", "source", "locked")


@dataclass(frozen=True)
class Conflict:
    """A part that both changed; lines are named by id, and None is where it is not there."""

    path: Path
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """The role with what both changed, and what they disagree about."""

    body: Body
    conflicts: tuple[Conflict, ...]


def merge_roles(base: Body, mine: Body, theirs: Body, may_unlock: bool = True) -> Merged:
    """`theirs` with what `mine` changed of `base`; all whole.

    Without `may_unlock`, what mine changed in a line that theirs locked is a conflict.
    """
    return _Merge(base, mine, theirs, may_unlock).merged()


class _Merge:
    def __init__(self, base: Body, mine: Body, theirs: Body, may_unlock: bool) -> None:
        self.base, self.mine, self.theirs = base, mine, theirs
        self.may_unlock = may_unlock
        self.conflicts: list[Conflict] = []

    def merged(self) -> Merged:
        body = dict(self.theirs)
        for name in SCALARS:
            self._put(body, name, self._three((name,), *(s.get(name) for s in self._sides())))
        for name in MAPS:
            cells = self._cells((name,), *(side.get(name, {}) for side in self._sides()))
            self._put(body, name, in_level_order(cells) or None)
        guide = self._cells(("guide",), *(side.get("guide", {}) for side in self._sides()))
        self._put(body, "guide", guide or None)
        for name in LISTS:
            lines = self._lines(name, *(side.get(name, []) for side in self._sides()))
            self._put(body, name, lines or None)
        return Merged(body, tuple(self.conflicts))

    def _sides(self) -> tuple[Body, Body, Body]:
        return self.base, self.mine, self.theirs

    @staticmethod
    def _put(body: Body, name: str, value: Any) -> None:
        if value is None:
            body.pop(name, None)
        else:
            body[name] = value

    def _three(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        if mine in (base, theirs):
            return theirs
        if theirs != base:
            self.conflicts.append(Conflict(path, mine, theirs))
            return theirs
        return mine

    def _cells(
        self, path: Path, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
    ) -> dict[str, Any]:
        merged = {
            key: self._three((*path, key), base.get(key), mine.get(key), theirs.get(key))
            for key in {**theirs, **mine, **base}
        }
        return {key: value for key, value in merged.items() if value is not None}

    def _lines(
        self, name: str, base: list[Line], mine: list[Line], theirs: list[Line]
    ) -> list[Line]:
        olds, mines, others = ({x["id"]: x for x in side} for side in (base, mine, theirs))
        kept: dict[str, Line] = {}
        for line_id in {**others, **mines}:
            sides = (olds.get(line_id), mines.get(line_id), others.get(line_id))
            if line := self._line((name, line_id), *sides):
                kept[line_id] = line
        for line_id in olds.keys() - mines.keys() - others.keys():
            kept.pop(line_id, None)
        return [kept[line_id] for line_id in _order(list(olds), list(mines), list(others), kept)]

    def _line(
        self, path: Path, base: Line | None, mine: Line | None, theirs: Line | None
    ) -> Line | None:
        if mine is None or theirs is None:
            there: Line | None = self._three(path, base, mine, theirs)
            return there
        before = len(self.conflicts)
        old = base or {"levels": {}}
        line = dict(theirs)
        for name in LINE_SCALARS:
            said = self._three((*path, name), old.get(name), mine.get(name), theirs.get(name))
            self._put(line, name, said)
        cells = (old["levels"], mine["levels"], theirs["levels"])
        line["levels"] = in_level_order(self._cells((*path, "levels"), *cells))
        locked = not self.may_unlock and theirs.get("locked") and not old.get("locked")
        emptied = not _says_something(line) and _says_something(mine) and _says_something(theirs)
        if (locked and line != theirs) or emptied:  # emptied: each removed the other's rest
            self.conflicts[before:] = [Conflict(path, mine, theirs)]
            return theirs
        return line


def _says_something(line: Line) -> bool:
    return any(cell != END for cell in line["levels"].values())


def _order(base: list[str], mine: list[str], theirs: list[str], kept: dict[str, Line]) -> list[str]:
    """The order of who moved lines, of `mine` where both did; the other's lines join it."""
    known = set(base) & set(mine) & set(theirs)

    def common(order: list[str]) -> list[str]:
        return [name for name in order if name in known]

    lead, other = (mine, theirs) if common(mine) != common(base) else (theirs, mine)
    order = [name for name in lead if name in kept]
    for at, name in enumerate(other):
        if name in kept and name not in order:
            before = next((x for x in reversed(other[:at]) if x in order), None)
            order.insert(order.index(before) + 1 if before else 0, name)
    return order
