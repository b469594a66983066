"""RoleTemplate: everything the library knows of one specialty, at all its levels."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from jobdesc.roles.guide import Guide
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.lines import CellOrEnd, CredentialLine, Line
from jobdesc.roles.pay import Code, PayRange
from jobdesc.roles.values import Id, Passage, Short, Sources, Text, Value, passage_or_text

Family = Literal[
    "social-services", "aging-disability", "behavioral-health", "medical", "insurance",
    "education-employment", "legal",
]  # fmt: skip
FAMILIES: dict[Family, str] = {
    "social-services": "Social services",
    "aging-disability": "Aging and disability",
    "behavioral-health": "Behavioral health",
    "medical": "Medical",
    "insurance": "Insurance and managed care",
    "education-employment": "Education and employment",
    "legal": "Legal and justice",
}
FlsaStatus = Literal["exempt", "nonexempt"]


class Occupation(Value):
    """An occupation of the Standard Occupational Classification that the pay rests on."""

    code: Code
    why: Text


PassageOrText = Annotated[Passage, BeforeValidator(passage_or_text)]
MOST_LINES = 200
Lines = Annotated[tuple[Line, ...], Field(max_length=MOST_LINES)]


class RoleTemplate(Value):
    """One specialty. Maps keyed by level inherit upward, but pay, titles and caseload do not.

    A draft: it may hold little, and one level is enough. What shipped content must hold beside
    that is in checks.py.
    """

    schema_: Literal[1] = Field(alias="schema")
    slug: Id
    name: Short
    family: Family
    tagline: Annotated[str, StringConstraints(max_length=1_000)] = ""
    updated: date
    synonyms: tuple[Short, ...] = Field(default=(), max_length=100)
    occupations: tuple[Occupation, ...] = Field(default=(), max_length=20)
    titles: dict[Level, Short] = Field(min_length=1)
    reports_to: dict[Level, Short] = Field(default_factory=dict)
    summary: dict[Level, CellOrEnd] = Field(default_factory=dict)
    caseload: dict[Level, PassageOrText] = Field(default_factory=dict)
    supervision: dict[Level, CellOrEnd] = Field(default_factory=dict)
    flsa: dict[Level, FlsaStatus] = Field(default_factory=dict)
    flsa_source: Sources = ()
    duties: Lines = ()
    skills: Lines = ()
    education: Lines = ()
    credentials: Annotated[tuple[CredentialLine, ...], Field(max_length=MOST_LINES)] = ()
    experience: Lines = ()
    conditions: Lines = ()
    pay: dict[Level, PayRange] = Field(default_factory=dict)
    guide: Guide = Guide()

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that this role has, in order."""
        return tuple(level for level in LEVELS if level in self.titles)

    @property
    def pay_span(self) -> tuple[int, int] | None:
        """The lowest and highest yearly pay over all levels, in dollars; None where none is."""
        pay = [self.pay[level] for level in self.levels if level in self.pay]
        return (min(p.low for p in pay), max(p.high for p in pay)) if pay else None
