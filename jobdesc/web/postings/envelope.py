"""What is done to one posting beside its text: archived, brought back, handed over."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField

from jobdesc.people.entries import NotAccepted
from jobdesc.people.rights import Action, Forbidden
from jobdesc.services import bulk
from jobdesc.services.bulk import GONE, Done
from jobdesc.services.envelope import Envelope, owners_to_choose, read_envelope
from jobdesc.services.listing import Selection
from jobdesc.services.postings import NoSuchPosting, read_posting
from jobdesc.web.access import current_actor, needs
from jobdesc.web.accounts.forms import show_problems
from jobdesc.web.clock import now
from jobdesc.web.door import read_number
from jobdesc.web.people.choices import offer_people
from jobdesc.web.postings.bulk_words import done_words

bp = Blueprint("envelope", __name__, url_prefix="/postings/<int:posting_id>")

OTHER_OWNER = "The owner changed meanwhile. Look at who it is now, then choose again"

Answer = str | tuple[str, int] | Response


class OwnerForm(FlaskForm):  # type: ignore[misc]
    """Who is to own the posting; `was` is who the page said it was."""

    owner = SelectField("New owner", validate_choice=False)
    was = HiddenField()


@bp.post("/archive")
@needs(Action.EDIT_POSTING)
def archive(posting_id: int) -> Response:
    """Take the posting out of the lists; its page says so."""
    chosen = Selection(ids=(posting_id,))
    _say(posting_id, bulk.archive(current_actor(), chosen, None, now()), "archived")
    return _page(posting_id)


@bp.post("/bring-back")
@needs(Action.EDIT_POSTING)
def bring_back(posting_id: int) -> Response:
    """List the posting again."""
    chosen = Selection(ids=(posting_id,))
    _say(posting_id, bulk.bring_back(current_actor(), chosen), "in the list again")
    return _page(posting_id)


@bp.get("/owner")
@needs(Action.EDIT_POSTING)
def owner(posting_id: int) -> Answer:
    """Whose the posting is, and who could have it."""
    envelope = read_envelope(current_actor(), posting_id)
    return _owner(posting_id, envelope, OwnerForm(formdata=None))


@bp.post("/owner")
@needs(Action.EDIT_POSTING)
def assign(posting_id: int) -> Answer:
    """Hand the posting to somebody."""
    actor, form = current_actor(), OwnerForm()
    envelope = read_envelope(actor, posting_id)
    form.validate()
    was, to = form.was.data or "", read_number(form.owner.data)
    if to and not envelope.may_assign:
        raise Forbidden(actor, Action.ASSIGN_POSTING)
    if was and read_number(was) != envelope.owner_id:
        show_problems(form, {"owner": OTHER_OWNER})
        return _owner(posting_id, envelope, form), 409
    try:
        chosen = Selection(ids=(posting_id,))
        done = bulk.assign(actor, chosen, to, envelope.owner_id)
    except NotAccepted as refusal:
        show_problems(form, refusal.problems)
        return _owner(posting_id, envelope, form), 422
    _say(posting_id, done, "handed over")
    return _page(posting_id)


def _say(posting_id: int, done: Done, what: str) -> None:
    if any(left.why == GONE for left in done.left):
        raise NoSuchPosting(posting_id)
    flash(done_words(done, what), "amber" if done.left else "green")


def _page(posting_id: int) -> Response:
    return redirect(url_for("postings.show", posting_id=posting_id), 303)


def _owner(posting_id: int, envelope: Envelope, form: OwnerForm) -> str:
    people = owners_to_choose(current_actor())
    form.owner.choices = offer_people(people)
    form.was.data = str(envelope.owner_id)
    if not form.owner.errors:
        form.owner.data = str(envelope.owner_id)
    title = read_posting(current_actor(), posting_id).posting.title
    return render_template(
        "postings/owner.html", posting_id=posting_id, title=title, envelope=envelope, form=form
    )
