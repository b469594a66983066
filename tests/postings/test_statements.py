"""Which standing text a posting takes, in which order, and what is remembered of former ones."""

from typing import Any

import pytest

from jobdesc.postings.organization import Organization, upgrade_organization
from jobdesc.postings.profile import FieldChange, apply_to_profile, mark
from jobdesc.postings.sections import Section
from jobdesc.postings.statement_edits import (
    NoSuchVariant,
    add_variant,
    edit_variant,
    move_variant,
    set_lock,
    set_removed,
    variant_of,
)
from jobdesc.postings.statements import (
    Facts,
    facts_of,
    known_marks,
    say_conditions,
    say_fit,
    statement_for,
    text_mark,
)
from jobdesc.postings.variants import Lock, StatementKind, Variant
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problems, parse
from tests.postings.builders import STATEMENTS, a_posting, an_organization, assembled
from tests.samples import sample

FAIR = StatementKind.EQUAL_OPPORTUNITY
PORTLAND = {"id": "p", "city": "Portland", "state": "OR"}
NAMES = {"rn-case-manager": "RN Case Manager"}


def a_variant(name: str = "oregon", **changes: Any) -> dict[str, Any]:
    """A variant of the equal opportunity text, as a file or a row has it."""
    return {"id": name, "kind": FAIR, "name": name, "text": f"{name} text"} | changes


def with_variants(*variants: dict[str, Any], **changes: Any) -> Organization:
    return an_organization(variants=variants, **changes)


def chosen(organization: Organization, facts: Facts) -> str:
    return statement_for(organization, FAIR, facts, STATEMENTS).text


def test_the_first_that_fits_is_used_else_the_own_text_else_the_shipped_one() -> None:
    oregon = a_variant("oregon", states=["Oregon"])
    intake = a_variant("intake", departments=["Intake"])
    both = with_variants(oregon, intake, equal_opportunity="Ours.")
    assert chosen(both, Facts(state="OR", department="Intake")) == "oregon text"
    assert chosen(both, Facts(state="WA", department=" intake ")) == "intake text"
    assert chosen(both, Facts(state="WA")) == "Ours."
    assert chosen(with_variants(oregon), Facts(state="WA")) == "We hire fairly."


@pytest.mark.parametrize(
    ("conditions", "facts", "fits"),
    [
        ({}, Facts(), True),
        ({"states": ["OR", "WA"]}, Facts(state="WA"), True),
        ({"states": ["OR"]}, Facts(), False),
        ({"cities": ["Portland"]}, Facts(city="PORTLAND"), True),
        ({"cities": ["Portland"], "states": ["ME"]}, Facts(city="Portland", state="OR"), False),
        ({"roles": ["rn-case-manager"]}, Facts(role="rn-case-manager"), True),
        ({"levels": ["lead", "director"]}, Facts(level=Level.LEAD), True),
        ({"levels": ["lead"]}, Facts(level=Level.MID), False),
        ({"levels": ["lead"]}, Facts(), False),
    ],
)
def test_every_given_condition_must_hold(
    conditions: dict[str, Any], facts: Facts, fits: bool
) -> None:
    organization = with_variants(a_variant("this", **conditions), equal_opportunity="Ours.")
    assert chosen(organization, facts) == ("this text" if fits else "Ours.")


def test_a_posting_takes_the_texts_of_its_first_place_and_level() -> None:
    benefits = {"id": "b", "kind": "benefits", "name": "Leads", "items": ["A car"]}
    posting = assembled(
        Level.LEAD,
        places=[PORTLAND],
        benefits=["Health insurance"],
        variants=[a_variant(states=["OR"]), {**benefits, "levels": ["lead"]}],
    )
    assert posting.equal_opportunity == "oregon text"
    assert [line.text for line in posting.section(Section.BENEFITS)] == ["A car"]
    assert facts_of(posting) == Facts("OR", "Portland", "", "case-manager", Level.LEAD)


def test_a_state_is_known_by_code_and_name_and_another_word_is_refused() -> None:
    assert parse(Variant, a_variant(states=["oregon", "wa"])).states == ("OR", "WA")
    with pytest.raises(Problems, match=r"'Atlantis' is not a state\. Use one like OR"):
        parse(Variant, a_variant(states=["Atlantis"]))


@pytest.mark.parametrize(
    "changes", [{"text": ""}, {"items": ["One"]}, {"kind": "benefits"}, {"name": " "}, {"more": 1}]
)
def test_a_variant_without_its_text_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Problems):
        parse(Variant, a_variant(**changes))


def test_a_removed_variant_is_not_used_and_comes_back_to_its_place() -> None:
    organization = with_variants(a_variant("first"), a_variant("second"))
    without = set_removed(organization, "first", removed=True)
    assert chosen(without, Facts()) == "second text"
    assert [variant.id for variant in without.variants_of(FAIR)] == ["second"]
    assert set_removed(without, "first", removed=False) == organization


def test_variants_move_among_their_own_kind_and_stay_at_the_ends() -> None:
    about = a_variant("about", kind="about")
    organization = with_variants(a_variant("first"), about, a_variant("second"))
    moved = move_variant(organization, "second", "up")
    assert [variant.id for variant in moved.variants] == ["second", "about", "first"]
    assert move_variant(moved, "second", "up") == moved
    assert move_variant(moved, "second", "down") == organization
    assert move_variant(set_removed(moved, "first", removed=True), "second", "down").variants[0].id
    with pytest.raises(NoSuchVariant):
        move_variant(organization, "gone", "up")


def test_two_people_who_edit_one_variant_do_not_overwrite_each_other() -> None:
    organization = with_variants(a_variant(states=["OR"]))
    renamed = edit_variant(
        organization, "oregon", [FieldChange("name", mark("oregon"), "Oregon law")]
    ).organization
    both = edit_variant(
        renamed,
        "oregon",
        [
            FieldChange("name", mark("oregon"), "Oregon"),
            FieldChange("text", mark("oregon text"), "New text"),
            FieldChange("states", mark(("OR",)), ("OR",)),
        ],
    )
    assert (both.variant.name, both.variant.text) == ("Oregon law", "New text")
    [conflict] = both.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == ("name", "Oregon", "Oregon law")


def test_there_is_a_most_of_variants() -> None:
    full = with_variants(*(a_variant(f"v{number}") for number in range(200)))
    with pytest.raises(Problems, match="up to 200 variants"):
        add_variant(full, FAIR, "more", {"name": "More", "text": "More."})


def test_a_text_that_was_replaced_is_known_as_one_of_the_organization() -> None:
    before = with_variants(a_variant(), equal_opportunity="Ours.")
    change = FieldChange("equal_opportunity", mark("Ours."), "Newer.")
    merged = apply_to_profile(before, [change]).organization
    text = FieldChange("text", mark("oregon text"), "Newer Oregon text")
    after = edit_variant(merged, "oregon", [text]).organization
    known = known_marks(after, STATEMENTS)
    for words in ("Ours.", "Newer.", "oregon text", "Newer Oregon text", "We hire fairly."):
        assert text_mark(words) in known
    assert text_mark("My own.") not in known


def test_locks_are_kept_by_variant_and_by_kind() -> None:
    lock = parse(Lock, {"by": "Ada Lake", "at": "2026-11-23T12:00:00Z"})
    organization = with_variants(a_variant())
    locked = set_lock(set_lock(organization, "oregon", lock), FAIR, lock)
    assert variant_of(locked, "oregon").lock == locked.locks[FAIR] == lock
    assert set_lock(set_lock(locked, "oregon", None), FAIR, None) == organization


def test_conditions_are_said_in_words() -> None:
    def said(**conditions: Any) -> str:
        return say_conditions(parse(Variant, a_variant(**conditions)), NAMES)

    assert said() == "Any posting"
    assert said(states=["OR"]) == "Oregon, any department"
    assert said(cities=["Salem", "Bend"], states=["OR"], departments=["Intake"]) == (
        "Salem or Bend, Oregon, Intake"
    )
    assert said(roles=["rn-case-manager", "gone"], levels=["mid", "lead"]) == (
        "Any place, any department, RN Case Manager or gone, level II or Lead"
    )


def test_what_fitted_is_said_in_words() -> None:
    variant = parse(Variant, a_variant(states=["OR"], levels=["mid"]))
    assert say_fit(variant, facts_of(a_posting()), NAMES) == "Oregon, level II"


@pytest.mark.parametrize("name", ["organization.1", "organization.2"])
def test_a_profile_of_an_older_schema_is_read_as_it_was_written(name: str) -> None:
    body = sample(name)
    read = parse(Organization, upgrade_organization(body))
    written = read.model_dump(mode="json", by_alias=True)
    assert written["schema"] == 2
    assert {key: written[key] for key in body if key != "schema"} == {
        key: value for key, value in body.items() if key != "schema"
    }
    assert body == sample(name)
