"""A role at a level and an organization make a complete posting."""

from jobdesc.postings.assemble import offers, with_ids_of
from jobdesc.postings.base import base_for
from jobdesc.postings.complete import missing_details
from jobdesc.postings.sections import Section
from jobdesc.roles.levels import Level
from tests.postings.builders import assembled, held_at

PLACE = {"id": "x", "city": "Portland", "state": "OR"}


def test_a_posting_has_every_field_that_the_role_knows() -> None:
    posting = assembled(Level.SENIOR)
    assert posting.title == "CM III"
    assert posting.reports_to == "Supervisor"
    assert (posting.pay_low, posting.pay_high, posting.pay_unit) == ("60,000", "70,000", "year")
    assert posting.summary == "You help people as senior."
    assert posting.equal_opportunity == "We hire fairly."


def test_only_essential_duties_are_advertised_and_the_rest_is_offered() -> None:
    posting = assembled()
    assert len(posting.section(Section.DUTIES)) == 6
    offered = offers(posting, held_at())
    assert [o.text for o in offered.values() if o.section is Section.DUTIES] == [
        f"Do the work {letter}." for letter in "ghijk"
    ]


def test_preferred_qualifications_stand_apart_from_required_ones() -> None:
    posting = assembled()
    assert [line.text for line in posting.section(Section.PREFERRED)] == [
        "Certified Case Manager (CCM), the Commission"
    ]
    assert posting.section(Section.CREDENTIALS) == ()


def test_each_line_has_an_id_of_its_own_and_the_role_line_as_origin() -> None:
    posting = assembled()
    ids = [line.id for line in posting.lines]
    assert len(set(ids)) == len(ids)
    assert posting.lines[0].origin == "duty-1"


def test_the_organization_fills_what_is_its_own() -> None:
    posting = assembled(
        places=[PLACE], schedule="Days", benefits=["Health insurance"], about="We help.",
        how_to_apply="Write to us.", equal_opportunity="Ours.",
    )  # fmt: skip
    assert posting.places[0].city == "Portland"
    assert posting.about_us == "We help."
    assert posting.equal_opportunity == "Ours."
    assert [line.text for line in posting.section(Section.BENEFITS)] == ["Health insurance"]
    assert missing_details(posting) == []


def test_an_organization_with_nothing_but_a_name_leaves_three_details_open() -> None:
    words = [missing.words for missing in missing_details(assembled())]
    assert words == ["location", "schedule", "how to apply"]


def test_a_posting_assembled_anew_keeps_the_ids_of_the_lines_that_it_had() -> None:
    former = assembled(benefits=["Health", "Leave"])
    fresh = assembled(benefits=["Leave", "Pension"], places=[PLACE])
    fresh = fresh.model_copy(
        update={"lines": tuple(x.model_copy(update={"id": f"f{x.id}"}) for x in fresh.lines)}
    )
    renewed = with_ids_of(fresh, former)
    ids = {line.text: line.id for line in former.lines}
    assert {line.text for line in renewed.lines if line.id != ids.get(line.text)} == {"Pension"}
    assert renewed.places[0].id == former.places[0].id


def test_a_posting_names_the_base_that_it_was_made_from() -> None:
    assert assembled().base == base_for(held_at()).digest
    assert assembled(about="We help.").base == assembled().base
    assert assembled(Level.SENIOR).base != assembled().base
