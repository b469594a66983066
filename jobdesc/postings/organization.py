"""The organization that hires: what each of its postings takes from it."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from jobdesc.postings.places import Place
from jobdesc.postings.values import PLACES, LineText, LongText, ShortText, Value

DEFAULT_ACCENT = "#0f5f66"
BENEFITS = 30
"""The most benefits of a profile."""


class LogoFacts(Value):
    """What is known of the stored logo; `version` changes with its bytes."""

    media_type: Literal["image/png", "image/jpeg"]
    width: int
    height: int
    version: ShortText


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, ZoneInfoNotFoundError) as error:
        raise ValueError(f"is {name!r}. Use a name such as America/New_York") from error
    return name


TimeZone = Annotated[ShortText, AfterValidator(_known_zone)]


class Organization(Value):
    """The profile. Empty statements stand for the shipped ones.

    `former_logo` is the one that was removed last, kept so that this can be undone.
    """

    schema_: Literal[1] = Field(default=1, alias="schema")
    name: ShortText = Field(min_length=1)
    about: LongText = ""
    places: tuple[Place, ...] = Field(default=(), max_length=PLACES)
    schedule: ShortText = ""
    benefits: tuple[LineText, ...] = Field(default=(), max_length=BENEFITS)
    equal_opportunity: LongText = ""
    accommodation: LongText = ""
    how_to_apply: LongText = ""
    accent: str = Field(default=DEFAULT_ACCENT, pattern=r"^#[0-9a-fA-F]{6}$")
    paper: Literal["letter", "a4"] = "letter"
    time_zone: TimeZone = "America/New_York"
    logo: LogoFacts | None = None
    former_logo: LogoFacts | None = None


UNNAMED = Organization(name="Your organization")
"""Stands in until the organization has been named."""
