"""The list of postings as a person sees it, and which of them that person chose."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.services.catalog import library_in
from jobdesc.store import listing as store
from jobdesc.store.listing import Order, Page, Spot, Wanted
from jobdesc.store.transactions import reading


@dataclass(frozen=True)
class Choices:
    """What the list can be narrowed to: specialties, states and owners with their names."""

    roles: dict[str, str] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    owners: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """One page of the list, how many postings all pages have, and what it can be narrowed to."""

    page: Page
    total: int
    choices: Choices


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
        return Listing(
            page=store.postings_page(session, actor.id, wanted, order, after, before),
            total=store.count_postings(session, actor.id, wanted),
            choices=_choices(session),
        )


def chosen_in(
    session: Session, actor: Person, selection: Selection, most: int
) -> tuple[list[tuple[int, str]], list[int]]:
    """Id and title of the chosen postings that are there for `actor`, and the ids of the others.

    Up to one more than `most`, so that who asks can refuse.
    """
    if selection.all_of:
        return store.wanted_titles(session, actor.id, selection.all_of, most + 1), []
    ids = list(dict.fromkeys(selection.ids))[: most + 1]
    found = store.titles_of(session, actor.id, ids)
    there = {number for number, _ in found}
    return found, [number for number in ids if number not in there]


def _choices(session: Session) -> Choices:
    library = library_in(session)
    return Choices(
        roles={s: role.name for s, role in {**library.roles, **library.retired}.items()},
        states=tuple(store.states_in_use(session)),
        owners=dict(store.owners_in_use(session)),
    )
