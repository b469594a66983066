"""The history of a posting: its publications and versions, two of them compared, one restored."""

from dataclasses import replace
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.postings.lifecycle import local_today
from jobdesc.services.documents import posting_document
from jobdesc.services.organization import the_organization
from jobdesc.services.published import publications_of
from jobdesc.services.publishing import ChangedMeanwhile
from jobdesc.services.sittings import Sitting, sittings
from jobdesc.services.versions import (
    Comparison,
    History,
    LockedWording,
    Step,
    compare_versions,
    history_of,
    read_version,
    restore_version,
)
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.door import LARGEST_ROW
from jobdesc.web.next_page import safe_next
from jobdesc.web.publishing.edit_view import count_words, view_edits
from jobdesc.web.publishing.words import said_of_version, undo_category

bp = Blueprint("versions", __name__, url_prefix="/postings/<int:posting_id>")

CHANGED = (
    "This posting was changed meanwhile, and nothing was restored. Look at the versions again."
)

Answer = str | tuple[str, int] | Response


@bp.get("/history")
@needs(Action.READ_POSTINGS)
def show(posting_id: int) -> Answer:
    """The versions; `?before=3&after=5` compares two, `?until=40` lists older ones.

    `?read=3` shows one by itself.
    """
    number = request.args.get("read", type=int)
    return _page(posting_id) if number is None else _read(posting_id, number)


def _read(posting_id: int, number: int) -> str:
    """One version, as it would be printed now."""
    stored, version = read_version(current_actor(), posting_id, _fit(number))
    outline = posting_document(replace(stored, posting=version.posting))
    return render_template(
        "publishing/version.html", stored=stored, version=version, outline=outline
    )


@bp.post("/restore")
@needs(Action.EDIT_POSTING)
def restore(posting_id: int) -> Answer:
    """Write a version back as the newest one."""
    number = request.form.get("number", 0, type=int)
    counter = request.form.get("counter", -1, type=int)
    try:
        restored = restore_version(current_actor(), posting_id, _fit(number), counter, now())
    except ChangedMeanwhile:
        return _page(posting_id, CHANGED), 409
    except LockedWording as error:
        return _page(posting_id, f"{error} Nothing was restored."), 409
    if restored:
        flash(f"Version {number} restored", undo_category(posting_id, restored))
    else:
        flash(f"The posting says what version {number} says", "green")
    here = safe_next(request.form.get("next", ""))
    return redirect(here or url_for("versions.show", posting_id=posting_id), 303)


def _page(posting_id: int, notice: str = "") -> str:
    actor = current_actor()
    until = request.args.get("until", type=int)
    history = history_of(actor, posting_id, _fit(until) if until else None)
    compared, numbers = _compared(posting_id)
    zone = the_organization().time_zone
    days = [
        (day, sittings(list(steps)))
        for day, steps in groupby(
            history.steps, lambda step: local_today(step.version.moment, zone)
        )
    ]
    return render_template(
        "publishing/history.html",
        history=history,
        days=days,
        said_of=_said,
        publications=publications_of(actor, posting_id),
        compared=compared,
        numbers=numbers,
        numbers_listed=_listed(history, numbers),
        groups=view_edits(compared.edits) if compared else (),
        count=count_words(compared.edits) if compared else "",
        notice_text=notice,
    )


def _listed(history: History, numbers: tuple[int, int]) -> list[int]:
    """The numbers to choose from: those of the page, and those that are compared."""
    here = {step.version.number for step in history.steps}
    return sorted(here | {number for number in numbers if number}, reverse=True)


def _said(done: Step | Sitting) -> str:
    step = done.last if isinstance(done, Sitting) else done
    return said_of_version(step.version.reason, done.edits)


def _compared(posting_id: int) -> tuple[Comparison | None, tuple[int, int]]:
    """The two versions that the address names, where it names two."""
    before, after = (request.args.get(name, type=int) for name in ("before", "after"))
    if before is None or after is None:
        return None, (0, 0)
    numbers = _fit(before), _fit(after)
    return compare_versions(current_actor(), posting_id, *numbers), numbers


def _fit(number: int) -> int:
    """A number that the database can look for; one that is too great is none of its rows'."""
    return number if 0 < number <= LARGEST_ROW else 0
