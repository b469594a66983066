"""The table of views of the list that people named."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jobdesc.extensions import Base
from jobdesc.store.account_tables import NEVER_REUSED
from jobdesc.store.times import Moment


class SavedViewRow(Base):
    """A name for what an address asks of the list; everybody sees those that are `shared`.

    `name_key` is the name without differences of case, and `query` the address's part.
    """

    __tablename__ = "saved_view"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    name_key: Mapped[str] = mapped_column(String(100))
    query: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (
        Index(None, "person_id", "name_key", unique=True),
        Index(None, "shared"),
        NEVER_REUSED,
    )
