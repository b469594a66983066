"""The page of the list: the rows of a view, what narrows it, and the views with names."""

from dataclasses import dataclass

from flask import render_template

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may
from jobdesc.services.envelope import owners_to_choose
from jobdesc.services.listing import Selection, list_postings
from jobdesc.services.saved_views import SHARING, list_views, may_change
from jobdesc.store.saved_views import SavedView
from jobdesc.web.access import current_actor
from jobdesc.web.clock import now
from jobdesc.web.people.choices import offer_people
from jobdesc.web.postings import listing
from jobdesc.web.postings.listing import View, chips, view_of_query
from jobdesc.web.postings.view_form import ViewForm


@dataclass(frozen=True)
class ViewLink:
    """A view with a name as a link; `current` where it is the one on the page."""

    name: str
    address: str
    current: bool


@dataclass(frozen=True)
class SavedViews:
    """Links to all; the one on the page where the actor may change it, and the form for a name."""

    links: tuple[ViewLink, ...]
    to_change: SavedView | None
    form: ViewForm
    may_share: bool


def render_list(
    view: View,
    form: ViewForm | None = None,
    ticked: Selection | None = None,
    wrong: str = "",
) -> str:
    """The page; `form` is one that could not be kept, with what was typed.

    `ticked` are the rows that stay chosen, and `wrong` why they were not handed over.
    """
    actor, seen = current_actor(), now()  # before the rows are read: later changes are unseen
    found = list_postings(actor, view.wanted(actor.id), view.order, view.after, view.before)
    return render_template(
        "postings/index.html",
        listing=found,
        view=view,
        saved=_saved_views(actor, view, form),
        owners=offer_people(owners_to_choose(actor)) if may(actor, Action.EDIT_POSTING) else [],
        seen=seen.isoformat(),
        ticked=ticked or Selection(),
        wrong=wrong,
        chips=chips(view, found.choices),
        of=listing,
    )


def _saved_views(actor: Person, view: View, form: ViewForm | None) -> SavedViews:
    kept = [(one, view_of_query(one.query)) for one in list_views(actor)]
    current = [one for one, of in kept if of.query == view.query]
    change = next((one for one in current if may_change(actor, one)), None)
    if form is None:
        form = ViewForm(formdata=None, obj=change)
        form.view.data = view.query
    return SavedViews(
        links=tuple(ViewLink(one.name, of.address, one in current) for one, of in kept),
        to_change=change,
        form=form,
        may_share=may(actor, SHARING),
    )
