"""Which standing text a posting takes: the first variant that fits, else the usual one."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jobdesc.postings.organization import FORMER, FORMER_LOCKED, Organization
from jobdesc.postings.places import STATES, Place
from jobdesc.postings.posting import Posting
from jobdesc.postings.variants import Lock, StatementKind, Variant, state_code
from jobdesc.roles.levels import Level

Shipped = Mapping[str, str]
"""The texts for organizations that have not written their own, by name with hyphens."""


@dataclass(frozen=True)
class Facts:
    """What decides which text fits: the first place, the department, the specialty, the level."""

    state: str = ""
    city: str = ""
    department: str = ""
    role: str = ""
    level: Level | None = None


@dataclass(frozen=True)
class Chosen:
    """The text that fits; of benefits the items. Without a variant it is the usual text."""

    kind: StatementKind
    text: str
    items: tuple[str, ...]
    variant: Variant | None
    lock: Lock | None
    shipped: bool = False

    @property
    def key(self) -> str:
        """By what its lock is set: a variant by its id, a usual text by its kind."""
        return self.variant.id if self.variant else self.kind.value

    @property
    def texts(self) -> tuple[str, ...]:
        """What a posting could say of it: each benefit, or the text."""
        return tuple(text for text in (*self.items, self.text) if text)


def facts_of(posting: Posting) -> Facts:
    """What a posting says of itself."""
    place = posting.places[0] if posting.places else None
    return facts_at(place, posting.department, posting.role, posting.level)


def facts_at(place: Place | None, department: str, role: str, level: Level | None) -> Facts:
    """The facts of a posting at `place`."""
    state, city = (place.state, place.city) if place else ("", "")
    return Facts(state_code(state), city, department, role, level)


def statement_for(
    organization: Organization, kind: StatementKind, facts: Facts, shipped: Shipped
) -> Chosen:
    """The text of a kind for a posting with these facts."""
    for variant in organization.variants_of(kind):
        if fits(variant, facts):
            return Chosen(kind, variant.text, variant.items, variant, variant.lock)
    return usual_statement(organization, kind, shipped)


def usual_statement(organization: Organization, kind: StatementKind, shipped: Shipped) -> Chosen:
    """The organization's own text, where it has none the shipped one."""
    lock = organization.locks.get(kind)
    if kind is StatementKind.BENEFITS:
        return Chosen(kind, "", organization.benefits, None, lock)
    own: str = getattr(organization, kind)
    standard = shipped.get(kind.replace("_", "-"), "")
    return Chosen(kind, own or standard, (), None, lock, shipped=bool(standard and not own))


def fits(variant: Variant, facts: Facts) -> bool:
    """Whether each condition of the variant holds; an empty one does."""
    return all(
        (
            _one_of(variant.states, facts.state),
            _one_of(variant.cities, facts.city),
            _one_of(variant.departments, facts.department),
            _one_of(variant.roles, facts.role),
            not variant.levels or facts.level in variant.levels,
        )
    )


def _one_of(wanted: tuple[str, ...], given: str) -> bool:
    return not wanted or plain(given) in map(plain, wanted)


def plain(text: str) -> str:
    """A name as it is compared: without regard to capitals and spacing."""
    return spaced(text).casefold()


def spaced(text: str) -> str:
    """A text as it is compared: line ends and spaces are all the same."""
    return " ".join(text.split())


def text_mark(text: str) -> str:
    """A short mark of a text, by which one is known again that the organization once had."""
    return hashlib.sha256(spaced(text).encode()).hexdigest()[:16]


def list_mark(items: Sequence[str]) -> str:
    """The mark of benefits as a whole; another than that of a single one."""
    return text_mark("".join(f"- {item}\n" for item in items))


def list_text(items: tuple[str, ...]) -> str:
    """Benefits as one text."""
    return "\n".join(items)


def known_marks(organization: Organization, shipped: Shipped) -> frozenset[str]:
    """Marks of every text that the organization has or had; what has another is a person's own."""
    standard = (text_mark(text) for text in shipped.values())
    return frozenset((*organization.former, *standard, *_marks(organization)))


def remember(before: Organization, after: Organization) -> Organization:
    """`after`, with the marks of the texts that it replaces in `before`."""
    gone = [mark for mark in _marks(before) if mark not in set(_marks(after))]
    kept = dict.fromkeys((*after.former, *gone))
    former_locked = _former_locked(before, after)
    return after.model_copy(
        update={"former": tuple(kept)[-FORMER:], "former_locked": former_locked}
    )


def locked_texts(organization: Organization, kind: StatementKind, shipped: Shipped) -> list[Chosen]:
    """The texts of a kind that are locked."""
    usual = usual_statement(organization, kind, shipped)
    variants = (Chosen(kind, v.text, v.items, v, v.lock) for v in organization.variants_of(kind))
    return [chosen for chosen in (usual, *variants) if chosen.lock]


def _former_locked(before: Organization, after: Organization) -> dict[str, tuple[str, ...]]:
    """The marks that `after` remembers of locked texts, with those that it replaces."""
    kept = dict(after.former_locked)
    for kind in StatementKind:
        now = {chosen.key: chosen.texts for chosen in locked_texts(after, kind, {})}
        for chosen in locked_texts(before, kind, {}):
            held = {text_mark(text) for text in now.get(chosen.key, chosen.texts)}
            gone = [mark for mark in map(text_mark, chosen.texts) if mark not in held]
            if gone:
                marks = dict.fromkeys((*kept.get(chosen.key, ()), *gone))
                kept[chosen.key] = tuple(marks)[-FORMER_LOCKED:]
    return kept


def _marks(organization: Organization) -> Iterator[str]:
    """Of each text; of benefits, of each item and of the list."""
    texts = [getattr(organization, kind) for kind in StatementKind if kind != "benefits"]
    texts += [variant.text for variant in organization.variants]
    for items in (organization.benefits, *(v.items for v in organization.variants)):
        texts += items
        if items:
            yield list_mark(items)
    yield from (text_mark(text) for text in texts if text)


def say_conditions(variant: Variant, roles: Mapping[str, str]) -> str:
    """'Oregon, any department'; `roles` are the names of specialties by slug."""
    if variant.is_general:
        return "Any posting"
    states = " or ".join(STATES[code] for code in variant.states)
    where = ", ".join(part for part in (" or ".join(variant.cities), states) if part)
    parts = [
        where or "any place",
        " or ".join(variant.departments) or "any department",
        " or ".join(roles.get(slug, slug) for slug in variant.roles),
        _levels(variant),
    ]
    words = ", ".join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def _levels(variant: Variant) -> str:
    return "level " + " or ".join(level.label for level in variant.levels) if variant.levels else ""


def say_fit(variant: Variant, facts: Facts, roles: Mapping[str, str]) -> str:
    """What of a posting made the variant fit: 'Oregon, Intake'."""
    found = [
        facts.city if variant.cities else "",
        STATES.get(facts.state, "") if variant.states else "",
        facts.department if variant.departments else "",
        roles.get(facts.role, facts.role) if variant.roles else "",
        f"level {facts.level.label}" if variant.levels and facts.level else "",
    ]
    return ", ".join(part for part in found if part)
