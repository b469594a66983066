"""What pages say of versions and publications."""

from collections.abc import Sequence

from jobdesc.postings.dates import read_date
from jobdesc.postings.differ import Edit, in_words
from jobdesc.postings.posting import Posting
from jobdesc.roles.days import short_date
from jobdesc.roles.listed import listed
from jobdesc.services.versions import WrittenBack
from jobdesc.store.publications import Publication
from jobdesc.store.revisions import Reason
from jobdesc.web.words import capitalize_first

NAMED = {
    Reason.STARTED: "Started.",
    Reason.LEVEL: "Level changed.",
    Reason.PUBLISHED: "Published.",
    Reason.RESTORED: "A former version restored.",
}
"""What stands before the differences of a named act."""
NAMED_AT_MOST = 3


def said_of_version(reason: Reason, edits: Sequence[Edit]) -> str:
    """'Published.', 'What you will do: 2 added, 1 moved.', 'Level changed from Mid to Senior.'"""
    levels = [edit for edit in edits if edit.what == "level"]
    named = [f"Level changed from {edit.before} to {edit.after}." for edit in levels]
    if reason in NAMED and not (named and reason is Reason.LEVEL):
        named.insert(0, NAMED[reason])
    rest = in_words([edit for edit in edits if edit.what != "level"])
    return " ".join(part for part in (*named, rest) if part) or "Saved."


def who_changed(who: Sequence[str]) -> str:
    """'Sam Rivera', 'You', 'Sam Rivera and you', 'Sam Rivera, Kim Ono and 2 others'."""
    return capitalize_first(listed(who, most=NAMED_AT_MOST, rest="others"))


def why_ended(publication: Publication) -> str:
    """How a publication ended: 'closed by Ada', 'closing date', 'replaced by number 3'."""
    if publication.closed_why == "date":
        return "closing date"
    if publication.closed_why == "replaced":
        return f"replaced by number {publication.number + 1}"
    return f"closed by {publication.closed_by}" if publication.closed_by else ""


def closing_words(posting: Posting) -> str:
    """Until when a posting would stand."""
    closing = read_date(posting.closing_date)
    if closing is None:
        return "No closing date: it stays published until somebody closes it."
    return f"Closes by itself at the end of {short_date(closing)}."


def undo_category(posting_id: int, done: WrittenBack) -> str:
    """The category of a message that offers what stood before again (components/flashes.html)."""
    return f"undo-version {posting_id} {done.before} {done.counter}"
