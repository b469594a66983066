"""What pages say of an export."""

from collections import defaultdict

from jobdesc.store.exports import Export, State

KINDS = {
    "pdf": ("PDF", "PDFs"),
    "html": ("HTML file", "HTML files"),
    "both": ("posting", "postings"),
}
FORMATS = {"pdf": "PDF", "html": "HTML", "both": "PDF and HTML"}
STATES = {
    State.WAITING: "Waiting",
    State.WORKING: "In progress",
    State.READY: "Ready",
    State.FAILED: "Failed",
    State.CANCELED: "Canceled",
}
WHY = {
    "missing": "removed before the zip was begun",
    "gone": "removed meanwhile",
    "forbidden": "your account does not allow it",
    "failed": "could not be made",
    "busy": "the server was busy",
    "unavailable": "PDF export needs a system library that is not installed",
    "full": "the disk of this server is full",
}
NAMED = 20
"""How many of those left out are named one by one."""


def count_words(count: int, formats: str) -> str:
    """'1 PDF', '40 PDFs'."""
    one, many = KINDS[formats]
    return f"{count:,} {one if count == 1 else many}"


def progress_words(export: Export) -> str:
    """'12 of 40 PDFs', and what is the matter where it is not being made."""
    if export.state is State.WAITING:
        return f"Waiting to begin: {count_words(export.total, export.formats)}"
    if export.state is State.WORKING:
        return f"{export.done:,} of {count_words(export.total, export.formats)}"
    if export.state is State.CANCELED:
        return "Canceled. Nothing was kept"
    if export.state is State.FAILED:
        return f"None of {count_words(export.total, export.formats)} could be made"
    if export.failed:
        return f"{export.made:,} of {export.total:,} ready. {len(export.failed):,} failed"
    return f"{count_words(export.total, export.formats)} ready"


def left_out(export: Export) -> list[tuple[str, list[str]]]:
    """Why postings were left out, each with their titles; those beyond the named are counted."""
    found: dict[str, list[str]] = defaultdict(list)
    for left in export.failed:
        found[WHY[left.why]].append(left.title or "Untitled posting")
    shown = []
    for why, titles in found.items():
        more = len(titles) - NAMED
        shown.append((why, titles[:NAMED] + ([f"{more:,} more"] if more > 0 else [])))
    return shown


def size_words(size: int) -> str:
    """'3.4 MB', '120 KB'."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} KB"
