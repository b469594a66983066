"""Whether an unlocked standing text would be used where a locked one is, by order or conditions."""

from collections.abc import Iterator

from jobdesc.postings.organization import Organization
from jobdesc.postings.statement_edits import CONDITION_FIELDS
from jobdesc.postings.statements import plain
from jobdesc.postings.variants import Lock, StatementKind, Variant

Pair = tuple[str, str]


def overtaken(before: Organization, after: Organization) -> Lock | None:
    """The lock of a text that an unlocked one stands before in `after`, for more than in `before`.

    What an administrator let stand before a locked text stays, for the same postings or fewer.
    """
    known, own = dict(_pairs(before)), {variant.id: variant for variant in before.variants}
    now = {variant.id: variant for variant in after.variants}
    for pair, lock in _pairs(after):
        first = pair[0]
        if pair not in known or wider(own[first], now[first]):
            return lock
    return None


def wider(before: Variant, after: Variant) -> tuple[str, ...]:
    """The conditions that let a variant fit postings that it did not fit."""
    return tuple(
        name
        for name in CONDITION_FIELDS
        if (had := _values(before, name)) and not ((has := _values(after, name)) and has <= had)
    )


def _pairs(organization: Organization) -> Iterator[tuple[Pair, Lock]]:
    """Each unlocked variant with each locked text behind it that it could take the place of."""
    for kind in StatementKind:
        ranked = organization.variants_of(kind)
        usual = organization.locks.get(kind)
        for index, variant in enumerate(ranked):
            if variant.lock:
                continue
            for other in ranked[index + 1 :]:
                if other.lock and not _apart(variant, other):
                    yield (variant.id, other.id), other.lock
            if usual:
                yield (variant.id, kind.value), usual


def _apart(one: Variant, other: Variant) -> bool:
    """Whether no posting fits both."""
    return any(
        (mine := _values(one, name))
        and (theirs := _values(other, name))
        and mine.isdisjoint(theirs)
        for name in CONDITION_FIELDS
    )


def _values(variant: Variant, name: str) -> set[str]:
    return {plain(value) for value in getattr(variant, name)}
