"""What two people changed at once, as the page shows it: both texts with marks, and a choice.

A path goes through a role's body by key, by a line's id and by level: duties, intake, levels, mid.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jobdesc.roles.compare import Run, compare_words
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.lines import END
from jobdesc.roles.part_words import read
from jobdesc.web.roles.lines_view import title_of
from jobdesc.web.roles.parts import part_of

Path = tuple[str, ...]
LONGEST = 500
"""The most signs of a path as a control has it."""
KEYS = {"levels": "", "text": "", "need": "how much it is asked for", "pay": "", "guide": ""}
"""Keys whose own name would say less, and what stands for them."""


@dataclass(frozen=True)
class Contest:
    """A place that both changed. `key` is its path in the form.

    `locked` says that it is a line which they locked and whoever sees it may not unlock.
    """

    key: str
    where: str
    mine: str
    theirs: str
    locked: bool = False

    @property
    def marks(self) -> tuple[Run, ...]:
        """The words of both: those of theirs alone are removed by keeping mine."""
        return compare_words(self.theirs, self.mine)


def contests(paths: Iterable[Path], mine: Any, theirs: Any, may_lock: bool = True) -> list[Contest]:
    """The places of `paths` at which the two bodies still differ."""
    found = []
    for path in dict.fromkeys(paths):
        one, other = value_at(mine, path), value_at(theirs, path)
        if one != other:
            locked = not may_lock and bool(value_at(theirs, (*path[:2], "locked")))
            texts = as_text(one), as_text(other)
            found.append(Contest(write_path(path), words_of(path), *texts, locked))
    return found


def write_path(path: Path) -> str:
    """A path as the value of a control."""
    return json.dumps(path)


def read_path(text: str) -> Path | None:
    """The path of a control; None where it is none of ours."""
    if len(text) > LONGEST:
        return None
    try:
        read = json.loads(text)
    except ValueError:
        return None
    if not (isinstance(read, list) and read and all(isinstance(part, str) for part in read)):
        return None
    return None if "id" in read or read[-1] == "levels" else tuple(read)


def value_at(body: Any, path: Path) -> Any:
    """What stands at a path; None where nothing does."""
    for part in path:
        if isinstance(body, Mapping):
            body = body.get(part)
        elif isinstance(body, list | tuple):
            index = _index(body, part)
            body = None if index is None else body[index]
        else:
            return None
    return body


def put_at(body: Any, path: Path, value: Any) -> Any:
    """A copy of `body` with `value` at `path`; without what stands there where it is None."""
    first, rest = path[0], path[1:]
    if isinstance(body, list | tuple):
        return _put_in_list(list(body), first, rest, value)
    if not isinstance(body, Mapping | None):
        return body  # a text has no parts: no path of ours leads into it
    copy = dict(body or {})
    copy[first] = put_at(copy.get(first), rest, value) if rest else value
    if copy[first] is None:
        del copy[first]
    return copy


def _put_in_list(rows: list[Any], part: str, rest: Path, value: Any) -> list[Any]:
    index = _index(rows, part)
    if index is None:
        missing = value is None or rest
        return rows if missing else [*rows, value]
    changed = put_at(rows[index], rest, value) if rest else value
    return [*rows[:index], *([] if changed is None else [changed]), *rows[index + 1 :]]


def _index(rows: list[Any] | tuple[Any, ...], part: str) -> int | None:
    for index, row in enumerate(rows):
        if isinstance(row, Mapping) and row.get("id") == part:
            return index
    return int(part) if part.isdecimal() and int(part) < len(rows) else None


def words_of(path: Path) -> str:
    """'Duties, clinical assessment, II'."""
    part = part_of(path)
    said = [part.title] if part else []
    for key in path if part and path[0] not in KEYS and part.key != path[0] else path[1:]:
        if key in KEYS:
            said.append(KEYS[key])
        else:
            said.append(Level(key).label if key in set(Level) else title_of(key).lower())
    return ", ".join(word.replace("_", " ") for word in said if word)


def as_text(value: Any) -> str:
    """A value as it reads; nothing where there is none."""
    if value is None or value == "":
        return ""
    if value == END:
        return "(ends here)"
    if isinstance(value, Mapping):
        if isinstance(value.get("low"), int) and isinstance(value.get("high"), int):
            return read({**value, "source": []})
        order = {level: rank for rank, level in enumerate(map(str, LEVELS))}
        rows = sorted(value.items(), key=lambda pair: order.get(pair[0], -1))
        flags = ", ".join(key for key, held in rows if held is True and key != "locked")
        said = _joined(_entry(key, held, key in order) for key, held in rows)
        return f"{said} ({flags})" if flags else said
    if isinstance(value, list | tuple):
        return _joined(map(as_text, value), "\n")
    return str(value)


def _joined(texts: Iterable[str], sign: str = "; ") -> str:
    return sign.join(filter(None, texts))


def _entry(key: str, value: Any, is_level: bool) -> str:
    if is_level:
        return f"{Level(key).label}: {as_text(value)}"
    if key in ("id", "source") or isinstance(value, bool):
        return ""
    if isinstance(value, list | tuple):
        return _joined(map(as_text, value), ", ")
    return f"{value:,}" if isinstance(value, int) else as_text(value)
