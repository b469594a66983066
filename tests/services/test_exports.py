"""Zips asked for, told of and taken: only by who asked, each once."""

from collections.abc import Callable
from datetime import timedelta
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from jobdesc.app import workshop_of
from jobdesc.people.person import Kind, Person
from jobdesc.postings.changes import SetField
from jobdesc.roles.levels import Level
from jobdesc.services import exports as service
from jobdesc.services.documents import Download, Format, PdfNotMade
from jobdesc.services.export_work import make_next_export
from jobdesc.services.exports import NoSuchExport, NotExported
from jobdesc.services.listing import Selection
from jobdesc.services.postings import keep_posting, save_changes, start_posting
from jobdesc.store.export_tables import ExportRow
from jobdesc.store.exports import State, take_export
from jobdesc.store.tables import PostingRow
from jobdesc.store.transactions import reading, writing
from jobdesc.workers.kept_files import KeptFiles
from tests.accounts import NOW, add_person, quick_hashes
from tests.services.exporting import (
    ALL,
    actor,
    add_postings,
    app,
    ask,
    clock,
    files,
    look,
    names_in,
    shop,
    words_of,
)

__all__ = ["actor", "app", "clock", "quick_hashes"]


def test_a_zip_holds_every_chosen_posting_as_it_is_downloaded(app: Flask, actor: Person) -> None:
    with app.app_context():
        ids = [start_posting(actor, "case-manager", level, NOW) for level in list(Level)[:2]]
        number = ask(actor, Selection(ids=tuple(ids)), "both")
        assert make_next_export(workshop_of(app))
        export = look(actor, number)
        assert (export.state, export.done, export.failed) == (State.READY, 2, ())
        assert names_in(app, actor, number) == [
            "case-manager-i_portland_2026-11-23.pdf",
            "case-manager-i_portland_2026-11-23.html",
            "case-manager-ii_portland_2026-11-23.pdf",
            "case-manager-ii_portland_2026-11-23.html",
        ]
        zipped = service.zip_of(actor, number, app.extensions["export_files"])
        assert zipped.name == "2-postings_2026-11-23.zip"
        assert zipped.path.stat().st_size == export.size
        with ZipFile(zipped.path) as archive:
            assert archive.read(archive.namelist()[0]).startswith(b"%PDF-")
        with reading() as session:
            assert all(session.scalars(select(PostingRow.touched)))
        assert not make_next_export(workshop_of(app))


def test_more_than_500_are_refused_and_nothing_is_begun(app: Flask, actor: Person) -> None:
    with app.app_context():
        ids = add_postings(actor, 501)
        for selection in (ALL, Selection(ids=tuple(ids))):
            with pytest.raises(NotExported, match="up to 500 postings"):
                ask(actor, selection)
        assert service.list_exports(actor) == []


def test_what_was_gone_before_it_was_begun_is_named_by_its_number(
    app: Flask, actor: Person
) -> None:
    with app.app_context():
        [there] = add_postings(actor, 1)
        number = ask(actor, Selection(ids=(there, 987_654)))
        assert make_next_export(shop(app))
        [left] = look(actor, number).failed
        assert (left.title, left.why) == ("Posting 987654", "missing")
        assert len(names_in(app, actor, number)) == 1
        with pytest.raises(NotExported, match="None of these postings"):
            ask(actor, Selection(ids=(987_654,)))
        with pytest.raises(NotExported, match="at least one"):
            ask(actor, Selection())


def test_an_untouched_draft_of_somebody_else_is_as_if_it_was_not_there(
    app: Flask, actor: Person
) -> None:
    other = add_person(app, Kind.HR_EDITOR)
    with app.app_context():
        draft = start_posting(actor, "case-manager", Level.MID, NOW)
        with pytest.raises(NotExported):
            ask(other, Selection(ids=(draft,)))
        with pytest.raises(NotExported):
            ask(other)


def test_what_failed_is_named_and_made_by_a_retry_alone(app: Flask, actor: Person) -> None:
    with app.app_context():
        ids = add_postings(actor, 6)
        number, broken = ask(actor), {ids[1]: "failed", ids[2]: "busy"}

        def fetch(person: Person, posting_id: int, form: Format) -> Download:
            if why := broken.get(posting_id):
                raise PdfNotMade(why)  # type: ignore[arg-type]
            return words_of(person, posting_id, form)

        assert make_next_export(shop(app, fetch))
        export = look(actor, number)
        assert (export.state, export.made) == (State.READY, 4)
        assert {(left.id, left.why) for left in export.failed} == set(broken.items())
        assert len(names_in(app, actor, number)) == 4
        again = service.retry_export(actor, number, NOW)
        assert service.retry_export(actor, number, NOW) == again
        assert make_next_export(shop(app))
        assert {posting.id for posting in look(actor, again).postings} == set(broken)
        assert len(names_in(app, actor, again)) == 2
        assert len(names_in(app, actor, number)) == 4
        with pytest.raises(NotExported, match="Nothing of this zip failed"):
            service.retry_export(actor, again, NOW)


def test_asked_again_while_it_is_made_it_is_one_zip_unless_a_posting_changed_meanwhile(
    app: Flask, actor: Person
) -> None:
    with app.app_context():
        kept, changed, elsewhere = add_postings(actor, 3)
        both = Selection(ids=(kept, changed))
        number = ask(actor, both)
        with writing() as session:
            take_export(session, "lease", NOW)
        intake = SetField(target="department", before="", after="Intake")
        save_changes(actor, elsewhere, (intake,), NOW + timedelta(minutes=1))
        assert ask(actor, both) == number
        save_changes(actor, changed, (intake,), NOW + timedelta(minutes=1))
        newer = ask(actor, both)
        assert newer != number
        save_changes(actor, kept, (intake,), NOW + timedelta(minutes=2))
        assert ask(actor, both) == newer, "which is not begun, and so will have what is newest"


def test_asked_twice_it_is_one_zip_and_nobody_has_many_at_once(app: Flask, actor: Person) -> None:
    with app.app_context():
        ids = add_postings(actor, 7)
        assert ask(actor) == ask(actor)
        assert ask(actor, ALL, "html") != ask(actor)
        for one in ids[:3]:
            ask(actor, Selection(ids=(one,)))
        with pytest.raises(NotExported, match="5 zips of yours are being made"):
            ask(actor, Selection(ids=(ids[3],)))


@pytest.mark.parametrize(
    "act",
    [
        lambda other, number, files: service.read_export(other, number),
        lambda other, number, files: service.cancel_export(other, number, NOW),
        lambda other, number, files: service.retry_export(other, number, NOW),
        lambda other, number, files: service.dismiss_news(other, number),
        lambda other, number, files: service.zip_of(other, number, files),
    ],
)
def test_a_zip_of_somebody_else_is_as_if_it_was_not_there(
    app: Flask, actor: Person, act: Callable[[Person, int, KeptFiles], object]
) -> None:
    other = add_person(app, Kind.HR_EDITOR)
    with app.app_context():
        add_postings(actor, 2)
        number = ask(actor)
        assert make_next_export(shop(app))
        with pytest.raises(NoSuchExport):
            act(other, number, app.extensions["export_files"])
        assert service.list_exports(other) == []
        assert service.news_of_exports(other) is None
        assert look(actor, number).state is State.READY


def test_a_ready_zip_is_news_until_it_is_taken_or_dismissed(app: Flask, actor: Person) -> None:
    with app.app_context():
        add_postings(actor, 2)
        for settle in (
            lambda number: service.zip_of(actor, number, app.extensions["export_files"]),
            lambda number: service.dismiss_news(actor, number),
        ):
            number = ask(actor)
            assert service.news_of_exports(actor) is None
            assert make_next_export(shop(app))
            news = service.news_of_exports(actor)
            assert news and news.id == number
            settle(number)
            assert service.news_of_exports(actor) is None


def test_a_file_that_somebody_removed_is_told(app: Flask, actor: Person) -> None:
    with app.app_context():
        keep_posting(actor, start_posting(actor, "case-manager", Level.MID, NOW))
        number = ask(actor)
        assert make_next_export(shop(app))
        for path in files(app):
            path.unlink()
        with pytest.raises(NotExported, match="not on the server any more"):
            service.zip_of(actor, number, app.extensions["export_files"])
        with reading() as session:
            assert session.scalar(select(ExportRow.seen)) is False
