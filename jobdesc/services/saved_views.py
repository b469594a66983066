"""Views of the list under a name: one's own, and those that editors keep for everybody."""

from datetime import datetime

from sqlalchemy.orm import Session

from jobdesc.people.entries import NotAccepted, name_problem, tidy
from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may, require
from jobdesc.store import saved_views as store
from jobdesc.store.saved_views import SavedView
from jobdesc.store.transactions import reading, writing

LONGEST_NAME = 60
MOST = 50
"""How many views a person can have."""
LISTED = 200
SHARING = Action.EDIT_ORGANIZATION
"""The right to keep views for everybody, as what the organization sets is."""


class NoSuchView(Exception):
    """There is no view of this id, or it is somebody else's."""


def list_views(actor: Person) -> list[SavedView]:
    """The actor's own views, then those for everybody; each by name."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        return store.views_for(session, actor.id, LISTED)


def may_change(actor: Person, view: SavedView) -> bool:
    """Whether the actor may rename or remove a view."""
    return may(actor, SHARING) if view.shared else view.person_id == actor.id


def save_view(actor: Person, name: str, query: str, shared: bool, now: datetime) -> int:
    """Keep a view under a name; returns its id. Raises NotAccepted."""
    require(actor, Action.READ_POSTINGS)
    if shared:
        require(actor, SHARING)
    with writing() as session:
        store.hold_views(session, actor.id)
        if store.count_views(session, actor.id) >= MOST:
            raise NotAccepted({"name": f"You have {MOST} views. Remove one, then save this one"})
        kept = _checked(session, name, actor.id)
        return store.add_view(session, actor.id, kept, query, shared, now)


def rename_view(actor: Person, view_id: int, name: str, shared: bool) -> None:
    """Give a view another name. Raises NoSuchView; NotAccepted."""
    require(actor, Action.READ_POSTINGS)
    with writing() as session:
        view = _to_change(session, actor, view_id)
        if shared and not view.shared:
            require(actor, SHARING)
        store.hold_views(session, view.person_id)
        kept = _checked(session, name, view.person_id, view_id)
        store.rename_view(session, view_id, kept, shared)


def remove_view(actor: Person, view_id: int) -> SavedView:
    """Forget a view, which is returned. Raises NoSuchView."""
    require(actor, Action.READ_POSTINGS)
    with writing() as session:
        view = _to_change(session, actor, view_id)
        store.remove_view(session, view_id)
        return view


def _to_change(session: Session, actor: Person, view_id: int) -> SavedView:
    view = store.view_by_id(session, view_id, actor.id)
    if view is None:
        raise NoSuchView(view_id)
    if not may_change(actor, view):
        require(actor, SHARING)
    return view


def _checked(session: Session, name: str, person_id: int, but: int = 0) -> str:
    kept = tidy(name)
    problem = name_problem(kept, "Enter a name, like Open in Oregon")
    if len(kept) > LONGEST_NAME:
        problem = f"This name has {len(kept):,} characters. Use at most {LONGEST_NAME}"
    elif not problem and store.name_is_taken(session, person_id, kept, but):
        problem = "There is a view of this name already. Choose another name"
    if problem:
        raise NotAccepted({"name": problem})
    return kept
