"""A control of the page of a role: its name, what it holds, and what is said about it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from jobdesc.postings.values import clean
from jobdesc.roles.library import References
from jobdesc.web.roles.remarks import Remarks

Form = MultiDict[str, str]
Body = Mapping[str, Any]
SOURCE = ":source"
"""How the name of a control ends that names sources."""
FIGURE = re.compile(r"-?\$?\s*(\d{1,3}(,\d{3})+|\d+)(\.\d*)?|-?\.\d+", re.ASCII)
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Box:
    """`errors` keep the page from being saved, `warnings` do not."""

    name: str
    text: str = ""
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    turn: str = ""

    @property
    def id(self) -> str:
        """The id of the control; `turn` tells controls of one name apart."""
        return self.name.replace(":", "-") + self.turn


@dataclass(frozen=True)
class SourceBoxes:
    """Controls of one name, each with a source as people pick it; the last is empty."""

    boxes: tuple[Box, ...]

    @property
    def name(self) -> str:
        """The name of all of them."""
        return self.boxes[0].name

    @property
    def text(self) -> str:
        """What they hold, one a line."""
        return "\n".join(box.text for box in self.boxes if box.text)

    @property
    def errors(self) -> tuple[str, ...]:
        """What is wrong in any of them."""
        return tuple(error for box in self.boxes for error in box.errors)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is worth a second look in any of them."""
        return tuple(warning for box in self.boxes for warning in box.warnings)


@dataclass(frozen=True)
class Look:
    """What the parser refused in what is shown, and what shipped content would not have."""

    errors: Remarks
    warnings: Remarks
    sources: Mapping[str, str] = field(default_factory=dict)
    sent: Form = field(default_factory=MultiDict)

    def box(self, name: str, value: Any, *place: str | int) -> Box:
        """The control for what stands at `place`; a figure that was sent, as it was typed."""
        text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
        if isinstance(value, int | float) and number(typed := words(self.sent, name)) == value:
            text = typed
        return Box(name, text, self.errors.under(*place), self.warnings.under(*place))


def words(form: Form, name: str) -> str:
    """What a control holds, without what no text may hold."""
    return str(clean(form.get(name, "")))


def number(text: str) -> Any:
    """A figure as one, '78,500' too; anything else as it was typed, for the parser to refuse.

    '98.000,50' is none: its comma parts no thousands.
    """
    if not FIGURE.fullmatch(text.strip()):
        return text
    value = float(re.sub(r"[,$\s]", "", text))
    if not abs(value) < 10**12:
        return text
    return int(value) if value == int(value) else value


def source_ids(text: str) -> list[str]:
    """The ids of sources that a control names, one a line or with commas between them.

    What is no id stays as it was typed, for the service to refuse.
    """
    found: list[str] = []
    for line in text.split("\n"):
        parts = [part for one in line.split(",") if (part := one.strip())]
        found += parts if all(map(ID.fullmatch, parts)) else [line.strip()]
    return list(dict.fromkeys(found))


def known_sources(typed: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """The ids of sources that people picked by their names; what is no name, as it was typed."""
    ids = {_plain(name): key for key, name in names.items()}
    found: list[str] = []
    for text in map(clean, typed):
        found += [ids[_plain(text)]] if _plain(text) in ids else source_ids(text)
    return list(dict.fromkeys(found))


def with_source_ids(form: Form, names: Mapping[str, str]) -> Form:
    """The form with each control of sources as their ids, one a line; the others as they are."""
    read: Form = MultiDict()
    for name, texts in form.lists():
        if name.endswith(SOURCE):
            texts = ["\n".join(known_sources(texts, names))]
        read.setlist(name, texts)
    return read


def source_names(references: References) -> dict[str, str]:
    """The sources as people pick them, by id."""
    return {key: source.cited for key, source in references.sources.items()}


def source_box(look: Look, name: str, value: Body, *place: str | int) -> SourceBoxes:
    """The controls for the sources of what stands at `place`."""
    given = value.get("source", ())
    return source_boxes(look, f"{name}{SOURCE}", given, *place, "source")


def source_boxes(look: Look, name: str, given: Any, *place: str | int) -> SourceBoxes:
    """A control for each source by its name, and an empty one."""
    ids = (given,) if isinstance(given, str) else tuple(given)
    boxes = [
        replace(look.box(name, look.sources.get(key, key), *place, at), turn=f"-{at}")
        for at, key in enumerate(ids)
    ]
    return SourceBoxes((*boxes, replace(look.box(name, "", *place), turn=f"-{len(ids)}")))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
