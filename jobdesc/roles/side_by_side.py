"""Two roles side by side at a level: topic by topic, and what they say alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jobdesc.roles.at_level import Held, HeldCredential, RoleAtLevel
from jobdesc.roles.levels import Level
from jobdesc.roles.template import FAMILIES, RoleTemplate

Said = tuple[str, str]
"""A text and a note to it, such as 'Essential'."""


@dataclass(frozen=True)
class Pair:
    """What each of the two says of `title`; nothing where it says nothing."""

    title: str
    left: tuple[Said, ...]
    right: tuple[Said, ...]

    @property
    def alike(self) -> bool:
        """Whether both say the same."""
        return self.left == self.right


@dataclass(frozen=True)
class Topic:
    """The pairs under one heading."""

    title: str
    pairs: tuple[Pair, ...]


def nearest_level(role: RoleTemplate, wanted: Level) -> Level:
    """The level of `role` that is nearest to the wanted one, the lower of two."""
    return min(role.levels, key=lambda own: (abs(own.rank - wanted.rank), own.rank))


def side_by_side(left: RoleAtLevel, right: RoleAtLevel, only: bool = False) -> tuple[Topic, ...]:
    """The topics of the two; with `only` without what they say alike."""
    topics = [Topic(title, tuple(_kept(pairs, only))) for title, pairs in _topics(left, right)]
    return tuple(topic for topic in topics if topic.pairs)


def _kept(pairs: Iterator[Pair], only: bool) -> Iterator[Pair]:
    return (pair for pair in pairs if (pair.left or pair.right) and not (only and pair.alike))


def _topics(left: RoleAtLevel, right: RoleAtLevel) -> Iterator[tuple[str, Iterator[Pair]]]:
    def one(title: str, says: Callable[[RoleAtLevel], str]) -> tuple[str, Iterator[Pair]]:
        texts = [((text, ""),) if (text := says(role)) else () for role in (left, right)]
        return title, iter((Pair(title, *texts),))

    yield one("In a sentence", lambda held: held.role.tagline)
    yield one("Family", lambda held: FAMILIES[held.role.family])
    yield one("Pay a year", _pay)
    yield one("The job", lambda held: held.summary)
    yield one("Caseload", lambda held: held.caseload.text if held.caseload else "")
    yield one("Supervision", lambda held: held.supervision)
    yield one("Reports to", lambda held: held.reports_to)
    yield one("Overtime", lambda held: held.flsa.capitalize())
    yield "Licenses and certifications", _credentials(left.credentials, right.credentials)
    yield "Education", _lines(left.education, right.education)
    yield "Experience", _lines(left.experience, right.experience)
    yield "Duties", _lines(left.duties, right.duties, duties=True)
    yield "Skills", _lines(left.skills, right.skills)
    yield "Working conditions", _lines(left.conditions, right.conditions)
    yield "Where it works", iter((Pair("Where it works", _where(left), _where(right)),))
    yield one("Other titles", lambda held: ", ".join(held.role.synonyms))


def _pay(held: RoleAtLevel) -> str:
    return f"${held.pay.low:,} \u2013 ${held.pay.high:,}" if held.pay else ""


def _where(held: RoleAtLevel) -> tuple[Said, ...]:
    return tuple((passage.text, "") for passage in held.role.guide.where)


def _credentials(left: Sequence[HeldCredential], right: Sequence[HeldCredential]) -> Iterator[Pair]:
    """A pair for each credential that one of the two asks for, whatever its line is called."""
    here, there = ({one.credential.id: one for one in held} for held in (left, right))
    for name in here | there:
        known = (here.get(name) or there[name]).credential
        yield Pair(known.full_name, _asked(here.get(name)), _asked(there.get(name)))


def _asked(held: HeldCredential | None) -> tuple[Said, ...]:
    return ((held.asked.need.capitalize(), held.asked.words),) if held else ()


def _lines(here: Sequence[Held], there: Sequence[Held], duties: bool = False) -> Iterator[Pair]:
    """What both say word for word, then lines of one name that differ, then what is left."""
    lefts, rights = ({one.origin: _said(one, duties) for one in side} for side in (here, there))
    both = {*lefts.values()} & {*rights.values()}
    alike = tuple(said for said in lefts.values() if said in both)
    yield Pair("In both", alike, alike)
    left, right = (
        {name: said for name, said in side.items() if said not in both} for side in (lefts, rights)
    )
    for name in (name for name in left if name in right):
        yield Pair(name.replace("-", " ").capitalize(), (left[name],), (right[name],))
    yield Pair("In one of them", _without(left, right), _without(right, left))


def _without(side: Mapping[str, Said], other: Mapping[str, Said]) -> tuple[Said, ...]:
    return tuple(said for name, said in side.items() if name not in other)


def _said(held: Held, duties: bool) -> Said:
    if duties:
        return held.cell.text, "Essential" if held.cell.essential else ""
    return held.cell.text, "Preferred" if held.cell.need == "preferred" else ""
