"""Begin a zip of the chosen postings, see how far it is, cancel, retry and take it."""

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.services import exports as service
from jobdesc.store.exports import Export
from jobdesc.web.access import actor_or_none, current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.exports import words
from jobdesc.web.exports.forms import ExportForm
from jobdesc.web.next_page import safe_next
from jobdesc.web.security_headers import as_download

bp = Blueprint("exports", __name__, url_prefix="/exports")


@bp.record_once
def _give_templates(state: BlueprintSetupState) -> None:
    """Templates write of exports in the words of words.py, and tell of those that are over."""
    state.app.jinja_env.globals["export_words"] = words
    state.app.jinja_env.globals["export_news"] = _news


@bp.get("")
@needs(Action.DOWNLOAD_POSTING)
def index() -> str:
    """The zips that the actor asked for."""
    return render_template("exports/index.html", exports=service.list_exports(current_actor()))


@bp.post("")
@needs(Action.DOWNLOAD_POSTING)
def ask() -> Response:
    """Begin a zip of what was ticked in the list."""
    form = ExportForm()
    if not form.validate():
        flash("Select at least one posting, then download.", "amber")
        return redirect(form.list_view.address, 303)
    actor = current_actor()
    try:
        number = service.ask_for_export(actor, form.selection(actor.id), form.formats.data, now())
    except service.NotExported as error:
        flash(str(error), "amber")
        return redirect(form.list_view.address, 303)
    return _begun(number)


@bp.get("/<int:export_id>")
@needs(Action.DOWNLOAD_POSTING)
def show(export_id: int) -> str:
    """How far a zip is, or what became of it."""
    export = service.read_export(current_actor(), export_id)
    return render_template("exports/show.html", export=export)


@bp.get("/<int:export_id>/file")
@needs(Action.DOWNLOAD_POSTING)
def download(export_id: int) -> Response:
    """The zip."""
    try:
        zipped = service.zip_of(current_actor(), export_id, current_app.extensions["export_files"])
    except service.NotExported as error:
        flash(str(error), "amber")
        return redirect(url_for("exports.show", export_id=export_id), 303)
    sent = send_file(
        zipped.path, "application/zip", as_attachment=True, download_name=zipped.name, max_age=0
    )
    sent.headers["Cache-Control"] = "no-store"
    return as_download(sent)


@bp.post("/<int:export_id>/cancel")
@needs(Action.DOWNLOAD_POSTING)
def cancel(export_id: int) -> Response:
    """Stop making a zip."""
    stopped = service.cancel_export(current_actor(), export_id, now())
    flash("The zip was canceled." if stopped else "This zip was over already.", "green")
    return redirect(url_for("exports.show", export_id=export_id), 303)


@bp.post("/<int:export_id>/retry")
@needs(Action.DOWNLOAD_POSTING)
def retry(export_id: int) -> Response:
    """Begin a zip of those that this one lacks."""
    try:
        return _begun(service.retry_export(current_actor(), export_id, now()))
    except service.NotExported as error:
        flash(str(error), "amber")
        return redirect(url_for("exports.show", export_id=export_id), 303)


@bp.post("/<int:export_id>/dismiss")
@needs(Action.DOWNLOAD_POSTING)
def dismiss(export_id: int) -> Response:
    """Tell of this zip no more."""
    service.dismiss_news(current_actor(), export_id)
    return redirect(safe_next(request.form.get("next", "")) or url_for("exports.index"), 303)


def _begun(number: int) -> Response:
    current_app.extensions["exporter"].wake()
    return redirect(url_for("exports.show", export_id=number), 303)


def _news() -> Export | None:
    actor = actor_or_none()
    return service.news_of_exports(actor) if actor else None
