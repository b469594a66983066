"""What is wrong with a role, or worth a second look, given out at the places of its body."""

from collections.abc import Callable, Iterable

from jobdesc.roles.parse import Place, Problem
from jobdesc.web.roles.parts import Part, part_of
from jobdesc.web.roles.subjects import with_subjects

IsAt = Callable[[tuple[str, ...], tuple[str, ...]], bool]


class Remarks:
    """Messages by place. What no control took is left for the top of the page."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._left = with_subjects(problems)

    def at(self, *place: str | int) -> tuple[str, ...]:
        """The messages of exactly this place."""
        return self._take(lambda found, wanted: found == wanted, place)

    def under(self, *place: str | int) -> tuple[str, ...]:
        """The messages of this place and of everything in it that nothing took yet."""
        return self._take(lambda found, wanted: found[: len(wanted)] == wanted, place)

    def rest(self, here: Part | None = None) -> tuple[str, ...]:
        """What no control took, with the part that it belongs to where that is not `here`."""
        left, self._left = self._left, []
        return tuple(dict.fromkeys(_placed(place, message, here) for place, message in left))

    def _take(self, is_at: IsAt, place: Place) -> tuple[str, ...]:
        wanted = tuple(map(str, place))
        taken = [message for found, message in self._left if is_at(found, wanted)]
        self._left = [pair for pair in self._left if not is_at(pair[0], wanted)]
        return tuple(dict.fromkeys(map(sentence, taken)))


def sentence(message: str) -> str:
    """A message of the parser as a sentence of its own."""
    return message[:1].upper() + message[1:]


def _placed(place: tuple[str, ...], message: str, here: Part | None) -> str:
    part = part_of(place)
    told = sentence(message)
    return told if part in (None, here) else f"{part.title}: {told}"
