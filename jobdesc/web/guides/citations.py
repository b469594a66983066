"""The numbers of the sources that a page cites, given in the order of their first use."""

from collections.abc import Iterable, Mapping

from jobdesc.roles.values import Source


class Citations:
    """Filled while a page is written; read at its foot, where the sources are listed."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def of(self, ids: Iterable[str]) -> list[tuple[int, Source]]:
        """The sources of these ids with their numbers; an id that nobody knows is left out."""
        return [
            (self._numbers.setdefault(name, len(self._numbers) + 1), self._sources[name])
            for name in ids
            if name in self._sources
        ]

    def cited(self) -> list[Source]:
        """The sources cited so far, in the order of their numbers."""
        return [self._sources[name] for name in self._numbers]

    def cites(self, name: str) -> bool:
        """Whether the page has cited this source so far."""
        return name in self._numbers

    def names(self, publisher: str, ids: Iterable[str]) -> bool:
        """Whether the page has cited so far what this publisher says among sources of these ids."""
        return any(self.cites(name) and self._sources[name].publisher == publisher for name in ids)

    def known(self, name: str) -> tuple[str, ...]:
        """The id of a source, where the library has it: for what every role's page cites."""
        return (name,) if name in self._sources else ()

    def unchecked(self, ids: Iterable[str]) -> bool:
        """Whether nobody has checked one of these sources yet."""
        return any(not self._sources[name].verified for name in ids if name in self._sources)
