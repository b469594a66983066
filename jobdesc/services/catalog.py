"""The library as this installation holds it, kept in memory until it changes."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy.orm import Session

from jobdesc.roles.inherit_levels import Body
from jobdesc.roles.library import OPTIONAL, REFERENCE_MODELS, Library, References, references_from
from jobdesc.roles.lineage import whole_role
from jobdesc.roles.parse import Problems, parse
from jobdesc.roles.template import FAMILIES, RoleTemplate
from jobdesc.store.roles import (
    RoleMark,
    all_references,
    bodies_of,
    body_hash,
    library_mark,
    reference_marks,
    role_marks,
)
from jobdesc.store.transactions import reading

log = logging.getLogger(__name__)

Chain = tuple[str, ...]
"""The hashes of a role and of all that it rests on: the role is the same as long as they are."""


class NoSuchRole(Exception):
    """The library has no role of this slug."""


class NoLibrary(Exception):
    """Nobody has loaded the content into the database yet."""


@dataclass
class _Kept:
    """The library last read, the mark of the tables it was read from, and its parts by hash."""

    mark: tuple[str, str] = ("", "")
    library: Library | None = None
    roles: Mapping[tuple[str, Chain], RoleTemplate] = field(default_factory=dict)
    references: tuple[Any, References] | None = None
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
    url = str(session.get_bind().engine.url)
    mark = (url, library_mark(session))
    with _kept.lock:
        if _kept.library is None or _kept.mark != mark:
            references = (url, reference_marks(session))
            _kept.library = _read_library(session, role_marks(session), references)
            _kept.mark = mark
        return _kept.library


def role_in(library: Library, slug: str) -> RoleTemplate:
    """The role of that slug, retired or not; raises NoSuchRole."""
    role = library.role(slug)
    if role is None:
        raise NoSuchRole(slug)
    return role


def open_role_in(library: Library, slug: str) -> RoleTemplate:
    """The role of that slug for a new posting; raises NoSuchRole, also for a retired one."""
    if slug not in library.roles:
        raise NoSuchRole(slug)
    return library.roles[slug]


def _read_library(
    session: Session, marks: Mapping[str, RoleMark], references_version: Any
) -> Library:
    """The library with what has changed read anew; the lock is held."""
    if _kept.references is None or _kept.references[0] != references_version:
        bodies = all_references(session)
        if not REFERENCE_MODELS.keys() - OPTIONAL <= bodies.keys():
            raise NoLibrary("the library is not loaded")
        _kept.references = (references_version, references_from(bodies))
    lines = {slug: tuple(_line(marks, slug)) for slug in marks}
    chains = {slug: tuple(marks[one].body_hash for one in line) for slug, line in lines.items()}
    known = {key: role for key, role in _kept.roles.items() if chains.get(key[0]) == key[1]}
    missing = [slug for slug, chain in chains.items() if (slug, chain) not in known]
    if missing:
        stored = bodies_of(session, {one for slug in missing for one in lines[slug]})
        read = {slug: _read_role(stored, slug) for slug in missing}
        hashes = {slug: body_hash(body) for slug, body in stored.items()}
        for slug, role in read.items():
            if role:  # a transaction that writes sees bodies that are newer than their marks
                known[slug, tuple(hashes[one] for one in lines[slug])] = role
    _kept.roles = known
    families = list(FAMILIES)
    order = sorted(known.values(), key=lambda role: (families.index(role.family), role.slug))
    return Library(
        roles={role.slug: role for role in order if marks[role.slug].retired_at is None},
        references=_kept.references[1],
        retired={role.slug: role for role in order if marks[role.slug].retired_at},
    )


def _read_role(stored: Mapping[str, Body], slug: str) -> RoleTemplate | None:
    """The role made whole; None where it cannot be: the others are there without it."""
    try:
        return parse(RoleTemplate, whole_role(stored, slug).body)
    except Problems as error:
        log.error("The role %s is left out of the library: %s", slug, error)
        return None


def _line(marks: Mapping[str, RoleMark], slug: str) -> Iterator[str]:
    """A role, then its parent, and so on."""
    seen: set[str] = set()
    while slug in marks and slug not in seen:
        seen.add(slug)
        yield slug
        slug = marks[slug].extends or ""
