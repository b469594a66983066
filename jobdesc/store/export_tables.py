"""The table of exports: zips of many postings, asked for by a person and made in the background."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobdesc.extensions import Base
from jobdesc.store.account_tables import NEVER_REUSED
from jobdesc.store.times import Moment


class ExportRow(Base):
    """A zip that somebody asked for.

    `postings` are [id, title] as they were chosen, `failed` {id, title, why} of those left out.
    Whoever makes it holds it until `lease_until` under a random `lease`; `file` is its name in the
    folder of exports, `seen` whether its person was told that it is over.
    """

    __tablename__ = "export"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    formats: Mapped[str] = mapped_column(String(10))
    postings: Mapped[list[Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str] = mapped_column(String(32), default="")
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    file: Mapped[str] = mapped_column(String(40), default="")
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    seen: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (
        Index(None, "person_id", "state"),
        Index(None, "state", "asked_at"),
        Index(None, "expires_at"),
        NEVER_REUSED,
    )
