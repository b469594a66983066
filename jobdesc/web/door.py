"""At the door: what no database takes is cleaned from forms and refused everywhere else.

PostgreSQL refuses NUL in a text and numbers its rows up to 2^31, no encoding takes half a surrogate
pair, and SQLite has no number beyond 2^63.
"""

import re
from datetime import UTC, datetime
from typing import Any

from flask import Flask, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import SecurityError
from werkzeug.routing import IntegerConverter

from jobdesc.web.session_cookie import session_token

LARGEST = 2**63 - 1
LARGEST_ROW = 2**31 - 1
"""The greatest number of a row, of a version and of a counter."""
STRANGERS_BYTES = 64_000
FORM_PARTS = 6_000
"""The most fields of a form: a posting with 200 lines and 20 places has about 700, a part of a role
with 200 lines at five levels 4,200."""

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_NUMBERED = re.compile(r"(?:.*[_-])?id|counter|page")
_TOO_DEEP = 50


class RowNumber(IntegerConverter):
    """`<int:...>` in an address: a larger number than any row can have matches no page."""

    regex = r"0*[0-9]{1,19}"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_ROW, **kwargs})


def init_app(app: Flask) -> None:
    """Stand at the door. Comes before everything else that looks at a request."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_check)


def clean(text: str) -> str:
    """`text` without what no database takes."""
    return _UNWRITABLE.sub("", text)


def read_number(text: str | None) -> int:
    """The number of a row as an address or a form carries it; 0 for what is none."""
    text = (text or "").strip()
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    return number if number <= LARGEST_ROW else 0


def read_moment(text: str | None) -> datetime | None:
    """A moment as an address or a form carries it, in UTC; None for what is none."""
    try:
        moment = datetime.fromisoformat((text or "")[:40])
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo and 1970 < moment.year < 9000 else None


def _check() -> None:
    _limit_body()
    if isinstance(request.routing_exception, SecurityError):  # the host is not ours
        raise request.routing_exception
    if _UNWRITABLE.search(request.path) or not all(map(_is_plain, request.args.items(multi=True))):
        abort(400)
    if request.is_json and not _is_writable_json():
        abort(400)
    if not _takes_files() and request.form:
        request.form = ImmutableMultiDict(_clean_form(request.form))


def _limit_body() -> None:
    """Little is read from who is not signed in, and never more fields than a page of ours has."""
    if not session_token():
        request.max_content_length = STRANGERS_BYTES
    if request.mimetype != "application/x-www-form-urlencoded":
        return
    if request.get_data(parse_form_data=False).count(b"&") >= FORM_PARTS:
        abort(413)


def _takes_files() -> bool:
    """Whether this is an upload: nothing of it is read before its sender is known to be allowed."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(getattr(view, "access", None), "upload_bytes", 0))


def _is_plain(pair: tuple[str, str]) -> bool:
    return not any(map(_UNWRITABLE.search, pair)) and _is_right_number(*pair)


def _clean_form(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Pasted text may hold signs that its writer never saw: they go, the rest stays."""
    if None in form:  # a part of a multipart form without a name
        abort(400)
    pairs = [(clean(name), clean(value)) for name, value in form.items(multi=True)]
    if not all(_is_right_number(*pair) for pair in pairs):
        abort(400)
    return pairs


def _is_right_number(name: str, value: str) -> bool:
    """False where a field that names a row holds a number that no row has."""
    digits = value.strip().lstrip("+-0")
    if not _NUMBERED.fullmatch(name) or not digits.isdecimal():
        return True
    return len(digits) < 20 and int(digits) <= LARGEST


def _is_writable_json() -> bool:
    try:
        return _is_writable(request.get_json(silent=True))
    except RecursionError:  # thousands of brackets, which Python's reader follows down
        return False


def _is_writable(value: object, depth: int = 0) -> bool:
    if depth > _TOO_DEEP:
        return False
    if isinstance(value, str):
        return not _UNWRITABLE.search(value)
    if isinstance(value, bool) or not isinstance(value, int | dict | list):
        return True
    if isinstance(value, int):
        return abs(value) <= LARGEST
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    return all(_is_writable(part, depth + 1) for part in parts)
