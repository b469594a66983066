"""A role that extends another becomes whole: first what it takes from its parent, cell by cell.

Levels are read afterward, as in any role (lines.py). Nothing here fails: what does not fit is a
problem at its place in the own part, and is passed over, so that a parent that changes never takes
a role out of the library.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from jobdesc.roles.inherit_levels import LISTS, MAPS, Body, in_level_order, without_levels
from jobdesc.roles.lines import END, START
from jobdesc.roles.parse import Place, Problem

ALWAYS_OWN = ("schema", "slug", "name", "family", "tagline", "updated")
WHOLE = ("synonyms", "occupations", "flsa_source")
"""Lists that are replaced, not merged."""
Line = dict[str, Any]


@dataclass(frozen=True)
class Resolved:
    """The whole role as plain values, without `extends`, and what does not fit its parent."""

    body: Body
    problems: tuple[Problem, ...]


def resolve(own: Body, parent: Body) -> Resolved:
    """`own` as a whole role, on `parent`, which is whole."""
    problems: list[Problem] = []
    dropped = [level for level, title in own.get("titles", {}).items() if title is None]
    base = without_levels(parent, dropped)
    body = {name: value for name, value in base.items() if name not in ALWAYS_OWN}
    body |= {name: own[name] for name in (*ALWAYS_OWN, *WHOLE) if name in own}
    for name in MAPS:
        if name in own:
            said = {**parent.get(name, {}), **base.get(name, {})}
            problems += _nothing_there(own[name], said, (name,), parent["slug"])
            body[name] = _merged_cells(base.get(name, {}), own[name])
    if "guide" in own:
        body["guide"] = base.get("guide", {}) | own["guide"]
    for name in LISTS:
        if name in own:
            merging = _Merging(name, own[name], base.get(name, []), parent["slug"])
            body[name] = merging.lines()
            problems += merging.problems
    return Resolved(body, tuple(problems))


def _merged_cells(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**base, **own}
    return in_level_order({level: cell for level, cell in merged.items() if cell is not None})


def _nothing_there(
    own: Mapping[str, Any], base: Mapping[str, Any], place: Place, parent: str
) -> list[Problem]:
    """Nulls that take out nothing."""
    message = f"is empty, and {parent} says nothing here either. Fill it, or remove it."
    return [
        Problem((*place, level), message)
        for level, cell in own.items()
        if cell is None and level not in base
    ]


class _Merging:
    """The lines of one list, while the child's are laid over the parent's."""

    def __init__(self, name: str, own: list[Line], base: list[Line], parent: str) -> None:
        self.name, self.own, self.parent = name, own, parent
        self.known = {line["id"]: line for line in base}
        self.merged = dict(self.known)
        self.problems: list[Problem] = []

    def lines(self) -> list[Line]:
        """The list of the whole role, in order."""
        for index, own in enumerate(self.own):
            if own.get("remove"):
                self._remove(index, own["id"])
            else:
                self._lay(index, own)
        return [self.merged[name] for name in self._order()]

    def _remove(self, index: int, name: str) -> None:
        if name not in self.known:
            message = f"{self._unknown(name)} Correct the id, or remove these lines."
            self.problems.append(Problem((self.name, index, "id"), message))
        self.merged.pop(name, None)

    def _lay(self, index: int, own: Line) -> None:
        name, base = own["id"], self.known.get(own["id"], {})
        cells, place = own.get("levels", {}), (self.name, index)
        self.problems += _nothing_there(cells, base.get("levels", {}), (*place, "levels"),
                                        self.parent)  # fmt: skip
        line = {**base, **{key: value for key, value in own.items() if key != "after"}}
        line["levels"] = _merged_cells(base.get("levels", {}), cells)
        if fault := self._says_nothing(line, is_new=not base):
            self.problems.append(Problem(place, fault))
            self.merged.pop(name, None)
        else:
            self.merged[name] = line

    def _says_nothing(self, line: Line, *, is_new: bool) -> str:
        """What is wrong with a line that a whole role cannot have."""
        if self.name == "credentials":
            if line.get("credential"):
                return ""
            return f"names no credential. {self._unknown(line['id'])} Add credential."
        if any(cell != END for cell in line["levels"].values()):
            return ""
        if is_new:
            return f"says nothing. {self._unknown(line['id'])} Correct the id, or give it a cell."
        return "has no text left at any level. Write remove: true in place of levels."

    def _order(self) -> list[str]:
        """All lines in the parent's order, the child's own at the end, each with `after` moved."""
        order = list(self.merged)
        behind: dict[str, set[str]] = {}
        for index, own in enumerate(self.own):
            name, anchor = own["id"], own.get("after")
            if anchor is None or name not in self.merged:
                continue
            if anchor != START and (anchor == name or anchor not in self.merged):
                self.problems.append(Problem((self.name, index, "after"), self._no_anchor(anchor)))
                continue
            order.remove(name)
            at = 0 if anchor == START else order.index(anchor) + 1
            while at < len(order) and order[at] in behind.get(anchor, ()):
                at += 1
            order.insert(at, name)
            for group in (anchor, *(other for other, names in behind.items() if anchor in names)):
                behind.setdefault(group, set()).add(name)
        return order

    def _no_anchor(self, anchor: str) -> str:
        return (
            f"{anchor} is not another line of {self.name} here.{_near(anchor, self.merged)} "
            f"Name a line, or write {START} for the beginning."
        )

    def _unknown(self, name: str) -> str:
        near = _near(name, self.known)
        return f"{self.parent} has no {name} in {self.name}.{near}"


def _near(name: str, known: Mapping[str, Any]) -> str:
    near = get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]}?" if near else ""
