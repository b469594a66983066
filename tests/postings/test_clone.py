"""A copy of a posting: the same words, ids of its own, nothing of the other vacancy."""

from itertools import count

from jobdesc.postings.clone import clone
from jobdesc.postings.places import Place
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import Section
from tests.postings.builders import a_posting

PORTLAND = {"id": "p", "city": "Portland", "state": "OR"}
SALEM = Place(id="main", street="1 Court St", city="Salem", state="OR")
LINES = [
    {"id": "a", "section": "duties", "text": "Plans care.", "origin": "duty-1"},
    {"id": "b", "section": "duties", "text": "Writes notes."},
]


def an_original() -> Posting:
    return a_posting(
        title="Nurse", requisition="R-1", closing_date="12/15/2026", base="h" * 64,
        department="Intake", places=[PORTLAND], lines=LINES, removed_origins=["duty-9"],
    )  # fmt: skip


def new_ids() -> count:  # type: ignore[type-arg]
    return count(100)


def test_lines_and_places_get_new_ids_and_lines_keep_their_origin() -> None:
    numbers = new_ids()
    made = clone(an_original(), lambda: f"n{next(numbers)}")
    lines = made.section(Section.DUTIES)
    assert [(line.text, line.origin) for line in lines] == [
        ("Plans care.", "duty-1"),
        ("Writes notes.", None),
    ]
    ids = [line.id for line in made.lines] + [place.id for place in made.places]
    assert len(set(ids)) == 3
    assert not set(ids) & {"a", "b", "p"}
    assert (made.base, made.removed_origins) == ("h" * 64, ("duty-9",))


def test_what_belongs_to_one_vacancy_is_left_out() -> None:
    made = clone(an_original(), lambda: "n")
    assert (made.requisition, made.closing_date) == ("", "")
    assert (made.title, made.department) == ("Nurse", "Intake")


def test_another_place_stands_instead_of_all_former_ones() -> None:
    numbers = new_ids()
    made = clone(an_original(), lambda: f"n{next(numbers)}", SALEM)
    assert [(place.city, place.street) for place in made.places] == [("Salem", "1 Court St")]
    assert made.places[0].id != "main"
