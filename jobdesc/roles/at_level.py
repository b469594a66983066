"""A role read at one level: what holds there, once inheritance is resolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from jobdesc.roles.credential import Credential
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.lines import Cell, Line, NeedAt, at_level
from jobdesc.roles.pay import PayRange
from jobdesc.roles.template import FlsaStatus, RoleTemplate
from jobdesc.roles.values import Passage

T = TypeVar("T")


@dataclass(frozen=True)
class Held:
    """A line as it stands at the level."""

    origin: str
    kind: str | None
    cell: Cell
    source: tuple[str, ...]


@dataclass(frozen=True)
class HeldCredential:
    """A credential as it is asked for at the level."""

    origin: str
    credential: Credential
    asked: NeedAt

    @property
    def text(self) -> str:
        """Exact name and issuer, and the words that the role adds."""
        return ", ".join(part for part in (self.credential.full_name, self.asked.words) if part)


@dataclass(frozen=True)
class RoleAtLevel:
    """Everything of `role` that holds at `level`, in the order of the file.

    What the role does not say is '' or None. A credential that nobody knows is left out.
    """

    role: RoleTemplate
    level: Level
    title: str
    reports_to: str
    summary: str
    supervision: str
    caseload: Passage | None
    flsa: FlsaStatus | Literal[""]
    pay: PayRange | None
    duties: tuple[Held, ...]
    skills: tuple[Held, ...]
    education: tuple[Held, ...]
    credentials: tuple[HeldCredential, ...]
    experience: tuple[Held, ...]
    conditions: tuple[Held, ...]


class NoSuchLevel(Exception):
    """The role does not have this level."""


def role_at_level(
    role: RoleTemplate, level: Level, credentials: Mapping[str, Credential]
) -> RoleAtLevel:
    """`role` at `level`; raises NoSuchLevel where the role lacks it."""
    if level not in role.titles:
        raise NoSuchLevel(f"{role.name} has no level {level.label}.")
    asked = [(line, at_level(line.levels, level)) for line in role.credentials]
    return RoleAtLevel(
        role=role,
        level=level,
        title=role.titles[level],
        reports_to=_below(role.reports_to, level) or "",
        summary=_text(at_level(role.summary, level)),
        supervision=_text(at_level(role.supervision, level)),
        caseload=role.caseload.get(level),
        flsa=_below(role.flsa, level) or "",
        pay=role.pay.get(level),
        duties=_held(role.duties, level),
        skills=_held(role.skills, level),
        education=_held(role.education, level),
        credentials=tuple(
            HeldCredential(line.id, credentials[line.credential], need)
            for line, need in asked
            if need and line.credential in credentials
        ),
        experience=_held(role.experience, level),
        conditions=_held(role.conditions, level),
    )


def _held(lines: tuple[Line, ...], level: Level) -> tuple[Held, ...]:
    cells = [(line, at_level(line.levels, level)) for line in lines]
    return tuple(Held(line.id, line.kind, cell, line.source) for line, cell in cells if cell)


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""


def _below(levels: Mapping[Level, T], level: Level) -> T | None:
    """The value of the level, else of the nearest below it."""
    return next((levels[at] for at in reversed(LEVELS[: level.rank + 1]) if at in levels), None)
