"""The list of role templates, and a new one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.roles.levels import LEVELS
from jobdesc.roles.parse import Problems
from jobdesc.roles.template import FAMILIES
from jobdesc.services.roles import create_role, list_roles
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.roles.forms import NewRoleForm, offer_roles, show_problems

bp = Blueprint("role_list", __name__, url_prefix="/settings/roles")

Answer = str | Response | tuple[str, int]
NO_FAMILY = "Choose a family: the role extends no other that could give it one."


@bp.get("")
@needs(Action.EDIT_ROLES)
def index() -> Answer:
    """Every role, retired ones too."""
    rows = list_roles(current_actor())
    names = {row.slug: row.role.name for row in rows}
    return render_template(
        "roles/index.html", rows=rows, names=names, families=FAMILIES, levels=LEVELS
    )


@bp.get("/new")
@needs(Action.EDIT_ROLES)
def new() -> Answer:
    """Name and start of a new role."""
    return _render(NewRoleForm())


@bp.post("/new")
@needs(Action.EDIT_ROLES)
def create() -> Answer:
    """Make the role, and go on to edit it."""
    form = NewRoleForm()
    family = next((key for key in FAMILIES if key == form.family.data), None)
    try:
        draft = create_role(
            current_actor(),
            (form.name.data or "").strip(),
            (form.slug.data or "").strip() or None,
            form.extends.data or None,
            now(),
            family,
            (form.tagline.data or "").strip(),
        )
    except Problems as error:
        show_problems(form, error.problems, "name")
        if form.family.errors:
            form.family.errors = [NO_FAMILY]
        return _render(form), 422
    flash("The role is made. Fill its parts; each is saved by itself.", "green")
    return redirect(url_for("role_edit.first", slug=draft.slug), 303)


def _render(form: NewRoleForm) -> str:
    offer_roles(form.extends, list_roles(current_actor()), "From scratch, with one level")
    return render_template("roles/new.html", form=form)
