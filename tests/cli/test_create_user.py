"""`flask create-user`."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from jobdesc.app import create_app
from jobdesc.people.person import Kind
from jobdesc.services.accounts import sign_in
from jobdesc.services.setup import is_set_up
from tests.accounts import NOW, PASSWORD, add_person, quick_hashes
from tests.databases import make_settings
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

PAT = ("--email", "pat.garcia@lakecounty.gov", "--kind")


def create_user(app: Flask, options: Sequence[str], typed: str = PASSWORD + "\n") -> Result:
    return app.test_cli_runner().invoke(args=["create-user", *options], input=typed)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_person_can_be_made_and_signs_in(app: Flask, kind: Kind) -> None:
    spelled = kind.value.replace("_", "-")
    result = create_user(app, [*PAT, spelled, "--password-stdin"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"Pat Garcia (pat.garcia@lakecounty.gov) can sign in as {kind.label}." in result.stdout
    with app.app_context():
        begun = sign_in("pat.garcia@lakecounty.gov", PASSWORD, False, "192.0.2.7", NOW)
    assert (begun.person.kind, begun.person.name) == (kind, "Pat Garcia")


def test_kinds_may_be_written_as_they_are_stored(app: Flask) -> None:
    assert create_user(app, [*PAT, "hr_editor", "--password-stdin"]).exit_code == 0


def test_the_password_is_asked_for_twice_and_not_shown(app: Flask) -> None:
    result = create_user(app, [*PAT, "recruiter"], f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0
    assert result.output.count("Password") == 1
    assert "Repeat" in result.output
    assert PASSWORD not in result.output


def test_two_passwords_that_differ_are_asked_for_again(app: Flask) -> None:
    result = create_user(app, [*PAT, "recruiter"], f"{PASSWORD}\nother\n")
    assert result.exit_code == 1
    assert "do not match" in result.output


def test_a_name_can_be_given(app: Flask) -> None:
    result = create_user(app, [*PAT, "recruiter", "--name", "Zoë 李", "--password-stdin"])
    assert result.stdout.startswith("Zoë 李 (")


@pytest.mark.parametrize(
    ("options", "typed", "words"),
    [
        ((*PAT, "recruiter"), "short\n", "Use at least 8 characters."),
        ((*PAT, "recruiter"), "", "Enter a password of at least 8 characters."),
        ((*PAT, "recruiter"), "x1" * 5_000 + "\n", "Use at most 1,000."),
        ((*PAT, "recruiter", "--name", " "), PASSWORD, "Enter a name, like Pat Garcia."),
        (
            ("--email", "pat", "--kind", "recruiter"),
            PASSWORD,
            "Enter an email, like pat@county.gov.",
        ),
    ],
)
def test_a_refusal_is_one_sentence_and_the_exit_code_says_so(
    app: Flask, options: Sequence[str], typed: str, words: str
) -> None:
    result = create_user(app, [*options, "--password-stdin"], typed)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.strip().endswith(words)
    assert len(result.stderr.strip().splitlines()) == 1


def test_an_email_that_is_taken_is_refused(app: Flask) -> None:
    add_person(app, Kind.RECRUITER, "Pat.Garcia@LakeCounty.gov")
    result = create_user(app, [*PAT, "recruiter", "--password-stdin"])
    assert result.exit_code == 1
    assert "already has access" in result.stderr


def test_a_database_without_tables_is_told_with_what_to_type(database: str, tmp_path: Path) -> None:
    app = create_app(make_settings(tmp_path))
    result = create_user(app, [*PAT, "recruiter", "--password-stdin"])
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: The database has no tables yet. Type make run once, or .venv/bin/flask db "
        "upgrade.\n",
    )


def test_an_unknown_kind_names_the_four(app: Flask) -> None:
    result = create_user(app, [*PAT, "boss", "--password-stdin"])
    assert result.exit_code == 2
    assert "'administrator', 'hr-editor', 'hiring-director', 'recruiter'" in result.stderr


def test_an_administrator_from_the_terminal_sets_the_installation_up(app: Flask) -> None:
    create_user(app, [*PAT, "recruiter", "--password-stdin"])
    with app.app_context():
        assert not is_set_up()
    create_user(app, ["--email", "a@b.gov", "--kind", "administrator", "--password-stdin"])
    with app.app_context():
        assert is_set_up()
