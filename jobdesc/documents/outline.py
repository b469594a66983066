"""A posting as an outline: headings and blocks in printing order, empty ones dropped."""

from collections.abc import Iterator
from datetime import datetime

from jobdesc.documents.blocks import Fact, Item, Items, Logo, Outline, Paragraph, Section
from jobdesc.postings.accent import usable_accent
from jobdesc.postings.dates import read_date, write_date
from jobdesc.postings.money import write_pay
from jobdesc.postings.organization import Organization
from jobdesc.postings.placeholders import filled
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import NEEDS, Part
from jobdesc.postings.sections import Section as List

EMPLOYMENT = {
    "full-time": "Full time",
    "part-time": "Part time",
    "temporary": "Temporary",
    "per-diem": "Per diem",
    "intern": "Internship",
    "": "",
}
CLASSIFICATION = {"exempt": "Exempt", "nonexempt": "Nonexempt", "": ""}


def posting_outline(
    posting: Posting,
    organization: Organization,
    logo: Logo | None,
    created: datetime,
    modified: datetime,
    specialty: str = "",
) -> Outline:
    """The document that advertises `posting`, its placeholders filled.

    `specialty` is the name of its role, if the library has it.
    """
    posting = filled(posting, organization, specialty)
    return Outline(
        title=posting.title or "Untitled posting",
        organization=organization.name,
        kind="posting",
        facts=tuple(fact for fact in posting_facts(posting) if fact.value),
        sections=tuple(section for section in _sections(posting) if section.blocks),
        paper=organization.paper,
        accent=usable_accent(organization.accent)[0],
        logo=logo,
        created=created,
        modified=modified,
    )


def posting_facts(posting: Posting) -> list[Fact]:
    """The facts at the head, an empty value where the posting says nothing."""
    return [
        Fact(label="Location", value=write_location(posting)),
        Fact(label="Pay", value=write_pay(posting.pay_low, posting.pay_high, posting.pay_unit)),
        Fact(label="Schedule", value=_write_schedule(posting)),
        Fact(label="Apply by", value=_write_closing(posting.closing_date)),
        Fact(label="Reports to", value=posting.reports_to),
        Fact(label="Department", value=posting.department),
        Fact(label="Openings", value=posting.openings),
        Fact(label="Requisition", value=posting.requisition),
        Fact(label="Overtime status (FLSA)", value=CLASSIFICATION[posting.flsa]),
    ]


def write_location(posting: Posting) -> str:
    """'Portland, Oregon (hybrid, 3 days on site)'; several places joined by semicolons."""
    places = "; ".join(place.full for place in posting.places if not place.is_empty)
    way = posting.arrangement if posting.arrangement != "on-site" else ""
    words = ", ".join(part for part in (way, posting.arrangement_detail) if part)
    if places:
        return f"{places} ({words})" if words else places
    return words[:1].upper() + words[1:]


def _write_schedule(posting: Posting) -> str:
    parts = (EMPLOYMENT[posting.employment_type], posting.schedule, posting.hours)
    return ", ".join(part for part in parts if part)


def _write_closing(text: str) -> str:
    """The date; nothing where the text is none: that is said at its field, and never printed."""
    day = read_date(text)
    return write_date(day) if day else ""


def _sections(posting: Posting) -> Iterator[Section]:
    """What is not hidden, in the posting's own order."""
    for part in posting.parts:
        if part not in posting.hidden_parts:
            yield _part(posting, part)


def _part(posting: Posting, part: Part) -> Section:
    match part:
        case Part.ABOUT_ROLE:
            return _texts(part, "About the role", posting, "summary")
        case Part.DUTIES:
            return _list(part, "What you will do", posting, List.DUTIES)
        case Part.NEEDS:
            needs = [_items(posting, kind, lead) for kind, lead in NEEDS.items()]
            blocks = tuple(items for items in needs if items.items)
            return Section(key=part, heading="What you need", blocks=blocks)
        case Part.PREFERRED:
            return _list(part, "Helpful, not required", posting, List.PREFERRED)
        case Part.PAY:
            return _pay_section(posting)
        case Part.CONDITIONS:
            return _list(part, "Working conditions", posting, List.CONDITIONS)
        case Part.ABOUT_US:
            return _texts(part, "About us", posting, "about_us")
        case Part.APPLY:
            return _texts(part, "How to apply", posting, "how_to_apply", "contact")
        case Part.EQUAL_OPPORTUNITY:
            heading = "Equal opportunity and accommodation"
            return _texts(part, heading, posting, "equal_opportunity", "accommodation")


def _pay_section(posting: Posting) -> Section:
    pay = write_pay(posting.pay_low, posting.pay_high, posting.pay_unit)
    blocks = [Paragraph(text=pay, target="pay_low")] if pay else []
    blocks += [Paragraph(text=posting.other_pay, target="other_pay")] if posting.other_pay else []
    benefits = _items(posting, List.BENEFITS, "")
    lists = (benefits,) if benefits.items else ()
    return Section(key=Part.PAY, heading="Pay and benefits", blocks=(*blocks, *lists))


def _list(part: Part, heading: str, posting: Posting, kind: List) -> Section:
    items = _items(posting, kind, "")
    return Section(key=part, heading=heading, blocks=(items,) if items.items else ())


def _items(posting: Posting, kind: List, lead: str) -> Items:
    lines = [line for line in posting.section(kind) if line.text]
    items = tuple(Item(text=line.text, target=f"line:{line.id}") for line in lines)
    return Items(items=items, lead=lead)


def _texts(part: Part, heading: str, posting: Posting, *fields: str) -> Section:
    texts = [(field, getattr(posting, field)) for field in fields]
    blocks = tuple(Paragraph(text=text, target=field) for field, text in texts if text)
    return Section(key=part, heading=heading, blocks=blocks)
