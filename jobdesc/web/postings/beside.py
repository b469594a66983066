"""What stands beside a control of a posting: who locked it, or another text that fits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import get_template_attribute

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may
from jobdesc.postings.other_texts import OtherText
from jobdesc.postings.own_pay import CONTROL, pay_fields, pay_words
from jobdesc.postings.posting import FIELD_NAMES, Posting
from jobdesc.postings.sections import Section
from jobdesc.postings.statements import list_text
from jobdesc.roles.compare import Run, compare_words
from jobdesc.services.locks import Standing


@dataclass(frozen=True)
class Beside:
    """The notes of one control, called `name`; `lock` is in words, and empty where it is open."""

    name: str
    lock: str = ""
    readonly: bool = False
    other: OtherText | None = None
    now: str = ""

    @property
    def parts(self) -> tuple[Run, ...]:
        """The words of both texts, marked."""
        return compare_words(self.now, self.other.text) if self.other else ()

    @property
    def changes(self) -> str:
        """The changes that take the other text, as JSON for the script."""
        changes = self.other.changes if self.other else ()
        return json.dumps([change.model_dump(mode="json") for change in changes])


def besides(actor: Person, posting: Posting, standing: Standing) -> dict[str, Beside]:
    """The notes by the name of their control, or of the list that they are about."""
    free = may(actor, Action.CHANGE_LOCKED)
    names = dict.fromkeys((*standing.locks, *standing.others))
    return {
        name: Beside(
            name=name,
            lock=_lock_words(name, standing, free=free),
            readonly=name in standing.locks and not free,
            other=standing.others.get(name),
            now=_text_of(posting, name),
        )
        for name in names
    }


def beside_values(notes: Mapping[str, Beside], standing: Standing) -> dict[str, Any]:
    """For the script: the notes as HTML, and why the person may not change what is locked."""
    render = get_template_attribute("postings/parts/beside.html", "beside_notes")
    shown = {name: note for name, note in notes.items() if not name.startswith("part:")}
    return {
        "beside": {name: str(render(note)) for name, note in shown.items()},
        **lock_values(notes, standing),
    }


def lock_values(notes: Mapping[str, Beside], standing: Standing) -> dict[str, Any]:
    """For the script: whether there can be notes, and why by what is locked for the person."""
    locked = {name: note.lock for name, note in notes.items() if note.readonly}
    return {"noted": bool(notes) or standing.varies, "locked": locked}


def _lock_words(name: str, standing: Standing, *, free: bool) -> str:
    held = standing.locks.get(name)
    if held is None:
        return ""
    return f"{held.where}." if free else held.words


def _text_of(posting: Posting, name: str) -> str:
    if name == Section.BENEFITS:
        return list_text(tuple(line.text for line in posting.section(Section.BENEFITS)))
    if name == CONTROL:
        return pay_words(pay_fields(posting))
    return str(getattr(posting, name)) if name in FIELD_NAMES else ""
