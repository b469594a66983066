"""The way back from a whole role to its own part: the least that resolves to it again."""

from typing import Any

from jobdesc.roles.inherit_levels import LISTS, MAPS, Body, in_level_order, without_levels
from jobdesc.roles.lines import START
from jobdesc.roles.order import in_order
from jobdesc.roles.resolve import ALWAYS_OWN, WHOLE

Line = dict[str, Any]
NOTHING: dict[str, Any] = {"kind": None, "source": [], "locked": False, "credential": None}
"""How a line of the child says that it has none of what its parent has."""


def own_part(whole: Body, parent: Body) -> Body:
    """What `whole` says differently from `parent`, both whole; it extends that."""
    dropped = _dropped(whole, parent)
    base = base_of(whole, parent)
    own = {name: whole[name] for name in ALWAYS_OWN if name in whole}
    own["extends"] = parent["slug"]
    for name in WHOLE:
        if whole.get(name, []) != base.get(name, []):
            own[name] = whole.get(name, [])
    for name in MAPS:
        cells = _cells(whole.get(name, {}), base.get(name, {}))
        if name == "titles":
            cells = in_level_order({**cells, **dict.fromkeys(dropped)})
        if cells:
            own[name] = cells
    for name in LISTS:
        if lines := _lines(whole.get(name, []), base.get(name, [])):
            own[name] = lines
    if guide := _guide(whole.get("guide", {}), base.get("guide", {})):
        own["guide"] = guide
    return own


def base_of(whole: Body, parent: Body) -> Body:
    """What `whole` is laid over: its parent, without the levels that it leaves out."""
    return without_levels(parent, _dropped(whole, parent))


def _dropped(whole: Body, parent: Body) -> set[str]:
    return set(parent["titles"]) - set(whole["titles"])


def _cells(whole: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    """The cells that differ; null where only the parent has one."""
    levels = {**base, **whole}
    differing = {level: whole.get(level) for level in levels if whole.get(level) != base.get(level)}
    return in_level_order(differing)


def _guide(whole: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    names = {**base, **whole}
    return {name: whole.get(name, []) for name in names if whole.get(name) != base.get(name)}


def _lines(whole: list[Line], base: list[Line]) -> list[Line]:
    known, wanted = {line["id"]: line for line in base}, [line["id"] for line in whole]
    gone = [name for name in known if name not in wanted]
    unmoved = [name for name in known if name in wanted]
    unmoved += [name for name in wanted if name not in known]
    staying = in_order(unmoved, wanted)
    own = []
    for line, before in zip(whole, [START, *wanted], strict=False):
        said = _line(line, known.get(line["id"]))
        if line["id"] not in staying:
            said["after"] = before
        if said.keys() != {"id"}:
            own.append(said)
    return own + [{"id": name, "remove": True} for name in gone]


def _line(whole: Line, base: Line | None) -> Line:
    """What a line says beside the one it is laid over."""
    if base is None:
        return dict(whole)
    said = {"id": whole["id"]}
    for name, nothing in NOTHING.items():
        if whole.get(name, nothing) != base.get(name, nothing):
            said[name] = whole.get(name, nothing)
    if cells := _cells(whole["levels"], base["levels"]):
        said["levels"] = cells
    return said
