"""A change of level: every difference can be taken or left, and none that nobody has seen."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.postings.changes import AddLine, ChangeLevel, LevelBase, SetField, SetLine
from jobdesc.postings.posting import Posting
from jobdesc.postings.rebase import take
from jobdesc.postings.sections import Section
from jobdesc.roles.at_level import NoSuchLevel
from jobdesc.roles.levels import Level
from jobdesc.services.catalog import NoSuchRole
from jobdesc.services.keeping import ROLE_CHANGED
from jobdesc.services.levels import Choice, LevelSheet, SheetOutdated, change_level, open_sheet
from jobdesc.services.postings import keep_posting, start_posting
from jobdesc.store.roles import body_hash
from jobdesc.store.tables import BaseRow, PostingRow, RevisionRow, RoleRow
from jobdesc.store.transactions import reading, writing
from tests.accounts import NOW, add_person, quick_hashes, set_up
from tests.services.live import Tab

__all__ = ["quick_hashes"]

ROLE = "case-manager"


@pytest.fixture
def tab(seeded_app: Flask) -> Iterator[Tab]:
    """A posting at level II, open in a window; the test runs inside the application."""
    ada = set_up(seeded_app)
    with seeded_app.app_context():
        number = start_posting(ada, ROLE, Level.MID, NOW)
        keep_posting(ada, number)
        yield Tab(ada, number)


def sheet_of(tab: Tab, level: Level = Level.SENIOR) -> LevelSheet:
    return open_sheet(tab.person, tab.posting_id, level)


def whole(tab: Tab, level: Level = Level.SENIOR) -> ChangeLevel:
    """The change of level with every difference taken."""
    rebasing = sheet_of(tab, level).rebasing
    return take(rebasing, [row.key for row in rebasing.differences])


def back(change: ChangeLevel) -> ChangeLevel:
    return ChangeLevel(before=change.after, after=change.before, changes=())


def choose(sheet: LevelSheet, *keys: str) -> Choice:
    return Choice(keys, sheet.counter, sheet.rebasing.after.base)


def edit_role(change: Callable[[dict[str, Any]], None]) -> None:
    """Let somebody change the role in the library."""
    with writing() as session:
        row = session.get_one(RoleRow, ROLE)
        body = deepcopy(row.body)
        change(body)
        row.body, row.body_hash = body, body_hash(body)


def reword_summary(body: dict[str, Any]) -> None:
    body["summary"] = {"entry": {"text": "Newer words."}}


def texts(posting: Posting) -> list[str]:
    return [line.text for line in posting.lines]


def test_what_is_ticked_is_taken_with_the_level(tab: Tab) -> None:
    sheet = sheet_of(tab)
    rows = {row.key: row for row in sheet.rebasing.differences}
    assert rows["field:pay"].ticked
    added = next(row for row in rows.values() if row.kind == "added")
    before = tab.posting
    applied = change_level(
        tab.person, tab.posting_id, Level.SENIOR, choose(sheet, "field:pay", added.key), NOW
    )
    after = tab.posting
    assert applied.posting == after
    assert (after.level, after.base) == ("senior", sheet.rebasing.after.base)
    assert after.pay_low != before.pay_low
    assert (after.title, after.summary) == (before.title, before.summary)
    assert sorted(texts(after)) == sorted([*texts(before), added.after])


def test_taking_all_leaves_no_difference_and_taking_nothing_no_text(tab: Tab) -> None:
    before = tab.posting
    change_level(tab.person, tab.posting_id, Level.SENIOR, choose(sheet_of(tab)), NOW)
    at_senior = {"level": "senior", "base": tab.posting.base}
    assert tab.posting == before.model_copy(update=at_senior)
    tab.save(whole(tab, Level.LEAD))
    assert sheet_of(tab, Level.LEAD).rebasing.differences == ()


def test_the_change_is_a_closed_revision_and_its_base_is_kept(tab: Tab) -> None:
    tab.save(AddLine(line="own", section=Section.DUTIES, text="Mine."))
    change = whole(tab)
    assert tab.save(change).outcome.refused == ()
    tab.save(AddLine(line="more", section=Section.DUTIES, text="More."))
    with reading() as session:
        rows = list(session.scalars(select(RevisionRow).order_by(RevisionRow.number)))
        assert [row.reason for row in rows] == ["started", "edited", "level", "edited"]
        assert [row.closed_at is None for row in rows] == [False, False, False, True]
        assert [row.level for row in rows] == ["mid", "mid", "senior", "senior"]
        assert session.get(BaseRow, change.after.base)
        assert session.get_one(PostingRow, tab.posting_id).base_hash == change.after.base


def test_undo_and_redo_lead_where_the_posting_stood_whatever_the_role_says_now(tab: Tab) -> None:
    first, change = tab.posting, whole(tab)
    tab.save(change)
    edit_role(reword_summary)
    assert tab.save(back(change)).outcome.refused == ()
    assert (tab.posting.level, tab.posting.base) == (first.level, first.base)
    assert tab.save(change).outcome.refused == ()
    assert tab.posting.base == change.after.base


def test_done_and_undone_in_one_save(tab: Tab) -> None:
    change = whole(tab)
    saved = tab.save(change, back(change))
    assert (saved.outcome.refused, saved.outcome.conflicts) == ((), ())
    assert tab.posting.level == "mid"


def test_a_text_that_the_role_no_longer_has_is_refused_alone(tab: Tab) -> None:
    change = whole(tab)
    edit_role(reword_summary)
    own = AddLine(line="own", section=Section.DUTIES, text="Mine.")
    saved = tab.save(change, own)
    assert saved.outcome.refused == ((0, ROLE_CHANGED),)
    assert tab.posting.level == "mid"
    assert "Mine." in texts(tab.posting)
    assert tab.save(whole(tab)).outcome.refused == ()
    assert tab.posting.summary == "Newer words."


@pytest.mark.parametrize("level", [Level.LEAD, Level.MID])
def test_a_base_of_another_level_is_refused(tab: Tab, level: Level) -> None:
    change = whole(tab)
    tab.save(change)
    tab.save(back(change))
    forged = LevelBase(level=level, base=change.after.base)
    asked = ChangeLevel(before=change.before, after=forged, changes=())
    assert tab.save(asked).outcome.refused == ((0, ROLE_CHANGED),)
    unknown = LevelBase(level=Level.SENIOR, base="f" * 64)
    asked = ChangeLevel(before=change.before, after=unknown, changes=())
    assert tab.save(asked).outcome.refused == ((0, ROLE_CHANGED),)
    assert tab.posting.level == "mid"


def test_somebody_else_who_changed_the_level_first_is_a_conflict(tab: Tab) -> None:
    mine, theirs = whole(tab), whole(tab, Level.LEAD)
    Tab(tab.person, tab.posting_id, "other").save(theirs)
    assert tab.save(mine).outcome.conflicts == (0,)
    assert tab.posting.level == "lead"


def test_words_written_meanwhile_stand(tab: Tab) -> None:
    change = whole(tab)
    other = Tab(tab.person, tab.posting_id, "other")
    other.save(SetField(target="summary", before=tab.posting.summary, after="My own words."))
    tab.save(change)
    assert (tab.posting.level, tab.posting.summary) == ("senior", "My own words.")


def test_what_a_person_wrote_is_not_ticked(tab: Tab) -> None:
    line = next(line for line in tab.posting.lines if line.section is Section.DUTIES)
    tab.save(SetLine(line=line.id, before=line.text, after="My own words."))
    rows = [row for row in sheet_of(tab).rebasing.differences if row.before == "My own words."]
    assert all(row.why == "You changed this. Keeping your wording." for row in rows)


def test_a_sheet_that_is_out_of_date_changes_nothing(tab: Tab) -> None:
    sheet = sheet_of(tab)
    tab.save(tab.retitle("Newer"))
    before = tab.posting
    with pytest.raises(SheetOutdated):
        change_level(tab.person, tab.posting_id, Level.SENIOR, choose(sheet, "field:pay"), NOW)
    sheet = sheet_of(tab)
    edit_role(reword_summary)
    with pytest.raises(SheetOutdated):
        change_level(tab.person, tab.posting_id, Level.SENIOR, choose(sheet, "field:pay"), NOW)
    assert tab.posting == before


def test_newer_text_at_the_same_level_is_the_same_operation(tab: Tab) -> None:
    assert sheet_of(tab, Level.MID).rebasing.differences == ()
    edit_role(reword_summary)
    sheet = sheet_of(tab, Level.MID)
    assert [row.key for row in sheet.rebasing.differences] == ["field:summary"]
    change_level(tab.person, tab.posting_id, Level.MID, choose(sheet, "field:summary"), NOW)
    assert (tab.posting.level, tab.posting.summary) == ("mid", "Newer words.")


def test_a_posting_of_the_first_schema_can_change_its_level(tab: Tab) -> None:
    with writing() as session:
        row = session.get_one(PostingRow, tab.posting_id)
        fields = {"title": row.body["title"], "pay_unit": "year", "about_us": "Ours."} | {
            name: row.body[name] for name in ("pay_low", "pay_high", "summary", "flsa")
        }
        lines = {line["origin"]: line["text"] for line in row.body["lines"] if line["origin"]}
        session.add(BaseRow(hash="a" * 64, body={"fields": fields, "lines": lines}))
        session.flush()
        new = ("base", "part_order", "hidden_parts")
        row.body = {n: v for n, v in row.body.items() if n not in new} | {"schema": 1}
        row.base_hash = "a" * 64
    assert tab.posting.base == "a" * 64
    change = whole(tab)
    assert tab.save(change).outcome.refused == ()
    assert sheet_of(tab).rebasing.differences == ()
    assert tab.save(back(change)).outcome.refused == ()
    assert tab.posting.base == "a" * 64


def test_a_role_that_is_gone_and_a_level_that_it_lacks_are_told(tab: Tab) -> None:
    def drop_lead(body: dict[str, Any]) -> None:
        body["titles"].pop("lead")

    change = whole(tab, Level.LEAD)
    edit_role(drop_lead)
    with pytest.raises(NoSuchLevel):
        sheet_of(tab, Level.LEAD)
    assert tab.save(change).outcome.refused == ((0, ROLE_CHANGED),)
    with writing() as session:
        session.delete(session.get_one(RoleRow, ROLE))
    with pytest.raises(NoSuchRole):
        sheet_of(tab)
    assert tab.save(change).outcome.refused == ((0, ROLE_CHANGED),)


def test_who_may_only_read_sees_no_sheet(seeded_app: Flask, tab: Tab) -> None:
    recruiter: Person = add_person(seeded_app, Kind.RECRUITER)
    with pytest.raises(Forbidden):
        open_sheet(recruiter, tab.posting_id, Level.SENIOR)
    with pytest.raises(Forbidden):
        change_level(recruiter, tab.posting_id, Level.SENIOR, choose(sheet_of(tab)), NOW)
