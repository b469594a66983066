"""Roles that extend another: what a correction of the parent reaches, and what is refused."""

from flask import Flask

from jobdesc.people.person import Person
from jobdesc.services.catalog import load_library
from jobdesc.services.roles import (
    bring_back_role,
    change_extends,
    create_role,
    open_role,
    retire_role,
    save_role,
)
from tests.accounts import NOW, quick_hashes
from tests.services.roles import SLUG, body_of_role, edit, line, problems_of, reworded

__all__ = ["quick_hashes"]


def test_a_correction_of_the_parent_reaches_the_child_and_not_what_the_child_says_itself(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        child = create_role(actor, "Clinic Case Manager", None, SLUG, NOW)
        assert (child.slug, child.extends, child.counter) == ("clinic-case-manager", SLUG, 1)
        assert child.body["duties"] == body_of_role(actor)["duties"]
        assert "duties" not in child.own
        mine = reworded(child.body, "needs-assessment", "mid", "On the ward.")
        saved = save_role(actor, child.slug, mine, child.started, NOW)
        assert [x["id"] for x in saved.draft.own["duties"]] == ["needs-assessment"]
        parent = reworded(body_of_role(actor), "needs-assessment", "senior", "Corrected.")
        parent = reworded(parent, "needs-assessment", "mid", "In the town.")
        edit(actor, **parent)
        levels = line(open_role(actor, child.slug).body, "duties", "needs-assessment")["levels"]
        assert (levels["mid"]["text"], levels["senior"]["text"]) == ("On the ward.", "Corrected.")
        bring_back_role(actor, child.slug, NOW)
        held = load_library().roles[child.slug].duties
        assert any("Corrected." in str(duty) for duty in held)
        assert child.slug in [name.slug for name in open_role(actor, SLUG).children]


def test_a_form_that_was_open_while_the_parent_changed_does_not_undo_the_change(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        child = create_role(actor, "Hospital", None, SLUG, NOW)
        edit(actor, **reworded(body_of_role(actor), "needs-assessment", "mid", "Corrected."))
        mine = child.body | {"tagline": "Mine."}
        saved = save_role(actor, child.slug, mine, child.started, NOW)
        duty = line(saved.draft.body, "duties", "needs-assessment")
        assert duty["levels"]["mid"]["text"] == "Corrected."
        assert "duties" not in saved.draft.own
        mine = reworded(child.body, "needs-assessment", "mid", "Mine.")
        [conflict] = save_role(actor, child.slug, mine, child.started, NOW).conflicts
        assert conflict.theirs_text == "Corrected. (essential)"


def test_a_line_that_the_parent_drops_stays_where_the_child_wrote_its_own_words(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        child = create_role(actor, "Hospital", None, SLUG, NOW)
        mine = reworded(child.body, "needs-assessment", "mid", "Mine.")
        save_role(actor, child.slug, mine, child.started, NOW)
        body = body_of_role(actor)
        edit(actor, duties=[x for x in body["duties"] if x["id"] != "needs-assessment"])
        left = line(open_role(actor, child.slug).body, "duties", "needs-assessment")
        assert left["levels"] == {"mid": {"text": "Mine.", "essential": True}}


def test_circles_missing_and_retired_parents_are_refused_in_words(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        child = create_role(actor, "Hospital", None, SLUG, NOW)
        grandchild = create_role(actor, "Ward", None, child.slug, NOW)
        parent = open_role(actor, SLUG)

        def extending(slug: str, extends: str) -> list[str]:
            draft = open_role(actor, slug)
            return problems_of(lambda: change_extends(actor, slug, extends, draft.started, NOW))

        assert extending(SLUG, grandchild.slug) == [
            "extends: makes a circle: case-manager extends ward extends hospital extends "
            "case-manager. Let one of them extend no other."
        ]
        assert extending(SLUG, SLUG)[0].startswith("extends: makes a circle: case-manager extends")
        assert "is not in the library" in extending(SLUG, "nowhere")[0]
        retire_role(actor, "rn-case-manager", NOW)
        assert "Registered Nurse Case Manager is retired." in extending(SLUG, "rn-case-manager")[0]
        said = problems_of(lambda: create_role(actor, "X", None, "rn-case-manager", NOW))
        assert said[0].startswith("extends: Registered Nurse Case Manager is retired.")
        assert open_role(actor, SLUG) == parent


def test_a_role_that_extends_another_or_none_goes_on_saying_what_it_said(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        before = open_role(actor, "rn-case-manager")
        saved = change_extends(actor, "rn-case-manager", SLUG, before.started, NOW)
        assert saved.draft.extends == SLUG
        undated = {key: value for key, value in before.body.items() if key != "updated"}
        assert undated.items() <= saved.draft.body.items()
        said = problems_of(
            lambda: change_extends(actor, "rn-case-manager", None, before.started, NOW)
        )
        assert said[0].startswith("started: was made from an older version.")
        alone = change_extends(actor, "rn-case-manager", None, saved.draft.started, NOW).draft
        assert alone.extends is None
        assert undated.items() <= alone.body.items()
        assert alone.body == alone.own


def test_a_parent_may_not_take_an_id_that_a_child_has_elsewhere(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        child = create_role(actor, "Hospital", None, SLUG, NOW)
        new = {"id": "rounds", "levels": {"mid": {"text": "Join rounds."}}}
        body = child.body
        save_role(actor, child.slug, body | {"duties": [*body["duties"], new]}, child.started, NOW)
        parent = body_of_role(actor)
        said = problems_of(lambda: edit(actor, skills=[*parent["skills"], new]))
        assert said[0].startswith("Hospital, which extends this role, would not hold. ")
        assert "rounds is used twice" in said[0]
