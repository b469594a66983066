"""A whole role without some of its levels: the others go on saying what they said."""

from collections.abc import Collection, Mapping
from typing import Any

from jobdesc.roles.levels import LEVELS
from jobdesc.roles.lines import END

Body = dict[str, Any]
"""A role as plain values, as it is stored."""
Cells = dict[str, Any]
OWN_MAPS = ("titles", "caseload", "pay")
INHERITED_MAPS = ("reports_to", "summary", "supervision", "flsa")
MAPS = ("titles", "reports_to", "summary", "caseload", "supervision", "flsa", "pay")
"""The parts keyed by level, in the order of a file."""
LISTS = ("duties", "skills", "education", "credentials", "experience", "conditions")


def without_levels(whole: Body, dropped: Collection[str]) -> Body:
    """`whole` without the levels `dropped`; what others inherited from these becomes their own."""
    if not dropped:
        return whole
    kept = whole["titles"].keys() - set(dropped)
    body = dict(whole)
    for name in OWN_MAPS:
        if name in body:
            body[name] = {level: v for level, v in body[name].items() if level not in dropped}
    for name in INHERITED_MAPS:
        if name in body:
            body[name] = _carried(body[name], dropped, kept)
    for name in LISTS:
        if name in body:
            lines = [{**line, "levels": _carried(line["levels"], dropped, kept)}
                     for line in body[name]]  # fmt: skip
            was_empty = {line["id"] for line in body[name] if not line["levels"]}
            body[name] = [line for line in lines if line["levels"] or line["id"] in was_empty]
    return body


def in_level_order(cells: Mapping[str, Any]) -> Cells:
    """The cells from the lowest level to the highest."""
    return {str(level): cells[level] for level in LEVELS if level in cells}


def _carried(cells: Mapping[str, Any], dropped: Collection[str], kept: Collection[str]) -> Cells:
    """The cells of the other levels; the one above a dropped level takes what it inherited."""
    left: Cells = {}
    pending = None
    for level in map(str, LEVELS):
        if level in dropped:
            pending = cells.get(level, pending)
        elif level in cells:
            left[level], pending = cells[level], None
        elif pending is not None and level in kept:
            left[level], pending = pending, None
    while left and next(iter(left.values())) == END:
        del left[next(iter(left))]
    return left
