"""Names and emails of people."""

import pytest

from jobdesc.people.entries import (
    NotAccepted,
    email_key,
    email_problem,
    name_problem,
    person_problems,
    refuse,
    tidy,
)


@pytest.mark.parametrize(
    "email",
    ["pat@county.gov", "PAT.O'Neil+hr@sub.county.gov", "josé@муниципалитет.рф", "a@localhost"],
)
def test_emails_that_are_accepted(email: str) -> None:
    assert email_problem(email) is None


@pytest.mark.parametrize(
    "email",
    ["", "pat", "pat@", "@county.gov", "pat@county", "pat@@county.gov", "pat garcia@county.gov",
     "pat@county..gov", "pat@county.gov,sam@county.gov", "<pat@county.gov>", "pat\0@county.gov",
     "pat@county.gov\n", "pat@[::1]"],
)  # fmt: skip
def test_other_emails_are_asked_for_with_an_example(email: str) -> None:
    assert email_problem(email) == "Enter your email, like pat@county.gov"


def test_an_overlong_email_is_refused_with_its_length() -> None:
    assert "10,011 characters" in (email_problem("a" * 10_000 + "@county.gov") or "")


def test_case_and_spaces_make_no_other_person() -> None:
    spellings = {" Pat@County.GOV ", "pat@county.gov", "PAT@COUNTY.GOV", "ｐat@county.gov"}
    assert {email_key(email) for email in spellings} == {"pat@county.gov"}


def test_names_keep_every_script_but_no_control_signs() -> None:
    for name in ("Pat Garcia", "O'Neil-Smith, Jr.", "محمد", "李小龙", "Zoë 🦊", "<script>"):
        assert name_problem(name, "missing") is None
    assert name_problem("Pat\0", "missing") == (
        "This name has a sign that cannot be printed. Type it again"
    )
    assert name_problem("", "missing") == "missing"
    assert "10,000 characters" in (name_problem("x" * 10_000, "missing") or "")


def test_tidying_leaves_one_line() -> None:
    assert tidy("  Pat \t\n Garcia ") == "Pat Garcia"


def test_every_problem_is_named_by_its_field() -> None:
    with pytest.raises(NotAccepted) as refusal:
        refuse(**person_problems("", "pat", "short"))
    assert set(refusal.value.problems) == {"name", "email", "password"}


def test_nothing_is_refused_where_nothing_is_wrong() -> None:
    refuse(**person_problems("Pat", "pat@county.gov", "walnut ferry lantern"))
