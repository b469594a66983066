"""At the door: what no database takes is refused in addresses, and `bodies.py` follows.

PostgreSQL refuses NUL in a text and numbers its rows up to 2^31, no encoding takes half a surrogate
pair, and SQLite has no number beyond 2^63.
"""

import re
from datetime import UTC, datetime
from typing import Any

from flask import Flask, abort, request
from werkzeug.exceptions import SecurityError
from werkzeug.routing import IntegerConverter

LARGEST = 2**63 - 1
LARGEST_ROW = 2**31 - 1
"""The greatest number of a row, of a version and of a counter."""
STRANGERS_BYTES = 64_000

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_NUMBERED = re.compile(r"(?:.*[_-])?id|counter|page")


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


def is_plain(text: str) -> bool:
    """Whether every database takes it."""
    return not _UNWRITABLE.search(text)


def is_right_number(name: str, value: str) -> bool:
    """False where a field that names a row holds a number that no row has."""
    digits = value.strip().lstrip("+-0")
    if not _NUMBERED.fullmatch(name) or not digits.isdecimal():
        return True
    return len(digits) < 20 and int(digits) <= LARGEST


def _check() -> None:
    """Little is read until it is known who sends it (`access.py`)."""
    request.max_content_length = STRANGERS_BYTES
    if isinstance(request.routing_exception, SecurityError):  # the host is not ours
        raise request.routing_exception
    if not is_plain(request.path) or not all(map(_is_plain_pair, request.args.items(multi=True))):
        abort(400)


def _is_plain_pair(pair: tuple[str, str]) -> bool:
    return all(map(is_plain, pair)) and is_right_number(*pair)
