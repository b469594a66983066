"""The texts that postings were assembled from, each once, by the hash of its content."""

from sqlalchemy import JSON, bindparam, select, text
from sqlalchemy.orm import Session

from jobdesc.postings.base import Base, read_base
from jobdesc.store.tables import BaseRow

_ADD_BASE = text(
    "INSERT INTO posting_base (hash, body) VALUES (:hash, :body) "
    "ON CONFLICT (hash) DO UPDATE SET hash = excluded.hash"
).bindparams(bindparam("body", type_=JSON))
"""A base that is there already is held, so that nobody deletes it before its posting is in."""


def keep_base(session: Session, base: Base) -> None:
    """Keep a base before a posting that stands on it."""
    session.execute(_ADD_BASE, {"hash": base.digest, "body": base.body()})


def base_by_hash(session: Session, digest: str) -> Base:
    """The base that a posting or revision names."""
    body = session.scalars(select(BaseRow.body).where(BaseRow.hash == digest)).one()
    return read_base(body)
