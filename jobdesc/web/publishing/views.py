"""Publish a posting, see what is not public yet, discard it, and close what stands."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action, may
from jobdesc.postings.lifecycle import InArchive
from jobdesc.services.documents import PdfNotMade, differs_from_kept, posting_document
from jobdesc.services.published import NotPublished
from jobdesc.services.publishing import (
    ChangedMeanwhile,
    NotComplete,
    NothingToPublish,
    close_posting,
    publish_hindrances,
    publish_posting,
    standing_of,
)
from jobdesc.services.versions import (
    LockedWording,
    changed_since,
    discard_changes,
    unpublished_changes,
)
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.publishing.edit_view import count_words, view_edits
from jobdesc.web.publishing.words import undo_category

bp = Blueprint("publishing", __name__, url_prefix="/postings/<int:posting_id>")

ARCHIVED = "This posting is archived, and nothing was published. Bring it back first."
ANEW = "This posting was published anew meanwhile, and nothing was closed. Look at it again."
NO_PDF = {
    "unavailable": "PDF export needs a system library that is not installed, so nothing was "
    "published. Ask whoever runs this server to follow 'PDF' in the README.",
    "busy": "Many PDFs are being made right now, so nothing was published. Try again in a few "
    "seconds.",
    "failed": "The PDF could not be made, so nothing was published. Try again, and if it fails "
    "twice, tell whoever runs this server.",
}

Answer = str | tuple[str, int] | Response


@bp.get("/publish")
@needs(Action.PUBLISH_POSTING)
def show(posting_id: int) -> Answer:
    """What publishing would make public, or what keeps the posting from it."""
    standing = standing_of(current_actor(), posting_id)
    if standing.published and standing.changed:
        return redirect(url_for("publishing.difference", posting_id=posting_id), 303)
    return _page(posting_id)


@bp.post("/publish")
@needs(Action.PUBLISH_POSTING)
def publish(posting_id: int) -> Answer:
    """Make the posting public as it was seen."""
    press = current_app.extensions["press"]
    try:
        made = publish_posting(current_actor(), posting_id, press, now(), _counter())
    except ChangedMeanwhile:
        return _page(posting_id, meanwhile="published"), 409
    except InArchive:
        return _page(posting_id, ARCHIVED), 409
    except NotComplete:
        return _page(posting_id), 422
    except NothingToPublish:
        flash("Published already", "green")
        return _back(posting_id)
    except PdfNotMade as error:
        return _page(posting_id, NO_PDF[error.reason]), 500 if error.reason == "failed" else 503
    what = "The posting" if made.number == 1 else f"Number {made.number}"
    flash(f"{what} is public now", "green")
    return _back(posting_id)


@bp.get("/difference")
@needs(Action.READ_POSTINGS)
def difference(posting_id: int) -> Answer:
    """What stands published, and what the posting says now."""
    if standing_of(current_actor(), posting_id).published is None:
        raise NotPublished(posting_id)
    return _page(posting_id)


@bp.post("/discard")
@needs(Action.EDIT_POSTING)
def discard(posting_id: int) -> Answer:
    """Go back to what stands published."""
    try:
        discarded = discard_changes(current_actor(), posting_id, _counter(), now())
    except ChangedMeanwhile:
        if standing_of(current_actor(), posting_id).published is None:
            raise NotPublished(posting_id) from None
        return _page(posting_id, meanwhile="discarded"), 409
    except LockedWording as error:
        return _page(posting_id, f"{error} Nothing was discarded."), 409
    if discarded:
        flash("Changes discarded", undo_category(posting_id, discarded))
    else:
        flash("Nothing to discard", "green")
    return _back(posting_id)


@bp.get("/close")
@needs(Action.PUBLISH_POSTING)
def ask_to_close(posting_id: int) -> Answer:
    """Whether to close what stands."""
    standing = standing_of(current_actor(), posting_id)
    if standing.published is None:
        raise NotPublished(posting_id)
    return render_template("publishing/close.html", standing=standing, notice_text="")


@bp.post("/close")
@needs(Action.PUBLISH_POSTING)
def close(posting_id: int) -> Answer:
    """End what stands."""
    number = request.form.get("number", type=int)
    try:
        close_posting(current_actor(), posting_id, now(), number)
    except ChangedMeanwhile:
        standing = standing_of(current_actor(), posting_id)
        values = {"standing": standing, "notice_text": ANEW}
        return render_template("publishing/close.html", **values), 409
    flash("The posting is no longer public", "green")
    return _back(posting_id)


def _page(posting_id: int, notice: str = "", meanwhile: str = "") -> str:
    """The page with a notice; `meanwhile` is what was not done, as the posting had changed."""
    actor = current_actor()
    standing = standing_of(actor, posting_id)
    publishes = may(actor, Action.PUBLISH_POSTING)
    edits = unpublished_changes(actor, posting_id).edits if standing.published else ()
    outline = posting_document(standing.stored)
    return render_template(
        "publishing/publish.html",
        standing=standing,
        hindrances=publish_hindrances(actor, posting_id, now()) if publishes else (),
        groups=view_edits(edits),
        count=count_words(edits),
        outline=None if standing.published else outline,
        outdated=publishes and not standing.changed and differs_from_kept(posting_id, outline),
        notice_text=notice,
        not_done=meanwhile,
        **_changes(posting_id) if meanwhile else {},
    )


def _changes(posting_id: int) -> dict[str, Any]:
    """What was done to the posting since it was seen, for the page."""
    found = changed_since(current_actor(), posting_id, _counter())
    edits = (found.edits if found else None) or ()
    return {
        "meanwhile": found,
        "meanwhile_groups": view_edits(edits, "meanwhile"),
        "meanwhile_count": count_words(edits),
    }


def _counter() -> int:
    return request.form.get("counter", -1, type=int)


def _back(posting_id: int) -> Response:
    return redirect(url_for("postings.show", posting_id=posting_id), 303)
