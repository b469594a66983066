"""The words of the search index: what can be found, and where in it is looked."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an entry is of, as it stands in its row."""

    POSTING = "posting"
    ROLE = "role"
    CREDENTIAL = "credential"


class Scope(StrEnum):
    """Where the words have to stand: each scope holds the one before."""

    TITLE = "title"
    NAMES = "names"
    ALL = "all"


@dataclass(frozen=True)
class Entry:
    """The tokens of something that can be found, with blanks between."""

    title: str
    names: str
    text: str
