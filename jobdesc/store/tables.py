"""The tables of roles, the organization, postings and what they were assembled from."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from jobdesc.extensions import Base
from jobdesc.store.account_tables import NEVER_REUSED
from jobdesc.store.times import Moment


class RoleRow(Base):
    """A role template as it stands in this installation.

    `extends` is said in the body too. `shipped_hash` is of the shipped edition that it is made
    from ('' for none), `edition_hash` and `shipped_body` are the edition that was shipped last.
    """

    __tablename__ = "role"
    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    body_hash: Mapped[str] = mapped_column(String(64))
    shipped_hash: Mapped[str] = mapped_column(String(64))
    changed_at: Mapped[datetime] = mapped_column(Moment)
    counter: Mapped[int] = mapped_column(server_default="1")
    extends: Mapped[str | None] = mapped_column(String(60), index=True)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    edition_hash: Mapped[str] = mapped_column(String(64), server_default="")
    shipped_body: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (
        Index(
            "ix_role_marks",
            "slug",
            "body_hash",
            "counter",
            "changed_at",
            "extends",
            "retired_at",
            "shipped_hash",
            "edition_hash",
        ),
    )


class ReferenceRow(Base):
    """Shared content that roles point to: sources, credentials, wages."""

    __tablename__ = "reference"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    body: Mapped[Any] = mapped_column(JSON)
    body_hash: Mapped[str] = mapped_column(String(64))
    changed_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (Index("ix_reference_marks", "name", "body_hash", "changed_at"),)


class OrganizationRow(Base):
    """The one organization of this installation."""

    __tablename__ = "organization"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    counter: Mapped[int] = mapped_column(default=1)
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class BaseRow(Base):
    """The resolved texts that postings were assembled from, once each, by content hash."""

    __tablename__ = "posting_base"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


LIST_SORTS = (
    "changed_at",
    "title_key",
    "role_slug",
    "level_rank",
    "place_key",
    "status",
    "owner_id",
    "pay_order",
)
LIST_FILTERS = (
    "touched",
    "archived_at",
    "owner_id",
    "status",
    "role_slug",
    "level_rank",
    "state",
)


LIST_BY_ID = "ix_posting_list_by_id"
"""The name of the index that tells of each posting whether it passes the filters of a list."""


def _list_by(column: str) -> Index:
    """Sorted by a column, with all that lists filter by: no body is read to find a page of rows."""
    others = [name for name in LIST_FILTERS if name != column]
    return Index(f"ix_posting_list_by_{column}", column, "id", *others)


class PostingRow(Base):
    """A posting: what lists and searches need, and the current body."""

    __tablename__ = "posting"
    id: Mapped[int] = mapped_column(primary_key=True)
    role_slug: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="")
    status: Mapped[str] = mapped_column(String(20), default="draft")
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    touched: Mapped[bool] = mapped_column(default=False)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    base_hash: Mapped[str] = mapped_column(ForeignKey("posting_base.hash"))
    counter: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    title_key: Mapped[str] = mapped_column(String(100), default="")
    place_key: Mapped[str] = mapped_column(String(100), default="")
    level_rank: Mapped[int] = mapped_column(default=0)
    pay_low_cents: Mapped[int | None] = mapped_column(BigInteger)
    pay_high_cents: Mapped[int | None] = mapped_column(BigInteger)
    pay_unit: Mapped[str] = mapped_column(String(10), default="year")
    pay_order: Mapped[int] = mapped_column(BigInteger, default=0)
    requisition: Mapped[str] = mapped_column(Text, default="")
    requisition_key: Mapped[str] = mapped_column(String(100), default="")
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    archived_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        *map(_list_by, LIST_SORTS),
        Index(LIST_BY_ID, "id", *LIST_FILTERS),
        Index(None, "touched", "state"),
        Index(None, "owner_id", "changed_at", "touched", "archived_at"),
        Index(None, "requisition_key"),
        Index(
            "archived_posting",
            "archived_by",
            "archived_at",
            sqlite_where=text("archived_at IS NOT NULL"),
            postgresql_where=text("archived_at IS NOT NULL"),
        ),
        Index(None, "touched", "changed_at"),
        Index(None, "base_hash"),
        NEVER_REUSED,
    )


class ChangeListRow(Base):
    """One save of a posting: its changes as they were applied, by whom and when.

    `save_id` is the number that the sender gave it, `outcome` what was answered, and `parts` are
    the keys of the parts of the posting that it touched.
    """

    __tablename__ = "change_list"
    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(
        ForeignKey("posting.id", ondelete="CASCADE"), index=True
    )
    counter: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    save_id: Mapped[str | None] = mapped_column(String(60))
    parts: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (Index(None, "posting_id", "save_id", unique=True), NEVER_REUSED)


class RevisionRow(Base):
    """A posting as it stood once. The open one, without `closed_at`, takes saves; see revisions.py.

    `counter`, `level` and `base_hash` are those of the posting with this body.
    """

    __tablename__ = "revision"
    posting_id: Mapped[int] = mapped_column(
        ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    counter: Mapped[int]
    level: Mapped[str] = mapped_column(String(20))
    base_hash: Mapped[str] = mapped_column(ForeignKey("posting_base.hash"))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (Index(None, "base_hash"),)
