"""The inside of the sheet "From library": the lines of a role, each with a button that adds it."""

from flask import Blueprint, render_template, request

from jobdesc.people.rights import Action
from jobdesc.postings.sections import SECTIONS
from jobdesc.services.role_lines import lines_for_posting
from jobdesc.web.access import current_actor, needs
from jobdesc.web.postings.cards import LIST_TITLES

bp = Blueprint("posting_library", __name__, url_prefix="/postings/<int:posting_id>")


@bp.get("/library")
@needs(Action.EDIT_POSTING)
def show(posting_id: int) -> str:
    """The lines of the posting's role, or of `role`."""
    found = lines_for_posting(current_actor(), posting_id, request.args.get("role", "")[:60])
    groups = [
        (section, LIST_TITLES[section], [line for line in found.lines if line.section is section])
        for section in SECTIONS
    ]
    return render_template("postings/parts/library_sheet.html", found=found, groups=groups)
