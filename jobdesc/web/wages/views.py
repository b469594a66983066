"""Give a file of wage figures, see what became of it, and take it back."""

import csv
import io

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from jobdesc.people.rights import Action
from jobdesc.services import wage_imports as service
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.door import clean
from jobdesc.web.security_headers import as_download
from jobdesc.web.wages import words
from jobdesc.web.wages.forms import ImportForm

bp = Blueprint("wages", __name__, url_prefix="/settings/wages")
FORM_BYTES = 1_000_000
"""What a form may hold beside the file."""


@bp.get("")
@needs(Action.IMPORT_WAGES)
def index() -> str:
    """Every file of figures, and the form that gives another."""
    return _page(ImportForm(formdata=None))


@bp.post("")
@needs(Action.IMPORT_WAGES, upload_bytes=service.MOST_BYTES + FORM_BYTES)
def begin() -> BaseResponse | tuple[str, int]:
    """Keep a file, to be read in the background."""
    form = ImportForm()
    if not form.validate():
        return _page(form), 422
    upload = form.upload.data
    files = current_app.extensions["wage_files"]
    try:
        number = service.begin_import(
            current_actor(), upload.stream, clean(upload.filename), form.year_given, files, now()
        )
    except service.NotImported as refusal:
        form.upload.errors = [str(refusal)]
        return _page(form), 422
    current_app.extensions["wage_importer"].wake()
    return redirect(url_for("wages.show", release_id=number), 303)


@bp.get("/<int:release_id>")
@needs(Action.IMPORT_WAGES)
def show(release_id: int) -> str:
    """How far an import is, or what became of each row."""
    release = service.read_import(current_actor(), release_id)
    return render_template("wages/show.html", release=release, words=words)


@bp.get("/<int:release_id>/faults.csv")
@needs(Action.IMPORT_WAGES)
def faults(release_id: int) -> Response:
    """The rows that could not be read, as a table."""
    release = service.read_import(current_actor(), release_id)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Row", "Column", "What was there", "What is wrong"])
    for row, column, there, why in release.faults:
        writer.writerow([row, column, _harmless(there), words.FAULTS[why]])
    sent = Response(text.getvalue(), mimetype="text/csv")
    sent.headers["Content-Disposition"] = f'attachment; filename="wage-rows-{release_id}.csv"'
    return as_download(sent)


@bp.post("/<int:release_id>/answer")
@needs(Action.IMPORT_WAGES)
def answer(release_id: int) -> BaseResponse:
    """Take the figures that differ from what stands, or leave those out."""
    differing = request.form.get("take") == "all"
    taken = service.answer_import(current_actor(), release_id, differing, now())
    if taken:
        flash("The figures are in use.", "green")
    else:
        flash("This import was answered or canceled already.", "amber")
    return redirect(url_for("wages.show", release_id=release_id), 303)


@bp.post("/<int:release_id>/cancel")
@needs(Action.IMPORT_WAGES)
def cancel(release_id: int) -> BaseResponse:
    """Stop an import; nothing of it stays."""
    stopped = service.cancel_import(current_actor(), release_id, now())
    flash("The import was canceled." if stopped else "This import was over already.", "green")
    current_app.extensions["wage_importer"].wake()
    return redirect(url_for("wages.index"), 303)


@bp.post("/<int:release_id>/remove")
@needs(Action.IMPORT_WAGES)
def remove(release_id: int) -> BaseResponse:
    """Take an import back: what stood before is shown again. A failed one leaves the list."""
    removed = service.remove_import(current_actor(), release_id)
    flash("The file was removed." if removed else "This file was removed already.", "green")
    current_app.extensions["wage_importer"].wake()
    return redirect(url_for("wages.index"), 303)


def _page(form: ImportForm) -> str:
    imports = service.list_imports(current_actor())
    return render_template("wages/index.html", imports=imports, form=form, words=words)


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
