"""Differences as a page shows them: under their headings, with labels, and word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from wtforms import SelectField

from jobdesc.postings.differ import Edit, Kind
from jobdesc.roles.compare import Run, compare_words
from jobdesc.web.postings.forms import PostingForm

LABELS = {"level": "Level", "place": "Location"}
KINDS: dict[Kind, str] = {
    "added": "Added",
    "removed": "Removed",
    "changed": "Reworded",
    "moved": "Moved",
    "hidden": "This section is hidden now.",
    "shown": "This section is shown again.",
}


@dataclass(frozen=True)
class EditRow:
    """One difference: what it is about, and both texts."""

    label: str
    kind: Kind
    before: str
    after: str

    @property
    def title(self) -> str:
        """The field's label; else what was done to the item."""
        return self.label or KINDS[self.kind]

    @property
    def note(self) -> str:
        """What is to say beside the texts, or in their place."""
        return KINDS[self.kind] if self.label and self.kind == "moved" else ""

    @property
    def parts(self) -> tuple[Run, ...]:
        """The words of both, marked."""
        return compare_words(self.before, self.after)


@dataclass(frozen=True)
class EditGroup:
    """The differences under one heading; `key` is for ids."""

    key: str
    heading: str
    rows: tuple[EditRow, ...]


def view_edits(edits: Sequence[Edit], name: str = "edits") -> tuple[EditGroup, ...]:
    """The differences by heading, in order; `name` is for ids, one of a kind on a page."""
    form = PostingForm(formdata=None)
    found = []
    for number, (heading, rows) in enumerate(groupby(edits, lambda edit: edit.heading), 1):
        found.append(EditGroup(f"{name}-{number}", heading, tuple(_row(form, row) for row in rows)))
    return tuple(found)


def count_words(edits: Sequence[Edit]) -> str:
    """'1 difference', '9 differences'."""
    return f"{len(edits) or 'No'} {'difference' if len(edits) == 1 else 'differences'}"


def _row(form: PostingForm, edit: Edit) -> EditRow:
    before, after = edit.before, edit.after
    label = LABELS.get(edit.what, "")
    if edit.what in form:
        field = form[edit.what]
        label = field.label.text
        if isinstance(field, SelectField):
            words = {choice.value: choice.label for choice in field.choices}
            before, after = words.get(before, before), words.get(after, after)
    return EditRow(label, edit.kind, before, after)
