"""Posting: typed fields and lines with stable ids. A draft takes anything of the right size."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from jobdesc.postings.places import Place
from jobdesc.postings.sections import PARTS, Part, Section, all_parts
from jobdesc.postings.values import LINES, PLACES, LineText, LongText, ShortText, Value
from jobdesc.roles.levels import Level


class PostingLine(Value):
    """One item of a list. `origin` is the role line it came from, if any."""

    id: ShortText = Field(min_length=1)
    section: Section
    text: LineText
    origin: ShortText | None = None


class Fields(Value):
    """What a person fills in once per posting, as typed."""

    title: ShortText = ""
    requisition: ShortText = ""
    department: ShortText = ""
    openings: ShortText = ""
    reports_to: ShortText = ""
    arrangement: Literal["on-site", "hybrid", "remote", ""] = "on-site"
    arrangement_detail: ShortText = ""
    employment_type: Literal["full-time", "part-time", "temporary", "per-diem", "intern", ""] = (
        "full-time"
    )
    schedule: ShortText = ""
    hours: ShortText = ""
    flsa: Literal["exempt", "nonexempt", ""] = ""
    pay_low: ShortText = ""
    pay_high: ShortText = ""
    pay_unit: Literal["year", "hour"] = "year"
    other_pay: LineText = ""
    closing_date: ShortText = ""
    contact: ShortText = ""
    summary: LongText = ""
    about_us: LongText = ""
    how_to_apply: LongText = ""
    equal_opportunity: LongText = ""
    accommodation: LongText = ""


class Posting(Fields):
    """One advertisement. Line ids are unique, and at most one line has each origin.

    `base` is the hash of the role's text that it was assembled from (base.py). An empty
    `part_order` is the order of `PARTS`.
    """

    schema_: Literal[2] = Field(default=2, alias="schema")
    role: ShortText
    level: Level
    base: ShortText = ""
    places: tuple[Place, ...] = Field(default=(), max_length=PLACES)
    lines: tuple[PostingLine, ...] = Field(default=(), max_length=LINES)
    removed_origins: tuple[ShortText, ...] = Field(default=(), max_length=LINES)
    part_order: tuple[Part, ...] = ()
    hidden_parts: tuple[Part, ...] = Field(default=(), max_length=len(PARTS))

    @field_validator("part_order")
    @classmethod
    def _all_or_none(cls, order: tuple[Part, ...]) -> tuple[Part, ...]:
        return all_parts(order) if order else order

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "Posting":
        ids = [line.id for line in self.lines] + [place.id for place in self.places]
        origins = [line.origin for line in self.lines if line.origin]
        if len(set(ids)) < len(ids) or len(set(origins)) < len(origins):
            raise ValueError("two lines have the same id or origin")
        return self

    def section(self, section: Section) -> tuple[PostingLine, ...]:
        """The lines of one list, in order."""
        return tuple(line for line in self.lines if line.section is section)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts in the order of this posting, hidden ones too."""
        return self.part_order or PARTS


FIELD_NAMES: tuple[str, ...] = tuple(Fields.model_fields)


def upgrade(body: Mapping[str, Any], base_hash: str) -> dict[str, Any]:
    """A stored body as the present schema has it; `base_hash` is what its row says of its base.

    Schema 1 had neither a base nor an order of parts.
    """
    if body.get("schema") == 1:
        return {**body, "schema": 2, "base": base_hash}
    return {**body}
