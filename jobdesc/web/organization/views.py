"""Show and save the profile; hand out the logo and the accent color."""

import re
from collections.abc import Iterable

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from jobdesc.documents.logos import LogoRefused
from jobdesc.people.rights import Action
from jobdesc.postings.accent import say_accent, usable_accent
from jobdesc.postings.profile import Conflict
from jobdesc.roles.parse import Problems
from jobdesc.services import organization as service
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.access import current_actor, needs, signed_in
from jobdesc.web.clock import now
from jobdesc.web.database_words import not_saved, retry_header
from jobdesc.web.organization.forms import OrganizationForm
from jobdesc.web.organization.page import build_page
from jobdesc.web.organization.sections import section_fields, words_of
from jobdesc.web.organization.sheet import Sheet

bp = Blueprint("organization", __name__)

PLACE_FIELD = re.compile(r"places-[0-9]{1,3}-[a-z_]+")
READ_BYTES = 60_000_000
"""What is read of an upload: too large a logo is told apart from the texts that came with it.
A file beyond memory goes to a temporary one.
"""

Answer = str | tuple[str, int] | tuple[str, int, dict[str, str]] | Response


@bp.app_template_global("accent_version")
def _accent_version() -> str:
    """Changes with the accent color, and so does the address of its style sheet."""
    return service.the_organization().accent.removeprefix("#")


@bp.get("/settings/organization")
@needs(Action.EDIT_ORGANIZATION)
def edit() -> Answer:
    """The profile as it is stored."""
    sheet = Sheet(OrganizationForm(formdata=None), service.standard_statements())
    sheet.show(service.the_organization())
    return _render(sheet)


@bp.post("/settings/organization")
@needs(Action.EDIT_ORGANIZATION, form_bytes=READ_BYTES)
def save() -> Answer:
    """Do what the pressed button says. Whatever was typed stays, saved or not."""
    if any(name.startswith("places-") and not PLACE_FIELD.match(name) for name in request.form):
        abort(400)
    sheet = Sheet(OrganizationForm(), service.standard_statements())
    sheet.take(request.form, service.the_organization())
    verb, _, thing = request.form.get("act", "save:all").partition(":")
    try:
        kept_logo = _keep_logo(sheet)
        match verb:
            case "save" if section_fields(thing):
                return _save(sheet, thing, kept_logo)
            case "remove-logo" | "restore-logo":
                return _change_logo(sheet, verb)
    except StoreBusy as error:
        flash(not_saved(error), "red")
        return *_render(sheet, status=503), retry_header(error)
    return _rework(sheet, verb, thing)


@bp.get("/organization/logo")
@signed_in
def logo() -> Response:
    """The logo, shut in: nothing in it could run."""
    found = service.the_logo()
    if found is None:
        abort(404)
    response = make_response(found.data)
    response.headers["Content-Type"] = found.media_type
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return _lasting(response)


@bp.get("/organization/accent.css")
@signed_in
def accent_css() -> Response:
    """The accent color for the printed fragment on our pages, where no style may be inline."""
    accent = usable_accent(service.the_organization().accent)[0]
    response = make_response(f".posting {{ --accent: {accent}; }}\n")
    response.headers["Content-Type"] = "text/css; charset=utf-8"
    return _lasting(response)


def _lasting(response: Response) -> Response:
    """Kept by the person's own browser where the address says which version it is."""
    if request.args.get("version"):
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _keep_logo(sheet: Sheet) -> bool:
    """Keep a chosen file at once, as no page can show it chosen again; False where none was."""
    file = request.files.get("logo")
    if file is None or not file.filename:
        return False
    try:
        service.set_logo(current_actor(), file.stream, now())
    except LogoRefused as refusal:
        sheet.form.logo.errors = [str(refusal)]
        return False
    return True


def _save(sheet: Sheet, key: str, kept_logo: bool) -> Answer:
    if key not in ("name", "all"):
        _set_logo_aside(sheet)
    fields = [name for name in section_fields(key) if sheet.has(name, request.form)]
    right = [sheet.form[name].validate(sheet.form) for name in fields]
    if sheet.form.logo.errors or not all(right):
        return _refuse(sheet, kept_logo)
    asked = sheet.value("accent")
    try:
        merged = service.edit_organization(current_actor(), sheet.changes(fields), now())
    except Problems as error:
        sheet.show_problems(error.problems)
        return _refuse(sheet, kept_logo)
    sheet.settle(merged.organization, fields, merged.conflicts)
    if "accent" in merged.changed and usable_accent(asked)[1]:
        flash(say_accent(asked), "amber")
    if merged.conflicts:
        return _render(sheet, merged.conflicts, status=409)
    return _saved(sheet, words_of(key), key)


def _set_logo_aside(sheet: Sheet) -> None:
    """A refused file holds up no other section; but it is said, as no page can show it again."""
    if sheet.form.logo.errors:
        flash(f"Logo not saved. {' '.join(sheet.form.logo.errors)}", "amber")
        sheet.form.logo.errors = []


def _refuse(sheet: Sheet, kept_logo: bool) -> Answer:
    if kept_logo:
        flash("Logo saved", "green")
    return _render(sheet, status=422)


def _change_logo(sheet: Sheet, verb: str) -> Answer:
    if verb == "remove-logo":
        service.remove_logo(current_actor(), now())
        return _saved(sheet, "Logo removed", "name")
    service.restore_logo(current_actor(), now())
    return _saved(sheet, "Logo restored", "name")


def _saved(sheet: Sheet, words: str, key: str) -> Answer:
    """Back to the page; at once where other sections hold words that are not saved."""
    if sheet.unsaved():
        flash(words, "green")
        return _render(sheet, after_save=True)
    if key == "all":
        flash(words, "green")
        return redirect(url_for("organization.edit"), 303)
    flash(words, f"saved:{key}")
    spot = f"{key}-section"
    return redirect(url_for("organization.edit", _anchor=spot), 303)


def _rework(sheet: Sheet, verb: str, thing: str) -> Answer:
    """Change the form without saving it."""
    focus = ""
    match verb:
        case "add-place":
            added = sheet.add_place()
            focus = added.id if added else ""
        case "remove-place":
            sheet.remove_place(thing)
            focus = "add-place"
        case "standard" if thing in sheet.standard:
            sheet.form[thing].data = sheet.standard[thing]
            focus = thing
        case "stored" if thing in section_fields("all"):
            sheet.show(service.the_organization(), [thing])
            focus = thing
        case _:
            abort(400)
    return _render(sheet, focus=focus, status=422 if sheet.form.logo.errors else 200)


def _render(
    sheet: Sheet,
    conflicts: Iterable[Conflict] = (),
    focus: str = "",
    *,
    after_save: bool = False,
    status: int = 200,
) -> tuple[str, int]:
    organization = service.the_organization()
    page = build_page(sheet, organization, conflicts, focus, after_save=after_save)
    return render_template("organization/edit.html", page=page), status
