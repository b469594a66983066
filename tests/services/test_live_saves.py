"""The live builder's saves: kept once, answered by index, and told to others."""

import dataclasses
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.postings.changes import AddLine, Arrange, Hide, RemoveLine, SetField, SetLine
from jobdesc.postings.outcomes import Refused
from jobdesc.postings.sections import PARTS, Part, Section
from jobdesc.roles.levels import Level
from jobdesc.services.postings import NoSuchPosting, keep_posting, save_changes, start_posting
from jobdesc.services.saves import Other, newer_state, read_state, save_live
from jobdesc.store.tables import ChangeListRow, RevisionRow
from jobdesc.store.transactions import reading
from tests.accounts import NOW, add_person, quick_hashes, set_up
from tests.services.live import Tab
from tests.services.test_racing_saves import at_once

__all__ = ["quick_hashes"]

LONG = "x" * 2_001


@pytest.fixture
def ada(seeded_app: Flask) -> Iterator[Person]:
    """The administrator; the test runs inside the application."""
    person = set_up(seeded_app)
    with seeded_app.app_context():
        yield person


@pytest.fixture
def tab(ada: Person) -> Tab:
    """A posting that everybody sees, open in a window."""
    number = start_posting(ada, "case-manager", Level.MID, NOW)
    keep_posting(ada, number)
    return Tab(ada, number)


def saves() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(ChangeListRow)) or 0


def duty(name: str, text: str = "Do it.") -> AddLine:
    return AddLine(line=name, section=Section.DUTIES, text=text)


def test_what_can_be_applied_is_kept_and_the_rest_is_said_by_index(tab: Tab) -> None:
    first = tab.posting.lines[0]
    saved = tab.save(
        tab.retitle("Intake Lead"),
        SetField(target="department", before="Somebody's", after="Mine"),
        duty("long", LONG),
        duty("new"),
        Refused(None, "This is 400 characters. It can have up to 300."),
        SetLine(line=first.id, before="Other words", after="Mine"),
    )
    assert saved.outcome.conflicts == (1, 5)
    assert saved.outcome.refused == (
        (2, "This is 2,001 characters. It can have up to 2,000."),
        (4, "This is 400 characters. It can have up to 300."),
    )
    stored = tab.posting
    assert saved.state.stored.posting == stored
    assert (stored.title, stored.department, stored.lines[0]) == ("Intake Lead", "", first)
    ids = {line.id for line in stored.lines}
    assert "new" in ids and "long" not in ids
    assert saved.state.stored.counter == 2


def test_a_save_that_is_sent_again_is_not_applied_again(tab: Tab) -> None:
    save = tab.numbered([duty("new"), SetField(target="title", before="Not so", after="Mine")])
    first = tab.send(save)
    line = next(line for line in tab.posting.lines if line.id == "new")
    tab.save(RemoveLine(line=line.id, before=line.text))
    again = tab.send(save)
    assert again.outcome == dataclasses.replace(first.outcome, sent=again.outcome.sent)
    assert again.outcome.conflicts == (1,)
    assert "new" not in {line.id for line in tab.posting.lines}
    assert again.state.stored.counter == 3
    assert saves() == 2


def test_what_was_refused_is_refused_again(tab: Tab) -> None:
    save = tab.numbered([duty("new"), duty("long", LONG)])
    assert tab.send(save).outcome.refused == tab.send(save).outcome.refused != ()


def test_other_changes_under_a_number_that_was_used_are_kept(tab: Tab) -> None:
    tab.send(tab.numbered([duty("one")]))
    other = dataclasses.replace(tab.numbered([duty("two")]), save_id="tab-1")
    for _ in range(2):
        tab.send(other)
    assert {"one", "two"} <= {line.id for line in tab.posting.lines}
    assert saves() == 2


def test_the_same_number_of_another_posting_is_another_save(tab: Tab, ada: Person) -> None:
    tab.save(duty("one"))
    second = Tab(ada, start_posting(ada, "case-manager", Level.SENIOR, NOW))
    second.save(duty("one"))
    assert "one" in {line.id for line in second.posting.lines}


def test_nothing_to_apply_is_no_save(tab: Tab) -> None:
    before = tab.counter
    saved = tab.save(SetField(target="title", before="Not so", after="Mine"))
    assert (saved.outcome.conflicts, saved.state.stored.counter) == ((0,), before)
    assert tab.save().state.stored.counter == before
    assert saves() == 0


def test_the_template_is_the_text_that_the_posting_was_assembled_from(tab: Tab) -> None:
    own = {line.origin: line.text for line in tab.posting.lines if line.origin}
    line = next(line for line in tab.posting.lines if line.origin)
    saved = tab.save(SetLine(line=line.id, before=line.text, after="My words."))
    assert own.items() <= saved.state.template.items()
    assert len(saved.state.template) > len(own)
    assert saved.state.template == read_state(tab.person, tab.posting_id).template


def test_who_else_changed_what_is_told(seeded_app: Flask, tab: Tab) -> None:
    pat = add_person(seeded_app, Kind.HR_EDITOR)
    elsewhere, theirs = Tab(tab.person, tab.posting_id, "second"), Tab(pat, tab.posting_id)
    tab.save(tab.retitle("Mine"))
    elsewhere.save(duty("mine"))
    theirs.save(SetField(target="pay_low", before=tab.posting.pay_low, after="1"))
    theirs.save(SetField(target="summary", before=tab.posting.summary, after="Short."))
    saved = tab.save(duty("another"))
    assert saved.state.others == (
        Other("You", ("What you will do",)),
        Other("Sam Rivera", ("Pay and benefits", "Summary")),
    )
    assert tab.save(duty("third")).state.others == ()
    assert elsewhere.save(duty("fourth")).state.others[-1] == Other("You", ("What you will do",))


def test_a_save_of_the_plain_page_is_anothers_too(tab: Tab) -> None:
    save_changes(tab.person, tab.posting_id, (tab.retitle("By the form"),), NOW)
    assert tab.save(duty("new")).state.others == (Other("You", ("Basics",)),)


def test_a_window_whose_name_begins_alike_is_another(tab: Tab) -> None:
    Tab(tab.person, tab.posting_id, "tab2").save(duty("new"))
    assert [other.who for other in tab.save(duty("more")).state.others] == ["You"]


def test_order_and_hidden_parts_are_kept_and_told(tab: Tab) -> None:
    other = Tab(tab.person, tab.posting_id, "other")
    turned = tuple(reversed(PARTS))
    tab.save(
        Arrange(before=PARTS, after=turned), Hide(part=Part.ABOUT_US, before=False, after=True)
    )
    assert (tab.posting.part_order, tab.posting.hidden_parts) == (turned, (Part.ABOUT_US,))
    assert other.save().state.others == (Other("You", ("About us", "Order of sections")),)


def test_the_state_is_given_where_it_is_newer(tab: Tab) -> None:
    assert newer_state(tab.person, tab.posting_id, tab.counter, "tab") is None
    since = tab.counter
    tab.save(tab.retitle("Newer"))
    state = newer_state(tab.person, tab.posting_id, since, "tab")
    assert state and state.stored.posting.title == "Newer" and state.others == ()
    elsewhere = newer_state(tab.person, tab.posting_id, since, "")
    assert elsewhere and elsewhere.others == (Other("You", ("Basics",)),)
    assert newer_state(tab.person, tab.posting_id, tab.counter + 1, "tab")


def test_who_may_only_read_saves_nothing(seeded_app: Flask, tab: Tab) -> None:
    recruiter = add_person(seeded_app, Kind.RECRUITER)
    save = Tab(recruiter, tab.posting_id).numbered([duty("new")])
    with pytest.raises(Forbidden):
        save_live(recruiter, tab.posting_id, save, NOW)
    assert read_state(recruiter, tab.posting_id).stored.posting == tab.posting
    with pytest.raises(NoSuchPosting):
        save_live(tab.person, tab.posting_id + 1, save, NOW)
    with pytest.raises(NoSuchPosting):
        newer_state(tab.person, tab.posting_id + 1, 0, "tab")


def test_saves_share_a_revision_and_the_one_before_the_first_is_kept(tab: Tab) -> None:
    before = tab.posting
    for minute in range(3):
        save = tab.numbered([duty(f"{minute}")])
        save_live(tab.person, tab.posting_id, save, NOW + timedelta(minutes=minute))
    with reading() as session:
        rows = list(session.scalars(select(RevisionRow).order_by(RevisionRow.number)))
        assert [row.reason for row in rows] == ["started", "edited"]
        assert rows[0].body == before.model_dump(mode="json", by_alias=True)
        assert rows[1].body == tab.posting.model_dump(mode="json", by_alias=True)


def test_one_save_sent_by_several_at_once_is_kept_once(seeded_app: Flask, tab: Tab) -> None:
    save = tab.numbered([duty("one"), tab.retitle("Once")])
    answers: list[Any] = []
    lock = threading.Lock()

    def work(_number: int) -> None:
        saved = save_live(tab.person, tab.posting_id, save, NOW)
        with lock:
            answers.append((saved.outcome.conflicts, saved.state.stored.counter))

    at_once(seeded_app, work)
    assert set(answers) == {((), 2)}
    assert saves() == 1


def test_saves_of_several_at_once_are_all_kept_and_each_conflict_is_told(
    seeded_app: Flask, tab: Tab
) -> None:
    title = tab.posting.title
    conflicts: list[int] = []

    def work(number: int) -> None:
        own = Tab(tab.person, tab.posting_id, f"tab{number}")
        for turn in range(6):
            mine = SetField(target="title", before=title, after=f"Title {number}")
            saved = own.save(duty(f"{number}-{turn}"), mine)
            conflicts.extend(saved.outcome.conflicts)

    at_once(seeded_app, work)
    kept = {line.id for line in tab.posting.lines}
    assert {f"{number}-{turn}" for number in range(4) for turn in range(6)} <= kept
    assert conflicts == [1] * 18
    assert saves() == 24
    assert tab.posting.title in {f"Title {number}" for number in range(4)}
