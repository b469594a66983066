"""The difference of two texts word by word, as a person would mark it.

Words that stand once in both texts, in the same order, hold the texts together; what lies between
them is compared again, closely where it is short. So the time stays about linear in the length,
also for texts that repeat a single word. Where little stays, the whole old text stands before the
whole new one: scraps of both, in turn, could not be read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from jobdesc.roles.order import in_order

Kind = Literal["same", "added", "removed"]
Run = tuple[Kind, str]
Words = Sequence[str]

WORD = re.compile(r"\s+|\d+(?:[.,]\d+)*|\w+(?:['\u2019-]\w+)*|[^\w\s]")
"""Space, a figure, a word, or a sign; together they are the whole text."""
_LITTLE = re.compile(r"\s+|\s*[^\W\d_]{1,4}(?:\s+[^\W\d_]{1,4})?\s*")
_SAYING = re.compile(r"\w+(?:['\u2019-]\w+)*")
LEAST, NEARLY_ALL, FEW = 0.5, 0.9, 8
"""The share of the words that must stay for marks to help, the share of the shorter text that is
enough where the other only says more, and how many words are marked whatever stays."""
CLOSELY = 6_400
"""The most pairs of words that are compared one by one between two words that hold."""
DEEPEST = 12
"""How often what lies between is looked through again for words that hold."""


def compare_words(before: str, after: str) -> tuple[Run, ...]:
    """Runs in reading order: 'same' and 'removed' give `before`, 'same' and 'added' `after`."""
    tokens = _compare(WORD.findall(before), WORD.findall(after), 0)
    runs = tuple(_tidy(_joined(tokens)))
    return runs if _helps(runs, before, after) else tuple(_change(before, after))


def _helps(runs: Sequence[Run], before: str, after: str) -> bool:
    """Whether enough words stay to see by them what changed."""
    fewest, most = sorted((_count(before), _count(after)))
    stays = sum(_count(text) for kind, text in runs if kind == "same")
    enough = min(LEAST * (fewest + most) / 2, NEARLY_ALL * fewest)
    return most <= FEW or stays >= enough


def _count(text: str) -> int:
    return len(_SAYING.findall(text))


def _compare(before: Words, after: Words, depth: int) -> Iterator[Run]:
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    yield from (("same", word) for word in before[:start])
    inner_before, inner_after = before[start : len(before) - end], after[start : len(after) - end]
    yield from _between(inner_before, inner_after, depth)
    yield from (("same", word) for word in before[len(before) - end :])


def _common(before: Words, after: Words) -> int:
    """How many words the two begin with alike."""
    pairs = zip(before, after, strict=False)
    return next(
        (i for i, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after))
    )


def _between(before: Words, after: Words, depth: int) -> Iterator[Run]:
    """Two stretches that begin and end differently."""
    if before and after and len(before) * len(after) <= CLOSELY:
        yield from _closely(before, after)
        return
    held = _held(before, after) if before and after and depth < DEEPEST else []
    if not held:
        yield from (("removed", word) for word in before)
        yield from (("added", word) for word in after)
        return
    at_before = at_after = 0
    for index, other in [*held, (len(before), len(after))]:
        yield from _compare(before[at_before:index], after[at_after:other], depth + 1)
        yield from (("same", word) for word in before[index : index + 1])
        at_before, at_after = index + 1, other + 1


def _held(before: Words, after: Words) -> list[tuple[int, int]]:
    """The places of the words that stand once in both, as far as their order is the same."""
    once = _once(before).keys() & _once(after).keys()
    order = [word for word in before if word in once]
    kept = in_order(order, (word for word in after if word in once))
    here, there = _once(before), _once(after)
    return [(here[word], there[word]) for word in order if word in kept]


def _once(words: Words) -> dict[str, int]:
    counts = Counter(words)
    return {word: i for i, word in enumerate(words) if counts[word] == 1 and not word.isspace()}


def _closely(before: Words, after: Words) -> Iterator[Run]:
    """The longest common words, by the table of all pairs; a word counts more than a space."""
    rows, columns = len(before), len(after)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if before[i] == after[j]:
                best[i][j] = max(best[i][j], best[i + 1][j + 1] + (1 if before[i].isspace() else 3))
    i = j = 0
    while i < rows or j < columns:
        if i < rows and j < columns and before[i] == after[j] and best[i][j] > best[i + 1][j]:
            yield "same", before[i]
            i, j = i + 1, j + 1
        elif i < rows and (j == columns or best[i + 1][j] >= best[i][j + 1]):
            yield "removed", before[i]
            i += 1
        else:
            yield "added", after[j]
            j += 1


def _joined(tokens: Iterator[Run]) -> list[Run]:
    return [(kind, "".join(word for _, word in run)) for kind, run in groupby(tokens, _kind)]


def _kind(run: Run) -> Kind:
    return run[0]


def _tidy(runs: list[Run]) -> Iterator[Run]:
    """Between two same runs, what is removed as one and then what is added as one.

    Nothing but space, or one or two little words such as "and", between two changes belongs to
    both.
    """
    removed = added = ""
    for index, (kind, text) in enumerate(runs):
        inner = 0 < index < len(runs) - 1
        if kind == "same" and not (inner and _LITTLE.fullmatch(text)):
            yield from _change(removed, added)
            yield kind, text
            removed = added = ""
            continue
        removed += "" if kind == "added" else text
        added += "" if kind == "removed" else text
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[Run]:
    """A removal and an addition; nothing of either where they are alike."""
    if removed == added:
        yield from ((("same", removed),) if removed else ())
        return
    if removed:
        yield "removed", removed
    if added:
        yield "added", added
