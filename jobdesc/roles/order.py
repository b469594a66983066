"""Which of several things kept their order, and which were moved."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence


def in_order(wanted: Sequence[str], actual: Iterable[str]) -> set[str]:
    """The most of `actual` that stand in the order of `wanted`; all others were moved."""
    ranks = {name: rank for rank, name in enumerate(wanted)}
    names = [name for name in actual if name in ranks]
    ends: list[int] = []  # of each length, the lowest rank in which a run can end
    lengths = []
    for name in names:
        length = bisect_left(ends, ranks[name])
        ends[length : length + 1] = [ranks[name]]
        lengths.append(length)
    kept: set[str] = set()
    wanted_length = len(ends) - 1
    for name, length in zip(reversed(names), reversed(lengths), strict=True):
        if length == wanted_length:
            kept.add(name)
            wanted_length -= 1
    return kept
