"""The words of the editor's cards, and which of them a list of changes touched."""

from collections.abc import Iterable, Iterator, Sequence

from jobdesc.postings.changes import (
    AddLine,
    AddPlace,
    Arrange,
    Change,
    ChangeLevel,
    Hide,
    MoveLine,
    RemoveLine,
    RemovePlace,
    SetField,
    SetLine,
    ShiftLine,
)
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import NEEDS, PARTS, Part, Section

BASICS, ORDER = "Basics", "Order of sections"
HEADINGS: dict[Part, str] = {
    Part.ABOUT_ROLE: "Summary",
    Part.DUTIES: "What you will do",
    Part.NEEDS: "What you need",
    Part.PREFERRED: "Helpful, not required",
    Part.PAY: "Pay and benefits",
    Part.CONDITIONS: "Working conditions",
    Part.ABOUT_US: "About us",
    Part.APPLY: "How to apply",
    Part.EQUAL_OPPORTUNITY: "Equal opportunity and accommodation",
}
PART_OF: dict[Section, Part] = {
    **dict.fromkeys(NEEDS, Part.NEEDS),
    Section.DUTIES: Part.DUTIES,
    Section.PREFERRED: Part.PREFERRED,
    Section.BENEFITS: Part.PAY,
    Section.CONDITIONS: Part.CONDITIONS,
}
"""The part in which a list stands."""
FIELD_PARTS: dict[str, Part] = {
    **dict.fromkeys(("pay_low", "pay_high", "pay_unit", "other_pay"), Part.PAY),
    **dict.fromkeys(("how_to_apply", "contact"), Part.APPLY),
    **dict.fromkeys(("equal_opportunity", "accommodation"), Part.EQUAL_OPPORTUNITY),
    "summary": Part.ABOUT_ROLE,
    "about_us": Part.ABOUT_US,
}
"""The part in which a field stands; all others stand in the basics."""
SECTION_HEADINGS: dict[Section, str] = {
    section: NEEDS.get(section, HEADINGS[PART_OF[section]]) for section in Section
}
"""What stands above a list: its lead-in, else the heading of its part."""
FIELD_HEADINGS: dict[str, str] = {
    "title": "Job title",
    "reports_to": "Reports to",
    "flsa": "Overtime status (FLSA)",
    "pay": "Pay",
    "summary": "Summary",
}
"""What stands above the fields that a role fills."""
FIELD_WORDS: dict[str, str] = {
    "level": "level",
    "place": "location",
    "title": "job title",
    "department": "department",
    "requisition": "requisition number",
    "openings": "openings",
    "reports_to": "who it reports to",
    "arrangement": "where the work is done",
    "arrangement_detail": "details of where the work is done",
    "employment_type": "employment type",
    "schedule": "schedule",
    "hours": "hours",
    "flsa": "overtime status",
    "closing_date": "closing date",
    "summary": "about the role",
    "pay_low": "lowest pay",
    "pay_high": "highest pay",
    "pay_unit": "unit of pay",
    "other_pay": "other compensation",
    "about_us": "about us",
    "how_to_apply": "how to apply",
    "contact": "contact",
    "equal_opportunity": "equal opportunity",
    "accommodation": "accommodation",
}
"""Every field, the level and the places, as a sentence names them."""

_IN_ORDER = (BASICS, *(HEADINGS[part] for part in PARTS), ORDER)


def parts_changed(changes: Iterable[Change], before: Posting, after: Posting) -> tuple[str, ...]:
    """The headings under which `changes`, applied from `before` to `after`, did something."""
    flat = _flat(changes)
    touched = {heading for change in flat for heading in _touched(change, (before, after))}
    return tuple(heading for heading in _IN_ORDER if heading in touched)


def _flat(changes: Iterable[Change]) -> Iterator[Change]:
    for change in changes:
        yield change
        if isinstance(change, ChangeLevel):
            yield from change.changes


def _touched(change: Change, postings: Sequence[Posting]) -> list[str]:
    match change:
        case SetField(target=target):
            return [HEADINGS[FIELD_PARTS[target]] if target in FIELD_PARTS else BASICS]
        case AddPlace() | RemovePlace() | ChangeLevel():
            return [BASICS]
        case Arrange():
            return [ORDER]
        case Hide(part=part):
            return [HEADINGS[part]]
        case AddLine(section=section, line=line):
            return [_heading(section), *_standing(line, postings)]
        case MoveLine(section=Section() as section, line=line):
            return [_heading(section), *_standing(line, postings)]
        case (
            SetLine(line=line) | RemoveLine(line=line) | MoveLine(line=line) | ShiftLine(line=line)
        ):
            return _standing(line, postings)


def _heading(section: Section) -> str:
    return HEADINGS[PART_OF[section]]


def _standing(line_id: str, postings: Sequence[Posting]) -> list[str]:
    """Where a line stood and stands."""
    found = [line for posting in postings for line in posting.lines if line.id == line_id]
    return [_heading(line.section) for line in found]
