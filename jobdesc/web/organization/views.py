"""The profile of the organization."""

from flask import Blueprint, Response

from jobdesc.people.rights import Action
from jobdesc.web.access import needs

bp = Blueprint("organization", __name__)


@bp.get("/settings/organization")
@needs(Action.EDIT_ORGANIZATION)
def edit() -> str:
    """Stand-in."""
    return "x"


@bp.get("/organization/accent.css")
@needs(Action.READ_LIBRARY)
def accent_css() -> Response:
    """Stand-in."""
    return Response(".posting{--accent:#0f5f66}", mimetype="text/css")
