"""A variant of a standing text as a form. It checks size; the parser checks meaning."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from jobdesc.postings.profile import FieldChange, mark
from jobdesc.postings.statement_edits import VARIANT_FIELDS
from jobdesc.postings.values import LINE, LONG, SHORT, clean
from jobdesc.postings.variants import StatementKind, Variant
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import Problem
from jobdesc.web.organization.forms import FewLines, benefit_lines
from jobdesc.web.postings.forms import AtMost

LISTS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "items": benefit_lines,
    "states": lambda text: _split(text, r"[,;\n]"),
    "cities": lambda text: _split(text, r"[,;\n]"),
    "departments": lambda text: _split(text, r"[;\n]"),
}
"""How a list is read from what was typed."""
MORE = LINE * 5


class VariantForm(FlaskForm):  # type: ignore[misc]
    """Every field of a variant, by its name; of text and items the kind has one."""

    name = StringField(
        "Name", [InputRequired("Give this text a name, like Oregon."), AtMost(SHORT)]
    )
    text = TextAreaField(
        "Text", [InputRequired("Write the text."), AtMost(LONG)], render_kw={"rows": 8}
    )
    items = TextAreaField(
        "Benefits, one a line",
        [InputRequired("Write at least one benefit."), FewLines()],
        render_kw={"rows": 8},
    )
    states = StringField("States", [AtMost(MORE)])
    cities = StringField("Cities", [AtMost(MORE)])
    departments = TextAreaField("Departments, one a line", [AtMost(MORE)], render_kw={"rows": 3})
    roles = SelectMultipleField("Specialties", [Optional()], validate_choice=False)
    levels = SelectMultipleField("Levels", [Optional()], validate_choice=False)


class VariantSheet:
    """A form of a variant, and by field the mark of what it showed at first."""

    def __init__(self, kind: StatementKind, form: VariantForm, roles: Mapping[str, str]) -> None:
        del form["text" if kind is StatementKind.BENEFITS else "items"]
        self.kind, self.form, self.roles = kind, form, roles
        self.fields = tuple(name for name in VARIANT_FIELDS if name in form)
        self.started: dict[str, str] = dict.fromkeys(self.fields, "")

    def show(self, variant: Variant, fields: Iterable[str] = ()) -> None:
        """Put what is stored into the form, and remember that this was shown."""
        for name in fields or self.fields:
            stored = getattr(variant, name)
            self.started[name] = mark(stored)
            self.form[name].data = shown(name, stored)

    def take(self, sent: Mapping[str, str]) -> None:
        """The marks that were sent with the form."""
        self.started = {name: sent.get(f"started:{name}", "") for name in self.fields}

    def values(self) -> dict[str, Any]:
        """What the form holds, in the shape of a variant."""
        return {name: self._value(name) for name in self.fields}

    def changes(self) -> list[FieldChange]:
        """What to save."""
        return [
            FieldChange(name, self.started[name], after) for name, after in self.values().items()
        ]

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Put each problem on the control that it names."""
        for problem in problems:
            name = str(problem.place[0]) if problem.place else self.fields[1]
            control = self.form[name if name in self.fields else self.fields[1]]
            text = problem.message
            if text[:1].islower():
                text = f"{control.label.text} {text}"
            if text not in control.errors:
                control.errors = [*control.errors, text]

    def _value(self, name: str) -> Any:
        if name == "roles":
            return tuple(slug for slug in self.form.roles.data or () if slug in self.roles)
        if name == "levels":
            return tuple(level for level in Level if level in (self.form.levels.data or ()))
        text = clean(self.form[name].data or "")
        return LISTS[name](text) if name in LISTS else text


def shown(name: str, stored: Any) -> Any:
    """A stored value as its control holds it."""
    if name in ("states", "cities"):
        return ", ".join(stored)
    return "\n".join(stored) if name in LISTS else stored


def _split(text: str, at: str) -> tuple[str, ...]:
    parts = (clean(part) for part in re.split(at, text))
    return tuple(dict.fromkeys(part for part in parts if part))
