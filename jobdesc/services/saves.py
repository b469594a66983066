"""The live builder's saves: sent again until they are answered, and kept once."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.changes import Change
from jobdesc.postings.outcomes import Refused
from jobdesc.services.keeping import Outcome, keep_changes, outcome_of
from jobdesc.services.postings import found_or_gone
from jobdesc.store.bases import base_by_hash
from jobdesc.store.postings import StoredPosting, counter_of, posting_by_id, posting_to_change
from jobdesc.store.saves import OtherSave, other_saves, outcome_of_save
from jobdesc.store.transactions import reading, writing

YOU = "You"


@dataclass(frozen=True)
class LiveSave:
    """A save as it was sent: its number '<tab>-<n>', the counter it started from, its changes."""

    save_id: str
    counter: int
    changes: tuple[Change | Refused, ...]

    @property
    def tab(self) -> str:
        """The window that sent it."""
        return self.save_id.rpartition("-")[0]

    @property
    def digest(self) -> str:
        """A hash of the changes."""
        plain = [
            change.message if isinstance(change, Refused) else change.model_dump(mode="json")
            for change in self.changes
        ]
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Other:
    """Who else changed the posting, and under which headings."""

    who: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """A posting as the builder needs it; `template` is the role's own text by origin."""

    stored: StoredPosting
    template: Mapping[str, str]
    others: tuple[Other, ...] = ()


@dataclass(frozen=True)
class Saved:
    """The posting after a save, and which changes were not applied."""

    state: State
    outcome: Outcome


def read_state(actor: Person, posting_id: int) -> State:
    """The posting as it is stored. Raises NoSuchPosting."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        stored = found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)
        return State(stored, _template(session, stored))


def newer_state(actor: Person, posting_id: int, since: int, tab: str) -> State | None:
    """The posting and what others did after `since`; None where nothing was saved since then.

    `tab` is the window that asks: its own saves are not others'. Raises NoSuchPosting.
    """
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        counter = found_or_gone(counter_of(session, posting_id, actor.id), posting_id)
        if counter == since:
            return None
        stored = found_or_gone(posting_by_id(session, posting_id, actor.id), posting_id)
        return _state(session, stored, actor, since, tab)


def save_live(actor: Person, posting_id: int, save: LiveSave, now: datetime) -> Saved:
    """Apply what can be applied of a save, once however often it is sent.

    Raises NoSuchPosting; and InArchive, unless this save came before the posting was archived.
    A number that was used for other changes counts as none, so that no change is lost.
    """
    require(actor, Action.EDIT_POSTING)
    with writing() as session:
        stored = found_or_gone(posting_to_change(session, posting_id, actor.id), posting_id)
        former = _former_outcome(session, posting_id, save.save_id)
        if former and former.sent == save.digest:
            outcome = former
        else:
            numbered = None if former else (save.save_id, save.digest)
            stored, applied = keep_changes(session, stored, save.changes, actor, now, numbered)
            outcome = outcome_of(applied)
        return Saved(_state(session, stored, actor, save.counter, save.tab), outcome)


def _former_outcome(session: Session, posting_id: int, save_id: str) -> Outcome | None:
    kept = outcome_of_save(session, posting_id, save_id)
    if kept is None:
        return None
    refused = tuple((index, message) for index, message in kept["refused"])
    return Outcome(kept["sent"], tuple(kept["conflicts"]), refused)


def _state(session: Session, stored: StoredPosting, actor: Person, since: int, tab: str) -> State:
    others = other_saves(session, stored.id, since, actor.id, tab)
    return State(stored, _template(session, stored), tuple(_by_person(others, actor)))


def _template(session: Session, stored: StoredPosting) -> Mapping[str, str]:
    return base_by_hash(session, stored.posting.base).texts


def _by_person(saves: Sequence[OtherSave], actor: Person) -> Iterable[Other]:
    """Each person once, with every heading that they touched, in the order of their saves."""
    parts: dict[tuple[int, str], dict[str, None]] = {}
    for save in saves:
        parts.setdefault((save.person_id, save.name), {}).update(dict.fromkeys(save.parts))
    for (person_id, name), headings in parts.items():
        yield Other(YOU if person_id == actor.id else name, tuple(headings))
