"""The guide of a role: each section a list of rows that can be added to, moved and removed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jobdesc.web.roles.boxes import (
    Body,
    Box,
    Form,
    Look,
    SourceBoxes,
    source_box,
    source_ids,
    words,
)
from jobdesc.web.roles.fields import BodyField

Fields = Mapping[str, str]
PASSAGE: Fields = {"text": "Paragraph"}
SECTIONS: dict[str, tuple[str, Fields]] = {
    "what": ("What the role does", PASSAGE),
    "where": ("Where it works", PASSAGE),
    "day": ("A typical day", {"when": "When", "what": "What happens"}),
    "good": ("What makes a good one", {"quality": "Quality", "shows": "How it shows"}),
    "education": ("Education", PASSAGE),
    "studies": ("Fields of study", {"study": "Study", "leads_to": "Where it leads"}),
    "certification": ("Certification", PASSAGE),
    "experience": ("Experience", PASSAGE),
    "pay": ("Pay", PASSAGE),
    "pay_factors": ("What moves pay", PASSAGE),
    "similar": ("Similar roles", {"name": "Name", "difference": "How it differs"}),
    "questions": ("Questions", {"question": "Question"}),
}
LONG = ("text", "what", "shows", "leads_to", "difference")
SOURCED = ("text", "study")
"""A row with one of these fields names its sources."""
MOST_ROWS = 100
"""More than a section may have, so that one with too many is refused, and cheaply."""


@dataclass(frozen=True)
class Entry:
    """A field of a row."""

    label: str
    box: Box
    long: bool


@dataclass(frozen=True)
class Row:
    """A row of a section. `answers` are the paragraphs of a question, the last of them empty."""

    key: str
    entries: tuple[Entry, ...]
    source: SourceBoxes | None
    role: Box | None
    answers: tuple["Row", ...]
    remark: Box
    blank: bool


@dataclass(frozen=True)
class Section:
    """A section, with an empty row at its end."""

    key: str
    title: str
    rows: tuple[Row, ...]
    remark: Box

    @property
    def count(self) -> int:
        """How many rows say something."""
        return len(self.rows) - 1


class GuideField(BodyField):
    """The rows of each section; those without a word are left out."""

    def read(self, form: Form, before: Any) -> dict[str, Any]:
        """Every section of a form."""
        spot = self.name
        return {key: list(_read_rows(form, f"{spot}:{key}", fields))
                for key, (_, fields) in SECTIONS.items()}  # fmt: skip


def _read_rows(form: Form, spot: str, fields: Fields) -> Iterator[dict[str, Any]]:
    for row in list(dict.fromkeys(form.getlist(spot)))[:MOST_ROWS]:
        name = f"{spot}:{row}"
        read: dict[str, Any] = {
            field: text for field in fields if (text := words(form, f"{name}:{field}"))
        }
        if role := words(form, f"{name}:role"):
            read["role"] = role
        if sources := source_ids(words(form, f"{name}:source")):
            read["source"] = sources
        if "question" in fields:
            answer = list(_read_rows(form, f"{name}:answer", PASSAGE))
            read |= {"answer": answer} if answer or read else {}
        if read:
            yield read


def view_guide(body: Body, look: Look) -> tuple[Section, ...]:
    """The sections with their rows."""
    guide = body.get("guide", {})
    return tuple(
        Section(
            key,
            title,
            tuple(_view_rows(f"guide:{key}", guide.get(key, ()), fields, look, "guide", key)),
            look.box(f"guide-{key}", "", "guide", key),
        )
        for key, (title, fields) in SECTIONS.items()
    )


def _view_rows(
    spot: str, rows: Any, fields: Fields, look: Look, *place: str | int
) -> Iterator[Row]:
    for index, given in enumerate([*rows, {}]):
        row = {"text": given} if isinstance(given, str) else given
        name, at = f"{spot}:{index}", (*place, index)
        yield Row(
            key=str(index),
            entries=tuple(
                Entry(label, look.box(f"{name}:{key}", row.get(key), *at, key), key in LONG)
                for key, label in fields.items()
            ),
            source=source_box(look, name, row, *at)
            if any(key in fields for key in SOURCED)
            else None,
            role=look.box(f"{name}:role", row.get("role"), *at, "role")
            if "difference" in fields
            else None,
            answers=tuple(
                _view_rows(f"{name}:answer", row.get("answer", ()), PASSAGE, look, *at, "answer")
            )
            if "question" in fields
            else (),
            remark=look.box(name, "", *at),
            blank=not row,
        )


def rearrange_guide(guide: Body, verb: str, thing: str) -> dict[str, Any]:
    """The guide with the row `what.2` put up, put down or left out."""
    key, _, number = thing.partition(".")
    rows = [*guide.get(key, ())]
    if not number.isdecimal() or len(number) > 3 or int(number) >= len(rows):
        return dict(guide)
    at = int(number)
    row = rows.pop(at)
    if verb != "remove":
        rows.insert(max(at - 1, 0) if verb == "up" else at + 1, row)
    return {**guide, key: rows}
