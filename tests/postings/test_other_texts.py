"""Another text of the organization is offered where it has one, and replaces nothing by itself."""

from itertools import count
from typing import Any

from jobdesc.postings.apply import apply_each
from jobdesc.postings.organization import Organization
from jobdesc.postings.other_texts import OtherText, other_texts
from jobdesc.postings.posting import Posting
from jobdesc.postings.profile import FieldChange, apply_to_profile, mark
from jobdesc.postings.sections import Section
from tests.postings.builders import STATEMENTS, an_organization, assembled

PORTLAND = {"id": "p", "city": "Portland", "state": "OR"}
BOISE = {"id": "p", "city": "Boise", "state": "ID"}
IDAHO = {
    "id": "idaho", "kind": "equal_opportunity", "name": "Idaho", "text": "In Idaho we hire.",
    "states": ["ID"],
}  # fmt: skip
BENEFITS = {
    "id": "b", "kind": "benefits", "name": "Idaho", "items": ["Health", "Bus"], "states": ["ID"],
}  # fmt: skip
FULL: dict[str, Any] = {
    "places": [PORTLAND],
    "about": "We help.",
    "benefits": ["Health", "Leave"],
    "variants": [IDAHO, BENEFITS],
}


def moved(posting: Posting) -> Posting:
    """The posting, with another place."""
    place = posting.places[0].model_copy(update={"city": "Boise", "state": "ID"})
    return posting.model_copy(update={"places": (place,)})


def offered(posting: Posting, organization: Organization | None = None) -> dict[str, OtherText]:
    ids = (f"new{number}" for number in count())
    return other_texts(
        posting, organization or an_organization(**FULL), STATEMENTS, {}, lambda: next(ids)
    )


def benefits(posting: Posting) -> list[str]:
    return [line.text for line in posting.section(Section.BENEFITS)]


def taken(posting: Posting, other: OtherText) -> Posting:
    return apply_each(posting, other.changes).posting


def test_a_fresh_posting_is_offered_nothing() -> None:
    assert offered(assembled(**FULL)) == {}


def test_another_place_brings_another_text_which_is_taken_by_a_change() -> None:
    posting = moved(assembled(**FULL))
    found = offered(posting)
    assert found["equal_opportunity"].words == "Your organization has another text for Idaho."
    assert found["benefits"].words == "Your organization has other benefits for Idaho."
    for other in found.values():
        posting = taken(posting, other)
    assert posting.equal_opportunity == "In Idaho we hire."
    assert benefits(posting) == ["Health", "Bus"]
    assert offered(posting) == {}


def test_a_variant_that_no_longer_fits_is_met_by_the_usual_text() -> None:
    posting = moved(assembled(**FULL)).model_copy(update={"equal_opportunity": "In Idaho we hire."})
    back = posting.model_copy(update={"places": assembled(**FULL).places})
    found = offered(back)["equal_opportunity"]
    assert found.words == "Your organization has another text for this posting."
    assert found.text == "We hire fairly."


def test_a_text_that_was_changed_meanwhile_is_offered() -> None:
    changes = [
        FieldChange("about", mark("We help."), "We help more."),
        FieldChange("benefits", mark(("Health", "Leave")), ("Health", "Leave", "Pension")),
    ]
    newer = apply_to_profile(an_organization(**FULL), changes).organization
    found = offered(assembled(**FULL), newer)
    assert set(found) == {"about_us", "benefits"}
    posting = taken(assembled(**FULL), found["benefits"])
    assert benefits(posting) == [
        "Health",
        "Leave",
        "Pension",
    ]


def test_own_words_are_left_alone_but_for_a_text_that_was_made_for_such_a_posting() -> None:
    own = assembled(**FULL).model_copy(update={"about_us": "Mine.", "equal_opportunity": "Mine."})
    assert offered(own) == {}
    assert set(offered(moved(own))) == {"equal_opportunity", "benefits"}


def test_benefits_that_a_person_added_stay_and_those_taken_away_are_not_offered_again() -> None:
    posting = assembled(**FULL)
    lines = [line for line in posting.lines if line.text != "Leave"]
    assert offered(posting.model_copy(update={"lines": tuple(lines)})) == {}
    own = [
        line.model_copy(update={"text": "A dog"}) if line.text == "Health" else line
        for line in moved(posting).lines
    ]
    mixed = moved(posting).model_copy(update={"lines": tuple(own)})
    after = taken(mixed, offered(mixed)["benefits"])
    assert benefits(after) == ["A dog", "Health", "Bus"]


def test_a_locked_text_says_so() -> None:
    lock = {"by": "Ada Lake", "at": "2026-11-23T12:00:00Z"}
    locked = an_organization(**{**FULL, "variants": [{**IDAHO, "lock": lock}]})
    assert offered(moved(assembled(**FULL)), locked)["equal_opportunity"].locked


def test_a_locked_text_is_offered_to_own_words_when_a_posting_comes_to_where_it_holds() -> None:
    lock = {"by": "Ada Lake", "at": "2026-11-23T12:00:00Z"}
    here = an_organization(**{**FULL, "locks": {"equal_opportunity": lock}})
    reworded = assembled(**FULL).model_copy(update={"equal_opportunity": "Mine."})
    assert offered(reworded, here)["equal_opportunity"].text == "We hire fairly."
    emptied = reworded.model_copy(update={"equal_opportunity": ""})
    assert offered(emptied, here)["equal_opportunity"].locked
    assert "equal_opportunity" not in offered(reworded)
