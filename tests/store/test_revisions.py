"""Revisions: which saves share one, when it closes, and that closed ones never change."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from jobdesc.postings.posting import Posting
from jobdesc.store.postings import posting_to_change
from jobdesc.store.revisions import IDLE, Reason, had_base
from jobdesc.store.saves import Save, save_posting
from jobdesc.store.tables import PostingRow, RevisionRow
from jobdesc.store.transactions import reading, writing
from tests.accounts import NOW
from tests.conftest import Soak
from tests.store.rows import PAT, a_person, on_base, stored

MINUTE = timedelta(minutes=1)


class Editing:
    """A posting that is saved at chosen moments by two people."""

    def __init__(self) -> None:
        with writing() as session:
            self.ada, self.pat = a_person(session), a_person(session, PAT)
            self.first = on_base(session, title="At first")
            self.number = stored(session, self.first, self.ada, NOW - timedelta(hours=1))

    def save(
        self,
        title: str,
        now: datetime,
        person: int | None = None,
        reason: Reason = Reason.EDITED,
        **more: Any,
    ) -> Posting:
        """Save the posting with another title."""
        with writing() as session:
            assert posting_to_change(session, self.number, self.ada)
            changed = on_base(session, **({"title": title} | more))
            save = Save(person or self.ada, [], reason=reason)
            save_posting(session, self.number, changed, save, now)
        return changed

    def rows(self) -> list[dict[str, Any]]:
        """The revisions in order, each as a value."""
        query = select(RevisionRow).order_by(RevisionRow.number)
        names = [column.name for column in RevisionRow.__table__.columns]
        with reading() as session:
            rows = session.scalars(query)
            return [{name: getattr(row, name) for name in names} for row in rows]

    def titles(self) -> list[str]:
        """The title in each revision."""
        return [row["body"]["title"] for row in self.rows()]


@pytest.fixture
def editing(app: Flask) -> Iterator[Editing]:
    """A posting that nobody has saved yet."""
    with app.app_context():
        yield Editing()


def test_there_is_none_before_the_first_save(editing: Editing) -> None:
    assert editing.rows() == []


def test_the_first_save_keeps_what_was_there_before(editing: Editing) -> None:
    editing.save("Second", NOW)
    before, now = editing.rows()
    assert before["body"] == editing.first.model_dump(mode="json", by_alias=True)
    assert (before["number"], before["reason"], before["counter"]) == (1, "started", 1)
    assert before["closed_at"] == before["opened_at"] == NOW - timedelta(hours=1)
    assert (before["level"], before["base_hash"]) == ("mid", editing.first.base)
    assert (now["number"], now["reason"], now["counter"]) == (2, "edited", 2)
    assert (now["person_id"], now["opened_at"], now["closed_at"]) == (editing.ada, NOW, None)


def test_stored_bytes_of_an_older_schema_are_kept_as_they_were(editing: Editing) -> None:
    with writing() as session:
        row = session.get_one(PostingRow, editing.number)
        old = {name: v for name, v in row.body.items() if name not in ("base", "part_order")}
        row.body = old | {"schema": 1}
    editing.save("Second", NOW)
    assert editing.rows()[0]["body"] == old | {"schema": 1}


def test_saves_of_one_person_share_a_revision_until_ten_idle_minutes(editing: Editing) -> None:
    for minute in (0, 9, 18, 27):
        editing.save(f"At {minute}", NOW + minute * MINUTE)
    assert editing.titles() == ["At first", "At 27"]
    assert editing.rows()[1]["counter"] == 5
    editing.save("Later", NOW + 37 * MINUTE)
    assert editing.titles() == ["At first", "At 27", "Later"]
    shut, opened = editing.rows()[1:]
    assert (shut["opened_at"], shut["changed_at"]) == (NOW, NOW + 27 * MINUTE)
    assert shut["closed_at"] == NOW + 27 * MINUTE + IDLE
    assert (opened["opened_at"], opened["closed_at"]) == (NOW + 37 * MINUTE, None)


def test_the_save_of_another_person_begins_a_new_one(editing: Editing) -> None:
    editing.save("By Ada", NOW)
    editing.save("By Pat", NOW + MINUTE, editing.pat)
    editing.save("By Ada again", NOW + 2 * MINUTE)
    assert editing.titles() == ["At first", "By Ada", "By Pat", "By Ada again"]
    rows = editing.rows()[1:]
    assert [row["person_id"] for row in rows] == [editing.ada, editing.pat, editing.ada]
    assert [row["closed_at"] for row in rows] == [NOW + MINUTE, NOW + 2 * MINUTE, None]


def test_a_named_act_has_a_revision_of_its_own_closed_at_once(editing: Editing) -> None:
    editing.save("Before", NOW)
    editing.save("Level", NOW + MINUTE, reason=Reason.LEVEL, level="senior", summary="Leads.")
    editing.save("After", NOW + 2 * MINUTE, level="senior", summary="Leads.")
    assert editing.titles() == ["At first", "Before", "Level", "After"]
    _, before, act, after = editing.rows()
    assert (act["reason"], act["level"]) == ("level", "senior")
    assert act["closed_at"] == before["closed_at"] == NOW + MINUTE
    assert act["base_hash"] == after["base_hash"] != before["base_hash"]
    assert after["closed_at"] is None


def test_where_the_posting_once_stood_is_known(editing: Editing) -> None:
    senior = editing.save("Level", NOW, reason=Reason.LEVEL, level="senior", summary="Leads.")
    first = editing.first.base
    asked = [("mid", first), ("senior", senior.base), ("senior", first), ("mid", senior.base)]
    with reading() as session:
        stood = [had_base(session, editing.number, *pair) for pair in asked]
        assert not had_base(session, editing.number + 1, "mid", first)
    assert stood == [True, True, False, False]


@pytest.mark.soak
def test_closed_revisions_never_change(editing: Editing, soak: Soak) -> None:
    now, closed = NOW, {}
    for turn in soak.rounds(60):
        now += soak.random.choice((MINUTE, 4 * MINUTE, IDLE))
        reason = soak.random.choice((Reason.EDITED, Reason.EDITED, Reason.EDITED, Reason.LEVEL))
        editing.save(f"{turn}", now, soak.random.choice((editing.ada, editing.pat)), reason)
        rows = {row["number"]: row for row in editing.rows()}
        assert {number: rows[number] for number in closed} == closed
        closed = {number: row for number, row in rows.items() if row["closed_at"]}
        assert len(rows) - len(closed) <= 1
        assert sorted(rows) == list(range(1, len(rows) + 1))
    assert len(closed) > 20


def test_revisions_go_with_their_posting(editing: Editing) -> None:
    editing.save("Second", NOW)
    with writing() as session:
        session.delete(session.get_one(PostingRow, editing.number))
    assert editing.rows() == []
