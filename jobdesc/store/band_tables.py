"""The tables of the organization's own pay bands and of what was done to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jobdesc.extensions import Base
from jobdesc.store.account_tables import NEVER_REUSED
from jobdesc.store.times import Moment


class PayBandRow(Base):
    """What a level of a role pays in a place; '' for any state or city.

    A band that was removed keeps its row, so that it can be brought back: its key stays taken.
    """

    __tablename__ = "pay_band"
    id: Mapped[int] = mapped_column(primary_key=True)
    role_slug: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10))
    city_key: Mapped[str] = mapped_column(String(300))
    city: Mapped[str] = mapped_column(Text)
    low_cents: Mapped[int] = mapped_column(BigInteger)
    high_cents: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[str] = mapped_column(String(10))
    as_of: Mapped[date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        Index(None, "role_slug", "level", "state", "city_key", unique=True),
        NEVER_REUSED,
    )


class PayBandChangeRow(Base):
    """One act on a band: by whom, when, and what the band said before and after."""

    __tablename__ = "pay_band_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    band_id: Mapped[int] = mapped_column(ForeignKey("pay_band.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    act: Mapped[str] = mapped_column(String(20))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    from_file: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (NEVER_REUSED,)
