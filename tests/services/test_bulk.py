"""Many postings archived, brought back and handed over: what was done, and why the rest was not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, delete, event, select, update

from jobdesc.extensions import db
from jobdesc.people.entries import NotAccepted
from jobdesc.people.person import Kind, Person
from jobdesc.people.rights import Forbidden
from jobdesc.postings.changes import SetField
from jobdesc.postings.lifecycle import InArchive
from jobdesc.roles.levels import Level
from jobdesc.services import bulk
from jobdesc.services.bulk import Done, Left, NotDone
from jobdesc.services.catalog import load_library
from jobdesc.services.documents import Press
from jobdesc.services.envelope import owners_to_choose, read_envelope
from jobdesc.services.listing import Selection, list_postings
from jobdesc.services.people import deactivate
from jobdesc.services.postings import (
    read_posting,
    recent_drafts,
    save_changes,
    start_posting,
)
from jobdesc.services.published import publications_of, published_on
from jobdesc.services.publishing import publish_posting
from jobdesc.services.search import search
from jobdesc.store.list_walk import Order, Wanted
from jobdesc.store.publication_tables import PublicationRow
from jobdesc.store.publications import publish
from jobdesc.store.search_tables import SearchEntryRow
from jobdesc.store.tables import PostingRow
from jobdesc.store.transactions import reading, writing
from jobdesc.workers.files import ResultFiles
from tests.accounts import NOW, add_person
from tests.services.exporting import actor, add_postings, app, clock, quick_hashes
from tests.services.publishing import QuickPool

__all__ = ["actor", "app", "clock", "quick_hashes"]

LATER = NOW + timedelta(minutes=5)
EVERYTHING = Wanted()
ALL = Selection(all_of=EVERYTHING)
ARCHIVED = Wanted(archived=True)


def these(*ids: int) -> Selection:
    return Selection(ids=ids)


def listed(person: Person, wanted: Wanted = EVERYTHING) -> list[int]:
    found = list_postings(person, wanted, Order())
    assert found.count.total == len(found.page.postings)
    return [row.id for row in found.page.postings]


def archive(person: Person, selection: Selection) -> Done:
    return bulk.archive(person, selection, LATER, LATER)


def retitle(person: Person, number: int) -> None:
    before = read_posting(person, number).posting.title
    change = SetField(target="title", before=before, after=f"{before}!")
    save_changes(person, number, (change,), LATER + timedelta(seconds=1))


def test_archived_ones_leave_lists_searches_counts_and_what_one_worked_on(
    app: Flask, actor: Person
) -> None:
    with app.app_context():
        first, second, third = add_postings(actor, 3)
        assert archive(actor, these(first, third)) == Done(2, 2)
        assert listed(actor) == [second]
        assert [hit.item.id for hit in search(actor, "N").postings] == [second]
        assert [row.id for row in recent_drafts(actor)] == [second]
        assert set(listed(actor, ARCHIVED)) == {first, third}
        assert read_posting(actor, first).posting.title == "N 0"
        archived = read_envelope(actor, first).archived
        assert archived and (archived.at, archived.by) == (LATER, "Ada Lake")
        assert read_envelope(actor, second).archived is None


def test_what_is_brought_back_is_listed_as_before(app: Flask, actor: Person) -> None:
    with app.app_context():
        ids = add_postings(actor, 2)
        before = listed(actor)
        archive(actor, these(*ids))
        assert bulk.bring_back(actor, Selection(all_of=ARCHIVED)) == Done(2, 2)
        assert listed(actor) == before
        again = bulk.bring_back(actor, these(ids[0]))
        assert again == Done(1, 0, (Left("N 0", bulk.IN_USE),))


def test_all_of_a_list_are_those_that_it_has_now(app: Flask, actor: Person) -> None:
    with app.app_context():
        add_postings(actor, 3)
        assert archive(actor, Selection(all_of=Wanted(words=("1",)))).done == 1
        assert len(listed(actor)) == 2


def test_those_changed_meanwhile_gone_or_archived_already_are_named(
    app: Flask, actor: Person
) -> None:
    with app.app_context():
        kept, changed, gone, archived = add_postings(actor, 4)
        archive(actor, these(archived))
        with writing() as session:
            session.execute(delete(PostingRow).where(PostingRow.id == gone))
        retitle(actor, changed)
        done = archive(actor, these(kept, changed, gone, archived))
        assert (done.chosen, done.done) == (4, 1)
        assert set(done.left) == {
            Left("N 1!", bulk.CHANGED),
            Left(f"Posting {gone}", bulk.GONE),
            Left("N 3", bulk.ARCHIVED),
        }
        assert listed(actor) == [changed]


def test_without_a_moment_nothing_counts_as_changed(app: Flask, actor: Person) -> None:
    with app.app_context():
        [number] = add_postings(actor, 1)
        retitle(actor, number)
        assert bulk.archive(actor, these(number), None, LATER).done == 1


def test_undo_brings_back_what_was_archived_at_once_and_no_more(app: Flask, actor: Person) -> None:
    with app.app_context():
        first, second, third, fourth = add_postings(actor, 4)
        bulk.archive(actor, these(first), None, NOW)
        archive(actor, these(second, third, fourth))
        bulk.bring_back(actor, these(third))
        other = add_person(app, Kind.HR_EDITOR)
        assert bulk.undo_archive(other, LATER) == 0
        assert bulk.undo_archive(actor, LATER) == 2
        assert set(listed(actor)) == {second, third, fourth}
        assert bulk.undo_archive(actor, LATER) == 0


def test_a_draft_that_nobody_used_is_kept_once_it_is_archived(app: Flask, actor: Person) -> None:
    with app.app_context():
        number = start_posting(actor, "case-manager", Level.MID, NOW)
        archive(actor, these(number))
        much_later = NOW + timedelta(days=30)
        again = start_posting(actor, "case-manager", Level.MID, much_later)
        assert again != number
        assert read_posting(actor, number)


def test_an_untouched_draft_of_somebody_else_is_as_one_that_is_gone(
    app: Flask, actor: Person
) -> None:
    other = add_person(app, Kind.HR_EDITOR)
    with app.app_context():
        number = start_posting(actor, "case-manager", Level.MID, NOW)
        gone = Done(1, 0, (Left(f"Posting {number}", bulk.GONE),))
        assert archive(other, these(number)) == gone
        assert bulk.assign(other, these(number), other.id) == gone
        assert read_envelope(actor, number).archived is None


def test_nothing_and_too_much_are_refused_in_words(app: Flask, actor: Person) -> None:
    with app.app_context():
        with pytest.raises(NotDone, match="Select at least one"):
            archive(actor, these())
        with pytest.raises(NotDone, match="up to 500"):
            archive(actor, these(*range(1, 700)))
        add_postings(actor, 501)
        with pytest.raises(NotDone, match="up to 500"):
            archive(actor, ALL)
        assert list_postings(actor, Wanted(), Order()).count.total == 501


def test_who_edits_nothing_archives_nothing(app: Flask, actor: Person) -> None:
    recruiter = add_person(app, Kind.RECRUITER)
    with app.app_context():
        [number] = add_postings(actor, 1)
        for act in (
            lambda: archive(recruiter, these(number)),
            lambda: bulk.bring_back(recruiter, these(number)),
            lambda: bulk.undo_archive(recruiter, LATER),
            lambda: bulk.assign(recruiter, these(number), actor.id),
        ):
            with pytest.raises(Forbidden):
                act()


def test_an_editor_hands_over_everybodys_postings(app: Flask, actor: Person) -> None:
    editor, director = add_person(app, Kind.HR_EDITOR), add_person(app, Kind.HIRING_DIRECTOR)
    with app.app_context():
        ids = add_postings(actor, 3)
        assert bulk.assign(editor, these(*ids), director.id) == Done(3, 3)
        assert set(listed(editor, Wanted(owner_id=director.id))) == set(ids)
        assert read_envelope(director, ids[0]).may_assign


def test_a_director_hands_over_only_what_is_theirs(app: Flask, actor: Person) -> None:
    director = add_person(app, Kind.HIRING_DIRECTOR)
    with app.app_context():
        mine, other = add_postings(director, 1)[0], add_postings(actor, 1)[0]
        done = bulk.assign(director, these(mine, other), actor.id)
        assert done == Done(2, 1, (Left("N 0", bulk.NOT_YOURS),))
        assert not read_envelope(director, mine).may_assign
        assert not read_envelope(director, other).may_assign


def test_an_owner_that_changed_meanwhile_is_not_changed_unseen(app: Flask, actor: Person) -> None:
    editor = add_person(app, Kind.HR_EDITOR)
    with app.app_context():
        [number] = add_postings(actor, 1)
        bulk.assign(actor, these(number), editor.id)
        done = bulk.assign(actor, these(number), actor.id, was=actor.id)
        assert done.left == (Left("N 0", bulk.CHANGED),)
        assert read_envelope(actor, number).owner_id == editor.id


def test_only_active_people_who_may_edit_become_owners(app: Flask, actor: Person) -> None:
    recruiter, left = add_person(app, Kind.RECRUITER), add_person(app, Kind.HR_EDITOR)
    with app.app_context():
        deactivate(actor, left.id, None, NOW)
        [number] = add_postings(actor, 1)
        for nobody in (recruiter.id, left.id, 4711):
            with pytest.raises(NotAccepted, match="active person"):
                bulk.assign(actor, these(number), nobody)
        assert [person.id for person in owners_to_choose(actor)] == [actor.id]


def test_published_ones_are_closed_and_the_others_named(
    app: Flask, actor: Person, tmp_path: Path
) -> None:
    director = add_person(app, Kind.HIRING_DIRECTOR)
    press = Press(QuickPool(), ResultFiles(tmp_path / "made"))
    with app.app_context():
        number = start_posting(actor, "case-manager", Level.MID, NOW)
        publish_posting(actor, number, press, NOW)
        [draft] = add_postings(actor, 1)
        done = bulk.close(actor, these(number, draft, 4711), LATER, LATER)
        assert done == Done(
            3, 1, (Left("N 0", bulk.NOT_PUBLISHED), Left("Posting 4711", bulk.GONE))
        )
        assert read_posting(actor, number).status == "closed"
        assert bulk.close(actor, these(number), LATER, LATER).done == 0
        with pytest.raises(Forbidden):
            bulk.close(director, these(number), LATER, LATER)


def test_an_archived_posting_is_still_what_was_published(
    app: Flask, actor: Person, tmp_path: Path
) -> None:
    press = Press(QuickPool(), ResultFiles(tmp_path / "made"))
    with app.app_context():
        number = start_posting(actor, "case-manager", Level.MID, NOW)
        publish_posting(actor, number, press, NOW)
        bulk.close(actor, these(number), LATER, LATER)
        assert archive(actor, these(number)).done == 1
        [found] = published_on(actor, NOW.date())
        assert found.posting_id == number


def test_what_is_published_is_closed_before_it_is_archived(
    app: Flask, actor: Person, tmp_path: Path
) -> None:
    press = Press(QuickPool(), ResultFiles(tmp_path / "made"))
    with app.app_context():
        number = start_posting(actor, "case-manager", Level.MID, NOW)
        publish_posting(actor, number, press, NOW)
        title = read_posting(actor, number).posting.title
        for seen in (None, LATER):
            done = bulk.archive(actor, these(number), seen, LATER)
            assert done == Done(1, 0, (Left(title, bulk.PUBLISHED),))
        assert listed(actor) == [number]


def test_what_is_archived_is_not_published_until_it_is_brought_back(
    app: Flask, actor: Person, tmp_path: Path
) -> None:
    pool = QuickPool()
    press = Press(pool, ResultFiles(tmp_path / "made"))
    with app.app_context():
        number = start_posting(actor, "case-manager", Level.MID, NOW)

        def archive_meanwhile() -> None:
            assert archive(actor, these(number)).done == 1

        pool.meanwhile = archive_meanwhile
        with pytest.raises(InArchive):
            publish_posting(actor, number, press, NOW)
        pool.meanwhile = lambda: None
        with pytest.raises(InArchive):
            publish_posting(actor, number, press, NOW)
        assert read_posting(actor, number).status == "draft"
        bulk.bring_back(actor, these(number))
        assert publish_posting(actor, number, press, NOW).number == 1


def test_what_was_published_after_it_was_seen_is_not_closed(
    app: Flask, actor: Person, tmp_path: Path
) -> None:
    press = Press(QuickPool(), ResultFiles(tmp_path / "made"))
    with app.app_context():
        number = start_posting(actor, "case-manager", Level.MID, NOW)
        publish_posting(actor, number, press, LATER)
        title = read_posting(actor, number).posting.title
        done = bulk.close(actor, these(number), NOW, LATER)
        assert done == Done(1, 0, (Left(title, bulk.CHANGED),))
        assert read_posting(actor, number).status == "published"
        assert bulk.close(actor, these(number), None, NOW).done == 1
        [closed] = publications_of(actor, number)
        assert (closed.closed_at, closed.closed_by) == (LATER, actor.name)
        assert (closed.closed_why, closed.stands) == ("by hand", False)
        with reading() as session:
            entry = select(SearchEntryRow.names).where(SearchEntryRow.posting_id == number)
            assert "closed" in session.scalars(entry).one().lower()


def test_closing_many_neither_asks_for_each_nor_touches_others(app: Flask, actor: Person) -> None:
    with app.app_context():
        ids = []
        for slug in list(load_library().roles)[:9]:
            ids.append(start_posting(actor, slug, Level.MID, NOW))
            with writing() as session:
                publish(session, ids[-1], actor.id, NOW, [])
        with writing() as session:
            over = {"closing_date": NOW.date() - timedelta(days=2)}
            session.execute(update(PublicationRow).values(over).filter_by(posting_id=ids[8]))

        def statements(chosen: list[int]) -> int:
            with counted(db.engine) as said:
                assert bulk.close(actor, these(*chosen), None, LATER).done == len(chosen)
            return len(said)

        few, many = statements(ids[:2]), statements(ids[2:8])
        assert many - few <= 4 * 3  # the index, for each
        assert read_posting(actor, ids[8]).status == "published"


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_two_who_archive_the_same_share_the_work(app: Flask, actor: Person) -> None:
    with app.app_context():
        ids = add_postings(actor, 40)
    results: list[Done] = []

    def work(order: list[int]) -> None:
        with app.app_context():
            results.append(archive(actor, these(*order)))

    threads = [threading.Thread(target=work, args=(order,)) for order in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(done.done for done in results) == 40
    assert {left.why for done in results for left in done.left} == {bulk.ARCHIVED}


def test_the_same_number_of_another_posting_in_use_is_told(app: Flask, actor: Person) -> None:
    with app.app_context():
        first, second, third = add_postings(actor, 3)
        for number, text in ((first, "R-2231"), (second, " r-2231"), (third, "R-22")):
            change = SetField(target="requisition", before="", after=text)
            save_changes(actor, number, (change,), NOW)
        assert read_envelope(actor, first).same_number == ((second, "N 1"),)
        assert read_envelope(actor, third).same_number == ()
        assert [hit.item.id for hit in search(actor, "R-22").postings] != []
        archive(actor, these(second))
        assert read_envelope(actor, first).same_number == ()
        bulk.bring_back(actor, these(second))
        with writing() as session:
            session.get_one(PostingRow, second).status = "closed"
        assert read_envelope(actor, first).same_number == ()
