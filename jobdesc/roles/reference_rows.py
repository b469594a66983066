"""A source or a credential as people edit it: field by field, each against what was shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jobdesc.roles.compare import Run, compare_words
from jobdesc.roles.credential import KINDS, Credential
from jobdesc.roles.listed import listed
from jobdesc.roles.parse import Problem, parse
from jobdesc.roles.values import WEB_ADDRESS, Source
from jobdesc.roles.words import slug_of

Row = Source | Credential
Body = dict[str, Any]
LONGEST_ID, LONGEST_ADDRESS, LONGEST_NOTE = 60, 500, 400
RESERVED = "new"
"""What stands in an address for a row that is not there yet."""


class Shelf(StrEnum):
    """Which of the two; the name of their file."""

    SOURCES = "sources"
    CREDENTIALS = "credentials"


MODELS: dict[Shelf, type[Row]] = {Shelf.SOURCES: Source, Shelf.CREDENTIALS: Credential}
NOUNS = {Shelf.SOURCES: "source", Shelf.CREDENTIALS: "credential"}
LABELS: dict[Shelf, dict[str, str]] = {
    Shelf.SOURCES: {
        "name": "Title",
        "publisher": "Publisher",
        "url": "Link",
        "read": "Date read",
        "as_of": "Its own date",
        "note": "Note",
        "verified": "Checked",
    },
    Shelf.CREDENTIALS: {
        "name": "Exact name",
        "abbreviation": "Abbreviation",
        "issuer": "Issued by",
        "kind": "Kind",
        "requires": "What it takes",
        "degree": "Degree",
        "min_months": "Months of case management",
        "supervision": "Supervision",
        "renewal": "Renewal",
        "states": "Where states differ",
        "note": "Note",
        "source": "Sources",
    },
}
"""What a person fills in, by field, in the order of the form."""


@dataclass(frozen=True)
class FieldEdit:
    """A field of a form: what it showed at first, and what the person made of it."""

    field: str
    started: str
    after: Any


@dataclass(frozen=True)
class FieldConflict:
    """A field that somebody else changed meanwhile; the texts are as the form has them."""

    field: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class EditedRow:
    """The row with every edit whose start still stands, and those that met another's."""

    row: Row
    conflicts: tuple[FieldConflict, ...] = ()


@dataclass(frozen=True)
class FieldDifference:
    """A field that differs, under its label, as text."""

    label: str
    before: str
    after: str

    @property
    def marks(self) -> tuple[Run, ...]:
        """Both texts in one, word by word."""
        return compare_words(self.before, self.after)


def read_row(shelf: Shelf, body: Mapping[str, Any]) -> Row:
    """The one parser; raises Problems, each at its field."""
    return parse(MODELS[shelf], dict(body))


def body_of_row(row: Row) -> Body:
    """A row as it is stored: plain values, without those that go without saying."""
    unsaid = {"verified"}
    return {
        name: value
        for name, value in row.model_dump(mode="json").items()
        if name in unsaid or value != type(row).model_fields[name].default
    }


def text_of(row: Row, field: str) -> str:
    """A field as the form has it; sources one a line."""
    value = getattr(row, field)
    if isinstance(value, bool):
        return "yes" if value else ""
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def edit_row(shelf: Shelf, current: Row, edits: Sequence[FieldEdit]) -> EditedRow:
    """Apply each edit that nobody else's save has met. Raises Problems, and applies nothing."""
    asked = _with(shelf, current, {edit.field: edit.after for edit in edits})
    taken: Body = {}
    conflicts = []
    for edit in edits:
        mine, theirs = text_of(asked, edit.field), text_of(current, edit.field)
        if mine in (theirs, edit.started):
            continue  # the same as stored, or not touched here
        if theirs == edit.started:
            taken[edit.field] = edit.after
        else:
            conflicts.append(FieldConflict(edit.field, mine, theirs))
    return EditedRow(_with(shelf, current, taken), tuple(conflicts))


@dataclass(frozen=True)
class Twin(Problem):
    """There is another row by the same name, of this id."""

    other: str = ""


def twin_problem(row: Row, others: Sequence[Row]) -> Twin | None:
    """What to say where another row has the same name, which people could not tell from this."""
    own = _key(row)
    twin = next((other for other in others if other.id != row.id and _key(other) == own), None)
    if twin is None:
        return None
    noun = "source" if isinstance(row, Source) else "credential"
    message = (
        f"There is a {noun} of this name already: \u201c{name_of(twin)}\u201d. "
        "Use that one, or say what tells this one apart."
    )
    return Twin(("name",), message, twin.id)


def name_of(row: Row) -> str:
    """A row as people tell it from others."""
    return row.cited if isinstance(row, Source) else row.full_name


def row_problems(row: Row, sources: Collection[str]) -> list[Problem]:
    """What keeps a row from being kept, beside its shape."""
    found = []
    if isinstance(row, Source):
        if row.url and not WEB_ADDRESS.match(row.url):
            message = "must begin with https:// or http://. Correct it, or leave it empty."
            found.append(Problem(("url",), message))
        for field, longest in (("url", LONGEST_ADDRESS), ("note", LONGEST_NOTE)):
            if len(getattr(row, field)) > longest:
                found.append(Problem((field,), f"is too long. Use up to {longest} characters."))
    else:
        unknown = [name for name in row.source if name not in sources]
        found += [Problem(("source",), say_no_such_source(name)) for name in unknown]
    if row.id == RESERVED:
        found.append(Problem(("id",), f"cannot be {RESERVED}. Choose another."))
    return found


def say_no_such_source(name: str) -> str:
    """What to say of a source that nobody knows."""
    return f"No source is called \u201c{name[:120]}\u201d. Pick one from the list, or add it."


def say_no_such_credential(name: str) -> str:
    """What to say of a credential that nobody knows."""
    return f"No credential is called \u201c{name[:120]}\u201d. Choose one from the list."


def free_id(name: str, taken: Collection[str]) -> str:
    """'naccm-pages-2' of 'NACCM: pages', where that is the first that is free."""
    words = slug_of(name)[: LONGEST_ID - 5].strip("-") or "row"
    used = {*taken, RESERVED}
    if words not in used:
        return words
    return next(key for n in range(2, 10_000) if (key := f"{words}-{n}") not in used)


def differences(shelf: Shelf, before: Row, after: Row) -> tuple[FieldDifference, ...]:
    """The fields that differ, in the order of the form."""
    found = ((label, _said(before, name), _said(after, name)) for name, label in _all(shelf))
    return tuple(FieldDifference(*one) for one in found if one[1] != one[2])


def in_words(found: Sequence[FieldDifference]) -> str:
    """'Renewal and note': the fields that differ."""
    labels = [found[0].label, *(one.label.lower() for one in found[1:])] if found else []
    return listed(labels)


def _all(shelf: Shelf) -> list[tuple[str, str]]:
    rest = {"not_enough": "Licenses that are not enough"} if shelf is Shelf.CREDENTIALS else {}
    return [*LABELS[shelf].items(), *rest.items()]


def _said(row: Row, field: str) -> str:
    if field == "verified":
        return "Yes" if getattr(row, field) else "No"
    if field == "kind" and isinstance(row, Credential):
        return KINDS[row.kind]
    return text_of(row, field).replace("\n", ", ")


def _with(shelf: Shelf, current: Row, values: Mapping[str, Any]) -> Row:
    return read_row(shelf, {**current.model_dump(), **values})


def _key(row: Row) -> str:
    return " ".join(name_of(row).casefold().split())
