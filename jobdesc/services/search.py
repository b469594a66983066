"""Search everything from one field: roles, postings, licenses and certifications, skills.

Postings and credentials come from the index of the database. Roles and skills are found in memory
(roles/search.py), which says why; the index corrects what was misspelled, for all of them alike.
"""

from dataclasses import dataclass, field, replace
from threading import Lock

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.searched import texts_of
from jobdesc.roles.credential import Credential
from jobdesc.roles.library import Library
from jobdesc.roles.marking import best_of, marked
from jobdesc.roles.query import Query, read_query, replace_words
from jobdesc.roles.search import Found, SearchIndex, build_index
from jobdesc.roles.search import search as search_roles
from jobdesc.roles.words import Segment
from jobdesc.services.catalog import library_in
from jobdesc.store.postings import PostingListItem, bodies_of, found_by, postings_of
from jobdesc.store.search_index import Hit, corrections, find
from jobdesc.store.search_kinds import Kind, Scope
from jobdesc.store.transactions import reading

POSTINGS, CREDENTIALS, MOST_ROLES = 8, 5, 1_000


@dataclass(frozen=True)
class PostingHit:
    """A posting with the words marked; `reason` is a text of it where title and place lack some."""

    item: PostingListItem
    title: tuple[Segment, ...]
    place: tuple[Segment, ...]
    reason: tuple[Segment, ...] = ()


@dataclass(frozen=True)
class CredentialHit:
    """A license or certification, and the roles that ask for it, by slug."""

    credential: Credential
    name: tuple[Segment, ...]
    roles: dict[str, str]


@dataclass(frozen=True)
class Answers:
    """What a search found. `shown_for` are other words, where nothing answers those typed."""

    query: str
    library: Library
    found: Found = field(default_factory=Found)
    postings: tuple[PostingHit, ...] = ()
    credentials: tuple[CredentialHit, ...] = ()
    more_postings: bool = False
    shown_for: str = ""

    @property
    def count(self) -> int:
        """How many results there are."""
        of_library = len(self.found.roles) + len(self.found.skills) + len(self.credentials)
        return of_library + len(self.postings)


@dataclass
class _Kept:
    """The index of roles last built, and the library that it was built from."""

    library: Library | None = None
    index: SearchIndex | None = None
    lock: Lock = field(default_factory=Lock)


_kept = _Kept()


def search(actor: Person, typed: str, *, exact: bool = False) -> Answers:
    """What answers `typed`; misspelled words are taken for others, unless `exact`."""
    require(actor, Action.READ_LIBRARY)
    require(actor, Action.READ_POSTINGS)
    query = read_query(typed)
    with reading() as session:
        library = library_in(session)
        answers = _answers(session, actor, Answers(typed, library), query)
        if not exact and (others := corrections(session, query)):
            meant = replace_words(query, others)
            again = _answers(session, actor, Answers(typed, library), meant)
            if again.count:
                return replace(again, shown_for=again.shown_for or meant.words)
    return replace(answers, found=Found(), shown_for="") if exact and answers.shown_for else answers


def _answers(session: Session, actor: Person, blank: Answers, query: Query) -> Answers:
    hits = find(session, Kind.POSTING, query, POSTINGS + 1, found_by(actor.id))
    answers = replace(
        blank,
        postings=_postings(session, actor, hits[:POSTINGS], query),
        more_postings=len(hits) > POSTINGS,
        credentials=tuple(
            _credential(blank.library, hit, query)
            for hit in find(session, Kind.CREDENTIAL, query, CREDENTIALS)
            if hit.key in blank.library.references.credentials
        ),
    )
    found = _roles(session, blank.library, query)
    if found.shown_for and answers.count:
        return answers
    return replace(answers, found=found, shown_for=found.shown_for)


def _roles(session: Session, library: Library, query: Query) -> Found:
    """Roles and skills. Where phrases are asked for, or words shut out, the index says which roles
    are meant.
    """
    only: set[str] | None = None
    if query.without or any(not term.begun and len(term.word) != 1 for term in query.terms):
        only = {hit.key for hit in find(session, Kind.ROLE, query, MOST_ROLES)}
    return search_roles(_index_of(library), query.words, only)


def _postings(
    session: Session, actor: Person, hits: list[Hit], query: Query
) -> tuple[PostingHit, ...]:
    ids = [int(hit.key) for hit in hits]
    below = {int(hit.key) for hit in hits if hit.scope is not Scope.TITLE}
    bodies = bodies_of(session, list(below))
    return tuple(
        PostingHit(
            item,
            marked(item.title or "Untitled posting", query),
            marked(item.place, query),
            _reason(bodies[item.id], query) if item.id in bodies else (),
        )
        for item in postings_of(session, ids, actor.id)
    )


def _reason(body: dict[str, object], query: Query) -> tuple[Segment, ...]:
    names = (str(body.get("department", "")), str(body.get("requisition", "")))
    return best_of((*names, *texts_of(body)), query)


def _credential(library: Library, hit: Hit, query: Query) -> CredentialHit:
    credential = library.references.credentials[hit.key]
    asking = {
        role.slug: role.name
        for role in library.roles.values()
        if any(line.credential == hit.key for line in role.credentials)
    }
    return CredentialHit(credential, marked(credential.short_name, query), asking)


def _index_of(library: Library) -> SearchIndex:
    with _kept.lock:
        if _kept.index is None or _kept.library is not library:
            _kept.library, _kept.index = library, build_index(library)
        return _kept.index
