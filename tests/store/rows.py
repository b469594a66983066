"""Rows for tests of the store."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from jobdesc.people.person import Kind
from jobdesc.postings.base import Base
from jobdesc.postings.posting import Posting
from jobdesc.store import postings as store
from jobdesc.store.accounts import add_person
from jobdesc.store.bases import keep_base
from tests.accounts import NOW
from tests.postings.builders import a_posting

SECRET = "scrypt:32768:8:1$a-hash-of-a-password"
ADA, PAT = "ada@lake.gov", "pat@lake.gov"


def a_person(session: Session, email: str = ADA) -> int:
    """The id of a new person."""
    return add_person(session, "Ada Lake", email, Kind.RECRUITER, SECRET, NOW).id


def a_base(summary: str = "Helps people.") -> Base:
    """A base, another one for each summary."""
    return Base(fields={"summary": summary}, lines=())


def on_base(session: Session, summary: str = "Helps people.", **changes: Any) -> Posting:
    """A posting whose base is kept."""
    base = a_base(summary)
    keep_base(session, base)
    return a_posting(base=base.digest, **changes)


def stored(session: Session, posting: Posting, person: int, now: datetime = NOW) -> int:
    """The id of a new draft."""
    return store.add_posting(session, posting, person, now)
