"""What somebody said of a role at levels that others took out of it meanwhile."""

from collections.abc import Iterator

from jobdesc.roles.inherit_levels import LISTS, Body
from jobdesc.roles.parse import Place, Problem

LOST = "is at a level that was taken out meanwhile. Empty it, or give the level a title in Basics."


def at_lost_levels(base: Body, mine: Body, merged: Body) -> list[Problem]:
    """What `mine` says otherwise than `base` where no page of `merged` would show it.

    The rows of Basics show every level, and lose nothing.
    """
    lost = mine["titles"].keys() - merged["titles"].keys()
    return [Problem(place, LOST) for place in _changed(base, mine) if place[-1] in lost]


def _changed(base: Body, mine: Body) -> Iterator[Place]:
    """The cells of lines and the pay that say something else."""
    for name in LISTS:
        old = {line["id"]: line["levels"] for line in base.get(name, ())}
        for index, line in enumerate(mine.get(name, ())):
            was = old.get(line["id"], {})
            yield from (
                (name, index, "levels", level)
                for level, cell in line["levels"].items()
                if cell != was.get(level)
            )
    was = base.get("pay", {})
    yield from (
        ("pay", level) for level, pay in mine.get("pay", {}).items() if pay != was.get(level)
    )
