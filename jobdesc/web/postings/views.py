"""Start, show, save, list and download postings."""

from dataclasses import replace
from typing import Literal

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.documents.blocks import Outline
from jobdesc.people.rights import Action, may
from jobdesc.postings.apply import Applied
from jobdesc.postings.assemble import Offer, offers
from jobdesc.postings.changes import SetField
from jobdesc.postings.lifecycle import InArchive
from jobdesc.postings.posting import Posting
from jobdesc.postings.values import clean
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problems
from jobdesc.services import bulk
from jobdesc.services import postings as service
from jobdesc.services.catalog import load_library
from jobdesc.services.documents import differs_from_kept, download_posting, posting_document
from jobdesc.services.envelope import read_envelope
from jobdesc.services.listing import Selection
from jobdesc.services.locks import read_standing
from jobdesc.services.pay_bands import read_pay_facts
from jobdesc.services.published import published_posting
from jobdesc.services.publishing import Standing, standing_of
from jobdesc.services.saves import read_state
from jobdesc.services.wages import market_pay_of
from jobdesc.store.postings import StoredPosting
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.database_words import not_saved, retry_header
from jobdesc.web.downloads import send_download
from jobdesc.web.pages import local_day
from jobdesc.web.postings.beside import besides, lock_values
from jobdesc.web.postings.boxes import Boxes, refused, unsaved
from jobdesc.web.postings.forms import HINTS, PostingForm
from jobdesc.web.postings.list_page import render_list
from jobdesc.web.postings.listing import read_view
from jobdesc.web.postings.live import state_values
from jobdesc.web.postings.page import AtHand, build_page
from jobdesc.web.postings.submission import Submission, landing, read_submission

bp = Blueprint("postings", __name__, url_prefix="/postings")
FULL = "A posting can have up to 200 items and 20 places. Remove some, then save again."
FORMATS = {"download-pdf": "pdf", "download-html": "html"}
LEAVES = {"publish": "publishing.show", "history": "versions.show"}
"""Buttons that save, then lead to another page."""

Saved = Literal["all", "partly", "nothing"]
Answer = str | tuple[str, int] | tuple[str, int, dict[str, str]] | Response


@bp.get("")
@needs(Action.READ_POSTINGS)
def index() -> Answer:
    """The list of postings that the address asks for."""
    return render_list(read_view(request.args))


@bp.post("")
@needs(Action.START_POSTING)
def start() -> Answer:
    """A complete draft for a role at a level, opened at once."""
    slug, level = request.form.get("role", ""), request.form.get("level", "")
    if level not in set(Level):
        return render_template("errors/not_found.html"), 404
    posting_id = service.start_posting(current_actor(), slug, Level(level), now())
    return redirect(url_for("postings.show", posting_id=posting_id), 303)


@bp.get("/<int:posting_id>")
@needs(Action.READ_POSTINGS)
def show(posting_id: int) -> Answer:
    """The page of a posting: to edit for those who may, else to read."""
    actor = current_actor()
    standing = standing_of(actor, posting_id)
    if not may(actor, Action.EDIT_POSTING) or standing.stored.archived:
        return _read(standing)
    return _render(posting_id, {}, "all", standing=standing)


@bp.post("/<int:posting_id>")
@needs(Action.EDIT_POSTING)
def save(posting_id: int) -> Answer:
    """Save the form, carry out its button, and show the page again or begin a download."""
    try:
        stored = service.read_posting(current_actor(), posting_id)
    except service.NoSuchPosting:
        return _words_of_lost_posting()
    offered = _offers(stored.posting)
    sent = _with_text(stored.posting, _submission(stored.posting, offered))
    try:
        if sent.action == "bring-back":
            bulk.bring_back(current_actor(), Selection(ids=(posting_id,)))
        applied = service.save_changes(current_actor(), posting_id, sent.changes, now())
    except StoreBusy as error:
        flash(not_saved(error), "red")
        return *_render(posting_id, unsaved(sent), "nothing", 503), retry_header(error)
    except InArchive:
        return _render(posting_id, unsaved(sent), "nothing", 409)
    except Problems:
        flash(FULL, "red")
        return _render(posting_id, unsaved(sent), "nothing", 422)
    if kept := refused(sent, applied):
        return _render(posting_id, kept, "partly", 422 if sent.wrong else 409)
    return _saved(stored, sent.action, applied, offered)


@bp.get("/<int:posting_id>/download.pdf")
@needs(Action.DOWNLOAD_POSTING)
def download_pdf(posting_id: int) -> Response:
    """The posting as a tagged PDF."""
    press = current_app.extensions["press"]
    return send_download(download_posting(current_actor(), posting_id, "pdf", press))


@bp.get("/<int:posting_id>/download.html")
@needs(Action.DOWNLOAD_POSTING)
def download_html(posting_id: int) -> Response:
    """The posting as one self-contained HTML file."""
    press = current_app.extensions["press"]
    return send_download(download_posting(current_actor(), posting_id, "html", press))


def _read(standing: Standing) -> str:
    """The page for those who only read: what is published where anything is, else the draft."""
    stored = standing.stored
    if standing.published:
        public = published_posting(current_actor(), stored.id)
        at = public.publication.published_at
        stored = replace(stored, posting=public.posting, changed_at=at)
    outline = posting_document(stored)
    return render_template(
        "postings/read.html",
        standing=standing,
        stored=stored,
        outline=outline,
        envelope=read_envelope(current_actor(), stored.id),
        outdated=bool(standing.published) and differs_from_kept(stored.id, outline),
    )


def _publishable(standing: Standing, outline: Outline) -> bool:
    """Whether publishing would make anything public that is not."""
    same = standing.published and not standing.changed
    return not same or differs_from_kept(standing.stored.id, outline)


def _words_of_lost_posting() -> tuple[str, int]:
    """What was sent for a posting that is gone, so that nobody has to write it again."""
    shown = {n: text for n, text in request.form.items() if f"{n}.before" in request.form}
    changed = [text for n, text in shown.items() if text != request.form[f"{n}.before"]]
    new = [text for n, text in request.form.items() if n.startswith("new:") and text.strip()]
    return render_template("postings/lost.html", texts=[t for t in (*changed, *new) if t]), 404


def _offers(posting: Posting) -> dict[str, Offer]:
    held = service.role_of(posting)
    return offers(posting, held) if held else {}


def _submission(posting: Posting, offered: dict[str, Offer]) -> Submission:
    form = PostingForm()
    form.validate()
    wrong = {field.name: " ".join(field.errors) for field in form if field.errors}
    return read_submission(request.form, posting, wrong, offered, service.new_line_id)


def _with_text(posting: Posting, sent: Submission) -> Submission:
    """With the changes that take another text of the organization, where that was asked for."""
    verb, _, name = sent.action.partition(":")
    if verb != "use-text":
        return sent
    other = read_standing(current_actor(), posting).others.get(name)
    changes = [
        change.model_copy(update={"before": _typed(change)})
        if isinstance(change, SetField)
        else change
        for change in (other.changes if other else ())
    ]
    return replace(sent, changes=(*sent.changes, *changes))


def _typed(change: SetField) -> str:
    """What the form holds where a change is made: what was typed there is saved before it."""
    return str(clean(request.form.get(change.target, change.before)))


def _saved(
    stored: StoredPosting, action: str, applied: Applied, offered: dict[str, Offer]
) -> Response:
    verb, _, level = action.partition(":")
    if verb == "level" and level in set(Level):
        return redirect(url_for("levels.show", posting_id=stored.id, level=level), 303)
    if action in LEAVES:
        return redirect(url_for(LEAVES[action], posting_id=stored.id), 303)
    if action == "archive":
        return redirect(url_for("envelope.archive", posting_id=stored.id), 307)
    wanted = FORMATS.get(action)
    if not wanted:
        flash("All changes saved" if applied.changes else "Nothing to save", "green")
    spot = landing(action, stored.posting, offered) or None
    return redirect(
        url_for("postings.show", posting_id=stored.id, download=wanted, _anchor=spot), 303
    )


def _render(
    posting_id: int,
    kept: Boxes,
    saved: Saved,
    status: int = 200,
    standing: Standing | None = None,
) -> tuple[str, int]:
    actor = current_actor()
    state = read_state(actor, posting_id)
    posting = state.stored.posting
    held = service.role_of(posting)
    texts = read_standing(actor, posting)
    at_hand = AtHand(
        held=held,
        references=load_library().references,
        template=state.template,
        offers=offers(posting, held) if held else {},
        notes=besides(actor, posting, texts),
        pay=read_pay_facts(actor, posting, now()),
        market=market_pay_of(actor, posting),
    )
    data = {"state": state_values(state), "id": posting_id}
    data |= lock_values(at_hand.notes, texts)
    closed = state.stored.status == "closed"  # whose date is over, as it should be
    today = None if closed else local_day()
    download = request.args.get("download", "")
    page = build_page(state.stored, at_hand, kept, data, today)
    standing = standing or standing_of(actor, posting_id)
    body = render_template(
        "postings/edit.html",
        page=page,
        standing=standing,
        publishable=_publishable(standing, page.outline),
        envelope=read_envelope(actor, posting_id),
        held=held,
        hints=HINTS,
        saved=saved,
        download=download if download in FORMATS.values() else "",
    )
    return body, status
