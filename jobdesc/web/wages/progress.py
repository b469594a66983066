"""How far an import is, for the script of its page."""

from typing import Any

from flask import Blueprint

from jobdesc.people.rights import Action
from jobdesc.services.wage_imports import read_import
from jobdesc.web.access import current_actor, needs
from jobdesc.web.wages.words import progress_words

bp = Blueprint("wage_progress", __name__, url_prefix="/settings/wages")


@bp.get("/<int:release_id>/state")
@needs(Action.IMPORT_WAGES)
def show(release_id: int) -> dict[str, Any]:
    """Words and a number of a thousand; `over` where nothing more will happen by itself."""
    release = read_import(current_actor(), release_id)
    total = max(release.total, release.read, 1)
    return {
        "words": progress_words(release),
        "done": round(1000 * release.read / total),
        "total": 1000,
        "over": not release.worked_on,
    }
