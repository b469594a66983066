"""Role templates are edited, extended, duplicated, retired and brought back; nothing is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from jobdesc.people.person import Person
from jobdesc.roles.levels import Level
from jobdesc.services.catalog import NoSuchRole, load_library
from jobdesc.services.library import open_guide, open_library
from jobdesc.services.postings import read_posting, role_of, start_posting
from jobdesc.services.role_history import role_history
from jobdesc.services.roles import (
    bring_back_role,
    create_role,
    duplicate_role,
    list_roles,
    open_role,
    retire_role,
    save_role,
)
from jobdesc.services.search import search
from tests.accounts import NOW, quick_hashes
from tests.desk import furnish
from tests.marks import on_sqlite
from tests.services.roles import SLUG, body_of_role, edit, line, problems_of, reworded

__all__ = ["quick_hashes"]


def test_an_edit_is_one_revision_and_new_postings_use_it_at_once(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        load_library()
        body = reworded(body_of_role(actor), "needs-assessment", "mid", "Ask what is needed.")
        saved = save_role(actor, SLUG, body, open_role(actor, SLUG).started, NOW)
        assert (saved.changed, saved.conflicts) == (True, ())
        assert (saved.draft.counter, saved.draft.edited) == (2, True)
        started = start_posting(actor, SLUG, Level.MID, NOW)
        assert "Ask what is needed." in [x.text for x in read_posting(actor, started).posting.lines]
        newest, first = role_history(actor, SLUG)
        assert (newest.number, newest.who, newest.reason) == (2, "Sam Rivera", "edited")
        assert newest.words == "Duties: 1 reworded at II"
        assert (first.number, first.who, first.reason) == (1, None, "shipped")


def test_the_day_of_the_last_change_is_the_day_of_the_edit(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        draft = open_role(actor, SLUG)
        later = NOW + timedelta(days=40)
        saved = save_role(actor, SLUG, draft.body | {"tagline": "New."}, draft.started, later)
        assert saved.draft.role.updated == later.date()


@on_sqlite
def test_the_day_of_a_change_is_that_of_the_organization(seeded_app: Flask, actor: Person) -> None:
    furnish(seeded_app)  # in Los Angeles
    evening = datetime(2026, 11, 29, 0, 44, tzinfo=UTC)
    with seeded_app.app_context():
        draft = open_role(actor, SLUG)
        saved = save_role(actor, SLUG, draft.body | {"tagline": "New."}, draft.started, evening)
        assert saved.draft.role.updated == date(2026, 11, 28)
        copy = duplicate_role(actor, SLUG, "Copied Case Manager", evening)
        assert copy.role.updated == date(2026, 11, 28)


def test_saving_what_stands_there_makes_no_revision(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        saved = edit(actor)
        assert (saved.changed, saved.draft.counter) == (False, 1)
        assert not saved.draft.edited


def test_two_editors_of_different_parts_keep_both(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        draft = open_role(actor, SLUG)
        edit(actor, tagline="Theirs.")
        mine = reworded(draft.body, "needs-assessment", "mid", "Mine.")
        saved = save_role(actor, SLUG, mine, draft.started, NOW)
        assert saved.conflicts == ()
        assert saved.draft.role.tagline == "Theirs."
        duty = line(saved.draft.body, "duties", "needs-assessment")
        assert duty["levels"]["mid"]["text"] == "Mine."


def test_what_both_changed_comes_back_and_the_rest_is_saved(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        draft = open_role(actor, SLUG)
        edit(actor, **reworded(draft.body, "needs-assessment", "mid", "Theirs."))
        mine = reworded(draft.body, "needs-assessment", "mid", "Mine.") | {"tagline": "My line."}
        saved = save_role(actor, SLUG, mine, draft.started, NOW)
        [conflict] = saved.conflicts
        assert conflict.path == ("duties", "needs-assessment", "levels", "mid")
        assert conflict.where.startswith("Duties, Needs assessment")
        assert conflict.where.endswith(": II")
        assert conflict.mine_text == "Mine. (essential)"
        assert conflict.theirs_text == "Theirs. (essential)"
        assert saved.draft.role.tagline == "My line."
        duty = line(saved.draft.body, "duties", "needs-assessment")
        assert duty["levels"]["mid"]["text"] == "Theirs."
        mine = reworded(saved.draft.body, "needs-assessment", "mid", "Mine.")
        assert save_role(actor, SLUG, mine, saved.draft.started, NOW).conflicts == ()


@pytest.mark.parametrize("started", ["", "x", "0", "99", "-1", "1.x", "9" * 30, "\u00b2"])
def test_a_save_from_a_state_that_never_was_is_refused(
    seeded_app: Flask, actor: Person, started: str
) -> None:
    with seeded_app.app_context():
        body = body_of_role(actor) | {"tagline": "Mine."}
        [problem] = problems_of(lambda: save_role(actor, SLUG, body, started, NOW))
        assert problem.startswith("started: was made from a version that is not here.")
        assert open_role(actor, SLUG).counter == 1


@on_sqlite
def test_what_has_not_the_right_shape_is_refused_at_its_place(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        body = body_of_role(actor)
        said = problems_of(lambda: edit(actor, titles={}))
        assert said == ["titles: has too few. Give at least 1."]
        said = problems_of(lambda: edit(actor, name=""))
        assert said == ["name: is empty. Fill it."]
        again = [*body["skills"], body["skills"][0] | {"id": body["duties"][0]["id"]}]
        said = problems_of(lambda: edit(actor, skills=again))
        assert "is used twice. Choose another id." in said[0]
        many = [{"id": f"d-{n}", "levels": {"mid": {"text": "x"}}} for n in range(201)]
        said = problems_of(lambda: edit(actor, duties=many))
        assert said == ["duties: has too many. Give at most 200."]
        assert open_role(actor, SLUG).counter == 1


@on_sqlite
def test_what_shipped_content_may_not_lack_is_a_warning_and_is_saved(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        assert open_role(actor, SLUG).warnings == ()
        pay = body_of_role(actor)["pay"]
        pay["senior"] |= {"low": 1000, "source": []}
        saved = edit(actor, duties=[], guide={}, pay=pay)
        said = [str(problem) for problem in saved.draft.warnings]
        assert "pay.senior: earns less than the level below." in " ".join(said)
        assert "pay.senior: states a figure without a source. Add source." in said
        assert any(problem.startswith("duties: entry has 0 duties.") for problem in said)
        assert "guide.day: is missing. Give at least 5." in said
        row = next(role for role in list_roles(actor) if role.slug == SLUG)
        assert (row.warnings, row.edited, row.who) == (len(said), True, "Sam Rivera")


def test_a_new_role_begins_with_one_level_and_works_with_what_there_is(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        made = create_role(
            actor, "Peer Navigator", None, None, NOW, "legal", tagline="Walks along."
        )
        assert made.slug == "peer-navigator"
        assert made.role.levels == (Level.MID,)
        assert made.warnings
        assert made.not_offered
        assert made.slug not in [hit.slug for hit in search(actor, "navig").found.roles]
        assert bring_back_role(actor, made.slug, NOW).counter == made.counter + 1
        started = start_posting(actor, made.slug, Level.MID, NOW)
        posting = read_posting(actor, started).posting
        assert (posting.title, posting.pay_low, posting.flsa) == ("Peer Navigator", "", "")
        assert open_guide(actor, made.slug).role.slug == made.slug
        assert made.slug in [role.slug for role in open_library(actor).roles]
        assert "peer-navigator" in [hit.slug for hit in search(actor, "navig").found.roles]


@on_sqlite
def test_a_slug_is_made_of_the_name_and_a_taken_one_is_refused_at_its_field(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        assert create_role(actor, "Case Manager", None, None, NOW, "legal").slug == "case-manager-2"
        assert create_role(actor, "\u7ba1\u7406", None, None, NOW, "legal").slug == "role"
        said = problems_of(lambda: create_role(actor, "X", SLUG, None, NOW, "legal"))
        assert said == ["slug: case-manager is taken. Choose another, or leave it empty."]
        said = problems_of(lambda: create_role(actor, "X", "Not a slug", None, NOW, "legal"))
        assert said[0].startswith("slug: is 'Not a slug', which does not have the form")
        assert "name: is empty. Fill it." in problems_of(
            lambda: create_role(actor, " ", None, None, NOW, "legal")
        )
        said = problems_of(lambda: create_role(actor, "", None, None, NOW))
        assert {one.partition(":")[0] for one in said} == {"name", "family"}


def test_a_duplicate_says_the_same_and_goes_its_own_way(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        source = open_role(actor, SLUG)
        copied = duplicate_role(actor, SLUG, "Case Manager, Nights", NOW)
        assert copied.body["duties"] == source.body["duties"]
        assert (copied.role.name, copied.shipped, copied.extends) == (
            "Case Manager, Nights", False, None,
        )  # fmt: skip
        edit(actor, copied.slug, tagline="By night.")
        assert open_role(actor, SLUG) == source
        [first] = role_history(actor, copied.slug)[-1:]
        assert (first.reason, first.note) == ("created", "Copy of Case Manager")


def test_a_retired_role_is_out_of_the_library_and_what_rests_on_it_goes_on(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        started = start_posting(actor, SLUG, Level.MID, NOW)
        posting = read_posting(actor, started).posting
        child = create_role(actor, "Hospital", None, SLUG, NOW)
        bring_back_role(actor, child.slug, NOW)
        assert retire_role(actor, SLUG, NOW).retired
        assert SLUG not in [role.slug for role in open_library(actor).roles]
        assert SLUG not in [hit.slug for hit in search(actor, "case manager").found.roles]
        with pytest.raises(NoSuchRole):
            start_posting(actor, SLUG, Level.MID, NOW)
        assert open_guide(actor, SLUG).retired
        held = role_of(posting)
        assert held and held.title == posting.title
        edit(actor, **reworded(body_of_role(actor), "needs-assessment", "mid", "Still mended."))
        duty = line(open_role(actor, child.slug).body, "duties", "needs-assessment")
        assert duty["levels"]["mid"]["text"] == "Still mended."
        assert list_roles(actor)[-1].slug == SLUG
        again = retire_role(actor, SLUG, NOW)
        back = bring_back_role(actor, SLUG, NOW)
        assert (back.retired, back.counter) == (False, again.counter + 1)
        assert SLUG in [role.slug for role in open_library(actor).roles]
        reasons = [revision.reason for revision in role_history(actor, SLUG)]
        assert reasons == ["brought back", "edited", "retired", "shipped"]


@on_sqlite
def test_a_role_that_is_not_here_is_not_edited(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        body = body_of_role(actor)
        for act in (
            lambda: open_role(actor, "nowhere"),
            lambda: save_role(actor, "nowhere", body, "1", NOW),
            lambda: duplicate_role(actor, "nowhere", "X", NOW),
            lambda: retire_role(actor, "nowhere", NOW),
            lambda: role_history(actor, "nowhere"),
        ):
            with pytest.raises(NoSuchRole):
                act()
