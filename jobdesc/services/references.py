"""Licenses, certifications and sources as the library shows them, and as people edit them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.roles.check_bodies import check_credential
from jobdesc.roles.credential import Credential
from jobdesc.roles.library import Library
from jobdesc.roles.reference_rows import (
    EditedRow,
    FieldDifference,
    FieldEdit,
    Row,
    Shelf,
    differences,
    edit_row,
    read_row,
)
from jobdesc.roles.template import RoleTemplate
from jobdesc.roles.uses import CredentialUse, credential_uses, sources_named, who_cannot_hold
from jobdesc.roles.values import Source
from jobdesc.services.catalog import library_in
from jobdesc.services.credential_postings import NamingPostings, postings_naming
from jobdesc.services.reference_keeping import (
    NoSuchReference,
    RowAct,
    add_row,
    held_references,
    keep_row,
    refuse,
    row_of,
)
from jobdesc.store.reference_revisions import row_revisions
from jobdesc.store.role_revisions import Reason
from jobdesc.store.transactions import reading, writing


class RowMoved(Exception):
    """Somebody changed the source or credential after it was shown."""


@dataclass(frozen=True)
class RowRevision:
    """A source or credential as it once stood; `found` is what changed since the one before.

    `who` is None for the shipped library.
    """

    number: int
    who: str | None
    made_at: datetime
    reason: str
    found: tuple[FieldDifference, ...]


@dataclass(frozen=True)
class Warned:
    """Something worth a second look; `role` is the one that it is about, where it is about one."""

    message: str
    role: RoleTemplate | None = None


@dataclass(frozen=True)
class CredentialPage:
    """A credential with its sources, where it is used, and the postings that name it."""

    credential: Credential
    sources: tuple[Source, ...]
    uses: tuple[CredentialUse, ...]
    postings: NamingPostings
    warnings: tuple[Warned, ...]
    revisions: tuple[RowRevision, ...]
    library: Library

    @property
    def not_enough(self) -> tuple[Credential, ...]:
        """Licenses that alone do not lead to it."""
        known = self.library.references.credentials
        return tuple(known[key] for key in self.credential.not_enough if key in known)

    @property
    def unchecked(self) -> bool:
        """Whether nobody has checked it against one of its sources yet."""
        return any(not source.verified for source in self.sources)


@dataclass(frozen=True)
class SourceUse:
    """What rests on a source: roles with how often each names it, credentials, and the wages."""

    roles: tuple[tuple[RoleTemplate, int], ...] = ()
    credentials: tuple[Credential, ...] = ()
    wages: bool = False

    @property
    def count(self) -> int:
        """How many roles, credentials and wage tables rest on it."""
        return len(self.roles) + len(self.credentials) + self.wages


@dataclass(frozen=True)
class SourcePage:
    """A source and what rests on it."""

    source: Source
    use: SourceUse
    revisions: tuple[RowRevision, ...]


@dataclass
class _Kept:
    """What rests on each source, counted once for each state of the library."""

    library: Library | None = None
    uses: Mapping[str, SourceUse] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


_kept = _Kept()


def all_rows(actor: Person) -> Library:
    """The library with all its sources and credentials."""
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        return library_in(session)


def credential_counts(library: Library) -> Counter[str]:
    """How many roles of the library name each credential."""
    named = ({line.credential for line in role.credentials} for role in library.roles.values())
    return Counter(key for keys in named for key in keys)


def open_credential(actor: Person, key: str) -> CredentialPage:
    """Everything that is known of a credential. Raises NoSuchReference."""
    require(actor, Action.READ_LIBRARY)
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        library = library_in(session)
        references = library.references
        if key not in references.credentials:
            raise NoSuchReference(Shelf.CREDENTIALS, key)
        credential = references.credentials[key]
        roles = library.roles.values()
        return CredentialPage(
            credential=credential,
            sources=tuple(
                references.sources[name] for name in credential.source if name in references.sources
            ),
            uses=credential_uses(roles, key),
            postings=postings_naming(session, credential, library, actor.id),
            warnings=tuple(_warnings(credential, library)),
            revisions=_revisions(
                row_revisions(session, (Shelf.CREDENTIALS.value, key)), credential
            ),
            library=library,
        )


def open_source(actor: Person, key: str) -> SourcePage:
    """A source and where it is used. Raises NoSuchReference."""
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        library = library_in(session)
        if key not in library.references.sources:
            raise NoSuchReference(Shelf.SOURCES, key)
        source = library.references.sources[key]
        use = source_uses(library).get(key, SourceUse())
        return SourcePage(source, use, _revisions(row_revisions(session, ("sources", key)), source))


def source_uses(library: Library) -> Mapping[str, SourceUse]:
    """What rests on each source that anything rests on."""
    with _kept.lock:
        if _kept.library is not library:
            _kept.library, _kept.uses = library, _count_uses(library)
        return _kept.uses


def create_row(actor: Person, shelf: Shelf, values: Mapping[str, Any], now: datetime) -> Row:
    """Add a source or a credential. Raises Problems, each at its field."""
    require(actor, Action.EDIT_ROLES)
    with writing() as session:
        return add_row(session, shelf, values, RowAct(actor, Reason.CREATED, now))


def change_row(
    actor: Person, shelf: Shelf, key: str, edits: Sequence[FieldEdit], now: datetime
) -> EditedRow:
    """Save edits; those that met a change of somebody else come back with both texts.

    Raises NoSuchReference, and Problems, each at its field.
    """
    require(actor, Action.EDIT_ROLES)
    with writing() as session:
        references = held_references(session)
        current = row_of(references, shelf, key)
        edited = edit_row(shelf, current, edits)
        if edited.row != current:
            refuse(edited.row, shelf, references)
            act = RowAct(actor, Reason.EDITED, now)
            keep_row(session, shelf, edited.row, references, act)
        return edited


def restore_row(
    actor: Person, shelf: Shelf, key: str, number: int, newest: int, now: datetime
) -> bool:
    """Let a row say again what it said in that revision, as a new one; False where it does already.

    `newest` is the last revision that the person was shown. Raises NoSuchReference, RowMoved, and
    Problems for what keeps it from being kept today.
    """
    require(actor, Action.EDIT_ROLES)
    with writing() as session:
        references = held_references(session)
        current = row_of(references, shelf, key)
        revisions = {one.number: one for one in row_revisions(session, (shelf.value, key))}
        if number not in revisions:
            raise NoSuchReference(shelf, key)
        if newest != max(revisions):
            raise RowMoved(shelf, key)
        row = read_row(shelf, revisions[number].body)
        if row != current:
            refuse(row, shelf, references)
            act = RowAct(actor, Reason.RESTORED, now)
            keep_row(session, shelf, row, references, act)
        return row != current


def _warnings(credential: Credential, library: Library) -> list[Warned]:
    others = [x for x in library.references.credentials.values() if x.id != credential.id]
    own = [f"It {problem.message}" for problem in check_credential(credential, others)]
    held = who_cannot_hold(library.roles.values(), library.references, credential.id)
    return [*map(Warned, own), *(Warned(message, role) for role, message in held)]


def _revisions(stored: Sequence[Any], row: Row) -> tuple[RowRevision, ...]:
    """The newest first."""
    shelf = Shelf.SOURCES if isinstance(row, Source) else Shelf.CREDENTIALS
    rows = [read_row(shelf, one.body) for one in stored]
    return tuple(
        RowRevision(
            one.number,
            one.who,
            one.made_at,
            one.reason.value,
            differences(shelf, rows[index - 1], rows[index]) if index else (),
        )
        for index, one in reversed(list(enumerate(stored)))
    )


def _count_uses(library: Library) -> dict[str, SourceUse]:
    roles = {role.slug: Counter(sources_named(role)) for role in library.roles.values()}
    credentials = library.references.credentials.values()
    return {
        key: SourceUse(
            roles=tuple(
                (library.roles[slug], counts[key]) for slug, counts in roles.items() if counts[key]
            ),
            credentials=tuple(one for one in credentials if key in one.source),
            wages=library.references.wages.source == key,
        )
        for key in library.references.sources
    }
