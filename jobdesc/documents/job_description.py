"""The internal job description of a role at a level: what HR files beside the posting."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from jobdesc.documents.blocks import Fact, Item, Items, Logo, Outline, Paragraph, Section
from jobdesc.documents.outline import CLASSIFICATION
from jobdesc.postings.accent import usable_accent
from jobdesc.postings.dates import write_date
from jobdesc.postings.money import write_pay
from jobdesc.postings.organization import Organization
from jobdesc.postings.sections import NEEDS
from jobdesc.postings.sections import Section as List
from jobdesc.roles.at_level import Held, RoleAtLevel

CONDITIONS = {
    "setting": "Work setting",
    "travel": "Travel",
    "physical": "Physical demands",
    "schedule": "Schedule",
    "safety": "Safety",
}
ESSENTIAL = (
    "Duties marked Essential are the functions that the job exists to do. Whoever holds the job "
    "must be able to do them, with or without reasonable accommodation."
)


def job_description_outline(
    held: RoleAtLevel, organization: Organization, logo: Logo | None
) -> Outline:
    """All duties with the essential ones marked, needs, demands, supervision and status."""
    revised = held.role.updated
    moment = datetime.combine(revised, time(), UTC)
    return Outline(
        title=held.title,
        subtitle="Job description",
        organization=organization.name,
        kind="job description",
        facts=tuple(fact for fact in _facts(held) if fact.value),
        sections=tuple(section for section in _sections(held) if section.blocks),
        paper=organization.paper,
        accent=usable_accent(organization.accent)[0],
        logo=logo,
        footnote=f"Revised {write_date(revised)}",
        created=moment,
        modified=moment,
    )


def _facts(held: RoleAtLevel) -> Iterator[Fact]:
    yield Fact(label="Level", value=held.level.label)
    yield Fact(label="Reports to", value=held.reports_to)
    yield Fact(label="Overtime status (FLSA)", value=CLASSIFICATION[held.flsa])
    if held.pay is None:
        return
    low, high = held.pay.hourly
    yield Fact(label="Pay range", value=write_pay(str(held.pay.low), str(held.pay.high), "year"))
    yield Fact(label="Hourly", value=write_pay(str(low), str(high), "hour"))


def _sections(held: RoleAtLevel) -> Iterator[Section]:
    yield _paragraphs("purpose", "Purpose", held.summary)
    duties = Items(items=tuple(_duty(duty) for duty in held.duties))
    blocks = (Paragraph(text=ESSENTIAL), duties) if duties.items else ()
    yield Section(key="duties", heading="Duties", blocks=blocks)
    yield _needs(held, "required", "Required qualifications")
    yield _needs(held, "preferred", "Preferred qualifications")
    caseload = held.caseload.text if held.caseload else ""
    yield _paragraphs("supervision", "Supervision and caseload", held.supervision, caseload)
    yield Section(key="conditions", heading="Working conditions", blocks=tuple(_conditions(held)))


def _duty(duty: Held) -> Item:
    return Item(text=duty.cell.text, mark="Essential:" if duty.cell.essential else "")


def _needs(held: RoleAtLevel, need: str, heading: str) -> Section:
    texts = {
        List.EDUCATION: [e.cell.text for e in held.education if e.cell.need == need],
        List.CREDENTIALS: [c.text for c in held.credentials if c.asked.need == need],
        List.EXPERIENCE: [e.cell.text for e in held.experience if e.cell.need == need],
        List.SKILLS: [s.cell.text for s in held.skills if s.cell.need == need],
    }
    blocks = tuple(_items(texts[kind], lead) for kind, lead in NEEDS.items() if texts[kind])
    return Section(key=need, heading=heading, blocks=blocks)


def _conditions(held: RoleAtLevel) -> Iterator[Items]:
    for kind, lead in CONDITIONS.items():
        texts = [line.cell.text for line in held.conditions if line.kind == kind]
        if texts:
            yield _items(texts, lead)


def _items(texts: list[str], lead: str) -> Items:
    return Items(items=tuple(Item(text=text) for text in texts), lead=lead)


def _paragraphs(key: str, heading: str, *texts: str) -> Section:
    blocks = tuple(Paragraph(text=text) for text in texts if text)
    return Section(key=key, heading=heading, blocks=blocks)
