"""A role as a whole: duplicated, extending another, retired and brought back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.roles.parse import Problems
from jobdesc.services import roles as service
from jobdesc.services.role_drafts import RoleDraft
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.roles.forms import CopyForm, ExtendsForm, offer_roles, show_problems
from jobdesc.web.roles.page import rail_items

bp = Blueprint("role_manage", __name__, url_prefix="/roles")

Answer = str | Response | tuple[str, int]


@bp.get("/<slug>/manage")
@needs(Action.EDIT_ROLES)
def show(slug: str) -> Answer:
    """What can be done with the role."""
    return _render(service.open_role(current_actor(), slug))


@bp.post("/<slug>/duplicate")
@needs(Action.EDIT_ROLES)
def duplicate(slug: str) -> Answer:
    """Make a copy, and go on to edit it."""
    form = CopyForm()
    try:
        copy = service.duplicate_role(
            current_actor(), slug, (form.name.data or "").strip(), now()
        )  # fmt: skip
    except Problems as error:
        show_problems(form, error.problems, "name")
        return _render(service.open_role(current_actor(), slug), copy=form), 422
    flash("The copy is made. This is the copy, which is not in the library yet.", "green")
    return redirect(url_for("role_edit.first", slug=copy.slug), 303)


@bp.post("/<slug>/extends")
@needs(Action.EDIT_ROLES)
def extend(slug: str) -> Answer:
    """Let the role extend another, or none."""
    form = ExtendsForm()
    started, chosen = request.form.get("started", ""), form.extends.data or None
    try:
        saved = service.change_extends(current_actor(), slug, chosen, started, now())
    except Problems as error:
        show_problems(form, error.problems, "extends")
        return _render(service.open_role(current_actor(), slug), parent=form), 422
    flash("What it extends is changed" if saved.changed else "Nothing was changed", "green")
    return redirect(url_for("role_manage.show", slug=slug), 303)


@bp.post("/<slug>/retire")
@needs(Action.EDIT_ROLES)
def retire(slug: str) -> Answer:
    """Take the role out of the library."""
    service.retire_role(current_actor(), slug, now())
    flash("The role is retired. It can be brought back below.", "green")
    return redirect(url_for("role_manage.show", slug=slug), 303)


@bp.post("/<slug>/bring-back")
@needs(Action.EDIT_ROLES)
def bring_back(slug: str) -> Answer:
    """Put the role back into the library."""
    draft = service.open_role(current_actor(), slug)
    service.bring_back_role(current_actor(), slug, now())
    where = "in the library" if draft.not_offered else "back in the library"
    warned = say_warnings(draft)
    flash(f"The role is {where}. {warned}" if warned else f"The role is {where}", "green")
    return redirect(url_for("role_manage.show", slug=slug), 303)


def _render(
    draft: RoleDraft, copy: CopyForm | None = None, parent: ExtendsForm | None = None
) -> str:
    if copy is None:
        copy = CopyForm(formdata=None, name=f"{draft.role.name} (copy)")
    parent = parent or ExtendsForm(formdata=None, extends=draft.extends or "")
    rows = service.list_roles(current_actor())
    offer_roles(parent.extends, rows, "None", but=draft.slug)
    return render_template(
        "roles/manage.html", draft=draft, items=rail_items(draft), copy=copy, parent=parent,
        used=say_used(draft), warned=say_warnings(draft),
    )  # fmt: skip


def say_warnings(draft: RoleDraft) -> str:
    """'It has 3 warnings, which its parts show.'; '' without any."""
    count = len(draft.warnings)
    if not count:
        return ""
    return f"It has {count:,} warning{'' if count == 1 else 's'}, which its parts show."


def say_used(draft: RoleDraft) -> str:
    """'4 postings and 1 role rest on it.'"""
    postings, children = draft.postings, len(draft.children)
    if not (postings or children):
        return "Nothing rests on it."
    said = []
    if postings:
        said.append(f"{postings:,} posting{'' if postings == 1 else 's'}")
    if children:
        said.append(f"{children} role{'' if children == 1 else 's'}")
    verb = "rests" if postings + children == 1 else "rest"
    return f"{' and '.join(said)} {verb} on it."
