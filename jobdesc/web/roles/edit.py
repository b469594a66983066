"""Edit a role part by part: every button sends the whole part, and Save makes one version."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action, may
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problems
from jobdesc.services.role_drafts import RoleDraft
from jobdesc.services.roles import list_roles, open_role, save_role
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.database_words import not_saved, retry_header
from jobdesc.web.roles.basics import read_basics
from jobdesc.web.roles.boxes import Form, with_source_ids
from jobdesc.web.roles.conflicts import Path, put_at, read_path, value_at
from jobdesc.web.roles.guide_form import read_guide, rearrange_guide
from jobdesc.web.roles.inheriting import GIVEN_BACK, give_back
from jobdesc.web.roles.lines_form import (
    Reading,
    name_new_lines,
    new_line,
    read_lines,
    rearrange,
    without_blank,
)
from jobdesc.web.roles.new_source import NewSource, placed, read_new_source, with_line
from jobdesc.web.roles.page import State, build_page, levels_of, names_of, source_names
from jobdesc.web.roles.parts import BY_KEY, PARTS, Part
from jobdesc.web.roles.pay_form import read_pay

bp = Blueprint("role_edit", __name__, url_prefix="/roles")

LONGEST_START = 200
"""The most signs of what a form carries of the state that it was made from."""

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
    chosen = BY_KEY.get(part) or abort(404)
    draft = open_role(current_actor(), slug)
    return _render(draft, chosen, State(draft.body))


@bp.post("/<slug>/edit/<part>")
@needs(Action.EDIT_ROLES)
def save(slug: str, part: str) -> Answer:
    """Do what the pressed button says. Whatever was typed stays, saved or not."""
    chosen = BY_KEY.get(part) or abort(404)
    draft = open_role(current_actor(), slug)
    if "started" not in request.form:  # no form of ours: it would empty the part
        abort(400)
    verb, _, thing = request.form.get("act", "save").partition(":")
    source = read_new_source(request.form)
    names = source_names(draft.references) | source.names
    body = {**draft.body, **_read(with_source_ids(request.form, names), chosen, draft)}
    body = with_line(chosen, body, source)
    body = give_back(body, request.form.getlist(GIVEN_BACK), chosen, draft.parent)
    contested = [path for text in request.form.getlist("contested") if (path := read_path(text))]
    if verb != "save":
        return _rework(draft, chosen, body, contested, verb, thing)
    dropping = _dropping(draft, body)
    if set(dropping) - set(request.form.getlist("drop")):
        state = State(body, (), contested, True, "", _shown(), dropping, source)
        return _render(draft, chosen, state, 422)
    if chosen.shape in ("lines", "credentials"):
        body[chosen.key] = _for_save(chosen.key, body)
    try:
        return _save(draft, chosen, body, source)
    except Problems as error:
        problems = [placed(problem) for problem in error.problems]
        state = State(body, problems, contested, unsaved=True, shown=_shown(), source=source)
        return _render(draft, chosen, state, 422)
    except StoreBusy as error:
        flash(not_saved(error), "red")
        state = State(body, (), contested, unsaved=True, shown=_shown(), source=source)
        return *_render(draft, chosen, state, 503), retry_header(error)


def _dropping(draft: RoleDraft, body: dict[str, Any]) -> tuple[Level, ...]:
    """The levels that lose their title, and with it everything; the last one cannot go."""
    left = levels_of(body)
    return tuple(level for level in levels_of(draft.body) if left and level not in left)


def _save(draft: RoleDraft, part: Part, body: dict[str, Any], source: NewSource) -> Answer:
    started = request.form["started"][:LONGEST_START]
    saved = save_role(current_actor(), draft.slug, body, started, now(), source.row)
    if saved.conflicts:
        mine = saved.draft.body
        for conflict in saved.conflicts:
            mine = put_at(mine, conflict.path, conflict.mine)
        contested = [conflict.path for conflict in saved.conflicts]
        state = State(mine, (), contested, unsaved=True, shown=_shown())
        return _render(saved.draft, part, state, 409)
    nothing = "The source is added" if source.is_there else "Nothing was changed"
    flash(f"{part.title} saved" if saved.changed else nothing, "green")
    return redirect(url_for("role_edit.part", slug=draft.slug, part=part.key), 303)


def _read(form: Form, part: Part, draft: RoleDraft) -> dict[str, Any]:
    """The part as the form says it."""
    body, levels = draft.body, levels_of(draft.body)
    match part.shape:
        case "basics":
            return read_basics(form, body)
        case "pay":
            return read_pay(form, body, levels)
        case "guide":
            return read_guide(form)
    reading = Reading(body.get(part.key, []), levels, may(current_actor(), Action.CHANGE_LOCKED))
    return {part.key: read_lines(form, reading)}


def _for_save(key: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines without empty new ones, the others with ids of their own."""
    taken = {
        line["id"]
        for part in PARTS
        if part.shape in ("lines", "credentials") and part.key != key
        for line in body.get(part.key, [])
    }
    return name_new_lines(without_blank(body[key]), frozenset(taken))


def _rework(
    draft: RoleDraft,
    part: Part,
    body: dict[str, Any],
    contested: list[Path],
    verb: str,
    thing: str,
) -> Answer:
    """Change the form without saving it."""
    focus = ""
    match verb:
        case "theirs" | "mine" if path := read_path(thing):
            if verb == "theirs" and path in contested:
                body = put_at(body, path, value_at(draft.body, path))
            contested = [other for other in contested if other != path]
        case "add" if part.shape in ("lines", "credentials"):
            added = new_line(part.key)
            body[part.key] = [*body[part.key], added]
            focus = added["id"]
        case "up" | "down" | "remove" if part.shape == "guide":
            body["guide"] = rearrange_guide(body["guide"], verb, thing)
        case "up" | "down" | "remove" if part.shape in ("lines", "credentials"):
            body[part.key] = rearrange(body[part.key], verb, thing)
            focus = f"{verb}:{thing}"
        case "add":
            pass
        case _:
            abort(400)
    source = read_new_source(request.form)
    state = State(body, (), contested, True, focus, _shown(), source=source)
    return _render(draft, part, state, 200)


def _shown() -> str:
    return request.form.get("shown", "")


def _render(draft: RoleDraft, part: Part, state: State, status: int = 200) -> tuple[str, int]:
    actor = current_actor()
    others = list_roles(actor) if part.shape == "guide" or draft.extends else ()
    roles = {other.slug: other.role.name for other in others if other.slug != draft.slug}
    names = names_of(draft, roles, may(actor, Action.CHANGE_LOCKED))
    page = build_page(draft, part, state, names, now().date().isoformat())
    return render_template("roles/edit.html", page=page), status
