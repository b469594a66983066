"""Words of a text as a search compares them: case, accents and hyphens make no difference."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
PART = re.compile(r"[^\W_]+")
ALIKE = {"lawyer": "attorney", "attorney": "lawyer", "doctor": "physician", "physician": "doctor"}
"""Words of everyday speech and of the field that stand for each other in a search."""
SMALL_WORDS = frozenset("a an and as at for from in of on or s the to with".split())

Span = tuple[int, int]
Segment = tuple[str, bool]
"""A piece of a text, and whether the search found it."""


def fold(text: str) -> str:
    """Text in lower case, without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def words_of(text: str) -> Iterator[tuple[str, Span]]:
    """Each word with its place; "C-SWCM" gives "c", "swcm" and "cswcm"."""
    for found in WORD.finditer(text):
        parts = list(PART.finditer(found[0]))
        for part in parts:
            start = found.start() + part.start()
            yield fold(part[0]), (start, start + len(part[0]))
        if len(parts) > 1:
            yield fold(found[0]).replace("-", ""), found.span()


def query_words(query: str, most: int = 10) -> tuple[str, ...]:
    """The different words that a search is for, hyphens kept and small words left out."""
    words = dict.fromkeys(fold(found[0]) for found in WORD.finditer(query))
    return tuple(word for word in words if word not in SMALL_WORDS)[:most]


def forms_of(word: str) -> tuple[str, ...]:
    """What a word of a search stands for: itself, its singular or the verb of its -ing, and a word
    that means the same.
    """
    forms: tuple[str, ...] = (word,)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        forms = word, word[:-1]
    elif len(word) > 6 and word.endswith("ing"):
        stem = word[:-3]
        forms = word, stem[:-1] if stem[-1] == stem[-2] not in "ls" else stem
    return *forms, *(ALIKE[form] for form in forms if form in ALIKE)


def answers(word: str, forms: tuple[str, ...]) -> bool:
    """Whether a word of a text answers a word of a search; one letter must be the whole word."""
    return word in forms or (len(forms[0]) > 1 and word.startswith(forms))


def segments(text: str, spans: Iterable[Span]) -> tuple[Segment, ...]:
    """`text` cut into found and other pieces; of spans with one start, the longest counts."""
    pieces: list[Segment] = []
    end = 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < end:
            continue
        if start > end:
            pieces.append((text[end:start], False))
        pieces.append((text[start:stop], True))
        end = stop
    if end < len(text):
        pieces.append((text[end:], False))
    return tuple(pieces)


def slug_of(text: str) -> str:
    """'rn-case-manager' of 'RN Case Manager': what can stand in an address or a file's name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
