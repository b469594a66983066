"""The sections of a posting in printing order, and the lists and texts that stand in them."""

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
