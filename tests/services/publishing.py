"""Postings to publish, and a press that is quick."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from jobdesc.people.person import Person
from jobdesc.postings.changes import SetField
from jobdesc.roles.levels import Level
from jobdesc.services.documents import Press
from jobdesc.services.postings import read_posting, save_changes, start_posting
from jobdesc.services.publishing import publish_posting
from jobdesc.store.publication_tables import PublicationFileRow, PublicationRow
from jobdesc.store.publications import Publication
from jobdesc.store.tables import PostingRow
from jobdesc.store.transactions import reading
from jobdesc.workers.files import ResultFiles
from jobdesc.workers.pool import RenderPool
from tests.accounts import NOW, set_up
from tests.desk import furnish

HOUR = timedelta(hours=1)


class QuickPool(RenderPool):
    """Makes a PDF of a hash, after doing what a test asks for meanwhile."""

    def __init__(self) -> None:
        super().__init__("no.such:entry")
        self.meanwhile: Callable[[], object] = lambda: None

    def render(self, request: bytes, key: str = "") -> bytes:
        """Bytes that differ where the outline does."""
        self.meanwhile()
        return b"%PDF-1.7\x00\xff" + sha256(request).hexdigest().encode()


@dataclass
class Bench:
    """Somebody with a posting that may be published, whose details are all filled in."""

    app: Flask
    person: Person
    number: int
    press: Press
    pool: QuickPool

    def set(self, field: str, text: str, now: datetime = NOW, actor: Person | None = None) -> None:
        """Write into a field."""
        actor = actor or self.person
        before = getattr(read_posting(actor, self.number).posting, field)
        change = SetField(target=field, before=before, after=text)
        assert save_changes(actor, self.number, (change,), now).changes

    def publish(self, now: datetime = NOW, counter: int | None = None) -> Publication:
        """Publish the posting."""
        return publish_posting(self.person, self.number, self.press, now, counter)

    @property
    def status(self) -> str:
        """The status in its row."""
        with reading() as session:
            query = select(PostingRow.status).where(PostingRow.id == self.number)
            return session.scalars(query).one()

    @property
    def rows(self) -> int:
        """How many publications there are."""
        with reading() as session:
            return len(session.scalars(select(PublicationRow.id)).all())

    @property
    def files(self) -> int:
        """How many files of publications there are."""
        with reading() as session:
            return len(session.scalars(select(PublicationFileRow.name)).all())


def a_bench(app: Flask, folder: Path) -> Bench:
    """A furnished organization, its administrator, and a posting in the context of the app."""
    person = set_up(app)
    furnish(app)
    pool = QuickPool()
    press = Press(pool, ResultFiles(folder / "made"))
    app.extensions["press"] = press
    with app.app_context():
        number = start_posting(person, "case-manager", Level.MID, NOW - HOUR)
    return Bench(app, person, number, press, pool)
