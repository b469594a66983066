"""A role that extends another, as it is written and stored: what differs, and nothing else.

Models beside those of the whole role (template.py): everything may be missing, and a null takes
out what the parent says there.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, model_validator

from jobdesc.roles.guide import Guide
from jobdesc.roles.levels import Level
from jobdesc.roles.lines import CellOrEnd, NeedOrEnd
from jobdesc.roles.parse import parse
from jobdesc.roles.pay import PayRange
from jobdesc.roles.template import (
    MOST_LINES,
    Family,
    FlsaStatus,
    Occupation,
    PassageOrText,
    RoleTemplate,
)
from jobdesc.roles.values import Id, Short, Sources, Value


class OwnLine(Value):
    """A line of the child: one of the parent's, changed, moved or removed; or one of its own."""

    id: Id
    kind: Id | None = None
    levels: dict[Level, CellOrEnd | None] = Field(default_factory=dict)
    source: Sources = ()
    locked: bool = False
    remove: Literal[True] | None = None
    after: Id | None = None

    @model_validator(mode="after")
    def _removes_or_says(self) -> "OwnLine":
        return _says_one_thing(self)


class OwnCredentialLine(Value):
    """The same for a license or certification."""

    id: Id
    credential: Id | None = None
    levels: dict[Level, NeedOrEnd | None] = Field(default_factory=dict)
    locked: bool = False
    remove: Literal[True] | None = None
    after: Id | None = None

    @model_validator(mode="after")
    def _removes_or_says(self) -> "OwnCredentialLine":
        return _says_one_thing(self)


L = TypeVar("L", OwnLine, OwnCredentialLine)


def _says_one_thing(line: L) -> L:
    more = sorted(line.model_fields_set - {"id", "remove"})
    if line.remove and more:
        raise ValueError(f"is removed and also says {', '.join(more)}. Keep one of the two")
    return line


def _ids_once(lines: Any) -> Any:
    seen: set[Any] = set()
    for line in lines if isinstance(lines, Iterable) else ():
        name = line.get("id") if isinstance(line, dict) else None
        if isinstance(name, str) and name in seen:
            raise ValueError(f"has {name} twice. Keep one of them, or choose another id")
        seen.add(name)
    return lines


OwnLines = Annotated[
    tuple[OwnLine, ...], BeforeValidator(_ids_once), Field(max_length=2 * MOST_LINES)
]
OwnCredentialLines = Annotated[
    tuple[OwnCredentialLine, ...], BeforeValidator(_ids_once), Field(max_length=2 * MOST_LINES)
]


class OwnPart(Value):
    """What a role that extends another says itself; its name and slug are never the parent's."""

    schema_: Literal[1] = Field(alias="schema")
    slug: Id
    name: Short
    family: Family
    tagline: Annotated[str, StringConstraints(max_length=1_000)] = ""
    updated: date
    extends: Id
    synonyms: tuple[Short, ...] = Field(default=(), max_length=100)
    occupations: tuple[Occupation, ...] = Field(default=(), max_length=20)
    titles: dict[Level, Short | None] = Field(default_factory=dict)
    reports_to: dict[Level, Short | None] = Field(default_factory=dict)
    summary: dict[Level, CellOrEnd | None] = Field(default_factory=dict)
    caseload: dict[Level, PassageOrText | None] = Field(default_factory=dict)
    supervision: dict[Level, CellOrEnd | None] = Field(default_factory=dict)
    flsa: dict[Level, FlsaStatus | None] = Field(default_factory=dict)
    flsa_source: Sources = ()
    duties: OwnLines = ()
    skills: OwnLines = ()
    education: OwnLines = ()
    credentials: OwnCredentialLines = ()
    experience: OwnLines = ()
    conditions: OwnLines = ()
    pay: dict[Level, PayRange | None] = Field(default_factory=dict)
    guide: Guide = Guide()


Stored = RoleTemplate | OwnPart
"""A role as it is written: a whole one, or one that extends another."""


def parse_stored(data: Any) -> Stored:
    """A file, form or row as the role that it holds; raises Problems."""
    extends = isinstance(data, dict) and "extends" in data
    model: type[BaseModel] = OwnPart if extends else RoleTemplate
    return parse(model, data)  # type: ignore[return-value]


def body_of(role: Stored) -> dict[str, Any]:
    """A role as a portable JSON value, as it is stored.

    Of a whole role, what is as usual is left out; of an own part, what it does not say.
    """
    if isinstance(role, OwnPart):
        return role.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return role.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"schema": 1}
