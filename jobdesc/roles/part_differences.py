"""What differs between two states of a whole role, part by part, and the same in a few words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from jobdesc.roles.inherit_levels import MAPS, Body, in_level_order
from jobdesc.roles.listed import listed
from jobdesc.roles.order import in_order
from jobdesc.roles.part_words import (
    FIELDS,
    GUIDE,
    GUIDE_NAMES,
    LINE_FIELDS,
    LIST_HEADINGS,
    label,
    read,
    read_line,
    title_of,
)
from jobdesc.roles.template import FAMILIES

Kind = Literal["added", "removed", "reworded", "moved"]
MOST_WORDS = 4
"""How many parts are named in the words of a revision."""


@dataclass(frozen=True)
class Difference:
    """One thing that differs, as it reads before and after; '' where it is not there.

    `part` is the heading that it stands under, `where` its place there; `level` and `line` are
    its level and the id of its line, or ''.
    Of a move, both texts are the same.
    """

    part: str
    where: str
    kind: Kind
    before: str
    after: str
    level: str = ""
    line: str = ""


def part_differences(before: Body, after: Body) -> tuple[Difference, ...]:
    """Every difference of two whole roles, in the order of a file; the day is none."""
    found: list[Difference] = []
    for name, (part, where) in FIELDS.items():
        if part != "Pay":
            found += _field(name, part, where, before, after)
    for name, part in LIST_HEADINGS.items():
        found += _lines(part, before.get(name, []), after.get(name, []))
    for name in ("occupations", "pay"):
        found += _field(name, *FIELDS[name], before, after)
    old, new = before.get("guide", {}), after.get("guide", {})
    for name, where in GUIDE_NAMES.items():
        found += _one(GUIDE, where, old.get(name), new.get(name))
    return tuple(found)


def in_words(differences: Sequence[Difference]) -> str:
    """'Duties: 2 added, 1 reworded at III; Pay: II'; '' for no difference."""
    said = [
        f"{part}: {_say(list(group))}"
        for part, group in groupby(differences, key=lambda difference: difference.part)
    ]
    if len(said) > MOST_WORDS:
        more = len(said) - MOST_WORDS + 1
        said = [*said[: MOST_WORDS - 1], f"{more} more parts"]
    return "; ".join(said)


def _field(name: str, part: str, where: str, before: Body, after: Body) -> Iterator[Difference]:
    old, new = before.get(name), after.get(name)
    if name == "family":
        old, new = FAMILIES[before["family"]], FAMILIES[after["family"]]
    if name not in MAPS:
        yield from _one(part, where, old, new)
        return
    for level in in_level_order({**(old or {}), **(new or {})}):
        cells = ((old or {}).get(level), (new or {}).get(level))
        yield from _one(part, f"{where} at {label(level)}", *cells, level=level)


def _one(
    part: str, where: str, old: Any, new: Any, level: str = "", kind: Kind | None = None
) -> Iterator[Difference]:
    """A difference, where there is one."""
    if old == new or not (old or new):
        return
    before, after = read(old), read(new)
    usual: Kind = "reworded" if before and after else "added" if after else "removed"
    yield Difference(part, where, kind or usual, before, after, level)


def _lines(
    part: str, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> Iterator[Difference]:
    old, new = ({line["id"]: line for line in lines} for lines in (before, after))
    common = [name for name in new if name in old]
    staying = in_order(list(old), common)
    for name, line in new.items():
        if name not in old:
            yield Difference(part, title_of(line), "added", "", read_line(line), line=name)
            continue
        yield from (replace(row, line=name) for row in _line(part, old[name], line))
        if name not in staying:
            text = read_line(line)
            yield Difference(part, title_of(line), "moved", text, text, line=name)
    for name, line in old.items():
        if name not in new:
            yield Difference(part, title_of(line), "removed", read_line(line), "", line=name)


def _line(part: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    """What differs within a line: it is reworded, also where a level of it comes or goes."""
    title = title_of(new)
    for name, where in LINE_FIELDS.items():
        yield from _one(part, f"{title}: {where}", old.get(name), new.get(name), kind="reworded")
    for level in in_level_order({**old["levels"], **new["levels"]}):
        cells = (old["levels"].get(level), new["levels"].get(level))
        where = f"{title}: {label(level)}"
        yield from _one(part, where, *cells, level=level, kind="reworded")


def _say(differences: list[Difference]) -> str:
    if differences[0].part not in LIST_HEADINGS.values():
        return _names(differences)
    said = []
    for kind in ("added", "reworded", "moved", "removed"):
        of_kind = [difference for difference in differences if difference.kind == kind]
        if not of_kind:
            continue
        lines = len({difference.line for difference in of_kind})
        said.append(f"{lines} {kind}{_at(of_kind)}")
    return ", ".join(said)


def _at(differences: list[Difference]) -> str:
    """' at II and III', where all that differs has its level."""
    levels = in_level_order({difference.level: None for difference in differences})
    if not levels or any(not difference.level for difference in differences):
        return ""
    return f" at {listed(map(label, levels))}"


def _names(differences: list[Difference]) -> str:
    """'tagline, title at II and III'."""
    levels: dict[str, list[str]] = {}
    for difference in differences:
        name = difference.where.partition(" at ")[0] if difference.level else difference.where
        own = levels.setdefault(name, [])
        own += [label(difference.level)] if difference.level else []
    names = [f"{_small(name)}{f' at {listed(at)}' if at else ''}" for name, at in levels.items()]
    return ", ".join(names)


def _small(name: str) -> str:
    return name[0].lower() + name[1:]
