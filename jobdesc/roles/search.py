"""Search the library: roles with the reasons why they were found, and single skills."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations

from jobdesc.roles.levels import Level
from jobdesc.roles.search_index import Entry, Kind, SearchIndex, build_index
from jobdesc.roles.words import (
    Segment,
    answers,
    fold,
    forms_of,
    query_words,
    segments,
    words_of,
)

__all__ = ["Found", "Reason", "RoleHit", "SearchIndex", "SkillHit", "build_index", "search"]

REASONS, SKILLS, ROLES = 3, 6, 60
"""The most reasons of a role, and the most skills and roles that a search shows."""
Answers = dict[int, tuple[str, ...]]
"""The number of an entry, and the words of the search that it answers."""
LABELS = {
    Kind.TITLE: "Title",
    Kind.SYNONYM: "Also called",
    Kind.CREDENTIAL: "License or certification",
    Kind.SKILL: "Skill",
    Kind.DUTY: "Duty",
    Kind.FAMILY: "Field",
}


@dataclass(frozen=True)
class Reason:
    """A text of a role that the search found."""

    label: str
    segments: tuple[Segment, ...]
    level: Level


@dataclass(frozen=True)
class RoleHit:
    """A role, its name with the found words marked, and up to three reasons."""

    slug: str
    name: tuple[Segment, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SkillHit:
    """A skill of a role, at the lowest level that asks for it in these words."""

    slug: str
    role: str
    level: Level
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Found:
    """What answers a search. `shown_for` are other words where nothing matches those typed."""

    roles: tuple[RoleHit, ...] = ()
    skills: tuple[SkillHit, ...] = ()
    shown_for: str = ""


def search(index: SearchIndex, query: str, only: Collection[str] | None = None) -> Found:
    """Roles that match every word of `query`, best first, and skills that do by themselves.

    With `only`, no others than the roles of these slugs. Where no role matches, misspelled words
    are corrected; then the most words that one role has.
    """
    typed = query_words(query)
    words = tuple(dict.fromkeys(form for word in typed for form in _unhyphened(index, word)))
    if not words:
        return Found()
    for tried in _attempts(index, words):
        by_role = _roles_with_all(index, tried)
        if by_role:
            shown_for = "" if tried == words else " ".join(tried)
            wanted = {slug: by_role[slug] for slug in by_role if only is None or slug in only}
            skills = _skills(index, tried, wanted)
            return Found(_ranked(index, wanted, tried), skills, shown_for)
    return Found()


def _unhyphened(index: SearchIndex, word: str) -> list[str]:
    """ "c-swcm" as "cswcm" where the library has it, else as the words that it joins."""
    joined = word.replace("-", "")
    return [joined] if index.matching(joined) else word.split("-")


def _attempts(index: SearchIndex, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    near = [word if index.matching(word) else _nearest(index, word) for word in words]
    known = tuple(dict.fromkeys(word for word in near if word))
    for length in dict.fromkeys((len(known), len(known) - 1, 1)):
        if length > 0:
            yield from combinations(known, length)


def _nearest(index: SearchIndex, word: str) -> str:
    """The word of the library most like a misspelled one; '' where none is."""
    lengths = range(len(word) - 2, len(word) + 3)
    alike = [other for other in index.vocabulary if len(other) in lengths and len(other) > 2]
    same_start = [other for other in alike if other[0] == word[0]]
    for candidates in (same_start, alike):
        if found := get_close_matches(word, candidates, n=1, cutoff=0.78):
            return found[0]
    return ""


def _roles_with_all(index: SearchIndex, words: Sequence[str]) -> dict[str, Answers]:
    """Roles that have every word: for each, its entries with the words that they answer."""
    matching = [index.matching(word) for word in words]
    roles_with = [{index.entries[number].role for number in numbers} for numbers in matching]
    by_role: dict[str, Answers] = {slug: {} for slug in set.intersection(*roles_with)}
    for word, numbers in zip(words, matching, strict=True):
        for number in numbers:
            entries = by_role.get(index.entries[number].role)
            if entries is not None:
                entries[number] = (*entries.get(number, ()), word)
    return by_role


def _ranked(
    index: SearchIndex, by_role: Mapping[str, Answers], words: Sequence[str]
) -> tuple[RoleHit, ...]:
    phrase = " ".join(words)
    order = {slug: rank for rank, slug in enumerate(index.names)}
    scored = []
    for slug, numbers in by_role.items():
        worth = {n: _worth(index.entries[n], has, words, phrase) for n, has in numbers.items()}
        best = sorted(worth, key=lambda number: (-worth[number], number))
        total = sum(worth[number] for number in best[:REASONS])
        scored.append((-worth[best[0]], -total, order[slug], slug, best))
    return tuple(
        RoleHit(slug, _marked(index.names[slug], words), _reasons(index, best, by_role[slug]))
        for *_, slug, best in sorted(scored)[:ROLES]
    )


def _worth(entry: Entry, has: Sequence[str], words: Sequence[str], phrase: str) -> float:
    """How much an entry says: by its kind, the share of words it has, and how closely."""
    worth = entry.weight * (len(has) / len(words)) ** 2
    if phrase in entry.folded:
        worth *= 1.5
    exact = sum(word in entry.words for word in has)
    return worth * (1 + exact / 4 + len(has) / (4 * len(entry.words)))


def _reasons(index: SearchIndex, best: Sequence[int], answered: Answers) -> tuple[Reason, ...]:
    """The best entries that each add a word, or have all from another kind of text.

    The role's name is not a reason of its own: it is shown, with its words marked.
    """
    most = max(len(has) for has in answered.values())
    texts = {fold(index.names[index.entries[best[0]].role])}
    seen: set[str] = set()
    kinds: set[Kind] = set()
    chosen: list[Reason] = []
    for number in best:
        entry, has = index.entries[number], answered[number]
        if seen.issuperset(has) and (entry.kind in kinds or len(has) < most):
            continue
        seen.update(has)
        kinds.add(entry.kind)
        if entry.folded not in texts:
            texts.add(entry.folded)
            chosen.append(Reason(LABELS[entry.kind], _marked(entry.text, has), entry.level))
        if len(chosen) == REASONS:
            break
    return tuple(chosen)


def _skills(
    index: SearchIndex, words: Sequence[str], roles: Collection[str]
) -> tuple[SkillHit, ...]:
    common = set.intersection(*(index.matching(word) for word in words))
    found: dict[str, Entry] = {}
    for entry in (index.entries[number] for number in sorted(common)):
        if entry.kind is Kind.SKILL and entry.role in roles:
            found.setdefault(entry.folded, entry)
        if len(found) == SKILLS:
            break
    return tuple(
        SkillHit(entry.role, index.names[entry.role], entry.level, _marked(entry.text, words))
        for entry in found.values()
    )


def _marked(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    wanted = [forms_of(word) for word in words]
    spans = [span for word, span in words_of(text) if any(answers(word, w) for w in wanted)]
    return segments(text, spans)
