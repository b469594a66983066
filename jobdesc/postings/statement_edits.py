"""Changing the variants of standing texts: each edit on the profile as it is stored now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jobdesc.postings.organization import Organization
from jobdesc.postings.profile import Conflict, FieldChange, mark
from jobdesc.postings.statements import remember
from jobdesc.postings.variants import KEPT_VARIANTS, VARIANTS, Lock, StatementKind, Variant
from jobdesc.roles.parse import Problem, Problems, parse

CONDITION_FIELDS = ("states", "cities", "departments", "roles", "levels")
VARIANT_FIELDS = ("name", "text", "items", *CONDITION_FIELDS)
"""What a person fills in."""
FULL = f"An organization can use up to {VARIANTS} variants. Remove one, or change one."
KEPT = f"An organization keeps up to {KEPT_VARIANTS:,} variants. Change one that was removed."


class NoSuchVariant(Exception):
    """There is no variant of this id."""


@dataclass(frozen=True)
class EditedVariant:
    """The profile with every change whose start still stands, and those that met another's."""

    organization: Organization
    variant: Variant
    conflicts: tuple[Conflict, ...] = ()


def variant_of(organization: Organization, variant_id: str) -> Variant:
    """The variant of this id, removed or not; raises NoSuchVariant."""
    for variant in organization.variants:
        if variant.id == variant_id:
            return variant
    raise NoSuchVariant(variant_id)


def add_variant(
    organization: Organization, kind: StatementKind, variant_id: str, values: Mapping[str, Any]
) -> EditedVariant:
    """A new variant behind all others. Raises Problems, each at its field."""
    variant = parse(Variant, {**values, "id": variant_id, "kind": kind})
    _refuse_more(organization)
    if len(organization.variants) >= KEPT_VARIANTS:
        raise Problems([Problem(("name",), KEPT)])
    variants = (*organization.variants, variant)
    return EditedVariant(organization.model_copy(update={"variants": variants}), variant)


def edit_variant(
    organization: Organization, variant_id: str, changes: Sequence[FieldChange]
) -> EditedVariant:
    """Apply each change that nobody else's save has met. Raises Problems and NoSuchVariant."""
    current = variant_of(organization, variant_id)
    asked = _with(current, {change.field: change.after for change in changes})
    taken: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for change in changes:
        mine, theirs = getattr(asked, change.field), getattr(current, change.field)
        if mark(mine) in (mark(theirs), change.started):
            continue  # the same as stored, or not touched here
        if mark(theirs) == change.started:
            taken[change.field] = change.after
        else:
            conflicts.append(Conflict(change.field, mine, theirs))
    edited = _with(current, taken)
    after = remember(organization, _replaced(organization, edited))
    return EditedVariant(after, edited, tuple(conflicts))


def move_variant(organization: Organization, variant_id: str, way: str) -> Organization:
    """The variant before or after its neighbor of the same kind; `way` is up or down."""
    moved = variant_of(organization, variant_id)
    own = [v.id for v in organization.variants_of(moved.kind)]
    if moved.removed:
        return organization
    index = own.index(variant_id)
    other = index - 1 if way == "up" else index + 1
    if not 0 <= other < len(own):
        return organization
    neighbor = variant_of(organization, own[other])
    swap = {moved.id: neighbor, neighbor.id: moved}
    variants = tuple(swap.get(variant.id, variant) for variant in organization.variants)
    return organization.model_copy(update={"variants": variants})


def set_removed(organization: Organization, variant_id: str, *, removed: bool) -> Organization:
    """The variant taken out of use, or brought back to its place. Raises Problems."""
    variant = variant_of(organization, variant_id)
    if variant.removed and not removed:
        _refuse_more(organization)
    return _replaced(organization, variant.model_copy(update={"removed": removed}))


def set_lock(organization: Organization, key: str, lock: Lock | None) -> Organization:
    """Lock or unlock a variant by its id, or the usual text of a kind by the kind's name."""
    if key in set(StatementKind):
        kind = StatementKind(key)
        rest = {k: own for k, own in organization.locks.items() if k is not kind}
        locks = {**rest, kind: lock} if lock else rest
        return organization.model_copy(update={"locks": locks})
    variant = variant_of(organization, key)
    return _replaced(organization, variant.model_copy(update={"lock": lock}))


def lock_of(organization: Organization, key: str) -> Lock | None:
    """The lock of a variant by its id, or of the usual text of a kind; raises NoSuchVariant."""
    if key in set(StatementKind):
        return organization.locks.get(StatementKind(key))
    return variant_of(organization, key).lock


def _refuse_more(organization: Organization) -> None:
    if sum(not variant.removed for variant in organization.variants) >= VARIANTS:
        raise Problems([Problem(("name",), FULL)])


def _with(variant: Variant, values: Mapping[str, Any]) -> Variant:
    return parse(Variant, {**variant.model_dump(), **values})


def _replaced(organization: Organization, edited: Variant) -> Organization:
    variants = tuple(edited if v.id == edited.id else v for v in organization.variants)
    return organization.model_copy(update={"variants": variants})
