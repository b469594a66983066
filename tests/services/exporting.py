"""An installation with postings to export, and what its zips are made with."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from jobdesc.app import workshop_of
from jobdesc.people.person import Person
from jobdesc.services import exports as service
from jobdesc.services.documents import Download, Format
from jobdesc.services.export_work import Fetch, Workshop
from jobdesc.services.listing import Selection
from jobdesc.services.postings import read_posting
from jobdesc.store.exports import Export
from jobdesc.store.list_walk import Wanted
from jobdesc.store.tables import PostingRow
from jobdesc.store.transactions import writing
from tests.accounts import NOW, Clock, quick_hashes, set_up
from tests.desk import furnish
from tests.store.rows import on_base, stored

__all__ = ["quick_hashes"]

ALL = Selection(all_of=Wanted())


@pytest.fixture
def clock(seeded_app: Flask) -> Clock:
    return Clock(seeded_app)


@pytest.fixture
def actor(seeded_app: Flask, clock: Clock) -> Person:
    """The administrator."""
    actor = set_up(seeded_app)
    furnish(seeded_app)
    return actor


@pytest.fixture
def app(seeded_app: Flask, actor: Person) -> Flask:
    """An installation in whose context the test runs."""
    return seeded_app


def add_postings(actor: Person, count: int) -> list[int]:
    """Small postings that everybody sees."""
    with writing() as session:
        ids = [stored(session, on_base(session, title=f"N {n}"), actor.id) for n in range(count)]
        for row in session.scalars(select(PostingRow)):
            row.touched = True
    return ids


def words_of(person: Person, posting_id: int, form: Format) -> Download:
    """A file without a document in it."""
    read_posting(person, posting_id)
    return Download(f"case-manager-ii_portland_2026-11-23.{form}", "text/plain", b"words", "k")


def shop(app: Flask, fetch: Fetch = words_of, threads: int = 2) -> Workshop:
    """A workshop whose files are made in a context of the application, as the server's are."""

    def inside(person: Person, posting_id: int, form: Format) -> Download:
        with app.app_context():
            return fetch(person, posting_id, form)

    made = workshop_of(app)
    return Workshop(inside, made.files, made.clock, threads, tell_seconds=0, busy_seconds=0)


def ask(actor: Person, selection: Selection = ALL, formats: service.Formats = "pdf") -> int:
    return service.ask_for_export(actor, selection, formats, NOW)


def look(actor: Person, number: int) -> Export:
    return service.read_export(actor, number)


def names_in(app: Flask, actor: Person, number: int) -> list[str]:
    zipped = service.zip_of(actor, number, app.extensions["export_files"])
    with ZipFile(zipped.path) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def files(app: Flask) -> list[Path]:
    return list((app.config["JOBDESC"].data / "exports").iterdir())
