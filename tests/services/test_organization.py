"""The profile through its services: saved, met by others, refused to those without the right."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from jobdesc.documents.logos import LogoRefused
from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.postings.profile import FieldChange, Merged, mark
from jobdesc.roles.parse import Problems
from jobdesc.services import organization as service
from jobdesc.store.organizations import create_organization, load_organization
from jobdesc.store.transactions import writing
from tests.accounts import NOW, quick_hashes, set_up

__all__ = ["quick_hashes"]

EDITOR = Person(1, "Ada Lake", "ada@lakecounty.gov", Kind.ADMINISTRATOR)
RECRUITER = Person(2, "Sam Rivera", "sam@lakecounty.gov", Kind.RECRUITER)
PORTLAND = {"id": "a", "city": "Portland", "state": "OR"}


def a_picture(color: str = "#0f5f66") -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (60, 20), color).save(file, "PNG")
    return BytesIO(file.getvalue())


def edit(field: str, before: Any, after: Any) -> Merged:
    return service.edit_organization(EDITOR, [FieldChange(field, mark(before), after)], NOW)


def test_before_set_up_there_is_a_name_to_stand_in(app: Flask) -> None:
    with app.app_context():
        assert service.the_organization().name == "Your organization"
        assert service.profile_is_empty()
        assert service.the_logo() is None


def test_set_up_names_the_organization(app: Flask) -> None:
    set_up(app)
    with app.app_context():
        assert service.the_organization().name == "Lake County"
        assert service.profile_is_empty()


def test_naming_an_organization_that_was_edited_before_keeps_the_rest(app: Flask) -> None:
    with app.app_context():
        edit("schedule", "", "Monday to Friday")
        with writing() as session:
            create_organization(session, "Lake County", NOW)
        with writing() as session:
            stored = load_organization(session)
    assert stored
    assert (stored.name, stored.schedule) == ("Lake County", "Monday to Friday")


def test_a_profile_with_a_place_is_not_empty(app: Flask) -> None:
    set_up(app)
    with app.app_context():
        edit("places", (), (PORTLAND,))
        assert not service.profile_is_empty()


def test_any_words_come_back_as_they_were_given(app: Flask) -> None:
    words = "مرحبا بكم 👩🏽‍⚕️ <script>alert('x')</script>\n\n\u2067שלום\u2069 \U0001f3f4"
    set_up(app)
    with app.app_context():
        edit("about", "", words)
        assert service.the_organization().about == words


def test_a_text_that_is_too_long_is_refused_and_nothing_is_saved(app: Flask) -> None:
    set_up(app)
    changes = [
        FieldChange("schedule", mark(""), "Days"),
        FieldChange("about", mark(""), "x" * 10_000),
    ]
    with app.app_context():
        with pytest.raises(Problems) as refused:
            service.edit_organization(EDITOR, changes, NOW)
        assert service.the_organization().schedule == ""
    assert [problem.place for problem in refused.value.problems] == [("about",)]


def test_of_two_editors_the_second_gets_both_texts(app: Flask) -> None:
    set_up(app)
    with app.app_context():
        edit("about", "", "Theirs")
        [conflict] = edit("about", "", "Mine").conflicts
        assert (conflict.mine, conflict.theirs) == ("Mine", "Theirs")
        assert service.the_organization().about == "Theirs"
        assert edit("about", "Theirs", "Mine").changed == ("about",)


def test_racing_editors_of_different_fields_lose_nothing(app: Flask) -> None:
    set_up(app)
    fields = ("about", "schedule", "how_to_apply", "equal_opportunity", "accommodation")

    def save(field: str) -> Merged:
        with app.app_context():
            return edit(field, "", f"Words for {field}")

    with ThreadPoolExecutor(len(fields)) as editors:
        saved = list(editors.map(save, fields))
    with app.app_context():
        stored = service.the_organization()
    assert all(merged.changed for merged in saved)
    assert [getattr(stored, field) for field in fields] == [f"Words for {f}" for f in fields]


def test_racing_editors_of_one_field_are_told_but_for_one(app: Flask) -> None:
    set_up(app)

    def save(number: int) -> Merged:
        with app.app_context():
            return edit("about", "", f"Words of {number}")

    with ThreadPoolExecutor(6) as editors:
        saved = list(editors.map(save, range(6)))
    winners = [merged for merged in saved if merged.changed]
    assert len(winners) == 1
    with app.app_context():
        assert service.the_organization().about == winners[0].organization.about
    assert all(
        m.conflicts[0].theirs == winners[0].organization.about for m in saved if not m.changed
    )


def test_a_logo_is_kept_replaced_removed_and_brought_back(app: Flask) -> None:
    set_up(app)
    with app.app_context():
        service.set_logo(EDITOR, a_picture(), NOW)
        first = service.the_organization().logo
        service.set_logo(EDITOR, a_picture("#a03c00"), NOW)
        second, picture = service.the_organization().logo, service.the_logo()
        assert first and second and first.version != second.version
        service.remove_logo(EDITOR, NOW)
        assert service.the_logo() is None
        service.remove_logo(EDITOR, NOW)
        service.restore_logo(EDITOR, NOW)
        assert service.the_logo() == picture
        service.restore_logo(EDITOR, NOW)
        assert service.the_organization().former_logo is None


def test_a_refused_logo_leaves_the_former_one(app: Flask) -> None:
    set_up(app)
    with app.app_context():
        logo = service.set_logo(EDITOR, a_picture(), NOW)
        with pytest.raises(LogoRefused):
            service.set_logo(EDITOR, BytesIO(b"<svg/>"), NOW)
        assert service.the_logo() == logo


def test_a_logo_and_words_saved_after_it_do_not_undo_each_other(app: Flask) -> None:
    set_up(app)
    with app.app_context():
        service.set_logo(EDITOR, a_picture(), NOW)
        edit("about", "", "We serve Lake County.")
        assert service.the_logo()


def test_the_standard_statements_are_those_that_are_shipped(seeded_app: Flask) -> None:
    with seeded_app.app_context():
        standard = service.standard_statements()
    assert {"equal_opportunity", "accommodation"} <= standard.keys()


def test_who_may_not_edit_the_organization_is_refused(app: Flask) -> None:
    set_up(app)
    with app.app_context():
        for act in (
            lambda: service.edit_organization(RECRUITER, [], NOW),
            lambda: service.set_logo(RECRUITER, a_picture(), NOW),
            lambda: service.remove_logo(RECRUITER, NOW),
            lambda: service.restore_logo(RECRUITER, NOW),
        ):
            with pytest.raises(Forbidden):
                act()
