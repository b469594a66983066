"""What of a posting only administrators change: locked standing text, and locked lines of its role.

A lock holds the wording. What the role says in a locked place, and what is locked too, may be taken
by everybody who edits, so that a change of level or of place still goes through.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jobdesc.postings.base import Base
from jobdesc.postings.changes import AddLine, Change, Hide, MoveLine, RemoveLine, SetField, SetLine
from jobdesc.postings.headings import FIELD_PARTS, PART_OF
from jobdesc.postings.organization import UNNAMED, Organization
from jobdesc.postings.outcomes import line_of
from jobdesc.postings.posting import Posting, PostingLine
from jobdesc.postings.sections import Section
from jobdesc.postings.statements import (
    Chosen,
    Shipped,
    facts_of,
    locked_texts,
    spaced,
    statement_for,
    text_mark,
    usual_statement,
)
from jobdesc.postings.variants import KIND_OF_FIELD, Lock, StatementKind
from jobdesc.roles.template import RoleTemplate


@dataclass(frozen=True)
class Held:
    """Why something is locked: by whom, which is empty where the role template locks it."""

    by: str = ""

    @property
    def where(self) -> str:
        """'Locked by Ada Lake'."""
        return f"Locked by {self.by}" if self.by else "Locked in the role template"

    @property
    def words(self) -> str:
        """What whoever may not change it is told."""
        return f"{self.where}. An administrator can change it."


@dataclass(frozen=True)
class Locks:
    """What decides over locks. `origins` are the role's locked lines, with their text today."""

    organization: Organization
    shipped: Shipped
    origins: Mapping[str, str] = field(default_factory=dict)


def locked_lines(role: RoleTemplate, texts: Mapping[str, str]) -> dict[str, str]:
    """The locked lines of a role, each with what it says among `texts`; empty where it says none.

    `texts` are those of the role at a level, by origin.
    """
    lines = role.duties + role.skills + role.education + role.experience + role.conditions
    locked = [line.id for line in lines if line.locked]
    locked += [line.id for line in role.credentials if line.locked]
    return {origin: texts.get(origin, "") for origin in locked}


def locks_of(posting: Posting, locks: Locks) -> dict[str, Held]:
    """Everything of a posting that is locked: fields by name, 'line:<id>', and 'part:<key>'.

    A part is locked where it holds something that is: it cannot be hidden.
    """
    found: dict[str, Held] = {}
    parts: dict[str, Held] = {}
    for name in KIND_OF_FIELD:
        if held := _field_lock(posting, locks, name):
            found[name] = held
            parts.setdefault(f"part:{FIELD_PARTS[name]}", held)
    for line in posting.lines:
        if held := _line_lock(line, locks):
            found[f"line:{line.id}"] = held
            parts.setdefault(f"part:{PART_OF[line.section]}", held)
    return {**found, **parts}


def broken_lock(before: Posting, after: Posting, locks: Locks) -> Held | None:
    """The lock that a whole former body would break, where it takes the place of `before`."""
    texts = {line.id: (line.section, line.text) for line in after.lines}
    for name, held in locks_of(before, locks).items():
        kind, _, key = name.partition(":")
        if kind == "line":
            line = line_of(before, key)
            broken = line is not None and texts.get(key) != (line.section, line.text)
        elif kind == "part":
            broken = key in after.hidden_parts and key not in before.hidden_parts
        else:
            broken = getattr(after, name) != getattr(before, name)
        if broken:
            return held
    return None


def refuse_locked(
    posting: Posting, change: Change, locks: Locks, base_of: Callable[[str], Base]
) -> str:
    """Why somebody who is no administrator may not make this change; empty where they may.

    `base_of` gives the text that a posting was assembled from by its hash. A change of level is
    judged by the changes in it, each where it is applied.
    """
    held = _met(posting, change, locks, base_of)
    return held.words if held else ""


def _met(
    posting: Posting, change: Change, locks: Locks, base_of: Callable[[str], Base]
) -> Held | None:
    """The lock that a change would break."""
    match change:
        case SetField(target=name) if name in KIND_OF_FIELD:
            return _set_field(posting, change, locks)
        case Hide(part=part, after=True) if part not in posting.hidden_parts:
            return locks_of(posting, locks).get(f"part:{part}")
        case SetLine(line=line_id) | RemoveLine(line=line_id) | MoveLine(line=line_id):
            line = line_of(posting, line_id)
            held = _line_lock(line, locks) if line else None
            if line is None or held is None or _fair(posting, line, change, locks, base_of):
                return None
            return held
        case AddLine(origin=str(origin), text=text) if origin in locks.origins:
            allowed = _role_says(posting, origin, locks, base_of)
            return None if text in allowed or not any(allowed) else Held()
    return None


def _set_field(posting: Posting, change: SetField, locks: Locks) -> Held | None:
    now: str = getattr(posting, change.target)
    held = _field_lock(posting, locks, change.target)
    allowed = {now, *_locked_texts(KIND_OF_FIELD[change.target], locks)}
    return None if change.after in allowed else held


def _fair(
    posting: Posting,
    line: PostingLine,
    change: SetLine | RemoveLine | MoveLine,
    locks: Locks,
    base_of: Callable[[str], Base],
) -> bool:
    """Whether a change leaves a locked line with what the role says, or with what is locked too."""
    if isinstance(change, MoveLine):
        return _stays_in_print(posting, line, change, locks)
    if line.origin in locks.origins:
        origin = line.origin or ""
        if isinstance(change, RemoveLine):
            return all(origin != assembled.origin for assembled in base_of(posting.base).lines)
        return change.after in (line.text, *_role_says(posting, origin, locks, base_of))
    chosen = _chosen(posting, StatementKind.BENEFITS, locks)
    may_go = _is_spare(posting, line, chosen)
    if isinstance(change, RemoveLine):
        return may_go
    taken = chosen.lock is not None and change.after in chosen.items
    return change.after == line.text or (may_go and taken)


def _is_spare(posting: Posting, line: PostingLine, chosen: Chosen) -> bool:
    """Whether a locked benefit stands twice, or is none of the locked ones that are given here.

    What takes its place in the same line takes it away too.
    """
    here = [spaced(other.text) for other in posting.section(Section.BENEFITS)]
    given = spaced(line.text) in map(spaced, chosen.items)
    return here.count(spaced(line.text)) > 1 or (chosen.lock is not None and not given)


def _stays_in_print(posting: Posting, line: PostingLine, move: MoveLine, locks: Locks) -> bool:
    """Whether a move leaves the line where its lock holds and where it is not hidden."""
    to = move.section or line.section
    if to is line.section:
        return True
    return line.origin in locks.origins and PART_OF[to] not in posting.hidden_parts


def _role_says(
    posting: Posting, origin: str, locks: Locks, base_of: Callable[[str], Base]
) -> tuple[str, ...]:
    """The role's own text of a line, as the posting was made from it and as it is today."""
    texts = (base_of(posting.base).texts.get(origin, ""), locks.origins[origin])
    return tuple(text for text in texts if text)


def _field_lock(posting: Posting, locks: Locks, name: str) -> Held | None:
    return _by_text(getattr(posting, name), KIND_OF_FIELD[name], locks)


def _line_lock(line: PostingLine, locks: Locks) -> Held | None:
    if line.origin in locks.origins:
        return Held()
    if line.section is not Section.BENEFITS:
        return None
    return _by_text(line.text, StatementKind.BENEFITS, locks)


def _by_text(text: str, kind: StatementKind, locks: Locks) -> Held | None:
    """The lock of a text, however its words are spaced: it says so now, or did while locked."""
    lock = _locked_marks(kind, locks).get(text_mark(text)) if text.strip() else None
    return Held(lock.by) if lock else None


def _locked_marks(kind: StatementKind, locks: Locks) -> dict[str, Lock]:
    """The locks of a kind by the marks of what is locked."""
    found: dict[str, Lock] = {}
    organization = locks.organization
    for chosen in locked_texts(organization, kind, locks.shipped):
        texts = [*chosen.texts]
        if chosen.variant is None:
            texts.append(usual_statement(UNNAMED, kind, locks.shipped).text)
        marks = (*map(text_mark, texts), *organization.former_locked.get(chosen.key, ()))
        found |= dict.fromkeys(marks, chosen.lock) if chosen.lock else {}
    return found


def _locked_texts(kind: StatementKind, locks: Locks) -> set[str]:
    """The locked texts of a kind."""
    found = locked_texts(locks.organization, kind, locks.shipped)
    return {text for chosen in found for text in chosen.texts}


def _chosen(posting: Posting, kind: StatementKind, locks: Locks) -> Chosen:
    return statement_for(locks.organization, kind, facts_of(posting), locks.shipped)
