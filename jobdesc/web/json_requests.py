"""Requests of our scripts: which addresses tell faults as JSON, and how what was sent is read."""

from typing import Any

from flask import request

ANSWERS_JSON = frozenset({"export_progress", "live", "numbers", "posting_library", "wage_progress"})
"""The blueprints that only scripts ask."""


class Malformed(Exception):
    """A script sent what it should not; the message says what, for whoever mends it."""


def wants_json() -> bool:
    """Whether a fault is told as {"message": ...}, because a script asked and no person visited."""
    if request.blueprint == "levels":
        return request.args.get("part") == "sheet"
    return request.blueprint in ANSWERS_JSON


def sent_object(*names: str) -> dict[str, Any]:
    """The JSON object that was sent, which has exactly these names. Raises Malformed."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise Malformed("This is not a JSON object.")
    if wrong := sorted(sent.keys() ^ set(names)):
        raise Malformed(f"Send exactly {', '.join(names)}. Not so: {', '.join(wrong)[:200]}.")
    return sent
