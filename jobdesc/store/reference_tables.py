"""The table of what sources and credentials were like."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobdesc.extensions import Base
from jobdesc.store.times import Moment


class ReferenceRevisionRow(Base):
    """A source or credential as it stood once; never changed. `name` is the row of `reference`.

    There is none of a row that was never edited here. `person_id` is empty where no person did it:
    the shipped library, or the server's terminal.
    """

    __tablename__ = "reference_revision"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime] = mapped_column(Moment)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
