"""The library as this installation holds it, kept in memory until it changes."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy.orm import Session

from jobdesc.roles.library import REFERENCE_MODELS, Library, references_from
from jobdesc.roles.parse import parse
from jobdesc.roles.template import FAMILIES, RoleTemplate
from jobdesc.store.roles import all_references, all_roles, library_version
from jobdesc.store.transactions import reading


class NoSuchRole(Exception):
    """The library has no role of this slug."""


class NoLibrary(Exception):
    """Nobody has loaded the content into the database yet."""


@dataclass
class _Kept:
    """The library last read, and the version of the tables that it was read from."""

    version: Any = None
    library: Library | None = None
    lock: Lock = field(default_factory=Lock)


_kept = _Kept()


def load_library() -> Library:
    """All roles and what they point to. Read anew only when a row has changed.

    Raises NoLibrary.
    """
    with reading() as session:
        return library_in(session)


def library_in(session: Session) -> Library:
    """The library, read in a transaction that is already open."""
    version = (str(session.get_bind().engine.url), library_version(session))
    with _kept.lock:
        if _kept.library is None or _kept.version != version:
            _kept.library, _kept.version = _read_library(session), version
        return _kept.library


def role_in(library: Library, slug: str) -> RoleTemplate:
    """The role of that slug; raises NoSuchRole."""
    if slug not in library.roles:
        raise NoSuchRole(slug)
    return library.roles[slug]


def _read_library(session: Session) -> Library:
    roles = [parse(RoleTemplate, body) for body in all_roles(session).values()]
    families = list(FAMILIES)
    roles.sort(key=lambda role: (families.index(role.family), role.slug))
    references = all_references(session)
    if not REFERENCE_MODELS.keys() <= references.keys():
        raise NoLibrary("the library is not loaded")
    return Library({role.slug: role for role in roles}, references_from(references))
