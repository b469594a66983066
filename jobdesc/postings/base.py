"""The base of a posting: the text of the role, at a level, that the posting was assembled from.

It is kept by its hash, so that a later level or text of the role can be compared with what the
person saw, and not with what the role says today.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pydantic import Field

from jobdesc.postings.role_lines import advertised, all_lines
from jobdesc.postings.sections import Section
from jobdesc.postings.values import Seen, ShortText, Value
from jobdesc.roles.at_level import RoleAtLevel
from jobdesc.roles.parse import parse

ROLE_FIELDS = ("title", "reports_to", "flsa", "pay_low", "pay_high", "pay_unit", "summary")
"""The fields that the role fills; all others are the organization's or the person's."""


class BaseLine(Value):
    """A line as it was assembled. Older bases do not say in which section."""

    origin: ShortText
    section: Section | None
    text: Seen


class Base(Value):
    """Fields by name, the assembled lines in order, and the role's other lines by origin."""

    fields: dict[str, Seen]
    lines: tuple[BaseLine, ...]
    offered: dict[str, Seen] = Field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, the name under which it is kept."""
        text = json.dumps(self.body(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def texts(self) -> dict[str, str]:
        """The role's own text by origin, of assembled and offered lines."""
        return {**self.offered, **{line.origin: line.text for line in self.lines}}

    def body(self) -> dict[str, Any]:
        """The base as it is stored."""
        return self.model_dump(mode="json")


def base_for(held: RoleAtLevel) -> Base:
    """What a posting of the role at this level is assembled from."""
    lines = advertised(held)
    taken = {line.origin for line in lines}
    return Base(
        fields={
            "title": held.title,
            "reports_to": held.reports_to,
            "flsa": held.flsa,
            "pay_low": f"{held.pay.low:,}" if held.pay else "",
            "pay_high": f"{held.pay.high:,}" if held.pay else "",
            "pay_unit": "year",
            "summary": held.summary,
        },
        lines=tuple(
            BaseLine(origin=line.origin, section=line.section, text=line.text) for line in lines
        ),
        offered={line.origin: line.text for line in all_lines(held) if line.origin not in taken},
    )


def read_base(body: Mapping[str, Any]) -> Base:
    """A base as it was stored; the first form had every field, and texts by origin alone."""
    lines = body["lines"]
    if isinstance(lines, Mapping):
        lines = [{"origin": o, "section": None, "text": text} for o, text in lines.items()]
    fields = {name: text for name, text in body["fields"].items() if name in ROLE_FIELDS}
    return parse(Base, {**body, "fields": fields, "lines": lines})
