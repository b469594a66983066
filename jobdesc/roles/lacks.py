"""What a role has none or too few of: problems that keep their figures beside their words."""

from dataclasses import dataclass

from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Place, Problem


@dataclass(frozen=True)
class NoneAtLevel(Problem):
    """A level has a title, and nothing in the part at `place`."""

    level: Level

    @classmethod
    def of(cls, part: str, level: Level) -> "NoneAtLevel":
        """No pay at level lead, say."""
        return cls((part,), f"has no {level}. Add it, or remove the level's title.", level)


@dataclass(frozen=True)
class CountAtLevel(Problem):
    """A level has another number of lines than it needs; `fault` is said of any level alike."""

    level: Level
    fault: str

    @classmethod
    def of(cls, part: str, level: Level, fault: str) -> "CountAtLevel":
        """'9 duties. Give at least 10.' of level lead, say."""
        return cls((part,), f"{level} has {fault}", level, fault)


@dataclass(frozen=True)
class TooFew(Problem):
    """`place` has `count` of something, and `least` is the fewest that will do."""

    count: int
    least: int

    @classmethod
    def of(cls, place: Place, count: int, least: int) -> "TooFew":
        """Two of three working conditions, say."""
        has = f"has {count}" if count else "is missing"
        return cls(place, f"{has}. Give at least {least}.", count, least)


@dataclass(frozen=True)
class Missing(Problem):
    """What is at `place` is not there at all; `remedy` says what to do."""

    remedy: str

    @classmethod
    def of(cls, place: Place, remedy: str) -> "Missing":
        """The tagline, say."""
        return cls(place, f"is missing. {remedy}", remedy)
