"""The cards of the builder: parts of the posting in order, and the lists that stand in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jobdesc.postings.assemble import Offer
from jobdesc.postings.headings import HEADINGS
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import NEEDS, Part, Section
from jobdesc.web.postings.beside import Beside
from jobdesc.web.postings.boxes import Box, Boxes, box

HINTS: dict[Section, str] = {
    Section.DUTIES: "Start with a verb. Five to eight items read best.",
    Section.EDUCATION: "",
    Section.CREDENTIALS: "Exact name and issuer.",
    Section.EXPERIENCE: "Give the least that is needed, like two years.",
    Section.SKILLS: "What a person must know or be able to do on the first day.",
    Section.PREFERRED: "What helps. A person without these can still apply.",
    Section.BENEFITS: "What everyone in this job gets.",
    Section.CONDITIONS: "Setting, travel, physical demands, schedule.",
}
NOUNS: dict[Section, str] = {
    Section.DUTIES: "duty",
    Section.EDUCATION: "education item",
    Section.CREDENTIALS: "license or certification",
    Section.EXPERIENCE: "experience item",
    Section.SKILLS: "skill",
    Section.PREFERRED: "helpful item",
    Section.BENEFITS: "benefit",
    Section.CONDITIONS: "working condition",
}
PLURALS: dict[Section, str] = {
    Section.DUTIES: "duties",
    Section.CREDENTIALS: "licenses and certifications",
}
"""Of the nouns that do more than take an s."""
LIST_TITLES: dict[Section, str] = {
    **NEEDS,
    Section.DUTIES: "Duties",
    Section.PREFERRED: "Helpful, not required",
    Section.BENEFITS: "Benefits",
    Section.CONDITIONS: "Working conditions",
}
IN_THE_RAIL: dict[Part, str] = {
    **HEADINGS,
    Part.DUTIES: "Duties",
    Part.NEEDS: "Required",
    Part.PREFERRED: "Helpful",
    Part.PAY: "Pay",
    Part.CONDITIONS: "Conditions",
    Part.EQUAL_OPPORTUNITY: "Equal opportunity",
}
COUNTED: dict[Part, tuple[Section, ...]] = {
    Part.DUTIES: (Section.DUTIES,),
    Part.NEEDS: tuple(NEEDS),
    Part.PREFERRED: (Section.PREFERRED,),
    Part.CONDITIONS: (Section.CONDITIONS,),
}
"""The lists whose items the rail counts."""


@dataclass(frozen=True)
class LineView:
    """A line with its box, and whether its text differs from the role's."""

    id: str
    box: Box
    changed: bool
    note: Beside | None = None


@dataclass(frozen=True)
class ListView:
    """A list of lines with its box for new ones and the role's lines that it lacks."""

    section: Section
    lines: tuple[LineView, ...]
    new: Box
    offers: Mapping[str, Offer]
    notes: Mapping[str, Beside]

    @property
    def hint(self) -> str:
        """What a good item is."""
        return HINTS[self.section]

    @property
    def noun(self) -> str:
        """What one item is called."""
        return NOUNS[self.section]

    @property
    def article(self) -> str:
        """The article that goes before the noun."""
        return "an" if self.noun[0] in "aeiou" else "a"

    @property
    def plural(self) -> str:
        """What several items are called."""
        return PLURALS.get(self.section, f"{self.noun}s")


@dataclass(frozen=True)
class PartView:
    """A card and its link in the rail; `lists` are counted there."""

    key: Part
    title: str
    short: str
    hidden: bool
    lists: tuple[Section, ...]
    count: int


def list_views(
    posting: Posting,
    template: Mapping[str, str],
    offers: Mapping[str, Offer],
    kept: Boxes,
    notes: Mapping[str, Beside],
) -> dict[Section, ListView]:
    """Every list; `template` is the role's own text by origin, `notes` stand beside its lines."""

    def lines(section: Section) -> Iterator[LineView]:
        for line in posting.section(section):
            own = template.get(line.origin or "", line.text)
            name = f"line:{line.id}"
            box_of_line = box(name, line.text, kept)
            yield LineView(line.id, box_of_line, line.text != own, notes.get(name))

    return {
        section: ListView(
            section=section,
            lines=tuple(lines(section)),
            new=box(f"new:{section}", "", kept),
            offers={origin: offer for origin, offer in offers.items() if offer.section is section},
            notes=notes,
        )
        for section in Section
    }


def part_views(posting: Posting) -> tuple[PartView, ...]:
    """The cards in the order in which they are printed."""
    return tuple(
        PartView(
            key=part,
            title=HEADINGS[part],
            short=IN_THE_RAIL[part],
            hidden=part in posting.hidden_parts,
            lists=COUNTED.get(part, ()),
            count=sum(len(posting.section(section)) for section in COUNTED.get(part, ())),
        )
        for part in posting.parts
    )
