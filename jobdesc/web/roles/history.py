"""The versions of a role: who changed what, any two side by side, an old one taken again."""

from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.roles.parse import Problems
from jobdesc.services import role_history as service
from jobdesc.services.organization import the_organization
from jobdesc.services.role_history import NoSuchRevision, RoleChanged, RoleComparison, RoleRevision
from jobdesc.services.roles import open_role
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.roles.page import rail_items
from jobdesc.web.roles.remarks import Remarks
from jobdesc.web.words import write_clock, write_day

bp = Blueprint("role_history", __name__, url_prefix="/roles")

Answer = str | Response | tuple[str, int]


@bp.get("/<slug>/history")
@needs(Action.READ_LIBRARY)
def history(slug: str) -> Answer:
    """Every version by day; two of them, or the shipped edition, compared where asked for."""
    return _render(slug, _comparison(slug))


def _render(slug: str, comparison: RoleComparison | None) -> str:
    actor = current_actor()
    draft = open_role(actor, slug)
    until = request.args.get("until", 0, type=int)
    page = service.history_page(actor, slug, until)
    revisions = page.revisions
    zone = ZoneInfo(the_organization().time_zone)
    days = groupby(revisions, lambda one: write_day(one.made_at, now(), zone))
    return render_template(
        "roles/history.html",
        draft=draft,
        items=rail_items(draft),
        revisions=revisions,
        older=page.older,
        numbers=_numbers(revisions, comparison),
        days=[(day, list(found)) for day, found in days],
        clock=lambda moment: write_clock(moment.astimezone(zone)),
        comparison=comparison,
        reasons=REASONS,
    )


def _numbers(
    revisions: tuple[RoleRevision, ...], comparison: RoleComparison | None
) -> dict[int, RoleRevision]:
    """What can be compared here: the page's versions and those that are compared."""
    sides = (comparison.before, comparison.after) if comparison else ()
    found = {one.number: one for one in (*revisions, *filter(None, sides))}
    return dict(sorted(found.items(), reverse=True))


@bp.post("/<slug>/history/<int:number>/restore")
@needs(Action.EDIT_ROLES)
def restore(slug: str, number: int) -> Answer:
    """Let the role say again what it said in that version, as a new one."""
    try:
        service.restore_role(current_actor(), slug, number, _started(), now())
        flash(f"Version {number} is restored, as a new version. The former one is kept.", "green")
    except RoleChanged:
        flash(f"Version {number} is not restored. {CHANGED}", "red")
        return _render(slug, None), 409
    except Problems as error:
        flash(f"Version {number} is not restored. {_said(error)}", "red")
    return redirect(url_for("role_history.history", slug=slug), 303)


@bp.post("/<slug>/shipped")
@needs(Action.EDIT_ROLES)
def take(slug: str) -> Answer:
    """Let the role say what its newest shipped edition says."""
    try:
        service.take_shipped(current_actor(), slug, _started(), now())
        flash("The shipped edition is taken, as a new version. The former one is kept.", "green")
    except RoleChanged:
        flash(f"The shipped edition is not taken. {CHANGED}", "red")
        return _render(slug, service.compare_shipped(current_actor(), slug)), 409
    except Problems as error:
        flash(f"The shipped edition is not taken. {_said(error)}", "red")
    return redirect(url_for("role_history.history", slug=slug), 303)


CHANGED = "The role was changed after that page was opened. Look at it as it is now."
REASONS = {
    "shipped": "Shipped",
    "created": "Made",
    "edited": "Edited",
    "parent": "Parent changed",
    "restored": "Restored",
    "imported": "Imported",
    "retired": "Retired",
    "brought back": "Brought back",
    "offered": "Added to the library",
}


def _started() -> str:
    return request.form.get("started", "")


def _said(error: Problems) -> str:
    """What stands in the way, in sentences with their parts."""
    return " ".join(Remarks(error.problems).rest())


def _comparison(slug: str) -> RoleComparison | None:
    actor = current_actor()
    if request.args.get("shipped"):
        return service.compare_shipped(actor, slug)
    asked = [request.args.get(end, "") for end in ("before", "after")]
    if not all(number.isdecimal() and len(number) < 10 for number in asked):
        return None
    try:
        return service.compare_role(actor, slug, int(asked[0]), int(asked[1]))
    except NoSuchRevision:
        return None
