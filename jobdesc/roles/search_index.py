"""What a search can find in the library: every text of a role that has words, by word."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from jobdesc.roles.credential import Credential
from jobdesc.roles.levels import Level
from jobdesc.roles.library import Library
from jobdesc.roles.lines import Cell, Line
from jobdesc.roles.template import FAMILIES, RoleTemplate
from jobdesc.roles.words import answers, fold, forms_of, words_of


class Kind(IntEnum):
    """Where a word stands; the higher, the more it says about the role."""

    DUTY = 1
    FAMILY = 2
    SKILL = 3
    CREDENTIAL = 5
    SYNONYM = 8
    TITLE = 13


@dataclass(frozen=True)
class Entry:
    """One text of one role. `level` is the lowest at which it holds, `weight` what it says."""

    role: str
    kind: Kind
    text: str
    level: Level
    weight: float
    words: frozenset[str]
    folded: str


@dataclass(frozen=True)
class SearchIndex:
    """All entries, and for each word of theirs the entries that have it."""

    names: Mapping[str, str]
    entries: tuple[Entry, ...]
    vocabulary: tuple[str, ...]
    entries_of: Mapping[str, tuple[int, ...]]

    def matching(self, word: str) -> set[int]:
        """The numbers of the entries that answer `word`."""
        found: set[int] = set()
        forms = forms_of(word)
        for form in forms:
            for at in range(bisect_left(self.vocabulary, form), len(self.vocabulary)):
                known = self.vocabulary[at]
                if not known.startswith(form):
                    break
                if answers(known, forms):
                    found.update(self.entries_of[known])
        return found


def build_index(library: Library) -> SearchIndex:
    """The index of `library`, made once for each version of it."""
    credentials = library.references.credentials
    entries = tuple(
        entry
        for role in library.roles.values()
        for entry in {(e.kind, e.folded): e for e in _entries(role, credentials)}.values()
    )
    places: dict[str, dict[int, None]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        for word in entry.words:
            places[word][number] = None
    return SearchIndex(
        names={role.slug: role.name for role in library.roles.values()},
        entries=entries,
        vocabulary=tuple(sorted(places)),
        entries_of={word: tuple(numbers) for word, numbers in places.items()},
    )


def _entries(role: RoleTemplate, credentials: Mapping[str, Credential]) -> Iterator[Entry]:
    lowest = role.levels[0]
    yield _entry(role, Kind.TITLE, role.name, lowest)
    for level in role.levels:
        yield _entry(role, Kind.TITLE, role.titles[level], level)
    for synonym in role.synonyms:
        yield _entry(role, Kind.SYNONYM, synonym, lowest)
    for line in role.credentials:
        held = credentials.get(line.credential)
        if held is None:
            continue
        short = f" ({held.abbreviation})" if held.abbreviation else ""
        required = sum(need != "end" and need.need == "required" for need in line.levels.values())
        entry = _entry(role, Kind.CREDENTIAL, held.name + short, next(iter(line.levels), lowest))
        near = sum(any(w.startswith(own) for w in entry.words) for own in fold(role.name).split())
        yield replace(entry, weight=entry.weight + min(required, 1) / 2 + near / 2)
    yield _entry(role, Kind.FAMILY, FAMILIES[role.family], lowest)
    for kind, lines in ((Kind.SKILL, role.skills), (Kind.DUTY, role.duties)):
        for text, level in _cells(lines):
            yield _entry(role, kind, text, level)


def _entry(role: RoleTemplate, kind: Kind, text: str, level: Level) -> Entry:
    words = frozenset(word for word, _ in words_of(text))
    return Entry(role.slug, kind, text, level, float(kind), words, fold(text))


def _cells(lines: Iterable[Line]) -> Iterator[tuple[str, Level]]:
    for line in lines:
        for level, cell in line.levels.items():
            if isinstance(cell, Cell):
                yield cell.text, level
