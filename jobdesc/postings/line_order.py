"""Where lines stand among each other: which were moved, and behind which one a line belongs."""

from collections.abc import Iterable

from jobdesc.postings.base import Base, BaseLine
from jobdesc.postings.posting import Posting, PostingLine
from jobdesc.postings.sections import Section
from jobdesc.roles.order import in_order


def moved_by_person(posting: Posting, base: Base) -> set[str]:
    """The origins of lines that stand elsewhere than they were assembled."""
    return _moved(_of_base(base), _of_posting(posting))


def moved_by_role(posting: Posting, base: Base, onto: Base) -> set[str]:
    """The origins of lines that the role has elsewhere now, and the posting has not."""
    moved = _moved(_of_base(base), _of_base(onto))
    here = {line.origin: line.section for line in posting.lines if line.origin}
    unknown = {line.origin for line in base.lines if line.section is None}
    moved |= {
        line.origin
        for line in onto.lines
        if line.origin in unknown and here.get(line.origin) is not line.section
    }
    return {
        line.origin
        for line in onto.lines
        if line.origin in moved & here.keys() and not _stands_right(posting, onto, line, moved)
    }


def _stands_right(posting: Posting, onto: Base, line: BaseLine, moved: set[str]) -> bool:
    """Whether the nearest line before it that the role has left in place is the same in both."""
    if line.section is None:
        return True
    staying = {other.origin for other in onto.lines if other.section is line.section} - moved
    own = [other.origin for other in posting.section(line.section)]
    if line.origin not in own:
        return False
    before = [origin for origin in own[: own.index(line.origin)] if origin in staying]
    behind, _ = anchor(posting, onto, line, moved)
    return (before[-1] if before else None) == (behind.origin if behind else None)


Places = dict[Section, list[str]]
"""The origins of the lines of each section, in order."""


def _of_posting(posting: Posting) -> Places:
    return _places((line.origin, line.section) for line in posting.lines if line.origin)


def _of_base(base: Base) -> Places:
    return _places((line.origin, line.section) for line in base.lines if line.section)


def _places(lines: Iterable[tuple[str, Section]]) -> Places:
    places: Places = {}
    for origin, section in lines:
        places.setdefault(section, []).append(origin)
    return places


def _moved(before: Places, after: Places) -> set[str]:
    """What both have, but in another section or another order."""
    known = {origin for origins in before.values() for origin in origins}
    moved: set[str] = set()
    for section, origins in after.items():
        common = [origin for origin in origins if origin in known]
        moved |= set(common) - in_order(before.get(section, []), common)
    return moved


def anchor(
    posting: Posting, onto: Base, line: BaseLine, moving: set[str]
) -> tuple[PostingLine | None, list[BaseLine]]:
    """The line of `posting` behind which `line` belongs, and the lines of `onto` between them.

    Lines that are `moving` are no anchors. None is the beginning of the section.
    """
    own = [other for other in onto.lines if other.section is line.section]
    here = {
        other.origin: other
        for other in posting.lines
        if other.origin and other.section is line.section and other.origin not in moving
    }
    between: list[BaseLine] = []
    for other in reversed(own[: own.index(line)]):
        if other.origin in here:
            return here[other.origin], between
        between.insert(0, other)
    return None, between
