"""The profile's form with what it started from: values out of it, stored values into it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Field

from jobdesc.postings.accent import read_color
from jobdesc.postings.organization import Organization
from jobdesc.postings.places import Place
from jobdesc.postings.profile import Conflict, FieldChange, mark, own_words
from jobdesc.postings.values import PLACES, clean
from jobdesc.roles.parse import Problem
from jobdesc.services.postings import new_line_id
from jobdesc.web.organization.forms import OrganizationForm, PlaceForm, benefit_lines
from jobdesc.web.organization.sections import FIELDS

ROW_ID = re.compile(r"[\w-]{1,60}")
PARTS = ("street", "city", "state", "postal_code", "country")


class Sheet:
    """A form of the profile, and by field the mark of the text that it showed at first."""

    def __init__(self, form: OrganizationForm, standard: Mapping[str, str]) -> None:
        self.form = form
        self.standard = standard
        self.started: dict[str, str] = {}

    def show(self, organization: Organization, fields: Iterable[str] = FIELDS) -> None:
        """Put what is stored into the form, and remember that this was shown."""
        for name in fields:
            stored = getattr(organization, name)
            self.started[name] = mark(stored)
            match name:
                case "places":
                    self._show_places(stored)
                case "benefits":
                    self.form.benefits.data = "\n".join(stored)
                case "accent":
                    self.form.accent.data = self.form.accent_picked.data = stored
                case _:
                    self.form[name].data = stored or self.standard.get(name, "")

    def take(self, sent: Mapping[str, str], organization: Organization) -> None:
        """Complete a form that was sent: its marks, and the color from one of two controls."""
        for name in FIELDS:
            self.started[name] = sent.get(f"started:{name}", "") or mark(
                getattr(organization, name)
            )
        if not self.has("places", sent):
            self._show_places(organization.places)
        for name in FIELDS:
            if name != "places" and not self.has(name, sent):
                self.show(organization, [name])
        self._settle_accent(sent.get("accent_shown", organization.accent))

    def has(self, name: str, sent: Mapping[str, str]) -> bool:
        """Whether this field was part of what was sent."""
        return any(key.startswith("places-") for key in sent) if name == "places" else name in sent

    def value(self, name: str) -> Any:
        """What the form holds for a field, in the shape of the profile."""
        if name == "places":
            return tuple(_place_values(entry.form) for entry in self.form.places)
        text = clean(self.form[name].data or "")
        if name == "benefits":
            return benefit_lines(text)
        if name == "accent":
            return read_color(text) or text
        return own_words(text, self.standard.get(name, ""))

    def changes(self, fields: Iterable[str]) -> list[FieldChange]:
        """What to save of these fields."""
        return [FieldChange(name, self.started[name], self.value(name)) for name in fields]

    def unsaved(self) -> list[str]:
        """The fields that hold something else than they showed at first."""
        return [name for name in FIELDS if mark(self.value(name)) != self.started[name]]

    def settle(
        self, organization: Organization, fields: Iterable[str], conflicts: Iterable[Conflict]
    ) -> None:
        """After a save: show what is stored now, but keep the words that met another's."""
        met = {conflict.field: conflict for conflict in conflicts}
        self.show(organization, [name for name in fields if name not in met])
        for name, conflict in met.items():
            self.started[name] = mark(conflict.theirs)

    def add_place(self) -> Field | None:
        """An empty row for one more place; None where there are as many as can be."""
        if len(self.form.places.entries) >= PLACES:
            return None
        return self.form.places.append_entry({}).form.street

    def remove_place(self, name: str) -> None:
        """Take the row of this name away; the last one is emptied."""
        kept = [entry for entry in self.form.places.entries if entry.name != name]
        self.form.places.entries = kept
        if not kept:
            self.add_place()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Put each problem on the control that it names."""
        for problem in problems:
            control = self._control(problem)
            text = problem.message
            if text[:1].islower():
                text = f"{control.label.text} {text}"
            control.errors = [*control.errors, text]

    def controls(self) -> list[Field]:
        """Every control of the form that can be wrong, in the order of the page."""
        found: list[Field] = []
        for field in self.form:
            if field.name == "places":
                found += [part for entry in field for part in entry.form]
            else:
                found.append(field)
        return found

    def _control(self, problem: Problem) -> Field:
        match problem.place:
            case ("places", int(index), *parts) if index < len(self.form.places.entries):
                row: PlaceForm = self.form.places.entries[index].form
                part = str(parts[0]) if parts and parts[0] in PARTS else "city"
                return row[part]
            case (str(name), *_) if name in FIELDS and name != "places":
                return self.form[name]
        return self.form.name

    def _settle_accent(self, shown: str) -> None:
        """The typed color, unless only the picker was used."""
        typed, picked = self.form.accent.data or "", self.form.accent_picked.data or ""
        if read_color(typed) == shown or not typed.strip():
            self.form.accent.data = picked or shown
        self.form.accent_picked.data = read_color(self.form.accent.data) or shown

    def _show_places(self, places: tuple[Place, ...]) -> None:
        while self.form.places.entries:
            self.form.places.pop_entry()
        for place in places:
            self.form.places.append_entry(place.model_dump())
        if not places:
            self.add_place()


def _place_values(row: PlaceForm) -> dict[str, str]:
    values = {part: clean(row[part].data or "") for part in PARTS}
    known = ROW_ID.fullmatch(row.id.data or "")
    return {"id": row.id.data if known else new_line_id(), **values}
