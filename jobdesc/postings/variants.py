"""The kinds of standing text that an organization has, and its variants for some postings."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from jobdesc.postings.places import STATES, state_of
from jobdesc.postings.values import LineText, LongText, ShortText, Value
from jobdesc.roles.levels import Level

BENEFITS = 30
"""The most benefits of a profile or a variant."""
VARIANTS = 200
"""The most variants of an organization that are used."""
KEPT_VARIANTS = 1_000
"""The most with those that were removed."""
CONDITIONS = 60
"""The most values of one condition."""


class StatementKind(StrEnum):
    """A standing text, by its field of the profile. The order of definition is the page's."""

    ABOUT = "about"
    BENEFITS = "benefits"
    HOW_TO_APPLY = "how_to_apply"
    EQUAL_OPPORTUNITY = "equal_opportunity"
    ACCOMMODATION = "accommodation"

    @property
    def field(self) -> str:
        """The posting's field that takes it; of benefits its list."""
        return "about_us" if self is StatementKind.ABOUT else self.value

    @property
    def heading(self) -> str:
        """What a person calls it."""
        return TITLES[self]


TITLES = {
    StatementKind.ABOUT: "About us",
    StatementKind.BENEFITS: "Benefits",
    StatementKind.HOW_TO_APPLY: "How to apply",
    StatementKind.EQUAL_OPPORTUNITY: "Equal opportunity",
    StatementKind.ACCOMMODATION: "Accommodation",
}
KIND_OF_FIELD = {kind.field: kind for kind in StatementKind if kind is not StatementKind.BENEFITS}
"""The kinds that fill a field of a posting, by that field."""


class Lock(Value):
    """Who reserved a text for administrators, and when."""

    by: ShortText
    at: datetime


def state_code(text: str) -> str:
    """The postal code of a state that is written as a code or a name; else the text."""
    return state_of(text) or text


def _known_state(text: str) -> str:
    code = state_code(text)
    if code not in STATES:
        raise ValueError(f"{text!r} is not a state. Use one like OR or Oregon")
    return code


State = Annotated[ShortText, AfterValidator(_known_state)]


class Variant(Value):
    """A text that a posting takes in place of the usual one, where every condition fits.

    A condition that is empty fits every posting. Benefits have items, the other kinds a text. A
    removed one keeps its place and is not used until it is brought back.
    """

    id: ShortText = Field(min_length=1)
    kind: StatementKind
    name: ShortText = Field(min_length=1)
    text: LongText = ""
    items: tuple[LineText, ...] = Field(default=(), max_length=BENEFITS)
    states: tuple[State, ...] = Field(default=(), max_length=CONDITIONS)
    cities: tuple[ShortText, ...] = Field(default=(), max_length=CONDITIONS)
    departments: tuple[ShortText, ...] = Field(default=(), max_length=CONDITIONS)
    roles: tuple[ShortText, ...] = Field(default=(), max_length=500)
    levels: tuple[Level, ...] = ()
    lock: Lock | None = None
    removed: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> "Variant":
        listed = self.kind is StatementKind.BENEFITS
        if listed and (self.text or not any(self.items)):
            raise ValueError("needs items. Give at least one benefit, and no text")
        if not listed and (self.items or not self.text):
            raise ValueError("needs a text. Write one, and no items")
        return self

    @property
    def is_general(self) -> bool:
        """Whether it fits every posting."""
        return not (self.states or self.cities or self.departments or self.roles or self.levels)
