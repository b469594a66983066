"""Who may change which role: locked lines are administrators', and others only read."""

import pytest
from flask import Flask

from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.roles.parse import Problems
from jobdesc.services.role_history import role_history
from jobdesc.services.roles import (
    bring_back_role,
    change_extends,
    create_role,
    duplicate_role,
    list_roles,
    open_role,
    retire_role,
    save_role,
)
from tests.accounts import NOW, add_person, quick_hashes
from tests.marks import on_sqlite
from tests.services.roles import (
    SLUG,
    administrator,
    body_of_role,
    edit,
    editor,
    line,
    problems_of,
    reworded,
)

__all__ = ["quick_hashes"]


def test_only_an_administrator_locks_changes_unlocks_or_removes_a_locked_line(
    seeded_app: Flask, actor: Person
) -> None:
    admin = add_person(seeded_app, Kind.ADMINISTRATOR, "root@lake.gov")
    with seeded_app.app_context():
        body = body_of_role(actor)
        locked = [x | ({"locked": True} if n == 2 else {}) for n, x in enumerate(body["duties"])]
        said = problems_of(lambda: edit(actor, duties=locked))
        assert said == [
            "duties.2.locked: can be locked by administrators only. Ask one to lock it."
        ]
        edit(admin, duties=locked)
        changed = [x | ({"levels": {"mid": {"text": "x"}}} if n == 2 else {})
                   for n, x in enumerate(locked)]  # fmt: skip
        for duties in (changed, body["duties"]):
            [problem] = problems_of(lambda duties=duties: edit(actor, duties=duties))
            assert problem.startswith("duties.2: is locked. Leave it as it is")
        [problem] = problems_of(lambda: edit(actor, duties=locked[:2] + locked[3:]))
        assert problem.startswith("duties: needs-assessment is locked.")
        new = {"id": "new", "levels": {"mid": {"text": "New."}}}
        assert edit(actor, duties=[new, *reversed(locked)]).changed
        child = create_role(actor, "Hospital", None, SLUG, NOW)
        assert line(child.body, "duties", "needs-assessment")["locked"]
        mine = reworded(child.body, "needs-assessment", "mid", "Mine.")
        said = problems_of(lambda: save_role(actor, child.slug, mine, child.started, NOW))
        assert "is locked" in said[0]
        assert duplicate_role(actor, SLUG, "Copy", NOW).role.duties[-3].locked
        assert edit(admin, duties=body["duties"]).changed


@pytest.mark.parametrize("kind", [Kind.RECRUITER, Kind.HIRING_DIRECTOR])
@on_sqlite
def test_others_read_and_change_nothing(seeded_app: Flask, actor: Person, kind: Kind) -> None:
    other = add_person(seeded_app, kind)
    with seeded_app.app_context():
        body, started = body_of_role(other), open_role(other, SLUG).started
        assert role_history(other, SLUG)
        for act in (
            lambda: list_roles(other),
            lambda: save_role(other, SLUG, body, started, NOW),
            lambda: create_role(other, "X", None, None, NOW, "legal"),
            lambda: duplicate_role(other, SLUG, "X", NOW),
            lambda: change_extends(other, SLUG, None, started, NOW),
            lambda: retire_role(other, SLUG, NOW),
            lambda: bring_back_role(other, SLUG, NOW),
        ):
            with pytest.raises(Forbidden):
                act()


def test_a_locked_line_is_not_changed_through_the_role_that_it_comes_from(
    seeded_app: Flask,
) -> None:
    with seeded_app.app_context():
        admin, sam = administrator(seeded_app), editor(seeded_app)
        child = create_role(admin, "Clinic Case Manager", None, SLUG, NOW)
        duties = [
            duty | {"locked": True} if duty["id"] == "needs-assessment" else duty
            for duty in child.body["duties"]
        ]
        edit(admin, child.slug, duties=duties)
        other = reworded(body_of_role(sam), "needs-assessment", "mid", "Something else.")
        with pytest.raises(Problems, match="has locked lines"):
            edit(sam, **other)
        gone = [duty for duty in body_of_role(sam)["duties"] if duty["id"] != "needs-assessment"]
        with pytest.raises(Problems, match="has locked lines"):
            edit(sam, duties=gone)
        assert edit(admin, **other).changed


def test_an_endless_name_makes_no_role(seeded_app: Flask) -> None:
    with seeded_app.app_context():
        sam = administrator(seeded_app)
        with pytest.raises(Problems, match="too long"):
            duplicate_role(sam, SLUG, "a" + "\u0301\u0327" * 40_000, NOW)
