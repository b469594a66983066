"""What differs between two states of one posting, field by field and line by line, in order.

Lines and places are the same where their ids are. A line that stands elsewhere and says something
else is both: moved and reworded.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jobdesc.postings.headings import (
    BASICS,
    FIELD_PARTS,
    FIELD_WORDS,
    HEADINGS,
    ORDER,
    PART_OF,
)
from jobdesc.postings.posting import FIELD_NAMES, Posting, PostingLine
from jobdesc.postings.sections import Part
from jobdesc.roles.listed import listed
from jobdesc.roles.order import in_order

Kind = Literal["added", "removed", "changed", "moved", "hidden", "shown"]
NAMED_AT_MOST = 4
"""The most fields that a sentence names."""
_IN_ORDER = (BASICS, *HEADINGS.values(), ORDER)


@dataclass(frozen=True)
class Edit:
    """One difference, under the heading of a card.

    `what` is a field by name, or 'level', 'place', 'line' or 'part'. Of a move, `before` and
    `after` are the same words.
    """

    heading: str
    what: str
    kind: Kind
    before: str = ""
    after: str = ""


def edits_between(before: Posting, after: Posting) -> tuple[Edit, ...]:
    """Every difference, in the order of the cards; nothing where the two say the same."""
    found = [
        *_fields(before, after),
        *_places(before, after),
        *_lines(before, after),
        *_parts(before, after),
    ]
    return tuple(sorted(found, key=lambda edit: _IN_ORDER.index(edit.heading)))


def in_words(edits: Sequence[Edit]) -> str:
    """'Job title and schedule changed. What you will do: 2 added.'; nothing for no edit."""
    fields = dict.fromkeys(FIELD_WORDS[edit.what] for edit in edits if edit.what in FIELD_WORDS)
    rest = [edit for edit in edits if edit.what not in FIELD_WORDS]
    headings = dict.fromkeys(edit.heading for edit in rest)
    named = listed(fields, most=NAMED_AT_MOST)
    said = [f"{named[:1].upper()}{named[1:]} changed."] if fields else []
    for heading in headings:
        said += _heading_in_words(heading, [edit for edit in rest if edit.heading == heading])
    return " ".join(said)


def _heading_in_words(heading: str, edits: Sequence[Edit]) -> Iterator[str]:
    counts = Counter(edit.kind for edit in edits if edit.what == "line")
    if counts:
        yield f"{heading}: {', '.join(f'{count} {kind}' for kind, count in counts.items())}."
    for edit in edits:
        if edit.what == "part":
            yield f"{heading} {'changed' if edit.kind == 'moved' else edit.kind}."


def _fields(before: Posting, after: Posting) -> Iterator[Edit]:
    if before.level is not after.level:
        yield Edit(BASICS, "level", "changed", before.level.label, after.level.label)
    for name in FIELD_NAMES:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            part = FIELD_PARTS.get(name)
            yield Edit(HEADINGS[part] if part else BASICS, name, "changed", old, new)


def _places(before: Posting, after: Posting) -> Iterator[Edit]:
    old = {place.id: place.as_typed for place in before.places}
    new = {place.id: place.as_typed for place in after.places}
    for key in (*new, *(key for key in old if key not in new)):
        if old.get(key) != new.get(key):
            kind: Kind = "changed" if key in old and key in new else "added"
            kind = kind if key in new else "removed"
            yield Edit(BASICS, "place", kind, old.get(key, ""), new.get(key, ""))
    kept = [key for key in old if key in new]
    if in_order(kept, new) != set(kept):
        yield Edit(BASICS, "place", "moved", "; ".join(new.values()), "; ".join(new.values()))


def _lines(before: Posting, after: Posting) -> Iterator[Edit]:
    old = {line.id: line for line in before.lines}
    new = {line.id: line for line in after.lines}
    moved = _moved(before, after)
    for line in after.lines:
        was = old.get(line.id)
        if was is None:
            yield Edit(_heading(line), "line", "added", "", line.text)
            continue
        if was.text != line.text:
            yield Edit(_heading(line), "line", "changed", was.text, line.text)
        if line.id in moved:
            yield Edit(_heading(line), "line", "moved", line.text, line.text)
    for line in before.lines:
        if line.id not in new:
            yield Edit(_heading(line), "line", "removed", line.text, "")


def _moved(before: Posting, after: Posting) -> set[str]:
    """The ids of lines that stand in another list, or in another order."""
    sections = {line.id: line.section for line in before.lines}
    moved: set[str] = set()
    for section in {line.section for line in after.lines}:
        here = [line.id for line in after.section(section) if line.id in sections]
        stayed = [key for key in here if sections[key] is section]
        moved |= {key for key in here if sections[key] is not section}
        moved |= set(stayed) - in_order([line.id for line in before.section(section)], stayed)
    return moved


def _parts(before: Posting, after: Posting) -> Iterator[Edit]:
    for part, heading in HEADINGS.items():
        hidden = part in after.hidden_parts
        if (part in before.hidden_parts) != hidden:
            yield Edit(heading, "part", "hidden" if hidden else "shown")
    if before.parts != after.parts:
        yield Edit(ORDER, "part", "moved", _order(before.parts), _order(after.parts))


def _order(parts: Sequence[Part]) -> str:
    return ", ".join(HEADINGS[part] for part in parts)


def _heading(line: PostingLine) -> str:
    return HEADINGS[PART_OF[line.section]]
