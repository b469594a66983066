"""A role at a level and an organization make a complete posting."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from jobdesc.postings.base import base_for
from jobdesc.postings.organization import Organization
from jobdesc.postings.places import Place
from jobdesc.postings.posting import Posting, PostingLine
from jobdesc.postings.role_lines import advertised, all_lines
from jobdesc.postings.sections import SECTIONS, Section
from jobdesc.postings.statements import facts_at, statement_for
from jobdesc.postings.variants import KIND_OF_FIELD, StatementKind
from jobdesc.roles.at_level import RoleAtLevel
from jobdesc.roles.parse import parse

NewId = Callable[[], str]
"""Makes an id that no other line of the posting has."""


def assemble(
    held: RoleAtLevel,
    organization: Organization,
    statements: Mapping[str, str],
    new_id: NewId,
    pay: Mapping[str, str] | None = None,
) -> Posting:
    """The posting for a role at a level, with the organization's own texts and `pay`.

    What the role says is its base. `statements` are the shipped texts, used where the
    organization has none of its own; of its variants those are taken that fit its first place.
    """
    base = base_for(held)
    place = organization.places[0] if organization.places else None
    facts = facts_at(place, "", held.role.slug, held.level)
    said = {kind: statement_for(organization, kind, facts, statements) for kind in StatementKind}
    return parse(
        Posting,
        {
            **base.fields,
            **(pay or {}),
            "role": held.role.slug,
            "level": held.level,
            "base": base.digest,
            "schedule": organization.schedule,
            **{field: said[kind].text for field, kind in KIND_OF_FIELD.items()},
            "places": _places(organization, new_id),
            "lines": tuple(
                PostingLine(id=new_id(), section=section, text=text, origin=origin)
                for section, origin, text in _texts(held, said[StatementKind.BENEFITS].items)
            ),
        },
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
    return {
        line.origin: Offer(line.section, line.text)
        for line in all_lines(held)
        if line.origin not in present
    }


def _places(organization: Organization, new_id: NewId) -> tuple[Place, ...]:
    if not organization.places:
        return (Place(id=new_id()),)
    return (organization.places[0].model_copy(update={"id": new_id()}),)


def _texts(
    held: RoleAtLevel, benefits: tuple[str, ...]
) -> Iterator[tuple[Section, str | None, str]]:
    """Section, origin and text of each line, in order."""
    of_role = advertised(held)
    for section in SECTIONS:
        if section is Section.BENEFITS:
            yield from ((section, None, text) for text in benefits)
        yield from (
            (section, line.origin, line.text) for line in of_role if line.section is section
        )
