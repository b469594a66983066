"""GET /healthz: the database is reached and has our tables, or 503."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobdesc.services.health import database_reached
from jobdesc.web.access import always

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@always
def healthz() -> ResponseReturnValue:
    """Answer without a session, so that watching costs nothing and leaves no cookie."""
    if not database_reached():
        return {"status": "The database cannot be reached."}, 503
    return {"status": "ok"}
