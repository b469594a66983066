"""What the page of a posting shows: its cards, lists and boxes, with what is wrong at each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import SelectField

from jobdesc.documents.blocks import Outline
from jobdesc.postings.assemble import Offer
from jobdesc.postings.complete import Missing, find_faults, missing_details
from jobdesc.postings.headings import HEADINGS
from jobdesc.postings.pay_remarks import PayFacts
from jobdesc.postings.places import PLACE_PARTS, Place
from jobdesc.postings.posting import FIELD_NAMES, Posting
from jobdesc.postings.sections import Section
from jobdesc.roles.at_level import RoleAtLevel
from jobdesc.roles.levels import Level
from jobdesc.roles.library import References
from jobdesc.services.documents import named_in_pdf, posting_document
from jobdesc.store.postings import StoredPosting
from jobdesc.wages.levels import MarketPay
from jobdesc.web.postings.beside import Beside
from jobdesc.web.postings.boxes import Box, Boxes, box
from jobdesc.web.postings.cards import (
    LIST_TITLES,
    NOUNS,
    ListView,
    PartView,
    list_views,
    part_views,
)
from jobdesc.web.postings.forms import PostingForm
from jobdesc.web.postings.pay_drawing import PayDrawing, draw_pay
from jobdesc.web.postings.pay_remarks import SourcedRemark, sourced_remarks


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
class AtHand:
    """What the library has for a posting: `held` is its role at its level, None where it is gone.

    `template` is the role's text by origin as the posting was assembled from it, `offers` the
    lines of the role that the posting lacks, `notes` what stands beside its controls, `pay` what
    its pay is held against, and `market` what is paid near its place.
    """

    held: RoleAtLevel | None
    references: References
    template: Mapping[str, str]
    offers: Mapping[str, Offer]
    notes: Mapping[str, Beside]
    pay: PayFacts
    market: MarketPay | None = None


@dataclass(frozen=True)
class Page:
    """The whole page; `form` carries the fields and their messages."""

    stored: StoredPosting
    outline: Outline
    form: PostingForm
    before: Mapping[str, str]
    missing_details: tuple[Missing, ...]
    levels: tuple[Level, ...]
    parts: tuple[PartView, ...]
    lists: Mapping[Section, ListView]
    places: tuple[PlaceView, ...]
    problems: tuple[tuple[str, str], ...]
    named: tuple[str, ...]
    pay: PayDrawing | None
    pay_remarks: tuple[SourcedRemark, ...]
    data: Mapping[str, Any]
    notes: Mapping[str, Beside]

    @property
    def kept_in(self) -> frozenset[str]:
        """The parts that this person cannot hide, as they hold locked text."""
        return frozenset(
            name.removeprefix("part:") for name, note in self.notes.items() if note.readonly
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the missing details."""
        return tuple(detail.field for detail in self.missing_details)

    @property
    def location_missing(self) -> bool:
        """Whether the place is asked for in the strip, and not in fields of its own."""
        return "location" in self.missing and not any(place.filled for place in self.places)


def build_page(
    stored: StoredPosting,
    library: AtHand,
    kept: Boxes,
    data: Mapping[str, Any],
    today: date | None,
) -> Page:
    """The page of `stored`, but for the texts that are not saved and are `kept` on it.

    `data` is what the live builder starts from: BuilderData in static/js/builder/types.d.ts.
    """
    posting = stored.posting
    faults = {fault.field: fault.message for fault in find_faults(posting, today)}
    kept = {**_faulty_boxes(posting, faults), **kept}
    form = _form(posting, kept, faults)
    before = {name: getattr(posting, name) for name in FIELD_NAMES}
    lists = list_views(posting, library.template, library.offers, kept, library.notes)
    places = tuple(_place_view(place, kept) for place in posting.places)
    outline = posting_document(stored)
    return Page(
        stored=stored,
        outline=outline,
        form=form,
        before={name: kept[name].before if name in kept else before[name] for name in before},
        missing_details=tuple(missing_details(posting)),
        levels=library.held.role.levels if library.held else (posting.level,),
        parts=part_views(posting),
        lists=lists,
        places=places,
        problems=_problems(form, lists, places, kept),
        named=named_in_pdf(outline),
        pay=draw_pay(posting, library.held, library.references, library.market, library.pay.band),
        pay_remarks=sourced_remarks(posting, library.pay, library.references),
        data={**data, **_words_of_the_builder(outline)},
        notes=library.notes,
    )


def _words_of_the_builder(outline: Outline) -> dict[str, Any]:
    return {
        "paper": "US Letter" if outline.paper == "letter" else "A4",
        "sections": {
            section: {"title": LIST_TITLES[section], "noun": NOUNS[section]} for section in Section
        },
        "parts": HEADINGS,
    }


def _faulty_boxes(posting: Posting, faults: Mapping[str, str]) -> dict[str, Box]:
    """The lines and places in which something cannot be right, with what it is."""
    named = {f"line:{line.id}": line.text for line in posting.lines}
    named |= {
        f"place:{place.id}.{part}": getattr(place, part)
        for place in posting.places
        for part in PLACE_PARTS
    }
    return {
        name: Box(name, text, text, faults[name]) for name, text in named.items() if name in faults
    }


def _form(posting: Posting, kept: Boxes, faults: Mapping[str, str]) -> PostingForm:
    """The fields, with what is wrong at each. A choice that was none shows what is stored."""
    form = PostingForm(formdata=None, data={name: getattr(posting, name) for name in FIELD_NAMES})
    for control in form:
        box = kept.get(control.name)
        if box and not (box.error and isinstance(control, SelectField)):
            control.data = box.text
        message = (box.error if box else "") or faults.get(control.name, "")
        control.errors = [message] if message else []
    return form


def _place_view(place: Place, kept: Boxes) -> PlaceView:
    named = {part: f"place:{place.id}.{part}" for part in PLACE_PARTS}
    return PlaceView(
        place.id, {part: box(name, getattr(place, part), kept) for part, name in named.items()}
    )


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
    for view in lists.values():
        boxes += [*(line.box for line in view.lines), view.new]
    found |= {box.name: box.error for box in boxes if box.error}
    gone = [box.error for box in kept.values() if box.error and box.name not in found]
    return (*found.items(), *(("main", text) for text in gone))
