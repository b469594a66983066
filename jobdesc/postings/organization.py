"""The organization that hires: what each of its postings takes from it."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from jobdesc.postings.places import Place
from jobdesc.postings.values import PLACES, LineText, LongText, ShortText, Value
from jobdesc.postings.variants import BENEFITS, KEPT_VARIANTS, Lock, StatementKind, Variant

DEFAULT_ACCENT = "#0f5f66"
FORMER = 1_000
"""How many former texts are remembered by their marks."""
FORMER_LOCKED = 100
"""How many former wordings of one locked text are."""


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

    `former_logo` is the one that was removed last, kept so that this can be undone. Of the
    variants of a kind the first that fits is used. `locks` are those of the usual texts, `former`
    the marks of texts that the organization once had (statements.py), `former_locked` the marks of
    what a text said while it was locked: of a variant by its id, of a usual text by its kind.
    Own pay ranges are told to be old after `pay_age` months.
    """

    schema_: Literal[2] = Field(default=2, alias="schema")
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
    pay_age: Literal["6", "12", "18", "24", "36"] = "12"
    logo: LogoFacts | None = None
    former_logo: LogoFacts | None = None
    variants: tuple[Variant, ...] = Field(default=(), max_length=KEPT_VARIANTS)
    locks: dict[StatementKind, Lock] = Field(default_factory=dict)
    former: tuple[ShortText, ...] = Field(default=(), max_length=FORMER)
    former_locked: dict[ShortText, tuple[ShortText, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "Organization":
        if len({variant.id for variant in self.variants}) < len(self.variants):
            raise ValueError("two variants have the same id")
        return self

    def variants_of(self, kind: StatementKind, *, removed: bool = False) -> tuple[Variant, ...]:
        """Those of a kind that are used, or those that were removed, in their order."""
        return tuple(v for v in self.variants if v.kind is kind and v.removed is removed)


UNNAMED = Organization(name="Your organization")
"""Stands in until the organization has been named."""


def upgrade_organization(body: Mapping[str, Any]) -> dict[str, Any]:
    """A stored body as the present schema has it. Schema 1 had neither variants nor locks."""
    return {**body, "schema": 2} if body.get("schema") == 1 else {**body}
