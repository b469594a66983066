"""Take the shipped and the imported sources and credentials, and lose none that was edited here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.roles.reference_rows import NOUNS, Body, Shelf, differences, in_words, read_row
from jobdesc.services.reference_keeping import merged_rows
from jobdesc.store.reference_revisions import last_reasons, record_row
from jobdesc.store.role_revisions import Reason
from jobdesc.store.roles import store_references


@dataclass(frozen=True)
class SeededRow:
    """A row that says something else than what came; `words` say which fields differ."""

    noun: str
    key: str
    kept: bool
    words: str = ""
    is_new: bool = False


def take_shipped_references(
    session: Session, shipped: Mapping[str, Any], stored: Mapping[str, Any], now: datetime
) -> tuple[SeededRow, ...]:
    """Load the shipped references; a source or credential edited or added here is kept.

    One that says what was shipped follows the editions again from then on.
    """
    reasons = last_reasons(session)
    merged, seeded = dict(shipped), []
    for shelf in Shelf:
        ours = {body["id"]: body for body in stored.get(shelf.value, [])}
        taken: dict[str, Body] = {}
        for body in shipped[shelf.value]:
            key = (shelf.value, body["id"])
            mine = ours.get(body["id"])
            words = _words(shelf, mine, body) if mine else ""
            edited = reasons.get(key, Reason.SHIPPED) is not Reason.SHIPPED
            if mine and words and edited:
                taken[body["id"]] = mine
                seeded.append(SeededRow(NOUNS[shelf], body["id"], True, words))
                continue
            taken[body["id"]] = body
            if key in reasons and (edited or words):
                record_row(session, key, body, Reason.SHIPPED, 0, now)
        others = [body for name, body in ours.items() if name not in taken]
        merged[shelf.value] = [*taken.values(), *others]
    store_references(session, merged, now)
    return tuple(seeded)


def take_imported_references(
    session: Session,
    theirs: Mapping[str, Any],
    stored: Mapping[str, Any],
    actor: Person,
    now: datetime,
) -> tuple[SeededRow, ...]:
    """Let our sources and credentials say what theirs say, a revision each; the rest stays ours."""
    known = last_reasons(session)
    merged, imported = dict(stored), []
    for shelf in Shelf:
        ours = {body["id"]: body for body in stored.get(shelf.value, [])}
        taken = {}
        for body in theirs[shelf.value]:
            key, mine = (shelf.value, body["id"]), ours.get(body["id"])
            words = _words(shelf, mine, body) if mine else ""
            if mine and not words:
                continue
            if mine and key not in known:
                record_row(session, key, mine, Reason.SHIPPED, 0, now)
            record_row(session, key, body, Reason.IMPORTED, actor.id, now)
            taken[body["id"]] = body
            imported.append(SeededRow(NOUNS[shelf], body["id"], False, words, mine is None))
        merged[shelf.value] = merged_rows(list(ours.values()), taken)
    store_references(session, merged, now)
    return tuple(imported)


def _words(shelf: Shelf, before: Body, after: Body) -> str:
    return in_words(differences(shelf, read_row(shelf, before), read_row(shelf, after)))
