"""Read the library: its page, its search and the guide of a role. Nothing here writes."""

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may, require
from jobdesc.roles.at_level import RoleAtLevel, role_at_level
from jobdesc.roles.levels import Level
from jobdesc.roles.library import Library, References
from jobdesc.roles.search import Found, SearchIndex, build_index, search
from jobdesc.roles.template import FAMILIES, Family, RoleTemplate
from jobdesc.roles.values import Source
from jobdesc.services.catalog import load_library, role_in
from jobdesc.services.organization import profile_is_empty
from jobdesc.services.postings import find_postings, recent_drafts
from jobdesc.store.postings import PostingListItem


@dataclass(frozen=True)
class Shelf:
    """A family of roles and how many it has."""

    family: Family
    name: str
    count: int


@dataclass(frozen=True)
class Home:
    """The library page. `family` is the chosen one, None for all; `wages` is where pay is from."""

    roles: tuple[RoleTemplate, ...]
    total: int
    shelves: tuple[Shelf, ...]
    family: Family | None
    wages: Source
    recent: tuple[PostingListItem, ...]
    profile_missing: bool


@dataclass(frozen=True)
class Answers:
    """What a search found, with the roles of the library by slug."""

    query: str
    found: Found
    postings: tuple[PostingListItem, ...]
    library: Library

    @property
    def count(self) -> int:
        """How many roles, postings and skills there are."""
        return len(self.found.roles) + len(self.postings) + len(self.found.skills)


@dataclass(frozen=True)
class GuidePage:
    """A role, and how it stands at each of its levels; `level` is the one shown.

    A retired one is shown to read, and nothing is started from it.
    """

    role: RoleTemplate
    level: Level
    at: dict[Level, RoleAtLevel]
    references: References
    neighbors: dict[str, str]
    retired: bool = False


@dataclass
class _Kept:
    """The index last built, and the library that it was built from."""

    library: Library | None = None
    index: SearchIndex | None = None
    lock: Lock = field(default_factory=Lock)


_kept = _Kept()


def open_library(actor: Person, family: str = "") -> Home:
    """The library page, narrowed to a family where it is one."""
    require(actor, Action.READ_LIBRARY)
    library = load_library()
    roles, references = library.roles.values(), library.references
    counts = Counter(role.family for role in roles)
    chosen = next((key for key in FAMILIES if key == family and counts[key]), None)
    return Home(
        roles=tuple(role for role in roles if chosen in (None, role.family)),
        total=len(roles),
        shelves=tuple(
            Shelf(key, name, counts[key]) for key, name in FAMILIES.items() if counts[key]
        ),
        family=chosen,
        wages=references.sources[references.wages.source],
        recent=tuple(recent_drafts(actor)),
        profile_missing=may(actor, Action.EDIT_ORGANIZATION) and profile_is_empty(),
    )


def search_library(actor: Person, query: str) -> Answers:
    """Roles, postings and skills for `query`."""
    require(actor, Action.READ_LIBRARY)
    library = load_library()
    found = search(_index_of(library), query)
    return Answers(query, found, tuple(find_postings(actor, query, 5)), library)


def open_guide(actor: Person, slug: str, level: str = "") -> GuidePage:
    """The guide of a role with one level in view, II unless another of its own is named.

    Raises NoSuchRole.
    """
    require(actor, Action.READ_LIBRARY)
    library = load_library()
    role = role_in(library, slug)
    usual = Level.MID if Level.MID in role.levels else role.levels[0]
    credentials = library.references.credentials
    return GuidePage(
        role=role,
        level=next((own for own in role.levels if own == level), usual),
        at={own: role_at_level(role, own, credentials) for own in role.levels},
        references=library.references,
        neighbors={other.slug: other.name for other in library.roles.values()},
        retired=slug in library.retired,
    )


def _index_of(library: Library) -> SearchIndex:
    with _kept.lock:
        if _kept.index is None or _kept.library is not library:
            _kept.library, _kept.index = library, build_index(library)
        return _kept.index
