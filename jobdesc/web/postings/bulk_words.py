"""What is said when something was done to many postings: how many, and which were left and why."""

from collections import defaultdict

from jobdesc.services import bulk
from jobdesc.services.bulk import Done

WHY = {
    bulk.CHANGED: "Changed meanwhile",
    bulk.GONE: "Not here any more",
    bulk.ARCHIVED: "Archived already",
    bulk.IN_USE: "In the list already",
    bulk.NOT_YOURS: "Not yours",
    bulk.NOT_PUBLISHED: "Not published",
    bulk.PUBLISHED: "Published, close it first",
}
NAMED = 5
"""How many are named for each reason."""
LONGEST = 60
"""The most characters of a title in a message, which is kept in a cookie until it is shown."""


def done_words(done: Done, what: str) -> str:
    """'38 of 40 archived. Changed meanwhile: Nurse, Case Manager.'"""
    if not done.left:
        return f"{count_postings(done.done)} {what}."
    of = f"{done.done:,} of {done.chosen:,} {what}." if done.done else f"None {what}."
    titles = defaultdict(list)
    for left in done.left:
        titles[WHY[left.why]].append(_short(left.title))
    reasons = [f"{why}: {_named(names)}." for why, names in titles.items()]
    return " ".join((of, *reasons))


def count_postings(count: int) -> str:
    """'1 posting', '1,200 postings'."""
    return f"{count:,} posting{'' if count == 1 else 's'}"


def _named(titles: list[str]) -> str:
    more = len(titles) - NAMED
    return ", ".join(titles[:NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _short(title: str) -> str:
    title = title or "Untitled posting"
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}\u2026"
