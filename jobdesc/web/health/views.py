"""GET /healthz: the database is reached and has our tables, or 503."""

from alembic.runtime.migration import MigrationContext
from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from jobdesc.store.transactions import StoreBusy, reading
from jobdesc.web.access import always

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@always
def healthz() -> ResponseReturnValue:
    """Answer without a session, so that watching costs nothing and leaves no cookie."""
    try:
        with reading() as session:
            heads = MigrationContext.configure(session.connection()).get_current_heads()
    except (StoreBusy, DBAPIError):
        heads = ()
    if not heads:
        return {"status": "The database cannot be reached."}, 503
    return {"status": "ok"}
