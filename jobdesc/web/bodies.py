"""What was sent, before any view looks at it: forms are cleaned of what no database takes, and JSON
that holds it is refused. It is read once it is known who sends it; of somebody who was signed out
only a small form, which their page keeps (access.py).
"""

from flask import Flask, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from jobdesc.web.door import LARGEST, clean, is_plain, is_right_number

FORM_PARTS = 6_000
"""The most fields of a form: a posting with 200 lines and 20 places has about 700, a part of a role
with 200 lines at five levels 4,200."""

_TOO_DEEP = 50


def init_app(app: Flask) -> None:
    """Read what was sent. Comes after access, before csrf."""
    app.before_request(_read)


def _read() -> None:
    if request.mimetype == "application/x-www-form-urlencoded" and _has_too_many_fields():
        abort(413)
    if request.is_json and not _is_writable_json():
        abort(400)
    if not _takes_files() and request.form:
        request.form = ImmutableMultiDict(_clean_form(request.form))


def _has_too_many_fields() -> bool:
    return request.get_data(parse_form_data=False).count(b"&") >= FORM_PARTS


def _takes_files() -> bool:
    """Whether this is an upload: nothing of it is read before its sender is known to be allowed."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(getattr(view, "access", None), "upload_bytes", 0))


def _clean_form(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Pasted text may hold signs that its writer never saw: they go, the rest stays."""
    if None in form:  # a part of a multipart form without a name
        abort(400)
    pairs = [(clean(name), clean(value)) for name, value in form.items(multi=True)]
    if not all(is_right_number(*pair) for pair in pairs):
        abort(400)
    return pairs


def _is_writable_json() -> bool:
    try:
        return _is_writable(request.get_json(silent=True))
    except RecursionError:  # thousands of brackets, which Python's reader follows down
        return False


def _is_writable(value: object, depth: int = 0) -> bool:
    if depth > _TOO_DEEP:
        return False
    if isinstance(value, str):
        return is_plain(value)
    if isinstance(value, bool) or not isinstance(value, int | dict | list):
        return True
    if isinstance(value, int):
        return abs(value) <= LARGEST
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    return all(_is_writable(part, depth + 1) for part in parts)
