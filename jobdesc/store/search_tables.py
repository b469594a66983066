"""The tables of the search index. All of it can be made anew from the others: `flask reindex`.

Beside them each database has tables of its own kind, made by the migration alone: SQLite a full
text table that triggers keep level with `search_entry`, PostgreSQL vectors for each entry.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jobdesc.extensions import Base
from jobdesc.store.account_tables import NOT_IN_BACKUPS
from jobdesc.store.portable import OF_ONE_DATABASE


class SearchEntryRow(Base):
    """Something that can be found, its texts as tokens. That of a posting has the posting's id and
    goes with it; others have negative ones (search_index.py).
    """

    __tablename__ = "search_entry"
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(60))
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(Text)
    names: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index(None, "kind", "key", unique=True),
        Index(None, "posting_id"),
        NOT_IN_BACKUPS,
    )


class SearchWordRow(Base):
    """A piece of three letters of a word that entries have or had, to find words spelled alike."""

    __tablename__ = "search_word"
    piece: Mapped[str] = mapped_column(String(3), primary_key=True)
    word: Mapped[str] = mapped_column(String(60), primary_key=True)

    __table_args__ = (Index(None, "word"), NOT_IN_BACKUPS)


def is_of_metadata(name: str | None, kind: str, _parents: object = None) -> bool:
    """For Alembic: leave the tables alone that only one kind of database has."""
    return kind != "table" or not (name or "").startswith(OF_ONE_DATABASE)
