"""The lines of a role at a level: which are advertised, in which list, and which are offered."""

from dataclasses import dataclass

from jobdesc.postings.sections import NEEDS, SECTIONS, Section
from jobdesc.roles.at_level import Held, RoleAtLevel

MOST: dict[Section, int] = {Section.SKILLS: 6, Section.PREFERRED: 4}
"""How many lines of a list are advertised, the role's first ones; the rest are offered."""


@dataclass(frozen=True)
class RoleLine:
    """A line of the role, by its origin, and the list that it belongs to."""

    origin: str
    section: Section
    text: str


def advertised(held: RoleAtLevel) -> list[RoleLine]:
    """What a fresh posting says, in order.

    Of the duties the essential ones, of long lists the first lines, so that it stays within two
    pages. Preferred qualifications stand by themselves.
    """
    return [
        RoleLine(origin, section, text)
        for section in SECTIONS
        for origin, text in _texts(section, held)[: MOST.get(section)]
    ]


def all_lines(held: RoleAtLevel) -> list[RoleLine]:
    """Every duty, qualification and condition that the role has at the level."""
    duties = [RoleLine(duty.origin, Section.DUTIES, duty.cell.text) for duty in held.duties]
    return duties + [
        RoleLine(origin, section, text)
        for section in (*NEEDS, Section.PREFERRED, Section.CONDITIONS)
        for origin, text in _texts(section, held)
    ]


def _texts(section: Section, held: RoleAtLevel) -> list[tuple[str, str]]:
    match section:
        case Section.DUTIES:
            return [(d.origin, d.cell.text) for d in held.duties if d.cell.essential]
        case Section.EDUCATION:
            return _needed(held.education)
        case Section.EXPERIENCE:
            return _needed(held.experience)
        case Section.SKILLS:
            return _needed(held.skills)
        case Section.CREDENTIALS:
            return [(c.origin, c.text) for c in held.credentials if c.asked.need == "required"]
        case Section.PREFERRED:
            return _preferred(held)
        case Section.CONDITIONS:
            return [(c.origin, c.cell.text) for c in held.conditions]
        case Section.BENEFITS:
            return []


def _needed(lines: tuple[Held, ...]) -> list[tuple[str, str]]:
    return [(line.origin, line.cell.text) for line in lines if line.cell.need == "required"]


def _preferred(held: RoleAtLevel) -> list[tuple[str, str]]:
    lines = (*held.education, *held.experience, *held.skills)
    wanted = [(c.origin, c.text) for c in held.credentials if c.asked.need == "preferred"]
    return [*wanted, *((e.origin, e.cell.text) for e in lines if e.cell.need == "preferred")]
