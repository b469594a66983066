"""The revisions of a role: who changed what, any two side by side, and an old one again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.roles.compare import compare_words
from jobdesc.roles.inherit_levels import Body
from jobdesc.roles.lineage import whole_role
from jobdesc.roles.naming import with_names
from jobdesc.roles.parse import Problem, Problems
from jobdesc.roles.part_differences import Difference, in_words, part_differences
from jobdesc.roles.resolve import resolve
from jobdesc.services.catalog import NoSuchRole
from jobdesc.services.role_drafts import RoleDraft
from jobdesc.services.role_keeping import Keeping, Shelf, keep_body, locked_lines, open_shelf
from jobdesc.services.role_opening import draft_of, shipped_whole
from jobdesc.store.role_revisions import Reason, StoredRevision, body_at, revisions_of
from jobdesc.store.roles import all_references, note_shipped, stored_role
from jobdesc.store.transactions import reading, writing

PAGE = 25
"""The most revisions that a page lists."""
LARGEST = 2**31
"""Numbers from here on are no revisions; PostgreSQL has no column for them."""

Segment = tuple[Literal["same", "added", "removed"], str]
"""A run of words: 'same' and 'removed' give the text before, 'same' and 'added' that after."""


class NoSuchRevision(Exception):
    """The role has no revision of this number."""


class RoleChanged(Exception):
    """The role is not any more what the page showed that somebody chose on."""


@dataclass(frozen=True)
class RoleRevision:
    """A role as it once was. `who` is None for the shipped library.

    `reason` is one of store.role_revisions.Reason ("edited", "shipped", ...), `words` what changed
    since the revision before: "Duties: 2 added, 1 reworded at III".
    """

    number: int
    who: str | None
    made_at: datetime
    reason: str
    note: str
    name: str
    words: str


@dataclass(frozen=True)
class _Read:
    """A revision, and what the role said then, whole on the parents of today."""

    revision: RoleRevision
    whole: Body


@dataclass(frozen=True)
class RoleHistory:
    """Revisions, the newest first; `older` is where the next page begins, 0 where none does."""

    revisions: tuple[RoleRevision, ...]
    older: int


@dataclass(frozen=True)
class PartDifference:
    """One thing that differs, as it reads before and after; '' where it is not there.

    `part` is the heading it stands under (Basics, Duties, Pay, Guide, ...), `where` its place
    there. Of a move, the two texts are the same. `segments` are the two, word by word.
    """

    part: str
    where: str
    kind: Literal["added", "removed", "reworded", "moved"]
    before: str
    after: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class DifferencesOfPart:
    """The differences under one heading."""

    part: str
    differences: tuple[PartDifference, ...]


@dataclass(frozen=True)
class RoleComparison:
    """Two states of a role. A side is None where it is the shipped edition."""

    slug: str
    name: str
    before: RoleRevision | None
    after: RoleRevision | None
    parts: tuple[DifferencesOfPart, ...]

    @property
    def count(self) -> int:
        """How many differences there are."""
        return sum(len(part.differences) for part in self.parts)


def role_history(actor: Person, slug: str) -> tuple[RoleRevision, ...]:
    """Its revisions, the newest first. Raises NoSuchRole. Asks for READ_LIBRARY."""
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        return _history(session, slug)


def history_page(actor: Person, slug: str, until: int = 0) -> RoleHistory:
    """One page of them, up to the number `until`. Raises NoSuchRole. Asks for READ_LIBRARY."""
    require(actor, Action.READ_LIBRARY)
    upto = until if 0 < until < LARGEST else None
    with reading() as session:
        found = _history(session, slug, upto, PAGE + 1)
    return RoleHistory(found[:PAGE], found[PAGE].number if len(found) > PAGE else 0)


def compare_role(actor: Person, slug: str, before: int, after: int) -> RoleComparison:
    """Two revisions. Raises NoSuchRole and NoSuchRevision. Asks for READ_LIBRARY."""
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        name = open_shelf(session, slug).stored[slug]["name"]
        one, other = (_revision(session, slug, number) for number in (before, after))
        sides = one.revision, other.revision
        return _comparison(session, slug, name, sides, one.whole, other.whole)


def compare_shipped(actor: Person, slug: str) -> RoleComparison | None:
    """What would change if the newest shipped edition were taken; None where none was shipped."""
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        stored = stored_role(session, slug)
        shelf = _wide_shelf(session, slug, [stored.shipped_body or {}] if stored else [])
        whole, shipped = shelf.whole(slug), shipped_whole(session, shelf, slug)
        if shipped is None:
            return None
        now = _revision(session, slug, shelf.marks[slug].counter).revision
        return _comparison(session, slug, whole["name"], (now, None), whole, shipped)


def restore_role(actor: Person, slug: str, number: int, started: str, now: datetime) -> RoleDraft:
    """Let the role say again what it said in that revision, as a new one.

    `started` is that of the draft the page showed. Nothing is done where it says that already.
    Raises NoSuchRole, NoSuchRevision, RoleChanged where it is another now, and Problems:
    for a locked line, and where it would not hold on what it extended then.
    """
    require(actor, Action.EDIT_ROLES)
    with writing() as session:
        shelf = open_shelf(session, slug, to_write=True)
        shelf.whole(slug)
        body = body_at(session, slug, number) if 0 < number < LARGEST else None
        if body is None:
            raise NoSuchRevision(slug, number)
        _check_started(shelf, slug, started)
        keeping = Keeping(actor, Reason.RESTORED, now, f"Version {number}")
        return _say(session, slug, body, keeping)


def take_shipped(actor: Person, slug: str, started: str, now: datetime) -> RoleDraft:
    """Let the role say what its newest shipped edition says, as a new revision.

    Raises NoSuchRole, Problems where none was shipped, and as `restore_role`.
    """
    require(actor, Action.EDIT_ROLES)
    with writing() as session:
        shelf = open_shelf(session, slug, to_write=True)
        shelf.whole(slug)
        stored = stored_role(session, slug)
        if stored is None or stored.shipped_body is None:
            raise Problems([Problem((), "No edition of this role was shipped.")])
        _check_started(shelf, slug, started)
        keeping = Keeping(actor, Reason.SHIPPED, now)
        _say(session, slug, stored.shipped_body, keeping)
        note_shipped(session, slug, stored.shipped_body, taken=True)
        return draft_of(session, open_shelf(session, slug), slug)


def _check_started(shelf: Shelf, slug: str, started: str) -> None:
    if started != shelf.started(slug):
        raise RoleChanged(slug)


def _say(session: Session, slug: str, body: Body, keeping: Keeping) -> RoleDraft:
    """Store a body that was stored once, on the parents that stand here now."""
    extends = body.get("extends")
    shelf = open_shelf(session, slug, *((extends,) if extends else ()))
    if body != shelf.stored[slug]:
        whole = whole_role({**shelf.stored, slug: body}, slug).body
        if found := locked_lines(shelf.whole(slug), whole, keeping.actor):
            raise Problems(found)
        keep_body(session, shelf, body, keeping)
        shelf = open_shelf(session, slug)
    return draft_of(session, shelf, slug)


def _wide_shelf(session: Session, slug: str, bodies: Iterable[Body]) -> Shelf:
    """The role, and whatever these bodies of it extend."""
    parents = {body.get("extends") for body in bodies}
    return open_shelf(session, slug, *(parent for parent in parents if parent))


def _on_today(shelf: Shelf, slug: str, body: Body) -> Body:
    """A former body on the parents of today: what differs is then what the role itself said.

    Where it does not hold on them, its own words alone.
    """
    try:
        return whole_role({**shelf.stored, slug: body}, slug).body
    except Problems:
        alone = {name: value for name, value in body.items() if name != "extends"}
        return resolve(alone, {"slug": body.get("extends", ""), "titles": {}}).body


def _history(
    session: Session, slug: str, until: int | None = None, limit: int | None = None
) -> tuple[RoleRevision, ...]:
    """Revisions, the newest first, each with what it changed; all without a limit."""
    found = revisions_of(session, slug, until, limit)
    if not found:
        raise NoSuchRole(slug)
    return tuple(read.revision for read in reversed(_read(session, slug, found)))


def _revision(session: Session, slug: str, number: int) -> _Read:
    """One of them; the one before it is read as well, for what it changed."""
    found = revisions_of(session, slug, number, 2) if 0 < number < LARGEST else []
    if not found or found[-1].number != number:
        raise NoSuchRevision(slug, number)
    return _read(session, slug, found)[-1]


def _read(session: Session, slug: str, found: list[StoredRevision]) -> list[_Read]:
    """Revisions that follow each other, in their order, each with what it changed."""
    shelf = _wide_shelf(session, slug, (revision.body for revision in found))
    read: list[_Read] = []
    for revision in found:
        whole = _on_today(shelf, slug, revision.body)
        words = in_words(part_differences(read[-1].whole, whole)) if read else ""
        told = RoleRevision(
            number=revision.number,
            who=revision.who,
            made_at=revision.made_at,
            reason=revision.reason.value,
            note=revision.note,
            name=revision.name,
            words=words,
        )
        read.append(_Read(told, whole))
    return read


def _comparison(
    session: Session,
    slug: str,
    name: str,
    sides: tuple[RoleRevision | None, RoleRevision | None],
    before: Body,
    after: Body,
) -> RoleComparison:
    names = all_references(session)
    found = part_differences(with_names(before, names), with_names(after, names))
    return RoleComparison(
        slug=slug,
        name=name,
        before=sides[0],
        after=sides[1],
        parts=tuple(
            DifferencesOfPart(part, tuple(_marked(difference) for difference in group))
            for part, group in groupby(found, key=lambda difference: difference.part)
        ),
    )


def _marked(difference: Difference) -> PartDifference:
    return PartDifference(
        part=difference.part,
        where=difference.where,
        kind=difference.kind,
        before=difference.before,
        after=difference.after,
        segments=compare_words(difference.before, difference.after),
    )
