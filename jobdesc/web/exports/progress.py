"""How far a zip is, for the script of its page."""

from typing import Any

from flask import Blueprint

from jobdesc.people.rights import Action
from jobdesc.services.exports import read_export
from jobdesc.web.access import current_actor, needs
from jobdesc.web.exports.words import progress_words

bp = Blueprint("export_progress", __name__, url_prefix="/exports")


@bp.get("/<int:export_id>/state")
@needs(Action.DOWNLOAD_POSTING)
def show(export_id: int) -> dict[str, Any]:
    """Words and numbers; `over` where nothing will change any more."""
    export = read_export(current_actor(), export_id)
    return {
        "words": progress_words(export),
        "done": export.done,
        "total": export.total,
        "over": not export.under_way,
    }
