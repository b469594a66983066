"""Another level for a posting: a page of differences to tick, and the same for the builder's sheet.

A sheet that is out of date by the time it is sent is shown again, with what was ticked.
"""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.roles.at_level import NoSuchLevel
from jobdesc.roles.levels import Level
from jobdesc.services.catalog import NoSuchRole
from jobdesc.services.levels import Choice, LevelSheet, SheetOutdated, change_level, open_sheet
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.database_words import not_saved, retry_header
from jobdesc.web.json_requests import wants_json
from jobdesc.web.postings.level_view import heading_of, view_sheet

bp = Blueprint("levels", __name__, url_prefix="/postings/<int:posting_id>/levels")

OUTDATED = "The posting or its role changed meanwhile. Look at the differences again."
NO_ROLE = "The library no longer has the role of this posting, so its level cannot be changed."
NO_LEVEL = "The role of this posting does not have this level."

Answer = str | tuple[str | dict[str, str], int] | tuple[str, int, dict[str, str]] | Response


@bp.get("/<level>")
@needs(Action.EDIT_POSTING)
def show(posting_id: int, level: str) -> Answer:
    """What would change; `?part=sheet` is the inside of the builder's sheet."""
    try:
        sheet = open_sheet(current_actor(), posting_id, _level(level))
    except (NoSuchRole, NoSuchLevel) as error:
        return _impossible(posting_id, error)
    if wants_json():
        return render_template("postings/parts/level_sheet.html", **_values(sheet, None, True))
    return _page(sheet)


@bp.post("/<level>")
@needs(Action.EDIT_POSTING)
def change(posting_id: int, level: str) -> Answer:
    """Take what is ticked, and the level with it."""
    keys = frozenset(request.form.getlist("take"))
    counter = request.form.get("counter", -1, type=int)
    choice = Choice(keys, counter, request.form.get("base", ""))
    try:
        applied = change_level(current_actor(), posting_id, _level(level), choice, now())
    except SheetOutdated:
        sheet = open_sheet(current_actor(), posting_id, _level(level))
        return _page(sheet, OUTDATED, keys), 409
    except StoreBusy as error:
        sheet = open_sheet(current_actor(), posting_id, _level(level))
        return _page(sheet, not_saved(error), keys), 503, retry_header(error)
    except (NoSuchRole, NoSuchLevel) as error:
        return _impossible(posting_id, error)
    if applied.refused:
        sheet = open_sheet(current_actor(), posting_id, _level(level))
        return _page(sheet, applied.refused[0].message, keys), 422
    number = f"{len(keys)} {'change' if len(keys) == 1 else 'changes'}"
    flash(f"Level {_level(level).label}: {number} applied", "green")
    return redirect(url_for("postings.show", posting_id=posting_id), 303)


def _level(key: str) -> Level:
    if key not in set(Level):
        abort(404)
    return Level(key)


def _page(sheet: LevelSheet, notice: str = "", ticked: frozenset[str] | None = None) -> str:
    values = _values(sheet, ticked, False)
    return render_template("postings/level.html", notice_text=notice, **values)


def _values(sheet: LevelSheet, ticked: frozenset[str] | None, in_dialog: bool) -> dict[str, object]:
    return {
        "posting_id": sheet.posting_id,
        "heading": heading_of(sheet.rebasing),
        "sheet": view_sheet(sheet, ticked, in_dialog),
        "in_dialog": in_dialog,
    }


def _impossible(posting_id: int, error: Exception) -> Answer:
    """Why there is no other level, in words."""
    words = NO_ROLE if isinstance(error, NoSuchRole) else NO_LEVEL
    if wants_json():
        return {"message": words}, 404
    values = {"heading": "This level is not available", "gone": words, "posting_id": posting_id}
    return render_template("postings/level.html", sheet=None, notice_text="", **values), 404
