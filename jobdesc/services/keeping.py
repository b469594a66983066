"""Apply changes to a stored posting and keep what came of it, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.postings.apply import Applied, apply_each
from jobdesc.postings.base import Base, base_for
from jobdesc.postings.changes import Change, ChangeLevel, LevelBase
from jobdesc.postings.headings import parts_changed
from jobdesc.postings.lifecycle import InArchive
from jobdesc.postings.outcomes import Conflict, Refused
from jobdesc.postings.posting import Posting
from jobdesc.roles.at_level import RoleAtLevel, role_at_level
from jobdesc.roles.library import Library
from jobdesc.services.catalog import library_in
from jobdesc.services.locks import guard_in
from jobdesc.store.archive import archived_state
from jobdesc.store.bases import keep_base
from jobdesc.store.postings import StoredPosting
from jobdesc.store.revisions import Reason, had_base
from jobdesc.store.saves import Save, save_posting

ROLE_CHANGED = "The role changed meanwhile. Choose the level again."


@dataclass(frozen=True)
class Outcome:
    """What is answered to a save: indexes of changes that met another's, and of refused ones.

    `sent` is a hash of the changes as they came, so that a number used twice is noticed.
    """

    sent: str
    conflicts: tuple[int, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()


def require_in_use(session: Session, stored: StoredPosting, actor: Person) -> None:
    """Whatever changes or publishes a posting asks this first. Raises InArchive."""
    if stored.archived and (archived := archived_state(session, stored.id, actor.id)):
        raise InArchive(stored.id, archived.by)


def held_in(library: Library, posting: Posting) -> RoleAtLevel | None:
    """The role at the posting's level as the library has it today; None where it is gone."""
    role = library.role(posting.role)
    if role is None or posting.level not in role.titles:
        return None
    return role_at_level(role, posting.level, library.references.credentials)


def outcome_of(applied: Applied, sent: str = "") -> Outcome:
    """The answer that a save gets."""
    numbered = list(enumerate(applied.outcomes))
    return Outcome(
        sent=sent,
        conflicts=tuple(index for index, result in numbered if isinstance(result, Conflict)),
        refused=tuple((i, result.message) for i, result in numbered if isinstance(result, Refused)),
    )


def keep_changes(
    session: Session,
    stored: StoredPosting,
    changes: Sequence[Change | Refused],
    actor: Person,
    now: datetime,
    numbered: tuple[str, str] | None = None,
) -> tuple[StoredPosting, Applied]:
    """Apply what can be applied; the posting as it is stored then, and what became of each change.

    `stored` was held by `posting_to_change`. `numbered` is the sender's number of the save and a
    hash of what was sent. Raises InArchive.
    """
    require_in_use(session, stored, actor)
    checked, bases = _check_levels(session, stored, changes)
    applied = apply_each(stored.posting, checked, guard_in(session, stored.posting, actor, bases))
    if not applied.changes:
        return stored, applied
    if base := bases.get(applied.posting.base):
        keep_base(session, base)
    save = _save(stored, applied, actor, numbered)
    counter = save_posting(session, stored.id, applied.posting, save, now)
    return replace(stored, posting=applied.posting, counter=counter, changed_at=now), applied


def _save(
    stored: StoredPosting, applied: Applied, actor: Person, numbered: tuple[str, str] | None
) -> Save:
    named = any(isinstance(change, ChangeLevel) for change in applied.changes)
    save_id, sent = numbered or (None, "")
    outcome: dict[str, Any] = vars(outcome_of(applied, sent)) if save_id else {}
    return Save(
        person_id=actor.id,
        changes=[change.model_dump(mode="json") for change in applied.changes],
        parts=parts_changed(applied.changes, stored.posting, applied.posting),
        save_id=save_id,
        outcome=outcome,
        reason=Reason.LEVEL if named else Reason.EDITED,
    )


def _check_levels(
    session: Session, stored: StoredPosting, changes: Sequence[Change | Refused]
) -> tuple[list[Change | Refused], dict[str, Base]]:
    """Refuse a level whose text nobody has seen; and the bases that are not stored yet."""
    bases: dict[str, Base] = {}
    checked: list[Change | Refused] = []
    for change in changes:
        if isinstance(change, ChangeLevel) and not _stood_on(session, stored, change.after):
            base = _base_today(session, stored.posting, change.after)
            if base is None:
                checked.append(Refused(change, ROLE_CHANGED))
                continue
            bases[base.digest] = base
        checked.append(change)
    return checked, bases


def _stood_on(session: Session, stored: StoredPosting, after: LevelBase) -> bool:
    """Whether the posting stands or once stood so: undo and redo lead there again."""
    posting = stored.posting
    if (posting.level, posting.base) == (after.level, after.base):
        return True
    return had_base(session, stored.id, after.level, after.base)


def _base_today(session: Session, posting: Posting, after: LevelBase) -> Base | None:
    """The base of that level, where it is still the one that the change was made with."""
    at_level = posting.model_copy(update={"level": after.level})
    held = held_in(library_in(session), at_level)
    base = base_for(held) if held else None
    return base if base and base.digest == after.base else None
