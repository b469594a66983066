"""What stays on the page of a posting although it was not saved: each text with its message."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobdesc.postings.apply import Applied, Conflict
from jobdesc.postings.changes import MoveLine, RemoveLine, RemovePlace, SetField, SetLine
from jobdesc.postings.outcomes import Refused
from jobdesc.postings.values import clean
from jobdesc.web.postings.submission import Submission

FIRST = "Someone changed this meanwhile."


@dataclass(frozen=True)
class Box:
    """A control: its name, what it holds, what it started from, what is wrong."""

    name: str
    text: str
    before: str
    error: str = ""


Boxes = Mapping[str, Box]


def box(name: str, text: str, kept: Boxes) -> Box:
    """The control called `name`: what is kept on the page of it, else what is stored."""
    return kept.get(name) or Box(name, text, text)


def unsaved(sent: Submission) -> Boxes:
    """Everything that was typed, after a save that kept nothing."""
    boxes = [_typed(sent, name) for name in sent.typed if not name.endswith(".before")]
    return {box.name: box for box in boxes if box.error or clean(box.text) != clean(box.before)}


def refused(sent: Submission, applied: Applied) -> Boxes:
    """What was not kept of a save: texts that are locked, too long, or met another's."""
    boxes = {name: _typed(sent, name) for name in sent.wrong}
    for conflict in applied.conflicts:
        if box := _met(conflict, sent.action):
            boxes[box.name] = box
    return {**boxes, **{box.name: box for box in map(_shut, applied.refused)}}


def _shut(refusal: Refused) -> Box:
    """A text that only administrators change, with what the person wrote instead."""
    match refusal.change:
        case RemoveLine(line=line, before=text):
            return Box(f"line:{line}", text, text, refusal.message)
        case SetField() | SetLine() as change:
            name = change.target if isinstance(change, SetField) else f"line:{change.line}"
            return Box(name, change.after, change.before, refusal.message)
        case _:
            return Box("locked", "", "", refusal.message)


def _typed(sent: Submission, name: str) -> Box:
    before = sent.typed.get(f"{name}.before", "")
    return Box(name, sent.typed.get(name, ""), before, sent.wrong.get(name, ""))


def _met(conflict: Conflict, action: str) -> Box | None:
    """A text that somebody else changed, from now on started from theirs."""
    change, current = conflict.change, conflict.current or ""
    match change:
        case RemoveLine() if action == f"remove:{change.line}":
            message = f"{FIRST} It is still here: remove it again, or keep it."
            return Box(f"line:{change.line}", current, current, message)
        case RemoveLine():
            message = f"{FIRST} Save again to remove it: {current}"
            return Box(f"line:{change.line}", "", current, message)
        case SetField() | SetLine():
            name = change.target if isinstance(change, SetField) else f"line:{change.line}"
            return Box(name, change.after, current, _conflict_words(conflict, change.after))
        case RemovePlace():
            return Box("places", "", "", f"{FIRST} The place is still here: {current}")
        case MoveLine():
            return Box("lines", "", "", "Someone removed a line meanwhile, so nothing was moved.")
        case _:
            return None


def _conflict_words(conflict: Conflict, after: str) -> str:
    if conflict.current is None:
        return f"Someone removed this meanwhile. Your words were: {after}"
    if not conflict.current:
        return "Someone emptied this meanwhile. Save again to keep your words."
    return f"{FIRST} Save again to replace it: {conflict.current}"
