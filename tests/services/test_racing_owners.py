"""People who are given postings, or lose access, while they save: nobody waits for each other."""

from functools import partial

import pytest
from flask import Flask

from jobdesc.people.person import Kind, Person
from jobdesc.postings.changes import AddLine
from jobdesc.postings.lifecycle import InArchive
from jobdesc.postings.sections import Section
from jobdesc.roles.levels import Level
from jobdesc.services import bulk
from jobdesc.services.listing import Selection
from jobdesc.services.people import bring_back, deactivate
from jobdesc.services.postings import keep_posting, read_posting, save_changes, start_posting
from tests.accounts import NOW, add_person, quick_hashes, set_up
from tests.marks import on_postgresql
from tests.services.test_racing_saves import again_in_time, at_once

__all__ = ["quick_hashes"]

pytestmark = on_postgresql

ROUNDS = 15


@pytest.fixture
def ada(seeded_app: Flask) -> Person:
    return set_up(seeded_app)


@pytest.fixture
def sam(seeded_app: Flask, ada: Person) -> Person:
    return add_person(seeded_app, Kind.HR_EDITOR)


def a_posting(app: Flask, person: Person) -> int:
    with app.app_context():
        started = start_posting(person, "case-manager", Level.MID, NOW)
        keep_posting(person, started)
    return started


def save(person: Person, posting_id: int, turn: int) -> None:
    line = AddLine(line=f"{person.id}-{turn}", section=Section.DUTIES, text="Do it.")
    saved = again_in_time(lambda: save_changes(person, posting_id, (line,), NOW), InArchive)
    assert saved.changes == (line,)


def test_a_posting_is_handed_to_and_fro_while_both_save(
    seeded_app: Flask, ada: Person, sam: Person
) -> None:
    posting_id = a_posting(seeded_app, sam)
    people = (ada, sam)

    def work(number: int) -> None:
        for turn in range(ROUNDS):
            if number < 2:
                save(people[number], posting_id, turn)
            else:
                owner = people[turn % 2].id
                bulk.assign(ada, Selection(ids=(posting_id,)), owner)

    at_once(seeded_app, work, people=3)


def test_who_loses_access_hands_postings_over_while_they_are_saved_and_archived(
    seeded_app: Flask, ada: Person, sam: Person
) -> None:
    ids = [a_posting(seeded_app, sam) for _ in range(5)]
    many = Selection(ids=tuple(ids))

    def hand_over() -> None:
        deactivate(ada, sam.id, ada.id, NOW)
        bring_back(ada, sam.id)
        bulk.assign(ada, many, sam.id)

    def archive() -> None:
        bulk.archive(ada, many, None, NOW)
        bulk.bring_back(ada, many)

    def work(number: int) -> None:
        for turn in range(ROUNDS):
            act = (hand_over, archive, partial(save, sam, ids[turn % 5], turn))
            act[number]()

    at_once(seeded_app, work, people=3)
    with seeded_app.app_context():
        lines = {line.id for one in ids for line in read_posting(ada, one).posting.lines}
    assert {f"{sam.id}-{turn}" for turn in range(ROUNDS)} <= lines
