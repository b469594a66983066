"""The list of postings as a person sees it, and which of them that person chose."""

from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.roles.query import read_query
from jobdesc.roles.words import fold
from jobdesc.services.catalog import library_in
from jobdesc.store import listing as store
from jobdesc.store.list_walk import Order, Spot, Wanted
from jobdesc.store.listing import Count, Page
from jobdesc.store.search_index import corrections
from jobdesc.store.transactions import reading


@dataclass(frozen=True)
class Choices:
    """What the list can be narrowed to: specialties, states and owners with their names."""

    roles: dict[str, str] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    owners: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """One page of the list, how many postings all pages have, and what it can be narrowed to.

    `shown_for` are other words, where nothing has those typed.
    """

    page: Page
    count: Count
    choices: Choices
    shown_for: str = ""


@dataclass(frozen=True)
class Selection:
    """The postings that somebody ticked, or all that a list has."""

    ids: tuple[int, ...] = ()
    all_of: Wanted | None = None


def list_postings(
    actor: Person,
    wanted: Wanted,
    order: Order,
    after: Spot | None = None,
    before: Spot | None = None,
) -> Listing:
    """The page of the list behind or before a spot."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        meant, count = _meant(session, actor, wanted)
        return Listing(
            page=store.postings_page(session, actor.id, meant, order, after, before, count=count),
            count=count,
            choices=_choices(session),
            shown_for="" if meant == wanted else " ".join(meant.words),
        )


def chosen_in(
    session: Session, actor: Person, selection: Selection, most: int
) -> tuple[list[tuple[int, str]], list[int]]:
    """Id and title of the chosen postings that are there for `actor`, and the ids of the others.

    Up to one more than `most`, so that who asks can refuse.
    """
    if selection.all_of:
        meant, count = _meant(session, actor, selection.all_of)
        return store.wanted_titles(session, actor.id, meant, most + 1, count), []
    ids = list(dict.fromkeys(selection.ids))[: most + 1]
    found = store.titles_of(session, actor.id, ids)
    there = {number for number, _ in found}
    return found, [number for number in ids if number not in there]


def _meant(session: Session, actor: Person, wanted: Wanted) -> tuple[Wanted, Count]:
    """What the list shows, and how many it has: other words where nothing has those typed.

    They are corrected as in the search of the bar.
    """
    count = store.count_postings(session, actor.id, wanted)
    if count.total or not wanted.words:
        return wanted, count
    others = corrections(session, read_query(" ".join(wanted.words)))
    words = tuple(others.get(fold(word), word) for word in wanted.words)
    meant = replace(wanted, words=words)
    again = store.count_postings(session, actor.id, meant) if words != wanted.words else count
    return (meant, again) if again.total else (wanted, count)


def _choices(session: Session) -> Choices:
    library = library_in(session)
    return Choices(
        roles={s: role.name for s, role in {**library.roles, **library.retired}.items()},
        states=tuple(store.states_in_use(session)),
        owners=dict(store.owners_in_use(session)),
    )
