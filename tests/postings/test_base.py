"""The base: what the role said when a posting was made, kept by its content."""

from jobdesc.postings.base import ROLE_FIELDS, base_for, read_base
from jobdesc.postings.sections import Section
from jobdesc.roles.levels import Level
from tests.postings.builders import assembled, held_at


def test_a_base_says_what_was_assembled_and_what_else_the_role_has() -> None:
    base = base_for(held_at())
    assert tuple(base.fields) == ROLE_FIELDS
    assert (base.fields["title"], base.fields["pay_low"]) == ("CM II", "50,000")
    assert (base.lines[0].origin, base.lines[0].section) == ("duty-1", Section.DUTIES)
    assert base.offered["duty-7"] == "Do the work g."
    assert base.texts["duty-1"] == "Do the work a."


def test_a_posting_is_made_of_the_lines_of_its_base() -> None:
    of_role = [line for line in assembled(benefits=["Leave"]).lines if line.origin]
    said = [(line.origin, line.section, line.text) for line in of_role]
    assert said == [(line.origin, line.section, line.text) for line in base_for(held_at()).lines]


def test_the_same_content_has_the_same_name() -> None:
    base = base_for(held_at())
    assert base.digest == base_for(held_at()).digest == read_base(base.body()).digest
    assert base.digest != base_for(held_at(Level.SENIOR)).digest
    assert len(base.digest) == 64


def test_a_stored_base_is_read_as_it_was() -> None:
    base = base_for(held_at())
    assert read_base(base.body()) == base


def test_the_first_form_did_not_say_in_which_section() -> None:
    first = {
        "fields": {name: name for name in (*ROLE_FIELDS, "about_us", "contact")},
        "lines": {"duty-1": "Do the work a.", "skill-1": "Skill one."},
    }
    base = read_base(first)
    assert tuple(base.fields) == ROLE_FIELDS
    assert [(line.origin, line.section, line.text) for line in base.lines] == [
        ("duty-1", None, "Do the work a."),
        ("skill-1", None, "Skill one."),
    ]
    assert base.offered == {}
