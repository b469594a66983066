"""Show standing texts in their order; add, change, order, remove and lock variants."""

from collections.abc import Iterable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action, may
from jobdesc.postings.locks import Held
from jobdesc.postings.placeholders import PLACEHOLDERS, remarks_on
from jobdesc.postings.profile import Conflict, mark
from jobdesc.postings.statement_edits import NoSuchVariant, variant_of
from jobdesc.postings.variants import StatementKind, Variant
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problems
from jobdesc.services import statements as service
from jobdesc.services.catalog import load_library
from jobdesc.services.organization import the_organization
from jobdesc.services.statements import TextLocked
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.database_words import not_saved, retry_header
from jobdesc.web.statements.forms import VariantForm, VariantSheet, shown
from jobdesc.web.statements.page import build_page

bp = Blueprint("statements", __name__, url_prefix="/settings/statements")
NEW = "new"
GONE = "This text is not here any more. Nothing was changed."

Answer = str | tuple[str, int] | tuple[str, int, dict[str, str]] | Response


@bp.app_template_global("placeholders")
def _placeholders() -> dict[str, str]:
    """Every placeholder of a text, and what stands in its place."""
    return PLACEHOLDERS


@bp.get("")
@needs(Action.EDIT_ORGANIZATION)
def index() -> Answer:
    """Every kind with its variants, and what a posting would get."""
    library = load_library()
    shipped, roles = library.references.statements, _role_names()
    page = build_page(the_organization(), shipped, roles, request.args)
    return render_template("statements/index.html", page=page)


@bp.post("")
@needs(Action.EDIT_ORGANIZATION)
def act() -> Answer:
    """Do what the pressed button of a row says."""
    verb, _, key = request.form.get("act", "").partition(":")
    removed = None
    try:
        removed = _act(verb, key)
    except NoSuchVariant:
        flash(GONE, "amber")
    except TextLocked as refusal:
        flash(str(refusal), "red")
    except Problems as error:
        flash(error.problems[0].message, "red")
    except StoreBusy as error:
        flash(not_saved(error), "red")
    return redirect(url_for("statements.index", removed=removed, _anchor=_kind_of(key)), 303)


@bp.get("/<kind>/<key>")
@needs(Action.EDIT_ORGANIZATION)
def edit(kind: str, key: str) -> Answer:
    """A variant, or an empty form for a new one."""
    variant = _variant(kind, key)
    sheet = VariantSheet(StatementKind(kind), VariantForm(formdata=None), _role_names(variant))
    if variant:
        sheet.show(variant)
    return _render(sheet, variant)


@bp.post("/<kind>/<key>")
@needs(Action.EDIT_ORGANIZATION)
def save(kind: str, key: str) -> Answer:
    """Save the form. Whatever was typed stays, saved or not."""
    variant = _variant(kind, key)
    sheet = VariantSheet(StatementKind(kind), VariantForm(), _role_names(variant))
    sheet.take(request.form)
    if not sheet.form.validate():
        return _render(sheet, variant), 422
    try:
        conflicts = _save(sheet, variant)
    except Problems as error:
        sheet.show_problems(error.problems)
        return _render(sheet, variant), 422
    except StoreBusy as error:
        flash(not_saved(error), "red")
        return _render(sheet, variant), 503, retry_header(error)
    if conflicts:
        return _render(sheet, variant, conflicts), 409
    for remark in _remarks(sheet):
        flash(remark, "amber")
    flash(f"{sheet.form.name.data.strip()} saved", "green")
    return redirect(url_for("statements.index", _anchor=kind), 303)


def _act(verb: str, key: str) -> str | None:
    """Carry it out; the id of what was removed."""
    match verb:
        case "up" | "down":
            service.reorder_variant(current_actor(), key, verb, now())
        case "remove":
            return service.remove_variant(current_actor(), key, now()).id
        case "restore":
            name = service.restore_variant(current_actor(), key, now()).name
            flash(f"{name} is used again", "green")
        case "lock":
            service.lock_text(current_actor(), key, now())
            flash("Locked. Only administrators change this text now", "green")
        case "unlock":
            service.unlock_text(current_actor(), key, now())
            flash("Unlocked. HR editors can change this text again", "green")
        case _:
            abort(400)
    return None


def _save(sheet: VariantSheet, variant: Variant | None) -> tuple[Conflict, ...]:
    """Save; what met another's change comes back, and starts from theirs from now on."""
    if variant is None:
        service.create_variant(current_actor(), sheet.kind, sheet.values(), now())
        return ()
    edited = service.change_variant(current_actor(), variant.id, sheet.changes(), now())
    met = {conflict.field: conflict for conflict in edited.conflicts}
    for name in sheet.fields:
        if name in met:
            sheet.started[name] = mark(met[name].theirs)
        elif met:
            sheet.show(edited.variant, [name])
    return edited.conflicts


def _remarks(sheet: VariantSheet) -> list[str]:
    """What is said of the placeholders in the words: they are saved all the same."""
    values = sheet.values()
    return remarks_on("\n".join((values.get("text", ""), *values.get("items", ()))))


def _render(
    sheet: VariantSheet, variant: Variant | None, conflicts: Iterable[Conflict] = ()
) -> str:
    lock = variant.lock if variant else None
    return render_template(
        "statements/variant.html",
        sheet=sheet,
        variant=variant,
        levels=tuple(Level),
        lock=Held(lock.by) if lock else None,
        shut=bool(lock and not may(current_actor(), Action.CHANGE_LOCKED)),
        theirs={conflict.field: _words(conflict, sheet) for conflict in conflicts},
        remark=" ".join(_remarks(sheet)),
    )


def _words(conflict: Conflict, sheet: VariantSheet) -> str:
    """What somebody else saved, as a person reads it."""
    if conflict.field == "roles":
        return ", ".join(sheet.roles.get(slug, slug) for slug in conflict.theirs)
    if conflict.field == "levels":
        return ", ".join(level.label for level in conflict.theirs)
    return str(shown(conflict.field, conflict.theirs))


def _variant(kind: str, key: str) -> Variant | None:
    """The variant of this address; None for a new one."""
    if kind not in set(StatementKind):
        abort(404)
    if key == NEW:
        return None
    try:
        variant = variant_of(the_organization(), key)
    except NoSuchVariant:
        abort(404)
    if variant.kind != kind:
        abort(404)
    return variant


def _kind_of(key: str) -> str | None:
    """The card to show after an action."""
    if key in set(StatementKind):
        return key
    return next((v.kind.value for v in the_organization().variants if v.id == key), None)


def _role_names(variant: Variant | None = None) -> dict[str, str]:
    """Every specialty by slug; also retired ones, and those that only the variant names."""
    library = load_library()
    named = variant.roles if variant else ()
    known = (*library.roles.values(), *library.retired.values())
    names = {role.slug: role.name for role in known}
    return names | {slug: slug for slug in named if slug not in names}
