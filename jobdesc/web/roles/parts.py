"""The parts by which a role is edited, in the order of the rail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.listed import listed
from jobdesc.roles.parse import Place

Shape = Literal["basics", "lines", "credentials", "pay", "guide"]


@dataclass(frozen=True)
class Part:
    """A page of the rail; `keys` are the keys of a role's body that it edits."""

    key: str
    title: str
    shape: Shape
    keys: tuple[str, ...]
    noun: str = ""
    hint: str = ""
    kinds: tuple[str, ...] = ()


PARTS: tuple[Part, ...] = (
    Part(
        "basics", "Basics", "basics",
        ("name", "family", "tagline", "synonyms", "titles", "reports_to", "flsa", "flsa_source",
         "caseload", "supervision", "summary"),
        hint="A level is there where it has a title.",
    ),
    Part("duties", "Duties", "lines", ("duties",), "duty",
         "An essential duty is a reason that the job exists."),
    Part("skills", "Skills", "lines", ("skills",), "skill"),
    Part("education", "Education", "lines", ("education",), "line"),
    Part("credentials", "Credentials", "credentials", ("credentials",), "credential",
         "Licenses and certifications, with exact names and issuers from the library's list."),
    Part("experience", "Experience", "lines", ("experience",), "line",
         "Years are the least that is asked for.",
         ("case-management", "clinical", "human-services", "internship", "leadership", "legal")),
    Part("conditions", "Conditions", "lines", ("conditions",), "line",
         "Setting, travel, physical demands, schedule and safety.",
         ("setting", "travel", "physical", "schedule", "safety")),
    Part("pay", "Pay", "pay", ("pay", "occupations"),
         hint="Whole US dollars a year. The reference is what the wage table gives by the rule."),
    Part("guide", "Guide", "guide", ("guide",),
         hint="What the role's guide page says, section by section."),
)  # fmt: skip
BY_KEY = {part.key: part for part in PARTS}


def part_of(place: Place) -> Part | None:
    """The part that shows what stands at `place` of a role's body."""
    first = place[0] if place else ""
    return next((part for part in PARTS if first in part.keys), None)


def titles_of(places: Iterable[Place]) -> str:
    """'Duties and Pay': the parts of these places, each once, in the order of the rail."""
    found = {part.key for place in places if (part := part_of(place))}
    return listed(part.title for part in PARTS if part.key in found)


def levels_of(body: Mapping[str, Any]) -> tuple[Level, ...]:
    """The levels that have a title."""
    return tuple(level for level in LEVELS if body.get("titles", {}).get(level))
