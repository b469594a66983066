"""A person, the four kinds of people, and how each has the pages."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a person is here for; the table of rights goes by it."""

    ADMINISTRATOR = "administrator"
    HR_EDITOR = "hr_editor"
    HIRING_DIRECTOR = "hiring_director"
    RECRUITER = "recruiter"

    @property
    def label(self) -> str:
        """The words for this kind on pages and in messages."""
        return LABELS[self]


LABELS = {
    Kind.ADMINISTRATOR: "administrator",
    Kind.HR_EDITOR: "HR editor",
    Kind.HIRING_DIRECTOR: "hiring director",
    Kind.RECRUITER: "recruiter",
}


class Theme(StrEnum):
    """Whether pages are light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Settings:
    """How a person has the pages; with `letter_keys`, single letters act outside of fields."""

    theme: Theme = Theme.SYSTEM
    letter_keys: bool = True


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in."""

    id: int
    name: str
    email: str
    kind: Kind
    settings: Settings = Settings()


OPERATOR = Person(0, "the server's terminal", "", Kind.ADMINISTRATOR)
"""Whoever has the terminal of the server: may do everything, has no row and never signs in."""
