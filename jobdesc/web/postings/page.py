"""What the page of a posting shows: its cards, lists and boxes, with what is wrong at each."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobdesc.documents.blocks import Outline
from jobdesc.postings.apply import Conflict
from jobdesc.postings.assemble import Offer
from jobdesc.postings.changes import SetField, SetLine
from jobdesc.postings.complete import find_faults, missing_details
from jobdesc.postings.posting import FIELD_NAMES, Posting
from jobdesc.postings.sections import Section
from jobdesc.services.documents import posting_document
from jobdesc.store.postings import StoredPosting
from jobdesc.web.postings.forms import PostingForm

HINTS_BY_LIST: dict[Section, str] = {
    Section.DUTIES: "Start with a verb. Five to eight items read best.",
    Section.EDUCATION: "",
    Section.CREDENTIALS: "Exact name and issuer.",
    Section.EXPERIENCE: "Give the least that is needed, like two years.",
    Section.SKILLS: "What a person must know or be able to do on the first day.",
    Section.PREFERRED: "What helps. A person without these can still apply.",
    Section.BENEFITS: "What everyone in this job gets.",
    Section.CONDITIONS: "Setting, travel, physical demands, schedule.",
}
NAMES: dict[Section, str] = {
    Section.DUTIES: "duty",
    Section.EDUCATION: "education item",
    Section.CREDENTIALS: "license or certification",
    Section.EXPERIENCE: "experience item",
    Section.SKILLS: "skill",
    Section.PREFERRED: "helpful item",
    Section.BENEFITS: "benefit",
    Section.CONDITIONS: "working condition",
}


@dataclass(frozen=True)
class Box:
    """A text area: its control's name, what it holds, what stood there, what is wrong."""

    name: str
    text: str
    before: str
    error: str = ""


@dataclass(frozen=True)
class ListView:
    """A list of lines with its box for new ones and the role's lines that it lacks."""

    section: Section
    hint: str
    noun: str
    lines: tuple[Box, ...]
    new: Box
    offers: Mapping[str, Offer]


@dataclass(frozen=True)
class PlaceView:
    """A place and what is wrong with its parts."""

    id: str
    boxes: Mapping[str, Box]


@dataclass(frozen=True)
class Page:
    """The whole page; `form` carries the fields and their messages."""

    stored: StoredPosting
    outline: Outline
    form: PostingForm
    before: Mapping[str, str]
    missing: tuple[str, ...]
    missing_words: tuple[str, ...]
    lists: Mapping[Section, ListView]
    places: tuple[PlaceView, ...]
    problems: tuple[tuple[str, str], ...]
    unsaved: bool


def blank_form(posting: Posting) -> PostingForm:
    """A form that shows what the posting holds."""
    values = {name: getattr(posting, name) for name in FIELD_NAMES}
    return PostingForm(formdata=None, data=values)


def build_page(
    stored: StoredPosting,
    form: PostingForm,
    offers: Mapping[str, Offer],
    wrong: Mapping[str, str],
    typed: Mapping[str, str],
) -> Page:
    """The page of `stored`, with the messages in `wrong` and the texts in `typed` kept."""
    posting = stored.posting
    missing = missing_details(posting)
    _show_faults(form, posting)
    lists = {section: _list_view(posting, section, offers, wrong, typed) for section in Section}
    places = tuple(_place_view(place.id, posting, wrong, typed) for place in posting.places)
    before = {name: getattr(posting, name) for name in FIELD_NAMES}
    return Page(
        stored=stored,
        outline=posting_document(stored),
        form=form,
        before=before,
        missing=tuple(detail.field for detail in missing),
        missing_words=tuple(detail.words for detail in missing),
        lists=lists,
        places=places,
        problems=_problems(form, lists, places, wrong),
        unsaved=bool(wrong),
    )


def conflict_words(conflict: Conflict) -> tuple[str, str] | None:
    """The control and the message of a conflict over a text; None for any other."""
    change = conflict.change
    if not isinstance(change, (SetField, SetLine)):
        return None
    name = change.target if isinstance(change, SetField) else f"line:{change.line}"
    if conflict.current is None:
        return name, f"Someone removed this meanwhile. Your words were: {change.after}"
    if not conflict.current:
        return name, "Someone emptied this meanwhile. Save again to keep your words."
    return name, f"Someone changed this meanwhile. Save again to replace it: {conflict.current}"


def _show_faults(form: PostingForm, posting: Posting) -> None:
    for fault in find_faults(posting):
        control = form[fault.field]
        if not control.errors:
            control.errors = [fault.message]


def _list_view(
    posting: Posting,
    section: Section,
    offers: Mapping[str, Offer],
    wrong: Mapping[str, str],
    typed: Mapping[str, str],
) -> ListView:
    lines = [_box(f"line:{line.id}", line.text, wrong, typed) for line in posting.section(section)]
    return ListView(
        section=section,
        hint=HINTS_BY_LIST[section],
        noun=NAMES[section],
        lines=tuple(lines),
        new=_box(f"new:{section}", "", wrong, typed),
        offers={origin: offer for origin, offer in offers.items() if offer.section is section},
    )


def _place_view(
    place_id: str, posting: Posting, wrong: Mapping[str, str], typed: Mapping[str, str]
) -> PlaceView:
    place = next(place for place in posting.places if place.id == place_id)
    parts = ("street", "city", "state", "postal_code")
    named = {part: f"place:{place_id}.{part}" for part in parts}
    boxes = {p: _box(name, getattr(place, p), wrong, typed) for p, name in named.items()}
    return PlaceView(place_id, boxes)


def _box(name: str, text: str, wrong: Mapping[str, str], typed: Mapping[str, str]) -> Box:
    """A box; where something is wrong with it, it holds what the person typed."""
    kept = typed.get(name, text) if name in wrong else text
    return Box(name, kept, text, wrong.get(name, ""))


def _problems(
    form: PostingForm,
    lists: Mapping[Section, ListView],
    places: tuple[PlaceView, ...],
    wrong: Mapping[str, str],
) -> tuple[tuple[str, str], ...]:
    """What is wrong on the page, as control and message, from the top.

    What concerns a line that is gone has no control; it links to the page's beginning.
    """
    found = {control.id: " ".join(control.errors) for control in form if control.errors}
    boxes = [box for place in places for box in place.boxes.values()]
    boxes += [box for view in lists.values() for box in (*view.lines, view.new)]
    found |= {box.name: box.error for box in boxes if box.error}
    gone = [text for name, text in wrong.items() if text and name not in found]
    return (*found.items(), *(("main", text) for text in gone))
