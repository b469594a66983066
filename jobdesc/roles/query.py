"""What somebody typed into a search, read into terms; nothing of it reaches a database as typed.

Words, "phrases" and -words that must not be there. A word also finds longer ones that begin with
it, a closed phrase only itself. Texts are cut into the same tokens (`tokens_of`).
"""

import re
from dataclasses import dataclass

from jobdesc.roles.words import PART, SMALL_WORDS, WORD, fold, forms_of

Tokens = tuple[str, ...]
"""Words that stand one behind the other."""

MOST_TERMS, LONGEST_PHRASE, LONGEST_QUERY, LONGEST_TOKEN = 10, 12, 200, 60
CHUNK = re.compile(
    r'(?P<no>(?<!\S)-(?=[^\W_]|"))?(?:"(?P<phrase>[^"]*)(?P<close>"?)|(?P<bare>[^\s"]+))'
)


@dataclass(frozen=True)
class Term:
    """One thing that is looked for. `exact` are the ways in which it can stand in a text as typed,
    `begun` those whose last word may go on; a text answers by any of them.
    """

    exact: tuple[Tokens, ...]
    begun: tuple[Tokens, ...] = ()

    @property
    def word(self) -> str:
        """The word, where the term is no more than one; else ''."""
        return self.exact[0][0] if len(self.exact[0]) == 1 else ""


@dataclass(frozen=True)
class Query:
    """A text answers that has every one of `terms` and none of `without`."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.without)

    @property
    def words(self) -> str:
        """The terms as they are written to be found again, without quotes."""
        return " ".join(" ".join(term.exact[0]) for term in self.terms)


def read_query(text: str) -> Query:
    """Read what was typed. Whatever it is, the result is small; '' and signs alone find nothing."""
    terms: dict[Term, None] = {}
    without: dict[Term, None] = {}
    small: dict[Term, None] = {}
    for chunk in CHUNK.finditer(text[:LONGEST_QUERY]):
        for term in _terms(chunk):
            is_small = chunk["bare"] and term.word in SMALL_WORDS
            (without if chunk["no"] else small if is_small else terms)[term] = None
    return Query(tuple(terms or small)[:MOST_TERMS], tuple(without)[:MOST_TERMS])


def replace_words(query: Query, others: dict[str, str]) -> Query:
    """The query with some of its words replaced by others."""
    return Query(tuple(_replaced(term, others) for term in query.terms), query.without)


def tokens_of(text: str, most: int) -> list[str]:
    """The words of a text in order, at most `most`, and then "cswcm" for each "C-SWCM"."""
    words: list[str] = []
    joined: list[str] = []
    for word in WORD.findall(fold(text))[:most]:
        if "-" in word:
            parts = word.split("-")
            words += (part[:LONGEST_TOKEN] for part in parts)
            joined.append("".join(parts)[:LONGEST_TOKEN])
        else:
            words.append(word[:LONGEST_TOKEN])
    return words[:most] + joined


def _terms(chunk: re.Match[str]) -> list[Term]:
    if chunk["phrase"] is not None:
        tokens = tuple(part[:LONGEST_TOKEN] for part in PART.findall(fold(chunk["phrase"])))
        if not tokens:
            return []
        tokens = tokens[:LONGEST_PHRASE]
        return [Term((tokens,)) if chunk["close"] or chunk["no"] else Term((tokens,), (tokens,))]
    return [_term(found[0], bool(chunk["no"])) for found in WORD.finditer(fold(chunk["bare"]))]


def _term(word: str, whole: bool) -> Term:
    """A word, or "c-swcm", which stands for its parts in order and for "cswcm"."""
    parts = tuple(part[:LONGEST_TOKEN] for part in PART.findall(word))
    if len(parts) > 1:
        ways = (parts[:LONGEST_PHRASE], ("".join(parts)[:LONGEST_TOKEN],))
        return Term(ways) if whole else Term(ways, ways)
    if whole or len(parts[0]) == 1:
        return Term((parts,))
    return Term((parts,), tuple((form,) for form in forms_of(parts[0])))


def _replaced(term: Term, others: dict[str, str]) -> Term:
    return _term(others[term.word], whole=not term.begun) if term.word in others else term
