"""What the live builder sends, read: the changes of a save, and the posting on the screen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jobdesc.postings.apply import LIMITS, read_changes
from jobdesc.postings.posting import Posting
from jobdesc.postings.values import LINE, SHORT, clean, say_too_long
from jobdesc.roles.parse import Problems, parse
from jobdesc.services.saves import LiveSave
from jobdesc.web.door import LARGEST_ROW
from jobdesc.web.json_requests import Malformed, sent_object

MOST_CHANGES = 2_000
"""The most changes of a save, those within a change of level included."""
SAVE_ID = re.compile(r"[A-Za-z0-9]{1,40}-[0-9]{1,15}")


@dataclass(frozen=True)
class Draft:
    """The posting on the screen, and what of it is too long, by the name of the control."""

    posting: Posting
    too_long: dict[str, str]


def read_save() -> LiveSave:
    """The save that was sent; a change that cannot be read is refused alone. Raises Malformed."""
    sent = sent_object("save", "counter", "changes")
    save_id, counter, changes = sent["save"], sent["counter"], sent["changes"]
    if not isinstance(save_id, str) or not SAVE_ID.fullmatch(save_id):
        raise Malformed("Send save as the name of the tab, a hyphen and a number.")
    if not is_counter(counter):
        raise Malformed("Send counter as a whole number.")
    if not isinstance(changes, list) or sum(map(_weight, changes)) > MOST_CHANGES:
        raise Malformed(f"Send changes as a list of up to {MOST_CHANGES:,}.")
    return LiveSave(save_id, counter, read_changes(changes))


def read_draft() -> Draft:
    """The posting that was sent; texts that are too long are cut, and said. Raises Malformed."""
    sent = sent_object("posting")["posting"]
    if not isinstance(sent, dict):
        raise Malformed("Send posting as an object.")
    too_long: dict[str, str] = {}
    cut = {name: _cut(too_long, name, text, LIMITS.get(name)) for name, text in sent.items()}
    cut["lines"] = [_cut_line(too_long, line) for line in _list(sent, "lines")]
    cut["places"] = [_cut_place(too_long, place) for place in _list(sent, "places")]
    try:
        return Draft(parse(Posting, cut), too_long)
    except Problems as error:
        raise Malformed(f"This posting cannot be read: {str(error)[:300]}") from error


def is_counter(value: object) -> bool:
    """Whether this can be the counter of a posting."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_ROW


def _weight(change: object) -> int:
    inner = change.get("changes") if isinstance(change, dict) else None
    return 1 + (len(inner) if isinstance(inner, list) else 0)


def _list(sent: Mapping[str, Any], name: str) -> list[Any]:
    value = sent.get(name, [])
    if not isinstance(value, list):
        raise Malformed(f"Send {name} as a list.")
    return value


def _cut_line(too_long: dict[str, str], line: Any) -> Any:
    if not isinstance(line, dict) or "text" not in line:
        return line
    return line | {"text": _cut(too_long, f"line:{line.get('id')}", line["text"], LINE)}


def _cut_place(too_long: dict[str, str], place: Any) -> Any:
    if not isinstance(place, dict):
        return place
    return {
        part: _cut(too_long, f"place:{place.get('id')}.{part}", text, SHORT)
        for part, text in place.items()
    }


def _cut(too_long: dict[str, str], name: str, value: Any, limit: int | None) -> Any:
    if limit is None or not isinstance(value, str) or len(value) <= limit:
        return value
    text = clean(value)
    if message := say_too_long(text, limit):
        too_long[name] = message
    return text[:limit]
