"""Placeholders in a posting's texts: '{place}' stands for what the posting says of its place.

They stay as they are in what is stored and edited, and are filled where a document is made. One
that is unknown, or for which nothing is said, is printed as a gap in words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from jobdesc.postings.dates import read_date, write_date
from jobdesc.postings.headings import FIELD_PARTS, PART_OF
from jobdesc.postings.money import write_pay
from jobdesc.postings.organization import Organization
from jobdesc.postings.places import STATES
from jobdesc.postings.posting import Posting

PLACEHOLDERS: dict[str, str] = {
    "organization": "Name of the organization",
    "title": "Job title",
    "place": "City and state",
    "department": "Department",
    "level": "Level, like II",
    "specialty": "Specialty, like Legal Case Manager",
    "schedule": "Schedule",
    "pay": "Pay, like $58,000 \u2013 $71,000 a year",
    "closing_date": "Closing date",
    "contact": "Contact",
    "requisition": "Requisition number",
    "reports_to": "Reports to",
}
"""Every placeholder, and what stands in its place."""
ASKED_FOR: dict[str, tuple[str, str]] = {
    "title": ("title", "job title"),
    "place": ("location", "location"),
    "department": ("department", "department"),
    "schedule": ("schedule", "schedule"),
    "pay": ("pay_low", "lowest pay"),
    "closing_date": ("closing_date", "closing date"),
    "contact": ("contact", "contact"),
    "requisition": ("requisition", "requisition number"),
    "reports_to": ("reports_to", "reports to"),
}
"""The field that a placeholder takes, and the words for it, of what a posting can lack."""
OTHER_WORDS = {
    **dict.fromkeys(("city", "town", "state", "location", "city_and_state", "address"), "place"),
    **dict.fromkeys(("company", "employer", "agency", "organization_name"), "organization"),
    **dict.fromkeys(("job", "job_title", "position"), "title"),
    **dict.fromkeys(("salary", "wage", "wages", "pay_range"), "pay"),
    **dict.fromkeys(("hours", "shift"), "schedule"),
    **dict.fromkeys(("deadline", "close_date", "closing"), "closing_date"),
    **dict.fromkeys(("email", "phone"), "contact"),
    "dept": "department",
    "supervisor": "reports_to",
}
"""What people write for a placeholder that is called otherwise."""
ALIKE = 0.7
FILLED = ("summary", "other_pay", "about_us", "how_to_apply", "equal_opportunity", "accommodation")
"""The fields in which placeholders are filled, beside all lines."""

_TOKEN = re.compile(r"\{\{|\}\}|\{ *([A-Za-z][A-Za-z0-9_ -]{0,39}?) *\}", re.ASCII)
_OPEN = re.compile(r"\{ *([A-Za-z][A-Za-z0-9_-]{0,39})(?![^{}]*\})", re.ASCII)
GAP = re.compile(r"\[[A-Za-z][A-Za-z0-9 ]{0,39} missing\]", re.ASCII)
"""A gap as it is printed."""


@dataclass(frozen=True)
class Used:
    """A placeholder that a text uses, as it was written, by the name of the text's control."""

    control: str
    written: str

    @property
    def name(self) -> str:
        """The placeholder's name, whether there is such a one or not."""
        return _name(self.written)


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each placeholder filled; what is put in is not looked at again."""

    def put(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0][0]
        name = _name(found[1])
        return values.get(name, "") or f"[{name.replace('_', ' ')} missing]"

    return _TOKEN.sub(put, text) if "{" in text or "}" in text else text


def filled(posting: Posting, organization: Organization, specialty: str = "") -> Posting:
    """The posting as it is printed. `specialty` is its role's name, if the library has it."""
    values = values_of(posting, organization, specialty)
    texts = {name: fill(getattr(posting, name), values) for name in FILLED}
    lines = [line.model_copy(update={"text": fill(line.text, values)}) for line in posting.lines]
    return posting.model_copy(update={**texts, "lines": tuple(lines)})


def values_of(posting: Posting, organization: Organization, specialty: str = "") -> dict[str, str]:
    """What stands for each placeholder; empty where the posting says nothing."""
    day = read_date(posting.closing_date)
    return {
        "organization": organization.name,
        "title": posting.title,
        "place": _places(posting),
        "department": posting.department,
        "level": posting.level.label,
        "specialty": specialty or posting.role.replace("-", " "),
        "schedule": posting.schedule,
        "pay": write_pay(posting.pay_low, posting.pay_high, posting.pay_unit),
        "closing_date": write_date(day) if day else "",
        "contact": posting.contact,
        "requisition": posting.requisition,
        "reports_to": posting.reports_to,
    }


def used_in(posting: Posting) -> Iterator[Used]:
    """Every placeholder in what is printed, in the order of fields and lines."""
    for control, text in printed_in(posting):
        yield from (Used(control, written) for written in written_in(text))


def printed_in(posting: Posting) -> Iterator[tuple[str, str]]:
    """What is printed with its placeholders filled: the name of a text's control, and the text."""
    hidden = posting.hidden_parts
    for field in FILLED:
        if FIELD_PARTS[field] not in hidden:
            yield field, getattr(posting, field)
    for line in posting.lines:
        if PART_OF[line.section] not in hidden:
            yield f"line:{line.id}", line.text


def written_in(text: str) -> list[str]:
    """The placeholders of a text as they are written, without their braces."""
    return [found[1] for found in _TOKEN.finditer(text) if found[1] is not None]


def say_unknown(written: str) -> str:
    """'{plaec} is not a placeholder. Did you mean {place}?'; nothing of one that there is."""
    name = _name(written)
    if name in PLACEHOLDERS:
        return ""
    if near := _meant(name):
        return f"{{{written}}} is not a placeholder. Did you mean {{{near}}}?"
    return f"{{{written}}} is not a placeholder. To print a brace, write it twice."


def remarks_on(text: str) -> list[str]:
    """What is worth a second look in a text's braces: no such placeholder, or one left open."""
    unknown = filter(None, map(say_unknown, written_in(text)))
    left = _OPEN.finditer(_TOKEN.sub(" ", text))
    return list(dict.fromkeys((*unknown, *(_say_open(found[1]) for found in left))))


def _say_open(written: str) -> str:
    name = _name(written)
    known = name if name in PLACEHOLDERS else _meant(name)
    way = f"Write {{{known}}}" if known else "Close it with a brace"
    return f"{{{written} is not closed. {way}, or two braces to print one."


def _meant(name: str) -> str:
    """The placeholder that a name that is none stands for, if one is known or alike."""
    near = get_close_matches(name, PLACEHOLDERS, n=1, cutoff=ALIKE)
    return OTHER_WORDS.get(name) or (near[0] if near else "")


def _name(written: str) -> str:
    return re.sub("[ _-]+", "_", written.lower()).strip("_")


def _places(posting: Posting) -> str:
    """City and state of each place; of a remote posting without one, from where."""
    towns = [
        ", ".join(
            part for part in (place.city, STATES.get(place.state.upper(), place.state)) if part
        )
        for place in posting.places
    ]
    found = "; ".join(town for town in towns if town)
    remote = posting.arrangement == "remote" and posting.arrangement_detail
    return found or (f"remote, {posting.arrangement_detail}" if remote else "")
