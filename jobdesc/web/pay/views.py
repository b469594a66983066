"""The organization's own pay ranges: all of them, and those of a role to edit."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.postings.band_edits import describe, heading
from jobdesc.postings.band_limits import MOST_BANDS, MOST_PLACES
from jobdesc.postings.bands import ORDER
from jobdesc.services import pay_bands as service
from jobdesc.services.pay_bands import AllBands, NoSuchBand, RoleBands, TooManyBands
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.database_words import not_saved, retry_header
from jobdesc.web.pay.cards import UNITS, Sheet, show_bands, with_another
from jobdesc.web.pay.overview import role_lines
from jobdesc.web.pay.sheet import after_save, read_sheet, use_theirs

bp = Blueprint("pay", __name__, url_prefix="/settings/pay")

TOO_MANY = f"A role can have up to {MOST_BANDS} ranges, in up to {MOST_PLACES} places."
Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@bp.get("")
@needs(Action.EDIT_PAY_BANDS)
def index() -> Answer:
    """Every role with its ranges, and the way out to a file and in from one."""
    return render_index(service.read_all(current_actor(), now()))


@bp.get("/<slug>")
@needs(Action.EDIT_PAY_BANDS)
def show(slug: str) -> Answer:
    """The ranges of a role by place and level."""
    stored = service.read_role_bands(current_actor(), slug, now())
    return _render(stored, show_bands(stored))


@bp.post("/<slug>")
@needs(Action.EDIT_PAY_BANDS)
def save(slug: str) -> Answer:
    """Save all that was typed, or show the form with one more place or with somebody else's row."""
    actor = current_actor()
    stored = service.read_role_bands(actor, slug, now())
    sheet = read_sheet(request.form, stored)
    act, _, asked = request.form.get("act", "").partition(":")
    if act == "add-place":
        return _render(stored, Sheet(with_another(sheet.cards, stored)), focus="new")
    if act == "theirs":
        return _render(stored, use_theirs(sheet, asked, stored))
    if sheet.wrong:
        return _render(stored, sheet), 422
    try:
        merged = service.save_bands(actor, slug, sheet.edits, now())
    except StoreBusy as error:
        flash(not_saved(error), "red")
        return _render(stored, sheet), 503, retry_header(error)
    except TooManyBands:
        flash(f"{TOO_MANY} Remove some, then save again.", "red")
        return _render(stored, sheet), 422
    count = len(merged.changes)
    said = f"{count} {'range' if count == 1 else 'ranges'} saved" if count else "Nothing to save"
    if merged.conflicts:
        flash(f"{said}. Someone else changed what you typed below, so that is not saved.", "amber")
        fresh = service.read_role_bands(actor, slug, now())
        return _render(fresh, after_save(sheet, fresh, merged.conflicts)), 409
    flash(said, "green")
    return redirect(url_for("pay.show", slug=slug), 303)


@bp.post("/<slug>/bring-back/<int:band_id>")
@needs(Action.EDIT_PAY_BANDS)
def bring_back(slug: str, band_id: int) -> Answer:
    """Use a removed range again."""
    try:
        service.bring_back_band(current_actor(), slug, band_id, now())
    except NoSuchBand:
        return render_template("errors/not_found.html"), 404
    except TooManyBands:
        flash(f"{TOO_MANY} Remove some, then bring this one back.", "red")
    else:
        flash("The range is back", "green")
    return redirect(url_for("pay.show", slug=slug), 303)


def render_index(found: AllBands, file_fault: str = "") -> str:
    """The page of all ranges; `file_fault` is why a file was not read."""
    return render_template(
        "pay/index.html",
        found=found,
        lines=role_lines(found),
        file_fault=file_fault,
        order=ORDER,
    )


def _render(stored: RoleBands, sheet: Sheet, focus: str = "") -> str:
    return render_template(
        "pay/role.html",
        stored=stored,
        role=stored.role,
        sheet=sheet,
        units=UNITS,
        order=ORDER,
        focus=focus,
        describe=describe,
        band_heading=heading,
    )
