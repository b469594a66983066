"""The small forms of roles; they check nothing that the services check."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from jobdesc.roles.parse import Problem
from jobdesc.roles.template import FAMILIES
from jobdesc.services.role_drafts import RoleSummary
from jobdesc.web.roles.remarks import sentence

SUBJECTS = {"extends": "The role to extend", "tagline": "The sentence"}
"""What a message speaks of, where the label does not say it."""
LENGTH = {"maxlength": 120}


class NewRoleForm(FlaskForm):  # type: ignore[misc]
    """What a new role is called, and what it starts from."""

    name = StringField("Name", render_kw=LENGTH)
    extends = SelectField("Starts from", validate_choice=False)
    family = SelectField(
        "Family",
        choices=[SelectChoice("", "As the role it extends")]
        + [SelectChoice(key, name) for key, name in FAMILIES.items()],
        validate_choice=False,
    )
    tagline = StringField("In one sentence")
    slug = StringField("Address", render_kw={"maxlength": 60, "spellcheck": "false"})


class CopyForm(FlaskForm):  # type: ignore[misc]
    """What the copy of a role is called."""

    name = StringField("Name of the copy", render_kw=LENGTH)


class ExtendsForm(FlaskForm):  # type: ignore[misc]
    """Which role this one extends."""

    extends = SelectField("Role", validate_choice=False)


def offer_roles(
    field: SelectField, rows: Iterable[RoleSummary], nothing: str, but: str = ""
) -> None:
    """Let a role of `rows` be chosen, or none."""
    live = [row for row in rows if row.slug != but and (not row.retired_at or row.not_offered)]
    field.choices = [SelectChoice("", nothing)] + [
        SelectChoice(row.slug, row.role.name) for row in live
    ]


def show_problems(form: FlaskForm, problems: Iterable[Problem], usual: str) -> None:
    """Each problem at the field that it names, or at the usual one."""
    for problem in problems:
        name = str(problem.place[0]) if problem.place else usual
        field = form[name] if name in form else form[usual]
        text = problem.message
        if text[:1].islower():
            text = f"{SUBJECTS.get(field.name, field.label.text)} {text}"
        field.errors = [*field.errors, sentence(text)]
