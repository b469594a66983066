"""Texts with the words told apart that answer a search, cut around them where they are long."""

from collections.abc import Iterable

from jobdesc.roles.query import Query
from jobdesc.roles.words import Segment, Span, segments, words_of

LONGEST, BEFORE = 160, 50


def marked(text: str, query: Query) -> tuple[Segment, ...]:
    """`text` in pieces, each with whether it answers."""
    return segments(text, [span for _, span in _answering(text, query)])


def best_of(texts: Iterable[str], query: Query) -> tuple[Segment, ...]:
    """The text with the most words that answer, cut around the first of them; () for none."""
    most, best = 0, ""
    for text in texts:
        if (count := len({word for word, _ in _answering(text, query)})) > most:
            most, best = count, text
    return marked(_cut(best, query), query) if best else ()


def _cut(text: str, query: Query) -> str:
    """At most `LONGEST` letters of a text, from a little before the first word that answers."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    start = min((span[0] for _, span in _answering(text, query)), default=0) - BEFORE
    begin = text.find(" ", start) + 1 if start > 0 else 0
    end = text.rfind(" ", begin, begin + LONGEST) if begin + LONGEST < len(text) else len(text)
    end = end if end > begin else begin + LONGEST
    return f"{'… ' if begin else ''}{text[begin:end]}{' …' if end < len(text) else ''}"


def _answering(text: str, query: Query) -> list[tuple[str, Span]]:
    whole = {token for term in query.terms for tokens in term.exact for token in tokens}
    begun = tuple(tokens[-1] for term in query.terms for tokens in term.begun)
    return [
        (word, span)
        for word, span in words_of(text)
        if word in whole or (begun and word.startswith(begun))
    ]
