"""The tables of people: who they are, their sessions, failed sign-ins, the set-up link."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text, true
from sqlalchemy.orm import Mapped, mapped_column

from jobdesc.extensions import Base
from jobdesc.store.portable import LEFT_OUT
from jobdesc.store.times import Moment

NEVER_REUSED = {"sqlite_autoincrement": True}
"""An id that was deleted stays unused: old addresses never lead to another row."""
NOT_IN_BACKUPS = {"info": {LEFT_OUT: True}}
"""For tables whose rows are of the moment, or can be made anew from others."""


class PersonRow(Base):
    """Somebody who may sign in. `email_key` is the address without differences of case."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(1000), unique=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    theme: Mapped[str] = mapped_column(String(10), server_default="system")
    letter_keys: Mapped[bool] = mapped_column(server_default=true())

    __table_args__ = NEVER_REUSED


class SessionRow(Base):
    """One browser that is signed in; the token itself is only in its cookie."""

    __tablename__ = "session"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    keep: Mapped[bool]
    browser: Mapped[str] = mapped_column(String(60), server_default="")

    __table_args__ = NOT_IN_BACKUPS


class SignInFailureRow(Base):
    """Failed tries that are counted together (people/slow_down.py), such as those of one address.

    `tries` leaks with time; `wait_until` is when the next try is looked at.
    """

    __tablename__ = "sign_in_failure"
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    tries: Mapped[float]
    last_at: Mapped[datetime] = mapped_column(Moment, index=True)
    wait_until: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = NOT_IN_BACKUPS


class AccessLinkRow(Base):
    """A link that works once: an invitation, or a new password for the person of `person_id`.

    `ended_why` is used, withdrawn or replaced; until then `ended_at` is empty. An address has one
    open link of a purpose.
    """

    __tablename__ = "access_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(1000))
    kind: Mapped[str] = mapped_column(String(20))
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_why: Mapped[str] = mapped_column(String(20), server_default="")

    __table_args__ = (
        Index(
            "open_link",
            "purpose",
            "email_key",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        NEVER_REUSED,
    )


class SetUpTokenRow(Base):
    """The hash of the newest set-up link; there is one or none."""

    __tablename__ = "set_up_token"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("id = 1", name="one"), NOT_IN_BACKUPS)
