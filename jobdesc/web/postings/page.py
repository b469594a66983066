"""What the page of a posting shows: its cards, lists and boxes, with what is wrong at each."""

from collections.abc import Mapping
from dataclasses import dataclass

from wtforms import SelectField

from jobdesc.documents.blocks import Outline
from jobdesc.postings.assemble import Offer
from jobdesc.postings.complete import find_faults, missing_details
from jobdesc.postings.places import PLACE_PARTS, Place
from jobdesc.postings.posting import FIELD_NAMES, Posting
from jobdesc.postings.sections import Section
from jobdesc.services.documents import named_in_pdf, posting_document
from jobdesc.store.postings import StoredPosting
from jobdesc.web.postings.boxes import Box, Boxes
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

    @property
    def filled(self) -> bool:
        """Whether any part says something."""
        return any(box.text for box in self.boxes.values())


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
    named: tuple[str, ...]


def build_page(stored: StoredPosting, offers: Mapping[str, Offer], kept: Boxes) -> Page:
    """The page of `stored`, but for the texts that are not saved and are `kept` on it."""
    posting = stored.posting
    missing = missing_details(posting)
    form = _form(posting, kept)
    before = {name: getattr(posting, name) for name in FIELD_NAMES}
    lists = {section: _list_view(posting, section, offers, kept) for section in Section}
    places = tuple(_place_view(place, kept) for place in posting.places)
    outline = posting_document(stored)
    return Page(
        stored=stored,
        outline=outline,
        form=form,
        before={name: kept[name].before if name in kept else before[name] for name in before},
        missing=tuple(detail.field for detail in missing),
        missing_words=tuple(detail.words for detail in missing),
        lists=lists,
        places=places,
        problems=_problems(form, lists, places, kept),
        named=named_in_pdf(outline),
    )


def _form(posting: Posting, kept: Boxes) -> PostingForm:
    """The fields, with what is wrong at each. A choice that was none shows what is stored."""
    form = PostingForm(formdata=None, data={name: getattr(posting, name) for name in FIELD_NAMES})
    faults = {fault.field: fault.message for fault in find_faults(posting)}
    for control in form:
        box = kept.get(control.name)
        if box and not (box.error and isinstance(control, SelectField)):
            control.data = box.text
        message = (box.error if box else "") or faults.get(control.name, "")
        control.errors = [message] if message else []
    return form


def _list_view(
    posting: Posting, section: Section, offers: Mapping[str, Offer], kept: Boxes
) -> ListView:
    return ListView(
        section=section,
        hint=HINTS_BY_LIST[section],
        noun=NAMES[section],
        lines=tuple(_box(f"line:{line.id}", line.text, kept) for line in posting.section(section)),
        new=_box(f"new:{section}", "", kept),
        offers={origin: offer for origin, offer in offers.items() if offer.section is section},
    )


def _place_view(place: Place, kept: Boxes) -> PlaceView:
    named = {part: f"place:{place.id}.{part}" for part in PLACE_PARTS}
    return PlaceView(
        place.id, {part: _box(name, getattr(place, part), kept) for part, name in named.items()}
    )


def _box(name: str, text: str, kept: Boxes) -> Box:
    return kept.get(name) or Box(name, text, text)


def _problems(
    form: PostingForm,
    lists: Mapping[Section, ListView],
    places: tuple[PlaceView, ...],
    kept: Boxes,
) -> tuple[tuple[str, str], ...]:
    """What is wrong on the page, as control and message, from the top.

    What concerns a line that is gone has no control; it links to the page's beginning.
    """
    found = {control.id: " ".join(control.errors) for control in form if control.errors}
    boxes = [box for place in places for box in place.boxes.values()]
    boxes += [box for view in lists.values() for box in (*view.lines, view.new)]
    found |= {box.name: box.error for box in boxes if box.error}
    gone = [box.error for box in kept.values() if box.error and box.name not in found]
    return (*found.items(), *(("main", text) for text in gone))
