"""The tables of wage figures: each file that they came from, and what it said."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jobdesc.extensions import Base
from jobdesc.store.account_tables import NEVER_REUSED
from jobdesc.store.times import Moment


class State(StrEnum):
    """Where an import stands; `ASKING` waits for an answer about figures that differ."""

    WAITING = "waiting"
    READING = "reading"
    ASKING = "asking"
    READY = "ready"
    FAILED = "failed"
    CANCELED = "canceled"
    REMOVED = "removed"


class WageReleaseRow(Base):
    """A file of figures, shipped or imported, and how far it is. It counts when it is ready.

    `slot` is 1 for the one import that is under way, and there can be no other. Whoever reads it
    holds it until `lease_until` under a random `lease`; `file` is its name among the uploads.
    `counts` are numbers of rows by what became of them, `faults` the first rows that could not be
    read, `examples` the first that say something else than what stands.
    """

    __tablename__ = "wage_release"
    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    shipped: Mapped[bool] = mapped_column(default=False)
    source_id: Mapped[str] = mapped_column(String(60), default="")
    year: Mapped[int | None]
    year_given: Mapped[int | None]
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(12))
    slot: Mapped[int | None] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    file: Mapped[str] = mapped_column(String(40), default="")
    read: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    faults: Mapped[list[Any]] = mapped_column(JSON, default=list)
    absent: Mapped[list[str]] = mapped_column(JSON, default=list)
    examples: Mapped[list[Any]] = mapped_column(JSON, default=list)
    why: Mapped[str] = mapped_column(Text, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str] = mapped_column(String(32), default="")
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        Index(None, "sha256"),
        Index(None, "state"),
        Index(None, "person_id"),
        NEVER_REUSED,
    )


class WageFigureRow(Base):
    """Figures of one occupation in one area as one file has them, in cents.

    `marks` has a letter for the employment, five for the hours and five for the years: known, at
    the top of the scale, withheld, or not captured (wages/figures.py).
    """

    __tablename__ = "wage_figure"
    release_id: Mapped[int] = mapped_column(
        ForeignKey("wage_release.id", ondelete="CASCADE"), primary_key=True
    )
    area: Mapped[str] = mapped_column(String(7), primary_key=True)
    occupation: Mapped[str] = mapped_column(String(7), primary_key=True)
    year: Mapped[int]
    employment: Mapped[int | None]
    h10: Mapped[int | None]
    h25: Mapped[int | None]
    h50: Mapped[int | None]
    h75: Mapped[int | None]
    h90: Mapped[int | None]
    a10: Mapped[int | None]
    a25: Mapped[int | None]
    a50: Mapped[int | None]
    a75: Mapped[int | None]
    a90: Mapped[int | None]
    marks: Mapped[str] = mapped_column(String(11))

    __table_args__ = (Index(None, "occupation", "area", "year"),)


class WageAreaRow(Base):
    """An area of the survey, as one file names it."""

    __tablename__ = "wage_area"
    release_id: Mapped[int] = mapped_column(
        ForeignKey("wage_release.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(7), primary_key=True, index=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10), index=True)
    state: Mapped[str] = mapped_column(String(2))
    year: Mapped[int]


class WageOccupationRow(Base):
    """An occupation of the survey, as one file names it."""

    __tablename__ = "wage_occupation"
    release_id: Mapped[int] = mapped_column(
        ForeignKey("wage_release.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(7), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
