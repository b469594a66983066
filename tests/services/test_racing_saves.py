"""People who save at the same moment: nothing that was accepted is lost, and who is refused
gets both texts."""

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from flask import Flask
from sqlalchemy import text

from jobdesc.extensions import db
from jobdesc.people.person import Kind, Person
from jobdesc.postings.apply import Applied
from jobdesc.postings.changes import AddLine, Change, SetField
from jobdesc.postings.profile import FieldChange, mark
from jobdesc.postings.sections import Section
from jobdesc.roles.levels import Level
from jobdesc.services.organization import edit_organization, the_organization
from jobdesc.services.postings import keep_posting, read_posting, save_changes, start_posting
from jobdesc.store.transactions import StoreBusy, reading
from tests.accounts import NOW, add_person, quick_hashes, set_up

__all__ = ["quick_hashes"]

Result = TypeVar("Result")

PEOPLE, ROUNDS = 4, 8
RACE = 40
"""Rounds of the two races for lost updates: 160 requests each, as were measured before."""


@pytest.fixture
def actor(seeded_app: Flask) -> Person:
    """The administrator of an installation with the shipped roles."""
    return set_up(seeded_app)


@pytest.fixture
def posting_id(seeded_app: Flask, actor: Person) -> int:
    """A posting that everybody sees."""
    with seeded_app.app_context():
        started = start_posting(actor, "case-manager", Level.MID, NOW)
        keep_posting(actor, started)
    return started


def at_once(app: Flask, work: Callable[[int], None], people: int = PEOPLE) -> None:
    """Run `work` for each person in a thread of their own, begun together; raises what one did."""
    begin, errors = threading.Barrier(people), []

    def run(number: int) -> None:
        begin.wait(30)
        try:
            with app.app_context():
                work(number)
        except BaseException as error:  # noqa: BLE001  (handed on to the test)
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def save_in_time(actor: Person, posting_id: int, change: Change) -> Applied:
    """Save, again where others kept the database busy for too long, as the builder does."""
    return again_in_time(lambda: save_changes(actor, posting_id, (change,), NOW), StoreBusy)


def again_in_time(act: Callable[[], Result], *passing: type[Exception]) -> Result:
    """Do it, for at most a minute again where it is refused for what passes."""
    until = time.monotonic() + 60
    while True:
        try:
            return act()
        except passing:
            if time.monotonic() > until:
                raise


def saves_of(posting_id: int) -> list[list[dict[str, Any]]]:
    """The change lists of a posting, in the order of their counters."""
    table = db.metadata.tables["change_list"]
    query = db.select(table.c.changes).where(table.c.posting_id == posting_id)
    with reading() as session:
        return list(session.scalars(query.order_by(table.c.counter)))


def test_lines_that_several_add_are_all_there(
    seeded_app: Flask, actor: Person, posting_id: int
) -> None:
    def work(person: int) -> None:
        for turn in range(RACE):
            name = f"{person}-{turn}"
            line = AddLine(line=name, section=Section.DUTIES, text=f"Do {name}.")
            assert save_in_time(actor, posting_id, line).changes == (line,)

    at_once(seeded_app, work)
    with seeded_app.app_context():
        kept = {line.id for line in read_posting(actor, posting_id).posting.lines}
        saves = saves_of(posting_id)
    assert {f"{person}-{turn}" for person in range(PEOPLE) for turn in range(RACE)} <= kept
    assert len(saves) == PEOPLE * RACE


def test_of_texts_for_one_field_each_accepted_one_rests_on_the_one_before(
    seeded_app: Flask, actor: Person, posting_id: int
) -> None:
    accepted, refused = [], []

    def work(person: int) -> None:
        for turn in range(RACE):
            before = read_posting(actor, posting_id).posting.title
            change = SetField(target="title", before=before, after=f"Title {person}-{turn}")
            applied = save_in_time(actor, posting_id, change)
            (accepted if applied.changes else refused).append((change, applied.conflicts))

    with seeded_app.app_context():
        first = read_posting(actor, posting_id)
    at_once(seeded_app, work)
    with seeded_app.app_context():
        last, saves = read_posting(actor, posting_id), saves_of(posting_id)
    chain = [first.posting.title, *(change["after"] for (change,) in saves)]
    assert [change["before"] for (change,) in saves] == chain[:-1]
    assert last.posting.title == chain[-1]
    assert len(saves) == len(accepted) == last.counter - first.counter
    assert len(accepted) + len(refused) == PEOPLE * RACE
    for change, (conflict,) in refused:
        assert conflict.change == change
        assert conflict.current in chain


def test_every_counter_is_given_once(seeded_app: Flask, actor: Person, posting_id: int) -> None:
    def work(person: int) -> None:
        for turn in range(ROUNDS):
            line = AddLine(line=f"{person}-{turn}", section=Section.SKILLS, text="Know.")
            save_changes(actor, posting_id, (line,), NOW)

    at_once(seeded_app, work)
    with seeded_app.app_context(), reading() as session:
        query = text("SELECT counter FROM change_list ORDER BY counter")
        counters = list(session.scalars(query))
    assert counters == list(range(counters[0], counters[0] + PEOPLE * ROUNDS))


def test_sections_of_the_profile_that_several_save_are_all_kept(
    seeded_app: Flask, actor: Person
) -> None:
    fields = ("about", "how_to_apply", "schedule", "accommodation")

    def work(person: int) -> None:
        name = fields[person]
        for turn in range(ROUNDS):
            started = mark(getattr(the_organization(), name))
            change = FieldChange(name, started, f"Text {turn}")
            assert not edit_organization(actor, [change], NOW).conflicts

    at_once(seeded_app, work)
    with seeded_app.app_context():
        kept = the_organization()
    assert [getattr(kept, name) for name in fields] == [f"Text {ROUNDS - 1}"] * len(fields)


def test_people_who_start_from_the_same_role_at_once_each_get_a_posting(
    seeded_app: Flask, actor: Person
) -> None:
    others = [add_person(seeded_app, Kind.HR_EDITOR, f"p{n}@lake.gov") for n in range(PEOPLE)]
    started: dict[int, int] = {}

    def work(person: int) -> None:
        started[person] = start_posting(others[person], "rn-case-manager", Level.LEAD, NOW)

    at_once(seeded_app, work)
    assert len(set(started.values())) == PEOPLE


def test_a_double_click_on_start_opens_one_posting(seeded_app: Flask, actor: Person) -> None:
    started = []

    def work(_person: int) -> None:
        started.append(start_posting(actor, "rn-case-manager", Level.LEAD, NOW))

    at_once(seeded_app, work)
    assert len(set(started)) == 1
    with seeded_app.app_context():
        assert read_posting(actor, started[0]).posting.role == "rn-case-manager"
