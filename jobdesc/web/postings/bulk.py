"""Archive, bring back, close and hand over what was ticked in the list."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from jobdesc.people.entries import NotAccepted
from jobdesc.people.rights import Action
from jobdesc.services import bulk as service
from jobdesc.services.bulk import Done, NotDone
from jobdesc.services.listing import Selection
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.door import read_moment, read_number
from jobdesc.web.next_page import safe_next
from jobdesc.web.postings.bulk_words import count_postings, done_words
from jobdesc.web.postings.list_page import render_list
from jobdesc.web.postings.listing import View
from jobdesc.web.postings.selection import SelectionForm

bp = Blueprint("bulk", __name__, url_prefix="/postings")


class BulkForm(SelectionForm):
    """The chosen postings, when they were seen, and who is to own them."""

    seen = HiddenField()
    owner = StringField()


@bp.post("/archive")
@needs(Action.EDIT_POSTING)
def archive() -> Response:
    """Take the ticked ones out of the list; offers to take that back."""
    form, moment = BulkForm(), now()
    seen = read_moment(form.seen.data)
    return _act(
        form,
        lambda chosen: service.archive(current_actor(), chosen, seen, moment),
        "archived",
        undo=f"undo {moment.isoformat()}",
    )


@bp.post("/bring-back")
@needs(Action.EDIT_POSTING)
def bring_back() -> Response:
    """List the ticked ones again."""
    return _act(
        BulkForm(),
        lambda chosen: service.bring_back(current_actor(), chosen),
        "in the list again",
    )


@bp.post("/close")
@needs(Action.PUBLISH_POSTING)
def close() -> Response:
    """End what is published of the ticked ones."""
    form, moment = BulkForm(), now()
    seen = read_moment(form.seen.data)
    return _act(form, lambda chosen: service.close(current_actor(), chosen, seen, moment), "closed")


@bp.post("/assign")
@needs(Action.EDIT_POSTING)
def assign() -> Response | tuple[str, int]:
    """Hand the ticked ones to somebody."""
    form = BulkForm()
    owner = read_number(form.owner.data)
    if not owner:
        return _ask_again(form, "Choose who gets the postings, then hand them over.")
    return _act(
        form,
        lambda chosen: service.assign(current_actor(), chosen, owner),
        "handed over",
    )


@bp.post("/undo-archive")
@needs(Action.EDIT_POSTING)
def undo_archive() -> Response:
    """List again what the actor archived a moment ago."""
    at = read_moment(request.form.get("at", ""))
    count = service.undo_archive(current_actor(), at) if at else 0
    words = f"{count_postings(count)} in the list again." if count else "Nothing was left to undo."
    flash(words, "green" if count else "amber")
    return redirect(safe_next(request.form.get("next", "")) or View().address, 303)


def _ask_again(form: BulkForm, wrong: str) -> tuple[str, int]:
    """The same page of the list, with what was ticked."""
    ticked = form.selection(current_actor().id)
    return render_list(form.list_view, ticked=ticked, wrong=wrong), 422


def _act(form: BulkForm, act: Callable[[Selection], Done], what: str, undo: str = "") -> Response:
    """Do it, say how it went, and show the list again."""
    try:
        done = act(form.selection(current_actor().id))
    except NotDone as error:
        flash(str(error), "amber")
    except NotAccepted as refusal:
        flash(f"{next(iter(refusal.problems.values()))}.", "amber")
    else:
        tone = "amber" if done.left else "green"
        flash(done_words(done, what), f"{undo} {tone}" if undo and done.done else tone)
    return redirect(form.list_view.address, 303)
