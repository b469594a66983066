"""Where a role that extends another says something else than that one, and how a cell goes back.

A cell that is given back takes the parent's words when the part is read from its form, so that it
follows the parent again once it is saved.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jobdesc.roles.differing import base_of
from jobdesc.roles.inherit_levels import LISTS
from jobdesc.roles.levels import LEVELS
from jobdesc.web.roles.basics import SHORT_ROWS, TEXT_ROWS
from jobdesc.web.roles.conflicts import Path, as_text, put_at, read_path, value_at, write_path
from jobdesc.web.roles.parts import Part

Body = dict[str, Any]
GIVEN_BACK = "parents"
"""The tick boxes of all cells of a form; each holds the path of its cell."""
ROWS = (*SHORT_ROWS, *TEXT_ROWS)


@dataclass(frozen=True)
class OwnCell:
    """A cell that differs from the parent's. `key` is its path in the form.

    `theirs` is what the parent says, and `sources` the ids of what that rests on.
    """

    key: str
    words: str
    theirs: str
    sources: tuple[str, ...] = ()


def own_cells(part: Part, body: Body, parent: Body | None) -> dict[str, OwnCell]:
    """The cells of a part that differ, by '<line or row>:<level>'."""
    if parent is None:
        return {}
    base = base_of(body, parent)
    found = {}
    for name, path in _paths(part, body):
        if not _is_of_parent(path, base):
            continue
        mine, theirs = value_at(body, path), value_at(base, path)
        if mine != theirs:
            own = "Own figures" if part.shape == "pay" else "Own wording"
            words = own if as_text(mine) else "Left out here"
            sources = theirs.get("source", ()) if isinstance(theirs, dict) else ()
            found[name] = OwnCell(write_path(path), words, as_text(theirs), tuple(sources))
    return found


def own_lines(part: Part, body: Body, parent: Body | None) -> frozenset[str]:
    """The lines of a part that the parent has not."""
    if parent is None or part.key not in LISTS:
        return frozenset()
    theirs = {line["id"] for line in parent.get(part.key, [])}
    return frozenset(line["id"] for line in body.get(part.key, [])) - theirs


def give_back(body: Body, ticked: Iterable[str], part: Part, parent: Body | None) -> Body:
    """`body` with the parent's words in the cells whose box is ticked; others' boxes do nothing."""
    paths = set(filter(None, map(read_path, ticked)))
    if parent is None or not paths:
        return body
    base = base_of(body, parent)
    for _, path in list(_paths(part, body)):
        if path in paths and _is_of_parent(path, base):
            body = put_at(body, path, value_at(base, path))
    return body


def _paths(part: Part, body: Body) -> Iterator[tuple[str, Path]]:
    """Every cell of the part at a level that has a title, by its name in the form."""
    levels = [level for level in LEVELS if body["titles"].get(level)]
    if part.shape == "basics":
        yield from ((f"{key}:{level}", (key, level.value)) for key in ROWS for level in levels)
    elif part.shape == "pay":
        yield from ((f"pay:{level}", ("pay", level.value)) for level in levels)
    elif part.key in LISTS:
        for line in body.get(part.key, []):
            for level in levels:
                yield f"{line['id']}:{level}", (part.key, line["id"], "levels", level.value)


def _is_of_parent(path: Path, base: Mapping[str, Any]) -> bool:
    """Whether the parent has the line of a cell; of rows it has every one."""
    return path[0] not in LISTS or value_at(base.get(path[0], []), (path[1],)) is not None
