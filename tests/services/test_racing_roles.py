"""People who edit roles at the same moment: nothing accepted is lost, and no circle is made."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest
from flask import Flask

from jobdesc.people.person import Person
from jobdesc.roles.parse import Problems
from jobdesc.services.role_history import role_history
from jobdesc.services.roles import change_extends, create_role, open_role, save_role
from jobdesc.store.transactions import StoreBusy
from tests.accounts import NOW, quick_hashes
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
