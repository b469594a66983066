"""The first part of a role: name and family, and what each level is called and stands for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.lines import END
from jobdesc.roles.template import FAMILIES
from jobdesc.web.roles.boxes import (
    Body,
    Box,
    Form,
    Look,
    SourceBoxes,
    source_box,
    source_boxes,
    source_ids,
    words,
)
from jobdesc.web.roles.fields import BodyField

SHORT_ROWS = {"titles": "Title", "reports_to": "Reports to", "flsa": "Overtime (FLSA)"}
TEXT_ROWS = {"caseload": "Caseload", "supervision": "Supervision", "summary": "Summary"}
INHERITING = ("reports_to", "flsa", "supervision", "summary")
FLSA = (("nonexempt", "Nonexempt (paid)"), ("exempt", "Exempt"))


@dataclass(frozen=True)
class LevelBox:
    """What a row says at a level; `inherited` is what comes up from `inherited_from`."""

    level: Level
    box: Box
    inherited: str = ""
    inherited_from: str = ""
    source: SourceBoxes | None = None


@dataclass(frozen=True)
class Row:
    """A row of the table of levels: kind is short, choice or long."""

    key: str
    title: str
    kind: str
    cells: tuple[LevelBox, ...]
    remark: Box


@dataclass(frozen=True)
class Basics:
    """Everything on the page of basics."""

    name: Box
    family: Box
    tagline: Box
    synonyms: Box
    flsa_source: SourceBoxes
    rows: tuple[Row, ...]
    families: tuple[tuple[str, str], ...] = tuple(FAMILIES.items())
    statuses: tuple[tuple[str, str], ...] = FLSA


class LevelRowField(BodyField):
    """A row of the table of levels; what a level had and the form does not name stays."""

    def read(self, form: Form, before: Any) -> dict[str, Any]:
        """What each level says."""
        return dict(_read_row(form, self.name, before or {}))


def _read_row(form: Form, key: str, before: Body) -> Iterator[tuple[str, Any]]:
    for level in LEVELS:
        name = f"{key}:{level}"
        text, old = words(form, name), before.get(level)
        if name not in form or (not text and old == END):
            value = old
        elif key == "caseload":
            source = source_ids(words(form, f"{name}:source"))
            value = {"text": text, "source": source} if text or source else None
        elif key in TEXT_ROWS:
            value = {**(old if isinstance(old, dict) else {}), "text": text} if text else None
        else:
            value = text or None
        if value is not None:
            yield level.value, value


def view_basics(body: Body, look: Look) -> Basics:
    """The controls of the basics."""
    rows = [(key, title, "choice" if key == "flsa" else "short")
            for key, title in SHORT_ROWS.items()]  # fmt: skip
    sources = body.get("flsa_source", ())
    rows += [(key, title, "long") for key, title in TEXT_ROWS.items()]
    return Basics(
        name=look.box("name", body.get("name"), "name"),
        family=look.box("family", body.get("family"), "family"),
        tagline=look.box("tagline", body.get("tagline"), "tagline"),
        synonyms=look.box("synonyms", "\n".join(body.get("synonyms", ())), "synonyms"),
        flsa_source=source_boxes(look, "flsa_source:source", sources, "flsa_source"),
        rows=tuple(
            Row(key, title, kind, tuple(_view_row(key, body.get(key, {}), look)),
                look.box(key, "", key))
            for key, title, kind in rows
        ),
    )  # fmt: skip


def _view_row(key: str, row: Body, look: Look) -> Iterator[LevelBox]:
    inherited = whose = ""
    for level in LEVELS:
        value = row.get(level)
        text = str(value.get("text", "")) if isinstance(value, dict) else str(value or "")
        shown = "" if value == END else text
        place, name = (key, level.value), f"{key}:{level}"
        source = None
        if key == "caseload":
            given = value if isinstance(value, dict) else {}
            source = source_box(look, name, given, *place)
        yield LevelBox(level, look.box(name, shown, *place), inherited, whose, source)
        if value is not None and key in INHERITING:
            inherited, whose = shown, "" if value == END else level.label
