"""A control of the page of a role: its name, what it holds, and what is said about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from jobdesc.postings.values import clean
from jobdesc.web.roles.remarks import Remarks

Form = MultiDict[str, str]
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Box:
    """`errors` keep the page from being saved, `warnings` do not."""

    name: str
    text: str = ""
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the control."""
        return self.name.replace(":", "-")


@dataclass(frozen=True)
class Look:
    """What the parser refused in what is shown, and what shipped content would not have."""

    errors: Remarks
    warnings: Remarks

    def box(self, name: str, value: Any, *place: str | int) -> Box:
        """The control for what stands at `place`."""
        text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
        return Box(name, text, self.errors.under(*place), self.warnings.under(*place))


def words(form: Form, name: str) -> str:
    """What a control holds, without what no text may hold."""
    return str(clean(form.get(name, "")))


def number(text: str) -> Any:
    """A figure as one, '78,500' too; anything else as it was typed, for the parser to refuse."""
    plain = text.replace(",", "").replace("$", "").strip()
    try:
        value = float(plain)
    except ValueError:
        return text
    if not abs(value) < 10**12:  # too large, or no number at all
        return text
    return int(value) if value == int(value) else value


def source_ids(text: str) -> list[str]:
    """The ids of sources that a control names, with commas between them."""
    return list(dict.fromkeys(part for one in text.split(",") if (part := one.strip())))


def source_box(look: Look, name: str, value: Body, *place: str | int) -> Box:
    """The control for the sources of what stands at `place`, as ids with commas between."""
    given = value.get("source", ())
    ids = (given,) if isinstance(given, str) else given
    return look.box(f"{name}:source", ", ".join(ids), *place, "source")
