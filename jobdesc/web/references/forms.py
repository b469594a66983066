"""A source or a credential as a form. It checks nothing that the parser checks."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from jobdesc.postings.values import clean
from jobdesc.roles.credential import KINDS
from jobdesc.roles.parse import Problem
from jobdesc.roles.reference_rows import (
    LABELS,
    FieldConflict,
    FieldEdit,
    Row,
    Shelf,
    Twin,
    say_no_such_source,
    text_of,
)
from jobdesc.web.roles.boxes import known_sources, number

ROWS = {"rows": 2}


class SourceForm(FlaskForm):  # type: ignore[misc]
    """Every field of a source."""

    name = StringField("Title")
    publisher = StringField("Publisher")
    url = StringField("Link", render_kw={"inputmode": "url", "spellcheck": "false"})
    read = StringField("Date read", render_kw={"placeholder": "2026-11-23"})
    as_of = StringField("Its own date")
    note = TextAreaField("Note", render_kw=ROWS)
    verified = BooleanField("I have checked the facts against this source")
    id = StringField("Short id", render_kw={"maxlength": 60, "spellcheck": "false"})


class CredentialForm(FlaskForm):  # type: ignore[misc]
    """Every field of a credential."""

    name = StringField("Exact name")
    abbreviation = StringField("Abbreviation", render_kw={"maxlength": 30})
    issuer = StringField("Issued by")
    kind = SelectField(
        "Kind", choices=[SelectChoice(*one) for one in KINDS.items()], validate_choice=False
    )
    requires = TextAreaField("What it takes", render_kw=ROWS)
    degree = StringField("Degree")
    min_months = StringField("Months of case management", render_kw={"inputmode": "numeric"})
    supervision = StringField("Supervision")
    renewal = StringField("Renewal")
    states = TextAreaField("Where states differ", render_kw=ROWS)
    note = TextAreaField("Note", render_kw=ROWS)
    source = FieldList(StringField("Source"), label="Sources")
    id = StringField("Short id", render_kw={"maxlength": 60, "spellcheck": "false"})


FORMS: Mapping[Shelf, type[FlaskForm]] = {
    Shelf.SOURCES: SourceForm,
    Shelf.CREDENTIALS: CredentialForm,
}
EMPTY = {
    "name": "Enter the {}.",
    "issuer": "Enter who issues it.",
    "requires": "Say what it takes.",
}
NO_DATE = "Enter the day on which you read it, like 2026-11-23, or its own date."


class RowSheet:
    """A form of a row, and by field the text that it showed at first.

    `names` are the sources as people pick them, by id; `twin` is another row of the same name.
    """

    def __init__(self, shelf: Shelf, names: Mapping[str, str], form: FlaskForm) -> None:
        self.shelf, self.names, self.form = shelf, names, form
        self.fields = tuple(LABELS[shelf])
        self.started: dict[str, str] = dict.fromkeys(self.fields, "")
        self.twin = ""

    def show(self, row: Row, but: Collection[str] = ()) -> None:
        """Put a row into the form, `but` for fields that keep what was typed."""
        for name in self.fields:
            if name in but:
                continue
            if name == "verified":
                self.form[name].data = getattr(row, name)
            elif name == "source":
                self._show_sources(getattr(row, name))
            else:
                self.form[name].data = text_of(row, name)

    def start(self, row: Row) -> None:
        """Remember that this is what the form was made from."""
        self.started = {name: text_of(row, name) for name in self.fields}

    def take(self, sent: Mapping[str, str]) -> None:
        """What the form that was sent was made from."""
        self.started = {name: str(clean(sent.get(f"started:{name}", ""))) for name in self.fields}
        if self.shelf is Shelf.CREDENTIALS:
            typed = [text for one in self.form.source.data if (text := (one or "").strip())]
            self._show_sources(known_sources(typed, self.names))

    def values(self) -> dict[str, Any]:
        """What the form holds, in the shape of a row."""
        return {name: self._value(name) for name in self.fields}

    def edits(self) -> list[FieldEdit]:
        """What to save."""
        return [FieldEdit(name, self.started[name], after) for name, after in self.values().items()]

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each problem once, at the field that it names."""
        for problem in problems:
            name = str(problem.place[0]) if problem.place else "read"
            if isinstance(problem, Twin):
                self.twin = problem.other
            if name == "source":
                self.form.source.errors = self._unknown_sources()
                continue
            field = self.form[name if name in self.form else "name"]
            words = self._say(problem, name, str(field.label.text))
            if words not in field.errors:
                field.errors = [*field.errors, words]

    def theirs(self, conflicts: Iterable[FieldConflict]) -> dict[str, str]:
        """What somebody else saved, by field, as it reads."""
        return {one.field: self._read(one.field, one.theirs) for one in conflicts}

    def _say(self, problem: Problem, name: str, label: str) -> str:
        if not problem.place:
            return NO_DATE
        if problem.message.startswith("is empty") and name in EMPTY:
            return EMPTY[name].format(label.lower())
        message = problem.message
        return f"{label} {message}" if message[:1].islower() else message

    def _unknown_sources(self) -> list[str]:
        unknown = [name for name in self._value("source") if name not in self.names]
        return [*map(say_no_such_source, unknown)] or ["Name the source, at least one."]

    def _read(self, name: str, text: str) -> str:
        if name == "source":
            return "; ".join(self.names.get(key, key) for key in text.splitlines())
        if name == "kind":
            return dict[str, str](KINDS.items()).get(text, text)
        return ("Checked" if text else "Not checked") if name == "verified" else text

    def _show_sources(self, keys: Iterable[str]) -> None:
        field = self.form.source
        while len(field):
            field.pop_entry()
        for key in keys:
            field.append_entry(self.names.get(key, key))
        field.append_entry("")

    def _value(self, name: str) -> Any:
        data = self.form[name].data
        if name == "verified":
            return bool(data)
        if name == "source":
            return known_sources([one for one in data if one], self.names)
        text = str(clean(data or ""))
        if name == "min_months":
            return number(text) if text else 0
        return text if name in ("requires", "states", "note") else " ".join(text.split())
