"""RoleTemplate: everything the library knows of one specialty, at all its levels."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from jobdesc.roles.guide import Guide
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.lines import CellOrEnd, CredentialLine, Line
from jobdesc.roles.pay import Code, PayRange
from jobdesc.roles.values import Id, Passage, Short, Sources, Text, Value, passage_or_text

Family = Literal["social-services", "behavioral-health", "medical", "legal"]
FAMILIES: dict[Family, str] = {
    "social-services": "Social services",
    "behavioral-health": "Behavioral health",
    "medical": "Medical",
    "legal": "Legal",
}
FlsaStatus = Literal["exempt", "nonexempt"]


class Occupation(Value):
    """An occupation of the Standard Occupational Classification that the pay rests on."""

    code: Code
    why: Text


class RoleTemplate(Value):
    """One specialty. Maps keyed by level inherit upward, but pay, titles and caseload do not."""

    schema_: Literal[1] = Field(alias="schema")
    slug: Id
    name: Short
    family: Family
    tagline: Text
    updated: date
    synonyms: tuple[Short, ...] = Field(min_length=3)
    occupations: tuple[Occupation, ...] = Field(min_length=1)
    titles: dict[Level, Short] = Field(min_length=1)
    reports_to: dict[Level, Short]
    summary: dict[Level, CellOrEnd]
    caseload: dict[Level, Annotated[Passage, BeforeValidator(passage_or_text)]]
    supervision: dict[Level, CellOrEnd]
    flsa: dict[Level, FlsaStatus]
    flsa_source: Sources = Field(min_length=1)
    duties: tuple[Line, ...] = Field(min_length=10)
    skills: tuple[Line, ...] = Field(min_length=7)
    education: tuple[Line, ...] = Field(min_length=1)
    credentials: tuple[CredentialLine, ...]
    experience: tuple[Line, ...] = Field(min_length=1)
    conditions: tuple[Line, ...] = Field(min_length=3)
    pay: dict[Level, PayRange]
    guide: Guide

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that this role has, in order."""
        return tuple(level for level in LEVELS if level in self.titles)

    @property
    def pay_span(self) -> tuple[int, int]:
        """The lowest and highest yearly pay over all levels, in dollars."""
        return min(p.low for p in self.pay.values()), max(p.high for p in self.pay.values())
