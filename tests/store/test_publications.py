"""Publications as the database keeps them: one stands, and they go where their posting goes."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from jobdesc.store import publications as store
from jobdesc.store.postings import posting_to_change
from jobdesc.store.publication_tables import PublicationFileRow, PublicationRow
from jobdesc.store.publications import NewFile
from jobdesc.store.tables import PostingRow
from jobdesc.store.transactions import reading, writing
from tests.accounts import NOW
from tests.store.rows import a_person, on_base, stored

BODY = bytes(range(256)) * 400
FILES = [NewFile("pdf", "a.pdf", "application/pdf", BODY), NewFile("html", "a.html", "x", b"")]


@dataclass
class Shelf:
    """Somebody with a posting."""

    person: int
    number: int


@pytest.fixture
def shelf(app: Flask) -> Iterator[Shelf]:
    with app.app_context():
        with writing() as session:
            person = a_person(session)
            shelf = Shelf(person, stored(session, on_base(session), person))
        yield shelf


def publish(shelf: Shelf) -> None:
    with writing() as session:
        posting_to_change(session, shelf.number, shelf.person)
        store.publish(session, shelf.number, shelf.person, NOW, FILES)


def count(table: type) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_every_byte_comes_back(shelf: Shelf) -> None:
    publish(shelf)
    with reading() as session:
        kept = store.file_of(session, shelf.number, "pdf")
        assert kept and kept.body == BODY
        assert store.file_of(session, shelf.number, "docx") is None
        assert store.file_of(session, shelf.number + 1, "pdf") is None


def test_the_database_itself_refuses_a_second_one_that_stands(shelf: Shelf) -> None:
    publish(shelf)
    second = PublicationRow(
        posting_id=shelf.number, number=2, revision=1, counter=1, title="", place="",
        published_by=shelf.person, published_at=NOW,
    )  # fmt: skip
    with pytest.raises(IntegrityError), writing() as session:
        session.add(second)
    assert count(PublicationRow) == 1


def test_a_posting_takes_its_publications_along(shelf: Shelf) -> None:
    publish(shelf)
    with writing() as session:
        session.execute(delete(PostingRow).where(PostingRow.id == shelf.number))
    assert (count(PublicationRow), count(PublicationFileRow)) == (0, 0)
