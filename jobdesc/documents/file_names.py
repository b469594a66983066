"""Names of files in one folder: no two alike, also where capital letters make no difference."""

from collections.abc import Iterable


class UniqueNames:
    """Called with the names that one posting's files would have; the same with a number if taken.

    >>> names = UniqueNames()
    >>> names(["a.pdf"]), names(["A.pdf", "A.html"])
    (['a.pdf'], ['A-2.pdf', 'A-2.html'])
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def __call__(self, names: Iterable[str]) -> list[str]:
        names = list(names)
        number, given = 1, names
        while any(name.casefold() in self._taken for name in given):
            number += 1
            given = [_numbered(name, number) for name in names]
        self._taken.update(name.casefold() for name in given)
        return given


def _numbered(name: str, number: int) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{number}{dot}{ending}"
