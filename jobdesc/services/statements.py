"""The organization's standing texts: variants added, changed, ordered, removed, locked."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may, require
from jobdesc.postings.locks import Held
from jobdesc.postings.organization import UNNAMED, Organization
from jobdesc.postings.overtaking import overtaken, wider
from jobdesc.postings.profile import FieldChange, mark
from jobdesc.postings.statement_edits import (
    EditedVariant,
    add_variant,
    edit_variant,
    lock_of,
    move_variant,
    set_lock,
    set_removed,
    variant_of,
)
from jobdesc.postings.variants import Lock, StatementKind, Variant
from jobdesc.roles.parse import Problem, Problems
from jobdesc.store.organizations import organization_to_change, save_organization
from jobdesc.store.transactions import writing

log = logging.getLogger(__name__)

OVERTAKES = "It would stand in place of a text that {by} locked. An administrator can do this."
"""What is said of an unlocked text that would be used where a locked one is."""

Way = Literal["up", "down"]


class TextLocked(Exception):
    """This person may not change a text; the message says who locked it."""


def create_variant(
    actor: Person, kind: StatementKind, values: Mapping[str, Any], now: datetime
) -> Variant:
    """A new variant, behind all others of its kind. Raises Problems, each at its field."""
    require(actor, Action.EDIT_ORGANIZATION)
    with writing() as session:
        current = _to_change(session)
        made = add_variant(current, kind, secrets.token_hex(8), values)
        if words := _overtakes(actor, current, made.organization):
            raise Problems([Problem(("name",), words)])
        save_organization(session, made.organization, now)
    log.info("statements: person %d added %s", actor.id, made.variant.id)
    return made.variant


def change_variant(
    actor: Person, variant_id: str, changes: Sequence[FieldChange], now: datetime
) -> EditedVariant:
    """Save `changes`; those that met a change of somebody else come back with both texts.

    Raises NoSuchVariant, and Problems, each at its field: of a locked one at those that differ.
    """
    require(actor, Action.EDIT_ORGANIZATION)
    with writing() as session:
        current = _to_change(session)
        edited = edit_variant(current, variant_id, changes)
        if edited.organization == current:
            return edited
        stored = variant_of(current, variant_id)
        _refuse_locked_fields(actor, stored, edited.variant)
        if words := _overtakes(actor, current, edited.organization):
            raise Problems([Problem((name,), words) for name in wider(stored, edited.variant)])
        save_organization(session, edited.organization, now)
    log.info("statements: person %d changed %s", actor.id, variant_id)
    return edited


def reorder_variant(actor: Person, variant_id: str, way: Way, now: datetime) -> None:
    """The variant before or after its neighbor. Raises NoSuchVariant and TextLocked."""
    require(actor, Action.EDIT_ORGANIZATION)
    with writing() as session:
        current = _to_change(session)
        moved = move_variant(current, variant_id, way)
        if words := _overtakes(actor, current, moved):
            raise TextLocked(words)
        _save(session, current, moved, now)


def remove_variant(actor: Person, variant_id: str, now: datetime) -> Variant:
    """Take a variant out of use; it can be brought back. Raises NoSuchVariant and TextLocked."""
    return _set_removed(actor, variant_id, now, removed=True)


def restore_variant(actor: Person, variant_id: str, now: datetime) -> Variant:
    """Use a removed variant again, in its place. Raises NoSuchVariant, TextLocked, Problems."""
    return _set_removed(actor, variant_id, now, removed=False)


def lock_text(actor: Person, key: str, now: datetime) -> None:
    """Let only administrators change a text: a variant by its id, a usual one by its kind."""
    require(actor, Action.CHANGE_LOCKED)
    with writing() as session:
        current = _to_change(session)
        if lock_of(current, key) is None:
            _save(session, current, set_lock(current, key, Lock(by=actor.name, at=now)), now)
            log.info("statements: person %d locked %s", actor.id, key)


def unlock_text(actor: Person, key: str, now: datetime) -> None:
    """Let everybody who edits change a text again. Raises NoSuchVariant."""
    require(actor, Action.CHANGE_LOCKED)
    with writing() as session:
        current = _to_change(session)
        if lock_of(current, key):
            _save(session, current, set_lock(current, key, None), now)
            log.info("statements: person %d unlocked %s", actor.id, key)


def locked_fields(
    actor: Person, organization: Organization, changes: Sequence[FieldChange]
) -> list[Problem]:
    """The changes of usual texts that this person may not make, in words at their fields."""
    if may(actor, Action.CHANGE_LOCKED):
        return []
    locks = {kind.value: lock for kind, lock in organization.locks.items()}
    return [
        Problem((change.field,), Held(locks[change.field].by).words)
        for change in changes
        if change.field in locks
        and mark(change.after) not in (change.started, mark(getattr(organization, change.field)))
    ]


def _set_removed(actor: Person, variant_id: str, now: datetime, *, removed: bool) -> Variant:
    require(actor, Action.EDIT_ORGANIZATION)
    with writing() as session:
        current = _to_change(session)
        variant = variant_of(current, variant_id)
        if variant.lock and not may(actor, Action.CHANGE_LOCKED):
            raise TextLocked(Held(variant.lock.by).words)
        after = set_removed(current, variant_id, removed=removed)
        if words := _overtakes(actor, current, after):
            raise TextLocked(words)
        _save(session, current, after, now)
    log.info("statements: person %d %s %s", actor.id, "removed" if removed else "kept", variant_id)
    return variant


def _refuse_locked_fields(actor: Person, stored: Variant, edited: Variant) -> None:
    if stored.lock is None or may(actor, Action.CHANGE_LOCKED):
        return
    before, after = stored.model_dump(), edited.model_dump()
    words = Held(stored.lock.by).words
    raise Problems([Problem((name,), words) for name in before if before[name] != after[name]])


def _overtakes(actor: Person, before: Organization, after: Organization) -> str:
    """Why this person may not make `after` of `before`; empty where they may."""
    lock = None if may(actor, Action.CHANGE_LOCKED) else overtaken(before, after)
    return OVERTAKES.format(by=lock.by) if lock else ""


def _to_change(session: Session) -> Organization:
    return organization_to_change(session) or UNNAMED


def _save(session: Session, before: Organization, after: Organization, now: datetime) -> None:
    if after != before:
        save_organization(session, after, now)
