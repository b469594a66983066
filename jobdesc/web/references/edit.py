"""Add and change sources and credentials: one form each, that keeps whatever was typed."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.roles.parse import Problems
from jobdesc.roles.reference_rows import NOUNS, RESERVED, Row, Shelf, name_of
from jobdesc.services import references as service
from jobdesc.services.reference_keeping import NoSuchReference
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.database_words import not_saved, retry_header
from jobdesc.web.pages import local_day
from jobdesc.web.references.forms import FORMS, RowSheet

bp = Blueprint("reference_edit", __name__)

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@bp.get("/credentials/new")
@needs(Action.EDIT_ROLES)
def new_credential() -> Answer:
    """An empty form."""
    return _new(Shelf.CREDENTIALS)


@bp.post("/credentials/new")
@needs(Action.EDIT_ROLES)
def add_credential() -> Answer:
    """Add a credential."""
    return _add(Shelf.CREDENTIALS)


@bp.get("/credentials/<credential>/edit")
@needs(Action.EDIT_ROLES)
def edit_credential(credential: str) -> Answer:
    """A credential in a form."""
    return _edit(Shelf.CREDENTIALS, credential)


@bp.post("/credentials/<credential>/edit")
@needs(Action.EDIT_ROLES)
def save_credential(credential: str) -> Answer:
    """Save the form."""
    return _save(Shelf.CREDENTIALS, credential)


@bp.get("/sources/new")
@needs(Action.EDIT_ROLES)
def new_source() -> Answer:
    """An empty form."""
    return _new(Shelf.SOURCES)


@bp.post("/sources/new")
@needs(Action.EDIT_ROLES)
def add_source() -> Answer:
    """Add a source."""
    return _add(Shelf.SOURCES)


@bp.get("/sources/<source>/edit")
@needs(Action.EDIT_ROLES)
def edit_source(source: str) -> Answer:
    """A source in a form."""
    return _edit(Shelf.SOURCES, source)


@bp.post("/sources/<source>/edit")
@needs(Action.EDIT_ROLES)
def save_source(source: str) -> Answer:
    """Save the form."""
    return _save(Shelf.SOURCES, source)


def _new(shelf: Shelf) -> Answer:
    sheet = _sheet(shelf, shown=True)
    if shelf is Shelf.SOURCES:
        sheet.form.read.data = local_day().isoformat()
    else:
        sheet.form.source.append_entry("")
    return _render(sheet, None)


def _add(shelf: Shelf) -> Answer:
    sheet = _sheet(shelf)
    sheet.take(request.form)
    values = sheet.values() | {"id": (sheet.form.id.data or "").strip()}
    try:
        row = service.create_row(current_actor(), shelf, values, now())
    except Problems as error:
        sheet.show_problems(error.problems)
        return _render(sheet, None), 422
    except StoreBusy as error:
        flash(not_saved(error), "red")
        return _render(sheet, None), 503, retry_header(error)
    flash(f"The {NOUNS[shelf]} is added", "green")
    return redirect(page_of(shelf, row.id), 303)


def _edit(shelf: Shelf, key: str) -> Answer:
    row = _row(shelf, key)
    sheet = _sheet(shelf, shown=True)
    sheet.start(row)
    sheet.show(row)
    return _render(sheet, row)


def _save(shelf: Shelf, key: str) -> Answer:
    row = _row(shelf, key)
    sheet = _sheet(shelf)
    sheet.take(request.form)
    try:
        edited = service.change_row(current_actor(), shelf, key, sheet.edits(), now())
    except Problems as error:
        sheet.show_problems(error.problems)
        return _render(sheet, row), 422
    except StoreBusy as error:
        flash(not_saved(error), "red")
        return _render(sheet, row), 503, retry_header(error)
    if edited.conflicts:
        theirs = sheet.theirs(edited.conflicts)
        sheet.start(edited.row)
        sheet.show(edited.row, but=theirs)
        return _render(sheet, edited.row, theirs), 409
    same = edited.row == row
    flash("Nothing was changed" if same else f"The {NOUNS[shelf]} is saved", "green")
    return redirect(page_of(shelf, key), 303)


def _sheet(shelf: Shelf, *, shown: bool = False) -> RowSheet:
    """A form as it was sent, or an empty one to be `shown`."""
    sources = service.all_rows(current_actor()).references.sources
    names = {key: source.cited for key, source in sources.items()}
    form = FORMS[shelf](formdata=None) if shown else FORMS[shelf]()
    return RowSheet(shelf, names, form)


def _row(shelf: Shelf, key: str) -> Row:
    references = service.all_rows(current_actor()).references
    rows: Mapping[str, Row] = (
        references.sources if shelf is Shelf.SOURCES else references.credentials
    )
    if key not in rows or key == RESERVED:
        raise NoSuchReference(shelf, key)
    return rows[key]


def page_of(shelf: Shelf, key: str) -> str:
    """Where a row is read."""
    if shelf is Shelf.SOURCES:
        return url_for("references.source", source=key)
    return url_for("references.credential", credential=key)


def _render(sheet: RowSheet, row: Row | None, theirs: dict[str, str] | None = None) -> str:
    twin = _row(sheet.shelf, sheet.twin) if sheet.twin else None
    return render_template(
        "references/edit.html", sheet=sheet, form=sheet.form, row=row, noun=NOUNS[sheet.shelf],
        theirs=theirs or {}, back=page_of(sheet.shelf, row.id) if row else "",
        twin=(page_of(sheet.shelf, twin.id), name_of(twin)) if twin else (),
    )  # fmt: skip
