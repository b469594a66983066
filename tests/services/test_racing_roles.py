"""People who edit roles at the same moment: nothing accepted is lost, and no circle is made."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from jobdesc.extensions import db
from jobdesc.people.person import Person
from jobdesc.roles.parse import Problems
from jobdesc.services.catalog import library_in, load_library
from jobdesc.services.role_history import role_history
from jobdesc.services.roles import change_extends, create_role, open_role, save_role
from jobdesc.store.roles import body_hash
from jobdesc.store.tables import RoleRow
from jobdesc.store.transactions import StoreBusy, writing
from tests.accounts import NOW, quick_hashes
from tests.marks import on_postgresql
from tests.services.roles import SLUG, administrator, body_of_role
from tests.services.test_racing_saves import PEOPLE, at_once

__all__ = ["quick_hashes"]

ROUNDS = 5
T = TypeVar("T")


def until_free(act: Callable[[], T]) -> T:
    """What `act` gives; who is told that the database is busy tries again, as the page says."""
    while True:
        try:
            return act()
        except StoreBusy:
            continue


@pytest.fixture
def actor(seeded_app: Flask) -> Person:
    """The administrator of an installation with the shipped roles."""
    return administrator(seeded_app)


def test_lines_that_several_editors_add_are_all_there(seeded_app: Flask, actor: Person) -> None:
    def work(person: int) -> None:
        for turn in range(ROUNDS):
            draft = open_role(actor, SLUG)
            line = {"id": f"new-{person}-{turn}", "levels": {"mid": {"text": "New."}}}
            body = draft.body | {"duties": [*draft.body["duties"], line]}
            saved = until_free(partial(save_role, actor, SLUG, body, draft.started, NOW))
            assert (saved.changed, saved.conflicts) == (True, ())

    at_once(seeded_app, work)
    with seeded_app.app_context():
        kept = {line["id"] for line in body_of_role(actor)["duties"]}
        numbers = [revision.number for revision in role_history(actor, SLUG)]
    assert {f"new-{p}-{t}" for p in range(PEOPLE) for t in range(ROUNDS)} <= kept
    assert numbers == list(range(PEOPLE * ROUNDS + 1, 0, -1))


def test_of_texts_for_one_part_each_accepted_one_rests_on_the_one_before(
    seeded_app: Flask, actor: Person
) -> None:
    accepted, refused = [], []

    def work(person: int) -> None:
        for turn in range(ROUNDS):
            draft = open_role(actor, SLUG)
            text = f"Line {person}-{turn}."
            body = draft.body | {"tagline": text}
            saved = until_free(partial(save_role, actor, SLUG, body, draft.started, NOW))
            (accepted if saved.changed else refused).append((text, saved.conflicts))

    at_once(seeded_app, work)
    with seeded_app.app_context():
        last = open_role(actor, SLUG)
    assert last.counter == len(accepted) + 1
    assert last.role.tagline in [text for text, _ in accepted]
    assert len(accepted) + len(refused) == PEOPLE * ROUNDS
    for text, (conflict,) in refused:
        assert conflict.mine == text
        assert conflict.theirs != text


@on_postgresql
def test_a_library_read_while_a_role_is_changed_and_restored_forgets_what_was_undone(
    seeded_app: Flask,
) -> None:
    """In a transaction that writes, each query sees what others did until then."""

    def say(tagline: str) -> None:
        with db.engine.begin() as other:
            is_it = RoleRow.slug == SLUG
            body = other.scalar(select(RoleRow.body).where(is_it)) | {"tagline": tagline}
            values = {"body": body, "body_hash": body_hash(body), "counter": RoleRow.counter + 1}
            other.execute(update(RoleRow).where(is_it).values(values))

    to_say = ["Undone."]

    def between(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if to_say and statement.startswith("SELECT role.slug, role.body \n"):
            say(to_say.pop())

    with seeded_app.app_context():
        say("Kept.")
        event.listen(db.engine, "before_cursor_execute", between)
        with writing() as session:
            library_in(session)
        assert to_say == []
        say("Kept.")
        assert load_library().roles[SLUG].tagline == "Kept."


def test_two_roles_that_would_extend_each_other_at_once_make_no_circle(
    seeded_app: Flask, actor: Person
) -> None:
    with seeded_app.app_context():
        slugs = [create_role(actor, f"Role {n}", None, None, NOW, "legal").slug for n in range(2)]
    refused = []

    def work(person: int) -> None:
        mine, other = slugs[person], slugs[1 - person]
        draft = open_role(actor, mine)
        try:
            change_extends(actor, mine, other, draft.started, NOW)
        except Problems as error:
            refused.append(str(error))

    at_once(seeded_app, work, people=2)
    with seeded_app.app_context():
        assert sorted(open_role(actor, slug).extends is None for slug in slugs) == [False, True]
    assert len(refused) == 1


def test_people_who_make_a_role_of_one_name_at_once_each_get_one(
    seeded_app: Flask, actor: Person
) -> None:
    made = []
    at_once(
        seeded_app,
        lambda _person: made.append(create_role(actor, "Peer", None, None, NOW, "legal").slug),
    )
    assert sorted(made) == ["peer", "peer-2", "peer-3", "peer-4"]
