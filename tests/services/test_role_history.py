"""The history of a role: what changed in words, two states side by side, an old one again."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.roles.parse import Problems
from jobdesc.services.content import seed
from jobdesc.services.role_drafts import RoleDraft
from jobdesc.services.role_history import (
    PAGE,
    NoSuchRevision,
    RoleChanged,
    compare_role,
    compare_shipped,
    history_page,
    restore_role,
    role_history,
    take_shipped,
)
from jobdesc.services.roles import (
    change_extends,
    create_role,
    list_roles,
    open_role,
    retire_role,
    save_role,
)
from jobdesc.store.role_tables import RoleRevisionRow
from jobdesc.store.transactions import writing
from tests.accounts import NOW, add_person, quick_hashes
from tests.marks import on_sqlite
from tests.services.roles import SLUG, body_of_role, edit, reworded
from tests.services.test_content import shipped

__all__ = ["quick_hashes"]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Problems) as caught:
        act()
    return str(caught.value)


def restore(person: Person, slug: str, number: int) -> RoleDraft:
    """Restore a revision from a page that shows the role as it is."""
    return restore_role(person, slug, number, open_role(person, slug).started, NOW)


def take(person: Person, slug: str) -> RoleDraft:
    """Take the shipped edition from such a page."""
    return take_shipped(person, slug, open_role(person, slug).started, NOW)


@on_sqlite
def test_what_was_edited_after_the_page_was_opened_is_not_replaced(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        started = open_role(actor, SLUG).started
        edit(actor, tagline="Meanwhile.")
        with pytest.raises(RoleChanged):
            restore_role(actor, SLUG, 1, started, NOW)
        with pytest.raises(RoleChanged):
            take_shipped(actor, SLUG, started, NOW)
        assert open_role(actor, SLUG).role.tagline == "Meanwhile."


def test_each_revision_says_in_words_what_it_changed(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        body = body_of_role(actor)
        new = {"id": "new", "levels": {"mid": {"text": "New."}}}
        edit(actor, tagline="New.", titles=body["titles"] | {"mid": "Planner", "senior": "Sage"})
        edit(actor, duties=[new, *body["duties"][1:], {**new, "id": "other"}])
        edit(actor, skills=[body["skills"][-1], *body["skills"][:-1]])
        pay = body["pay"] | {"mid": body["pay"]["mid"] | {"high": 60_000}}
        edit(actor, pay=pay, guide=body["guide"] | {"what": []})
        edit(actor, family="medical", synonyms=["One"], experience=[])
        words = [revision.words for revision in role_history(actor, SLUG)]
        assert words == [
            "Basics: family, also called; Experience: 5 removed",
            "Pay: pay at II; Guide: what the role does",
            "Skills: 1 moved",
            "Duties: 2 added, 1 removed",
            "Basics: tagline, title at II and III",
            "",
        ]


@on_sqlite
def test_many_parts_are_counted_and_not_all_named(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        edit(actor, tagline="x", duties=[], skills=[], education=[], conditions=[], guide={})
        words = role_history(actor, SLUG)[0].words
        assert words == "Basics: tagline; Duties: 14 removed; Skills: 11 removed; 3 more parts"


def test_two_revisions_are_compared_part_by_part_and_word_by_word(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        before = body_of_role(actor)
        old = next(x for x in before["duties"] if x["id"] == "closure")["levels"]["mid"]["text"]
        edit(actor, **reworded(before, "closure", "mid", old.replace("together", "at once")))
        found = compare_role(actor, SLUG, 1, 2)
        assert (found.name, found.count) == ("Case Manager", 1)
        assert found.before and found.after
        assert (found.before.number, found.after.number) == (1, 2)
        [part] = found.parts
        [row] = part.differences
        assert (part.part, row.kind) == ("Duties", "reworded")
        assert row.where.endswith(": II")
        assert ("removed", "together ") in row.segments
        assert ("added", "at once ") in row.segments
        text = "".join(text for kind, text in row.segments if kind != "added")
        assert text == row.before == old
        assert compare_role(actor, SLUG, 2, 1).parts[0].differences[0].before == row.after
        assert compare_role(actor, SLUG, 2, 2).count == 0


@on_sqlite
def test_a_long_history_is_read_no_further_than_it_is_shown(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        edit(actor, tagline="Once.")
        with writing() as session:
            row = session.get_one(RoleRevisionRow, (SLUG, 2))
            kept = {key.name: getattr(row, key.name) for key in row.__table__.columns}
            session.add_all(RoleRevisionRow(**kept | {"number": n}) for n in range(3, 100))
        found: list[int] = []

        def note(row: RoleRevisionRow, _: object) -> None:
            found.append(row.number)

        event.listen(RoleRevisionRow, "load", note)
        try:
            assert [one.number for one in history_page(actor, SLUG).revisions][:2] == [99, 98]
            assert len(found) == PAGE + 1
            found.clear()
            assert compare_role(actor, SLUG, 1, 60).count == 1
            assert set(found) == {1, 59, 60}
        finally:
            event.remove(RoleRevisionRow, "load", note)


@on_sqlite
def test_every_kind_of_value_reads_as_words(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        edit(
            actor, pay={}, guide={}, caseload={}, occupations=[], flsa={}, flsa_source=[],
            credentials=[], experience=[], summary={}, supervision={}, reports_to={},
        )  # fmt: skip
        rows = [row for part in compare_role(actor, SLUG, 1, 2).parts for row in part.differences]
        assert len(rows) > 40
        for row in rows:
            assert (row.kind, row.after) == ("removed", "")
            assert row.before
            assert "{" not in row.before
            assert "[" not in row.before
        said = {row.where: row.before for row in rows}
        assert said["Pay at II"].startswith("$44,100 to $54,100 a year, 21-1093, 21-1099, 21-1021")
        assert said["A typical day"].startswith("8:30 AM: Read overnight messages")
        assert said["Questions"].startswith("What kinds of case managers are there?\n")
        credentials = [row.where for row in rows if row.part == "Licenses and certifications"]
        assert "Certified Case Manager" in credentials
        assert " " in said["Source of the overtime status"], "an id is no name"


def test_restoring_writes_an_old_state_as_a_new_revision(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        first = open_role(actor, SLUG)
        edit(actor, tagline="Second.")
        edit(actor, tagline="Third.", duties=[])
        restored = restore(actor, SLUG, 1)
        assert (restored.own, restored.counter, restored.edited) == (first.own, 4, False)
        newest = role_history(actor, SLUG)[0]
        assert (newest.reason, newest.note) == ("restored", "Version 1")
        assert newest.words == "Basics: tagline; Duties: 14 added"
        assert restore(actor, SLUG, 4).counter == 4
        assert restore(actor, SLUG, 3).role.tagline == "Third."


def test_restoring_what_extended_another_role_extends_it_again(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        child = create_role(actor, "Hospital", None, SLUG, NOW)
        change_extends(actor, child.slug, None, child.started, NOW)
        edit(actor, **reworded(body_of_role(actor), "closure", "mid", "Corrected."))
        back = restore(actor, child.slug, 1)
        assert back.extends == SLUG
        assert "Corrected." in str(back.body["duties"])
        alone = open_role(actor, SLUG)
        change_extends(actor, child.slug, None, back.started, NOW)
        change_extends(actor, SLUG, child.slug, alone.started, NOW)
        said = refused(lambda: restore(actor, child.slug, 1))
        assert "makes a circle: hospital extends case-manager extends hospital" in said
        assert role_history(actor, child.slug)
        assert compare_role(actor, child.slug, 1, 2) is not None


@on_sqlite
def test_a_locked_line_is_not_changed_by_way_of_an_old_revision(
    seeded_app: Flask, actor: Person
) -> None:
    admin = add_person(seeded_app, Kind.ADMINISTRATOR, "root@lake.gov")
    with seeded_app.app_context():
        duties = body_of_role(actor)["duties"]
        edit(admin, duties=[duties[0] | {"locked": True}, *duties[1:]])
        assert "duties.0: is locked." in refused(lambda: restore(actor, SLUG, 1))
        assert "duties.0: is locked." in refused(lambda: take(actor, SLUG))
        assert restore(admin, SLUG, 1).counter == 3


@on_sqlite
@pytest.mark.parametrize("number", [0, -1, 2, 2**31, 2**63, 2**80])
def test_a_revision_that_is_not_there_is_said_to_be_none(
    seeded_app: Flask, actor: Person, number: int
) -> None:
    with seeded_app.app_context():
        with pytest.raises(NoSuchRevision):
            restore(actor, SLUG, number)
        with pytest.raises(NoSuchRevision):
            compare_role(actor, SLUG, 1, number)


@on_sqlite
def test_who_reads_does_not_restore(seeded_app: Flask, actor: Person) -> None:
    reader = add_person(seeded_app, Kind.HIRING_DIRECTOR)
    with seeded_app.app_context():
        edit(actor, tagline="Second.")
        assert compare_role(reader, SLUG, 1, 2).count == 1
        assert compare_shipped(reader, SLUG)
        with pytest.raises(Forbidden):
            restore(reader, SLUG, 1)
        with pytest.raises(Forbidden):
            take(reader, SLUG)


def test_a_newer_shipped_edition_of_an_edited_role_waits_and_can_be_taken(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        edit(actor, tagline="Ours.")
        assert open_role(actor, SLUG).newer_edition == 0
        seeded = seed(shipped(tagline="Newer."), NOW)
        [kept] = [role for role in seeded.roles if role.slug == SLUG]
        assert (kept.outcome, kept.words) == ("kept", "Basics: tagline")
        draft = open_role(actor, SLUG)
        assert (draft.role.tagline, draft.newer_edition, draft.edited) == ("Ours.", 1, True)
        assert [row.slug for row in list_roles(actor) if row.newer_edition] == [SLUG]
        found = compare_shipped(actor, SLUG)
        assert found
        assert found.after is None
        [row] = found.parts[0].differences
        assert (row.before, row.after) == ("Ours.", "Newer.")
        assert seed(shipped(tagline="Newer."), NOW).roles == seeded.roles
        taken = take(actor, SLUG)
        assert (taken.role.tagline, taken.newer_edition, taken.edited) == ("Newer.", 0, False)
        assert role_history(actor, SLUG)[0].reason == "shipped"
        assert seed(shipped(tagline="Newest."), NOW).loaded == [SLUG]


@on_sqlite
def test_a_role_that_was_never_shipped_has_no_edition(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        made = create_role(actor, "Own", None, None, NOW, "legal")
        assert compare_shipped(actor, made.slug) is None
        assert "No edition of this role was shipped." in refused(lambda: take(actor, made.slug))


def test_seeding_leaves_retired_roles_retired(seeded_app: Flask, actor: Person) -> None:
    with seeded_app.app_context():
        retire_role(actor, SLUG, NOW)
        seeded = seed(shipped(tagline="Newer."), NOW)
        [role] = [role for role in seeded.roles if role.slug == SLUG]
        assert (role.outcome, role.retired) == ("taken", True)
        assert open_role(actor, SLUG).retired
        assert open_role(actor, SLUG).role.tagline == "Newer."


def test_a_form_that_was_open_while_a_newer_edition_came_merges(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        draft = open_role(actor, SLUG)
        seed(shipped(tagline="Newer."), NOW)
        mine = reworded(draft.body, "closure", "mid", "Mine.")
        saved = save_role(actor, SLUG, mine, draft.started, NOW)
        assert saved.draft.role.tagline == "Newer."
        assert "Mine." in str(saved.draft.body["duties"])
