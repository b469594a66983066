"""A posting cloned for another place or level: a draft of one's own, with the other's words."""

from datetime import timedelta

import pytest
from flask import Flask

from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.postings.changes import SetField
from jobdesc.postings.places import Place
from jobdesc.roles.levels import Level
from jobdesc.services import bulk
from jobdesc.services.cloning import clone_posting, open_original
from jobdesc.services.documents import posting_document
from jobdesc.services.levels import Choice, change_level, open_sheet
from jobdesc.services.listing import Selection
from jobdesc.services.postings import NoSuchPosting, read_posting, save_changes, start_posting
from jobdesc.services.preview import preview_posting
from jobdesc.services.roles import open_role, retire_role
from tests.accounts import NOW, add_person
from tests.services.exporting import actor, app, clock, quick_hashes

__all__ = ["actor", "app", "clock", "quick_hashes"]

LATER = NOW + timedelta(hours=1)
SALEM = Place(id="x", city="Salem", state="OR")


@pytest.fixture
def original(app: Flask, actor: Person) -> int:
    """A posting of the administrator with a number and a date."""
    with app.app_context():
        number = start_posting(actor, "case-manager", Level.MID, NOW)
        changes = (
            SetField(target="requisition", before="", after="R-7"),
            SetField(target="closing_date", before="", after="12/15/2026"),
            SetField(target="department", before="", after="Intake"),
        )
        assert not save_changes(actor, number, changes, NOW).conflicts
    return number


def test_a_posting_of_a_retired_role_prints_its_name_and_is_cloned_at_its_levels(
    app: Flask, actor: Person, original: int
) -> None:
    with app.app_context():
        about = SetField(
            target="about_us",
            before=read_posting(actor, original).posting.about_us,
            after="Become a {specialty} here.",
        )
        assert not save_changes(actor, original, (about,), NOW).refused
        levels = open_original(actor, original).levels
        retire_role(actor, "case-manager", NOW)
        stored = read_posting(actor, original)
        printed = (
            posting_document(stored),
            preview_posting(actor, original, stored.posting, NOW).outline,
        )
        for outline in printed:
            assert "Become a Case Manager here." in outline.model_dump_json()
        assert len(levels) > 1 and open_original(actor, original).levels == levels


def test_a_clone_for_another_place_is_a_draft_of_its_maker(
    app: Flask, actor: Person, original: int
) -> None:
    director = add_person(app, Kind.HIRING_DIRECTOR)
    with app.app_context():
        number = clone_posting(director, original, SALEM, LATER)
        made, source = read_posting(director, number), read_posting(actor, original)
        assert (made.status, made.owner_id, made.created_at) == ("draft", director.id, LATER)
        assert made.posting.title == source.posting.title
        assert [place.city for place in made.posting.places] == ["Salem"]
        assert (made.posting.requisition, made.posting.closing_date) == ("", "")
        assert made.posting.department == "Intake"
        assert [(line.text, line.origin) for line in made.posting.lines] == [
            (line.text, line.origin) for line in source.posting.lines
        ]
        ids = {line.id for line in made.posting.lines}
        assert not ids & {line.id for line in source.posting.lines}
        assert source.posting.requisition == "R-7"
        assert read_posting(actor, number), "everybody sees it at once"


def test_a_clone_for_nothing_else_has_the_same_title_which_is_printed(
    app: Flask, actor: Person, original: int
) -> None:
    with app.app_context():
        place = read_posting(actor, original).posting.places[0]
        for chosen in (None, place):
            made = clone_posting(actor, original, chosen, LATER)
            assert read_posting(actor, made).posting.title == "Case Manager"


def test_a_clone_for_another_level_changes_nothing_before_it_was_shown(
    app: Flask, actor: Person, original: int
) -> None:
    with app.app_context():
        number = clone_posting(actor, original, None, LATER)
        made = read_posting(actor, number)
        assert (made.posting.level, made.posting.title) == (Level.MID, "Case Manager")
        sheet = open_sheet(actor, number, Level.SENIOR)
        keys = [difference.key for difference in sheet.rebasing.differences]
        choice = Choice(keys, sheet.counter, sheet.rebasing.after.base)
        assert change_level(actor, number, Level.SENIOR, choice, LATER).changes
        changed = read_posting(actor, number).posting
        assert changed.level is Level.SENIOR
        assert changed.title != "Case Manager"
        assert read_posting(actor, original).posting.level is Level.MID


def test_an_archived_posting_is_cloned_into_one_in_use(
    app: Flask, actor: Person, original: int
) -> None:
    with app.app_context():
        role = read_posting(actor, original).posting.role
        used = open_role(actor, role).postings
        bulk.archive(actor, Selection(ids=(original,)), None, LATER)
        assert open_role(actor, role).postings == used - 1
        number = clone_posting(actor, original, SALEM, LATER)
        assert bulk.bring_back(actor, Selection(ids=(number,))).done == 0


def test_what_a_clone_can_be_for_is_what_role_and_organization_have(
    app: Flask, actor: Person, original: int
) -> None:
    with app.app_context():
        found = open_original(actor, original)
        assert found.levels == tuple(Level)
        assert [place.city for place in found.places] == ["Portland"]


def test_who_starts_no_postings_clones_none_and_nobody_clones_what_is_not_there(
    app: Flask, actor: Person, original: int
) -> None:
    recruiter, editor = add_person(app, Kind.RECRUITER), add_person(app, Kind.HR_EDITOR)
    with app.app_context():
        with pytest.raises(Forbidden):
            clone_posting(recruiter, original, None, LATER)
        with pytest.raises(Forbidden):
            open_original(recruiter, original)
        untouched = start_posting(actor, "rn-case-manager", Level.MID, NOW)
        for number in (untouched, 4711):
            with pytest.raises(NoSuchPosting):
                clone_posting(editor, number, None, LATER)
