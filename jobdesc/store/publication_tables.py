"""The tables of publications: what was public of a posting, from when to when, in which bytes."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from jobdesc.extensions import Base
from jobdesc.store.account_tables import NEVER_REUSED
from jobdesc.store.times import Moment

STANDING = text("closed_at IS NULL")


class PublicationRow(Base):
    """A posting as it was made public once. Nothing of it changes but that it ends.

    `revision` is the number of the frozen revision, `counter` that of the posting with this body.
    `closed_at` is empty while it stands; `closed_by` is empty where its closing date ended it.
    """

    __tablename__ = "publication"
    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"))
    number: Mapped[int]
    revision: Mapped[int]
    counter: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    closing_date: Mapped[date | None] = mapped_column(Date)
    published_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(Moment)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_why: Mapped[str] = mapped_column(String(10), default="")

    __table_args__ = (
        Index(None, "posting_id", "number", unique=True),
        Index(None, "published_at", "closed_at"),
        Index(
            "ix_publication_one_stands",
            "posting_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        Index(
            "ix_publication_closing",
            "closing_date",
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        NEVER_REUSED,
    )


class PublicationFileRow(Base):
    """A file of a publication, byte by byte as it was made."""

    __tablename__ = "publication_file"
    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publication.id", ondelete="CASCADE"), primary_key=True
    )
    form: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
