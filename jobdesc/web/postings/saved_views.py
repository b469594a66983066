"""Give the list on the page a name, another name, or none."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from jobdesc.people.entries import NotAccepted
from jobdesc.people.rights import Action
from jobdesc.services import saved_views as service
from jobdesc.web.access import current_actor, needs
from jobdesc.web.accounts.forms import show_problems
from jobdesc.web.clock import now
from jobdesc.web.postings.list_page import render_list
from jobdesc.web.postings.listing import view_of_query
from jobdesc.web.postings.view_form import ViewForm

bp = Blueprint("saved_views", __name__, url_prefix="/postings/views")

NOTHING = "This is the whole list. Narrow or sort it first, then save the view"

Answer = tuple[str, int] | Response


@bp.post("")
@needs(Action.READ_POSTINGS)
def save() -> Answer:
    """Keep the view on the page under a name."""
    form = ViewForm()
    view, name = form.list_view, form.name.data or ""
    if not form.validate() or not view.values:
        return _again(form, {"name": NOTHING})
    try:
        service.save_view(current_actor(), name, view.query, form.shared.data, now())
    except NotAccepted as refusal:
        return _again(form, refusal.problems)
    flash("This view is saved. It is above the list from now on.", "green")
    return redirect(view.address, 303)


@bp.post("/<int:view_id>/rename")
@needs(Action.READ_POSTINGS)
def rename(view_id: int) -> Answer:
    """Give a view another name."""
    form = ViewForm()
    form.validate()
    try:
        service.rename_view(current_actor(), view_id, form.name.data or "", form.shared.data)
    except NotAccepted as refusal:
        return _again(form, refusal.problems)
    flash("This view is saved.", "green")
    return redirect(form.list_view.address, 303)


@bp.post("/<int:view_id>/remove")
@needs(Action.READ_POSTINGS)
def remove(view_id: int) -> Answer:
    """Forget a view; the postings in it stay."""
    removed = service.remove_view(current_actor(), view_id)
    flash(f"The view \u201c{removed.name}\u201d is removed. Its postings stay.", "green")
    return redirect(view_of_query(removed.query).address, 303)


def _again(form: ViewForm, problems: dict[str, str]) -> tuple[str, int]:
    """The same list, with what was typed and what is wrong with it."""
    show_problems(form, problems)
    return render_list(form.list_view, form), 422
