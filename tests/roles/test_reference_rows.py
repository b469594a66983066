"""Sources and credentials are edited field by field, and checked beside their shape."""

from typing import Any

import pytest

from jobdesc.roles.check_bodies import check_bodies, check_credential
from jobdesc.roles.check_credentials import check_credentials
from jobdesc.roles.credential import Credential
from jobdesc.roles.library import References, references_from
from jobdesc.roles.named_rows import unknown_rows, with_new_source
from jobdesc.roles.parse import Problems, parse
from jobdesc.roles.reference_rows import (
    FieldEdit,
    Shelf,
    body_of_row,
    differences,
    edit_row,
    free_id,
    in_words,
    name_of,
    read_row,
    row_problems,
    twin_problem,
)
from jobdesc.roles.uses import credential_uses, sources_named, who_cannot_hold
from jobdesc.roles.values import Source
from tests.roles.builders import a_role, reference_bodies, some_references

CCM = {
    "id": "ccm", "name": "Certified Case Manager", "abbreviation": "CCM",
    "issuer": "Commission for Case Manager Certification (CCMC)", "kind": "certification",
    "requires": "Work.", "min_months": 24, "source": "survey",
}  # fmt: skip


def a_source(**changes: Any) -> Source:
    body = {"id": "survey", "name": "A survey", "as_of": "2026", "verified": True} | changes
    return parse(Source, body)


def a_credential(**changes: Any) -> Credential:
    return parse(Credential, CCM | changes)


def with_credentials(*credentials: dict[str, Any]) -> References:
    bodies = reference_bodies()
    return references_from(bodies | {"credentials": [*bodies["credentials"][1:], *credentials]})


def edits(**changed: tuple[str, Any]) -> list[FieldEdit]:
    return [FieldEdit(name, started, after) for name, (started, after) in changed.items()]


def test_an_edit_changes_what_it_names_and_nothing_else() -> None:
    edited = edit_row(Shelf.SOURCES, a_source(note="Old."), edits(name=("A survey", "Another")))
    assert edited.row == a_source(note="Old.", name="Another")
    assert edited.conflicts == ()


def test_an_edit_of_what_somebody_else_changed_comes_back_with_both_texts() -> None:
    now = a_source(note="Theirs.", publisher="An office")
    both = edits(note=("Old.", "Mine."), publisher=("", ""), name=("A survey", "Another"))
    edited = edit_row(Shelf.SOURCES, now, both)
    assert edited.row == a_source(note="Theirs.", publisher="An office", name="Another")
    [conflict] = edited.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == ("note", "Mine.", "Theirs.")


def test_two_who_write_the_same_do_not_meet() -> None:
    edited = edit_row(Shelf.SOURCES, a_source(note="Same."), edits(note=("Old.", "Same.")))
    assert edited.conflicts == ()


def test_months_that_are_no_number_are_refused_at_their_field() -> None:
    with pytest.raises(Problems) as caught:
        edit_row(Shelf.CREDENTIALS, a_credential(), edits(min_months=("24", "two years")))
    assert str(caught.value) == "min_months: is 'two years'. Write a whole number."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"read": "soon"}, "read: must be a day, like 2026-11-23."),
        ({"as_of": ""}, "has no date."),
        ({"name": ""}, "name: is empty. Fill it."),
        ({"unknown": "x"}, "unknown: is not a known key."),
    ],
)
def test_a_source_that_says_too_little_or_too_much_is_refused(
    changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Problems) as caught:
        a_source(**changes)
    assert said in str(caught.value)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "www.ccmc.org", "https://", "data:x"])
def test_an_address_that_is_none_of_the_web_is_refused_and_never_a_link(url: str) -> None:
    source = a_source(url=url)
    assert source.link == ""
    assert [problem.place for problem in row_problems(source, ())] == [("url",)]


def test_a_row_is_kept_without_what_goes_without_saying() -> None:
    assert body_of_row(a_source()) == {
        "id": "survey", "name": "A survey", "as_of": "2026", "verified": True,
    }  # fmt: skip
    assert read_row(Shelf.CREDENTIALS, body_of_row(a_credential())) == a_credential()


def test_a_source_tells_publisher_title_and_both_dates() -> None:
    read = a_source(publisher="An office", as_of="undated", read="2026-11-28")
    assert read.cited == "An office, A survey, undated, read Nov 28, 2026"
    assert a_source(as_of="", read="2026-11-28").dated == "undated, read Nov 28, 2026"


def test_a_new_row_gets_an_id_of_its_name_that_nothing_has() -> None:
    assert free_id("NACCM: pages", {"naccm-pages"}) == "naccm-pages-2"
    assert free_id("New", ()) == "new-2"
    assert free_id("\u2603", ()) == "row"
    assert len(free_id("x" * 5_000, ())) <= 60


def test_a_second_row_of_the_same_name_is_noticed() -> None:
    twin = a_source(id="other", name="a  SURVEY")
    problem = twin_problem(twin, [a_source()])
    assert problem is not None
    assert problem.other == a_source().id
    assert name_of(a_source()) in problem.message
    assert twin_problem(a_source(), [a_source()]) is None


def test_what_differs_is_named_by_its_label() -> None:
    found = differences(
        Shelf.CREDENTIALS, a_credential(), a_credential(renewal="5 years", note="x")
    )
    assert [(one.label, one.before, one.after) for one in found] == [
        ("Renewal", "", "5 years"), ("Note", "", "x"),
    ]  # fmt: skip
    assert in_words(found) == "Renewal and note"
    assert in_words(()) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Holds the CCMC.",
        "CCMC certification preferred.",
        "Must be CCMC-certified.",
        "Commission for Case Manager Certification required",
        "Earn the Commission for Case Manager Certification within a year.",
    ],
)
def test_a_body_named_as_if_it_were_the_credential_is_told_at_the_line(text: str) -> None:
    role = a_role(skills=[{"id": "skill", "levels": {"entry": text}}])
    [problem] = check_bodies(role, with_credentials(CCM))
    assert problem.place == ("skills", 0, "levels", "entry", "text")
    assert "which is who issues it, not the credential" in problem.message
    assert problem.message.endswith("like Certified Case Manager (CCM).")


@pytest.mark.parametrize(
    "text",
    [
        "Holds the CCM, issued by the CCMC.",
        "Follows the CCMC code of conduct.",
        "Certified Case Manager (CCM), Commission for Case Manager Certification (CCMC)",
        "CCMC Certified Case Manager",
    ],
)
def test_a_body_named_as_what_it_is_is_no_fault(text: str) -> None:
    role = a_role(skills=[{"id": "skill", "levels": {"entry": text}}])
    assert list(check_bodies(role, with_credentials(CCM))) == []


def test_a_credential_by_the_name_of_a_body_or_of_a_license_is_warned_about() -> None:
    named = a_credential(id="x", name="Commission for Case Manager Certification")
    assert "names Commission for" in str(*check_credential(named, [a_credential()]))
    license_ = a_credential(name="Case Manager License")
    assert [one.place for one in check_credential(license_, [])] == [("kind",)]
    assert list(check_credential(a_credential(), [])) == []


def test_a_license_that_is_not_enough_cannot_stand_alone_beside_the_credential() -> None:
    lpn = CCM | {"id": "lpn", "name": "Practical license", "kind": "license", "min_months": 0}
    references = with_credentials(CCM | {"not_enough": ["lpn"]}, lpn)
    only = {"id": "lpn", "credential": "lpn", "levels": {"mid": "required"}}
    asked = {"id": "ccm", "credential": "ccm", "levels": {"mid": "preferred"}}
    faults = list(check_credentials(a_role(credentials=[only, asked]), references))
    assert {fault.place[1] for fault in faults} == {1}
    assert "cannot be held on the Practical license alone" in faults[0].message
    nurse = {"id": "rn", "credential": "rn", "levels": {"mid": "required"}}
    assert not list(check_credentials(a_role(credentials=[only, nurse, asked]), references))


def test_where_a_credential_is_used_names_levels_by_how_much() -> None:
    asked = {"id": "x", "credential": "ccm", "levels": {"mid": "preferred", "lead": "required"}}
    role = a_role(credentials=[asked])
    [use] = credential_uses([role, a_role(credentials=[])], "ccm")
    assert use.words == "Required at Lead and Director; preferred at II and III"
    early = a_role(credentials=[asked | {"levels": {"entry": "required"}}])
    held = who_cannot_hold([early], some_references(), "ccm")
    assert held[0][1].startswith("Level I: Certified Case Manager cannot be held at entry.")


def test_all_sources_of_a_role_are_found() -> None:
    assert set(sources_named(a_role())) == {"survey", "memory"}


def test_what_a_body_names_and_nobody_knows_is_told_in_words() -> None:
    body = {
        "flsa_source": ["memory"],
        "duties": [{"source": ["A book, of 2020", "old"], "levels": {}}, {"source": "x"}, 7],
        "credentials": [{"credential": "nobodys"}, {"credential": 3}, "x"],
    }
    found = unknown_rows(body, {"duties": [{"source": ["old"]}]}, ["memory"], ["ccm"])
    assert [(one.place, one.message) for one in found] == [
        (("duties", 0, "source", 0),
         "No source is called \u201cA book, of 2020\u201d. Pick one from the list, or add it."),
        (("credentials", 0, "credential"),
         "No credential is called \u201cnobodys\u201d. Choose one from the list."),
    ]  # fmt: skip


def test_the_new_source_gets_its_id_wherever_it_is_named() -> None:
    body = {"source": ["new"], "levels": [{"source": ["a", "new"], "text": "new"}]}
    assert with_new_source(body, "book") == {
        "source": ["book"], "levels": [{"source": ["a", "book"], "text": "new"}],
    }  # fmt: skip
