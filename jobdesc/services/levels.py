"""Another level, or newer text of the role, for a posting: show every difference, take some."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.apply import Applied
from jobdesc.postings.bands import first_place
from jobdesc.postings.base import base_for
from jobdesc.postings.differences import Rebasing
from jobdesc.postings.own_pay import NO_OWN_PAY, OwnPay, own_pay, pay_words
from jobdesc.postings.rebase import rebase, take
from jobdesc.roles.at_level import role_at_level
from jobdesc.roles.levels import Level
from jobdesc.services.catalog import library_in, role_in
from jobdesc.services.keeping import keep_changes, require_in_use
from jobdesc.services.pay_bands import band_in
from jobdesc.services.postings import found_or_gone
from jobdesc.store.bases import base_by_hash
from jobdesc.store.postings import StoredPosting, posting_by_id, posting_to_change
from jobdesc.store.transactions import reading, writing


@dataclass(frozen=True)
class LevelSheet:
    """What would change with a level; `counter` is that of the posting it was made from."""

    posting_id: int
    counter: int
    rebasing: Rebasing
    own: OwnPay = NO_OWN_PAY

    @property
    def mark(self) -> str:
        """What the sheet was made onto: the text of the role, and the organization's own pay."""
        base = self.rebasing.after.base
        return f"{base} {pay_words(self.own.after)}" if self.own.after else base

    @property
    def level(self) -> Level:
        """The level that would be."""
        return self.rebasing.after.level


@dataclass(frozen=True)
class Choice:
    """The rows that a person ticked, of the sheet made from this counter onto this mark."""

    keys: Collection[str]
    counter: int
    base: str


class SheetOutdated(Exception):
    """The posting or the role changed since the sheet was shown; nothing was changed."""


def open_sheet(actor: Person, posting_id: int, level: Level) -> LevelSheet:
    """What would change. Raises NoSuchPosting, InArchive, NoSuchRole and NoSuchLevel."""
    require(actor, Action.EDIT_POSTING)
    with reading() as session:
        stored = found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)
        require_in_use(session, stored, actor)
        return _sheet(session, stored, level)


def change_level(
    actor: Person, posting_id: int, level: Level, choice: Choice, now: datetime
) -> Applied:
    """Take the ticked differences, and the level with them.

    Raises SheetOutdated, where the person saw other differences; NoSuchPosting, InArchive,
    NoSuchRole and NoSuchLevel.
    """
    require(actor, Action.EDIT_POSTING)
    with writing() as session:
        stored = found_or_gone(posting_to_change(session, posting_id, actor.id), posting_id)
        sheet = _sheet(session, stored, level)
        if (choice.counter, choice.base) != (sheet.counter, sheet.mark):
            raise SheetOutdated(posting_id)
        chosen = take(sheet.rebasing, choice.keys)
        return keep_changes(session, stored, [chosen], actor, now)[1]


def _sheet(session: Session, stored: StoredPosting, level: Level) -> LevelSheet:
    library = library_in(session)
    role = role_in(library, stored.posting.role)
    onto = base_for(role_at_level(role, level, library.references.credentials))
    base = base_by_hash(session, stored.posting.base)
    place = first_place(stored.posting)
    bands = [band_in(session, role.slug, at, place) for at in (stored.posting.level, level)]
    own = own_pay(*bands)
    return LevelSheet(
        stored.id, stored.counter, rebase(stored.posting, base, onto, level, own), own
    )
