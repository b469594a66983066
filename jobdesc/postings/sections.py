"""The parts of a posting in printing order, and the lists that stand in them."""

from enum import StrEnum


class Section(StrEnum):
    """A list of lines. The order of definition is the order in the posting."""

    DUTIES = "duties"
    EDUCATION = "education"
    CREDENTIALS = "credentials"
    EXPERIENCE = "experience"
    SKILLS = "skills"
    PREFERRED = "preferred"
    BENEFITS = "benefits"
    CONDITIONS = "conditions"


SECTIONS: tuple[Section, ...] = tuple(Section)

NEEDS: dict[Section, str] = {
    Section.EDUCATION: "Education",
    Section.CREDENTIALS: "Licenses and certifications",
    Section.EXPERIENCE: "Experience",
    Section.SKILLS: "Skills",
}
"""The lists under "What you need", with the words that lead into each."""


class Part(StrEnum):
    """A heading of the posting, a card of its editor. The order of definition is the default."""

    ABOUT_ROLE = "about-role"
    DUTIES = "duties"
    NEEDS = "needs"
    PREFERRED = "preferred"
    PAY = "pay"
    CONDITIONS = "conditions"
    ABOUT_US = "about-us"
    APPLY = "apply"
    EQUAL_OPPORTUNITY = "equal-opportunity"


PARTS: tuple[Part, ...] = tuple(Part)


def all_parts(order: tuple[Part, ...]) -> tuple[Part, ...]:
    """`order`, where it names each part once."""
    if sorted(order) != sorted(PARTS):
        raise ValueError("does not name each part once. Name all of them")
    return order
