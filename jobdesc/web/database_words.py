"""What a person is told when the database did not do it, by reason."""

from jobdesc.store.faults import Reason
from jobdesc.store.transactions import StoreBusy

STORE_WORDS = {
    Reason.BUSY: (
        "The database is busy",
        "Nothing was changed. Wait a few seconds, go back and try again: what you typed is there.",
    ),
    Reason.FULL: (
        "The disk of this server is full",
        "Nothing was changed, and what you typed is still there when you go back. Ask whoever runs "
        "this server to free some space, then try again.",
    ),
    Reason.READ_ONLY: (
        "The database may only be read",
        "Nothing was changed. Ask whoever runs this server to let its user write to the database.",
    ),
    Reason.NO_TABLES: (
        "The database has no tables yet",
        "Ask whoever runs this server to type make run once, or .venv/bin/flask db upgrade.",
    ),
    Reason.UNREACHABLE: (
        "The database cannot be reached",
        "Nothing was changed. Try again in a minute; if it stays so, tell whoever runs this "
        "server.",
    ),
}
"""Heading and text of a page."""
NOT_SAVED = {
    Reason.BUSY: "The database is busy, so nothing was saved. Your words are here: save again.",
    Reason.FULL: "The disk of this server is full, so nothing was saved. Your words are here: ask "
    "whoever runs this server to free some space, then save again.",
    Reason.READ_ONLY: "The database may only be read, so nothing was saved. Your words are here: "
    "ask whoever runs this server to let its user write to the database.",
}
UNREACHED = "The database cannot be reached, so nothing was saved. Your words are here: save again."


def not_saved(error: StoreBusy) -> str:
    """What to say above a form that still holds what was typed."""
    return NOT_SAVED.get(error.reason, UNREACHED)


def retry_header(error: StoreBusy) -> dict[str, str]:
    """A later try helps by itself only where others held the database up."""
    return {"Retry-After": "5"} if error.reason is Reason.BUSY else {}
