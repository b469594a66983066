"""Asked by a script while a requisition number is typed: which other postings in use have it."""

from flask import Blueprint, render_template, request

from jobdesc.people.rights import Action
from jobdesc.postings.values import SHORT
from jobdesc.services.envelope import same_number
from jobdesc.web.access import current_actor, needs

bp = Blueprint("numbers", __name__, url_prefix="/postings/<int:posting_id>")


@bp.get("/same-number")
@needs(Action.EDIT_POSTING)
def show(posting_id: int) -> str:
    """Those with the number `number`: a part of the posting's page."""
    number = request.args.get("number", "")[:SHORT]
    found = same_number(current_actor(), posting_id, number)
    return render_template("postings/parts/same_number.html", number=number, found=found)
