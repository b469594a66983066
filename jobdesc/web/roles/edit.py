"""Edit a role part by part: every button sends the whole part, and Save makes one version."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action, may
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problems
from jobdesc.services.roles import list_roles, open_role, save_role
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.database_words import not_saved, retry_header
from jobdesc.web.pages import local_day
from jobdesc.web.roles.boxes import Form
from jobdesc.web.roles.page import build_page
from jobdesc.web.roles.part_forms import FORMS, LONGEST_START, PartForm
from jobdesc.web.roles.parts import BY_KEY, PARTS

bp = Blueprint("role_edit", __name__, url_prefix="/roles")

Answer = Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@bp.get("/<slug>/edit")
@needs(Action.EDIT_ROLES)
def first(slug: str) -> Response:
    """The first part."""
    return redirect(url_for("role_edit.part", slug=slug, part=PARTS[0].key), 303)


@bp.get("/<slug>/edit/<part>")
@needs(Action.EDIT_ROLES)
def part(slug: str, part: str) -> Answer:
    """A part of a role as it is stored."""
    return _render(_form(slug, part))


@bp.post("/<slug>/edit/<part>")
@needs(Action.EDIT_ROLES)
def save(slug: str, part: str) -> Answer:
    """Do what the pressed button says. Whatever was typed stays, saved or not."""
    form = _form(slug, part, request.form)
    if not form.started.raw_data:  # no form of ours: it would empty the part
        abort(400)
    if form.act.data != "save":
        return _render(form) if form.rework() else abort(400)
    dropping = form.dropping
    if set(dropping) - set(form.drop.data):
        return _render(form, 422, dropping)
    form.settle()
    try:
        return _save(form)
    except Problems as error:
        form.refuse(error.problems)
        return _render(form, 422)
    except StoreBusy as error:
        flash(not_saved(error), "red")
        return *_render(form, 503), retry_header(error)


def _form(slug: str, part: str, sent: Form | None = None) -> PartForm:
    chosen = BY_KEY.get(part) or abort(404)
    actor = current_actor()
    started = sent.get("started", "")[:LONGEST_START] if sent else ""
    draft = open_role(actor, slug, started)
    may_lock = may(actor, Action.CHANGE_LOCKED)
    return FORMS[part](chosen, draft, may_lock, local_day().isoformat(), sent)


def _save(form: PartForm) -> Answer:
    actor, slug, part = current_actor(), form.draft.slug, form.part
    adding = form.new_source.row
    saved = save_role(actor, slug, form.body, form.started.data, now(), adding)
    if saved.conflicts:
        form.contest(saved)
        return _render(form, 409)
    nothing = "The source is added" if adding else "Nothing was changed"
    flash(f"{part.title} saved" if saved.changed else nothing, "green")
    return redirect(url_for("role_edit.part", slug=slug, part=part.key), 303)


def _render(form: PartForm, status: int = 200, dropping: tuple[Level, ...] = ()) -> tuple[str, int]:
    actor, draft = current_actor(), form.draft
    others = list_roles(actor) if form.part.shape == "guide" or draft.extends else ()
    roles = {other.slug: other.role.name for other in others if other.slug != draft.slug}
    page = build_page(form, roles, dropping)
    return render_template("roles/edit.html", page=page), status
