"""The sections of the profile's page, in order, and the fields that each one saves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of the page with its own Save button; `noun` is what the button saves."""

    key: str
    title: str
    noun: str
    fields: tuple[str, ...]
    hint: str = ""


SECTIONS = (
    Section("name", "Name and logo", "name and logo", ("name",)),
    Section(
        "about",
        "About",
        "about text",
        ("about",),
        "Two or three sentences: whom you serve, and where. Every posting ends with them.",
    ),
    Section(
        "places",
        "Places",
        "places",
        ("places",),
        "Where people work. A new posting takes the first one.",
    ),
    Section(
        "defaults",
        "Defaults",
        "defaults",
        ("schedule", "paper", "time_zone", "pay_age"),
        "What a new posting starts with. Each one can differ.",
    ),
    Section(
        "benefits",
        "Benefits",
        "benefits",
        ("benefits",),
        "What everybody who works for you gets, in the order of a posting.",
    ),
    Section(
        "statements",
        "Statements",
        "statements",
        ("equal_opportunity", "accommodation"),
        "The standard text is printed until you write your own. Empty one to go back to it.",
    ),
    Section(
        "apply",
        "How to apply",
        "instructions",
        ("how_to_apply",),
        "An address, a link or an email, and what to send.",
    ),
    Section("look", "Look", "look", ("accent",), "Headings of every posting are in this color."),
)
FIELDS = tuple(field for section in SECTIONS for field in section.fields)


def section_fields(key: str) -> tuple[str, ...]:
    """The fields that a Save button saves; those of all sections for 'all'."""
    chosen = [section for section in SECTIONS if key in (section.key, "all")]
    return tuple(field for section in chosen for field in section.fields)


def words_of(key: str) -> str:
    """What a Save button has saved, for its message."""
    nouns = [section.noun for section in SECTIONS if section.key == key]
    return f"{nouns[0].capitalize()} saved" if nouns else "All changes saved"
