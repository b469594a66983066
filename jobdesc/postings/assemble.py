"""A role at a level and an organization make a complete posting."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from jobdesc.postings.organization import Organization
from jobdesc.postings.places import Place
from jobdesc.postings.posting import FIELD_NAMES, Posting, PostingLine
from jobdesc.postings.sections import NEEDS, SECTIONS, Section
from jobdesc.roles.at_level import Held, RoleAtLevel

MOST: dict[Section, int] = {Section.SKILLS: 6, Section.PREFERRED: 4}
"""How many lines of a list are advertised, the role's first ones; the rest are offered."""

NewId = Callable[[], str]
"""Makes an id that no other line of the posting has."""


def assemble(
    held: RoleAtLevel, organization: Organization, statements: Mapping[str, str], new_id: NewId
) -> Posting:
    """The posting for a role at a level, with the organization's own texts.

    Of the duties it takes the essential ones, of long lists the first lines, so that it stays
    within two pages. Preferred qualifications stand by themselves.
    `statements` are the shipped texts, used where the organization has none of its own.
    """
    return Posting(
        role=held.role.slug,
        level=held.level,
        title=held.title,
        reports_to=held.reports_to,
        schedule=organization.schedule,
        flsa=held.flsa,
        pay_low=f"{held.pay.low:,}",
        pay_high=f"{held.pay.high:,}",
        summary=held.summary,
        about_us=organization.about,
        how_to_apply=organization.how_to_apply,
        equal_opportunity=organization.equal_opportunity or statements["equal-opportunity"],
        accommodation=organization.accommodation or statements["accommodation"],
        places=_places(organization, new_id),
        lines=tuple(
            PostingLine(id=new_id(), section=section, text=text, origin=origin)
            for section in SECTIONS
            for origin, text in _texts(section, held, organization)
        ),
    )


def with_ids_of(fresh: Posting, former: Posting) -> Posting:
    """`fresh` with the ids that the same lines and places have in `former`.

    A page that still shows `former` can then be saved into it.
    """
    ids = {_likeness(line): line.id for line in former.lines}
    lines = [
        line.model_copy(update={"id": ids.pop(_likeness(line), line.id)}) for line in fresh.lines
    ]
    places = [
        place.model_copy(update={"id": former.places[index].id})
        if index < len(former.places)
        else place
        for index, place in enumerate(fresh.places)
    ]
    return fresh.model_copy(update={"lines": tuple(lines), "places": tuple(places)})


def _likeness(line: PostingLine) -> tuple[Section, str]:
    return line.section, line.origin or line.text


@dataclass(frozen=True)
class Offer:
    """A line of the role that a posting does not have."""

    section: Section
    text: str


def offers(posting: Posting, held: RoleAtLevel) -> dict[str, Offer]:
    """The duties and qualifications that the role has and the posting lacks, by origin."""
    present = {line.origin for line in posting.lines}
    found = {duty.origin: Offer(Section.DUTIES, duty.cell.text) for duty in held.duties}
    for section in (*NEEDS, Section.PREFERRED, Section.CONDITIONS):
        for origin, text in _role_texts(section, held):
            found[origin] = Offer(section, text)
    return {origin: offer for origin, offer in found.items() if origin not in present}


def base_of(posting: Posting) -> dict[str, dict[str, str]]:
    """The texts that a fresh posting was assembled from: fields by name, lines by origin."""
    fields = {name: str(getattr(posting, name)) for name in FIELD_NAMES}
    lines = {line.origin: line.text for line in posting.lines if line.origin}
    return {"fields": fields, "lines": lines}


def _places(organization: Organization, new_id: NewId) -> tuple[Place, ...]:
    if not organization.places:
        return (Place(id=new_id()),)
    return (organization.places[0].model_copy(update={"id": new_id()}),)


def _texts(
    section: Section, held: RoleAtLevel, organization: Organization
) -> Iterable[tuple[str | None, str]]:
    """Origin and text of each line of a section."""
    if section is Section.BENEFITS:
        return [(None, text) for text in organization.benefits]
    return _role_texts(section, held)[: MOST.get(section)]


def _role_texts(section: Section, held: RoleAtLevel) -> list[tuple[str, str]]:
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
