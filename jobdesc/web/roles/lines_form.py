"""The matrix of a part: lines by levels, read from a form and put into one.

A cell without text inherits from the level below. Its choice says how it stands ("essential",
"required", ...), that the line ends there, or nothing, which inherits that too. Whatever was typed
stays as it is; the parser says what is wrong with it. What has no control in the form, as a line
that was locked for who saw it, stays as the page showed it.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jobdesc.roles.levels import LEVELS
from jobdesc.roles.lines import END
from jobdesc.web.roles.boxes import Form, number, source_ids, words
from jobdesc.web.roles.fields import BodyField

NEW = "new_"
"""Before the id of a line that was not saved yet; no stored id has this sign."""
FLAGS: dict[str, dict[str, Any]] = {
    "essential": {"essential": True},
    "not-essential": {"essential": False},
    "required": {"need": "required"},
    "preferred": {"need": "preferred"},
    "here": {},
}
"""What a choice sets in a cell."""
USUAL = {"essential": False, "need": "required", "years": None}
LINE_ID = re.compile(r"(?:new_)?[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_LINES = 250
"""More than a part may have, so that one with too many is refused, and cheaply."""
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Reading:
    """The lines that the page showed, and whether a lock can be touched."""

    old: list[dict[str, Any]]
    may_lock: bool


class LinesField(BodyField):
    """The lines of a part."""

    def read(self, form: Form, before: Any) -> list[dict[str, Any]]:
        """Those of a form in its order."""
        return read_lines(form, Reading(before or [], self.meta.may_lock))


def read_lines(form: Form, reading: Reading) -> list[dict[str, Any]]:
    """The lines of a form in its order; one without controls as it was shown."""
    old = {line["id"]: line for line in reading.old}
    given = list(dict.fromkeys(form.getlist("line")))[:MOST_LINES]
    ids = [name for name in given if LINE_ID.fullmatch(name)]
    typed = {name.partition(":")[0] for name in form if ":" in name}
    read = []
    for name in ids:
        before = old.get(name, {"id": name, "levels": {}})
        read.append(_read_line(form, name, before, reading.may_lock) if name in typed else before)
    return read


def _read_line(form: Form, name: str, before: dict[str, Any], may_lock: bool) -> dict[str, Any]:
    line: dict[str, Any] = {"id": name}
    for part in ("kind", "credential"):
        given = words(form, f"{name}:{part}") if f"{name}:{part}" in form else before.get(part)
        if given or part in before:
            line[part] = given or None
    is_credential = f"{name}:credential" in form or "credential" in before
    read_cells = _read_needs if is_credential else _read_cells
    line["levels"] = read_cells(form, name, before["levels"])
    if f"{name}:source" in form:
        line["source"] = source_ids(words(form, f"{name}:source"))
    elif "source" in before:
        line["source"] = before["source"]
    if words(form, f"{name}:locked") if may_lock else before.get("locked"):
        line["locked"] = True
    return line


def _read_cells(form: Form, name: str, before: dict[str, Any]) -> dict[str, Any]:
    """The cells of a line; one that the form lacks stays as it was shown."""
    cells: dict[str, Any] = {}
    below: dict[str, Any] | None = None
    for level in LEVELS:
        spot = f"{name}:{level}"
        if f"{spot}:text" not in form:
            cell = before.get(level)
        else:
            cell = _read_cell(form, spot, before.get(level), below)
        if cell is not None:
            cells[level.value] = cell
            below = None if cell == END else cell
    return cells


def _read_cell(form: Form, spot: str, before: Any, below: dict[str, Any] | None) -> Any:
    text, choice = words(form, f"{spot}:text"), form.get(f"{spot}:as", "")
    if choice == END:
        return END
    cell = dict(before if isinstance(before, dict) and text else below or {})
    if choice not in FLAGS and below is not None:
        cell |= {key: below.get(key, usual) for key, usual in USUAL.items() if key != "years"}
    cell |= FLAGS.get(choice, {})
    if f"{spot}:years" in form:
        years = words(form, f"{spot}:years")
        cell["years"] = number(years) if years else (None if text else cell.get("years"))
    if text:
        return _plain({**cell, "text": text})
    if below is None or _plain(cell) == _plain(below):
        return None
    return _plain({**cell, "text": below["text"]})


def _plain(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell without what goes without saying, so that two of one meaning are equal."""
    return {key: value for key, value in cell.items() if value != USUAL.get(key, ...)}


def _read_needs(form: Form, name: str, before: dict[str, Any]) -> dict[str, Any]:
    """How much a credential is asked for at each level."""
    needs: dict[str, Any] = {}
    for level in LEVELS:
        spot = f"{name}:{level}"
        if f"{spot}:as" not in form:
            if level in before:
                needs[level.value] = before[level]
            continue
        choice, note = form.get(f"{spot}:as", ""), words(form, f"{spot}:note")
        months = words(form, f"{spot}:months")
        if choice == END:
            needs[level.value] = END
        elif choice or note or months:
            asked = {"need": choice, "note": note, "earned_within_months": number(months) or None}
            needs[level.value] = {key: value for key, value in asked.items() if value}
    return needs


def without_blank(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines without new ones into which nothing was entered."""
    parts = ("levels", "kind", "credential", "source")
    return [x for x in lines if not x["id"].startswith(NEW) or any(x.get(part) for part in parts)]


def name_new_lines(lines: list[dict[str, Any]], taken: frozenset[str]) -> list[dict[str, Any]]:
    """The lines with ids of their own words for those that are new; `taken` are used elsewhere."""
    used = set(taken) | {line["id"] for line in lines}
    named = []
    for line in lines:
        if line["id"].startswith(NEW):
            line = {**line, "id": _free(_words_of(line), used)}
            used.add(line["id"])
        named.append(line)
    return named


def _words_of(line: dict[str, Any]) -> str:
    said = str(line.get("credential") or next(_texts(line), ""))
    return "-".join(WORD.findall(said.lower())[:4])[:48].strip("-") or "line"


def _texts(line: dict[str, Any]) -> Iterator[str]:
    return (cell["text"] for cell in line["levels"].values() if isinstance(cell, dict))


def _free(wanted: str, used: set[str]) -> str:
    count, name = 1, wanted
    while name in used:
        count += 1
        name = f"{wanted}-{count}"
    return name


def new_line(part: str) -> dict[str, Any]:
    """An empty line at the end of the matrix."""
    line: dict[str, Any] = {"id": f"{NEW}{secrets.token_hex(4)}", "levels": {}}
    return line | ({"credential": ""} if part == "credentials" else {})


def rearrange(lines: list[dict[str, Any]], verb: str, line_id: str) -> list[dict[str, Any]]:
    """The lines with one put up, put down or left out."""
    at = next((index for index, line in enumerate(lines) if line["id"] == line_id), None)
    if at is None:
        return lines
    moved = [*lines]
    line = moved.pop(at)
    if verb != "remove":
        moved.insert(max(at - 1, 0) if verb == "up" else at + 1, line)
    return moved
