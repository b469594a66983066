"""A part of a role as a form without a page: what was sent to it, and what it makes of that."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.services.role_drafts import RoleDraft
from jobdesc.web.roles.part_forms import FORMS, PartForm
from jobdesc.web.roles.parts import BY_KEY
from tests.roles.builders import a_role, some_references

Body = dict[str, Any]
Sent = MultiDict[str, str]


def a_draft(body: Body, parent: Body | None = None, started: str = "1") -> RoleDraft:
    """A role to edit, of which this is the body."""
    return RoleDraft(
        slug="case-manager", role=a_role(), body=body, shown=body, own=body, parent=parent,
        extends=parent and parent["slug"], counter=1, started=started, retired_at=None,
        shipped=True, edited=False, newer_edition=0, warnings=(), children=(), postings=0,
        references=some_references(),
    )  # fmt: skip


@contextmanager
def an_application() -> Iterator[None]:
    """What a form asks an application for: whether it has to have a token."""
    app = Flask(__name__)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        yield


def a_form(
    part: str, draft: RoleDraft, sent: Sent | None = None, may_lock: bool = True
) -> PartForm:
    """The form of a part, as it is shown or as it was sent."""
    with an_application():
        today = date(2026, 11, 23).isoformat()
        return FORMS[part](BY_KEY[part], draft, may_lock, today, sent)


def read_part(part: str, sent: Sent, before: Body, levels: tuple[Level, ...] = LEVELS) -> Body:
    """What a form says of the keys of a part."""
    titles = before.get("titles") or dict.fromkeys(levels, "Title")
    form = a_form(part, a_draft(before | {"titles": titles}), sent)
    return {key: form[key].data for key in BY_KEY[part].keys}
