"""The internal job description of a role at a level, as a file."""

from flask import Blueprint, current_app, render_template
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.roles.levels import Level
from jobdesc.services.documents import download_job_description
from jobdesc.web.access import current_actor, needs
from jobdesc.web.downloads import send_download

bp = Blueprint("descriptions", __name__, url_prefix="/roles")


@bp.get("/<slug>/<level>/description.pdf")
@needs(Action.READ_LIBRARY)
def download_pdf(slug: str, level: str) -> Response | tuple[str, int]:
    """All duties of a role at a level, for the file beside the advertisement."""
    if level not in set(Level):
        return render_template("errors/not_found.html"), 404
    press = current_app.extensions["press"]
    made = download_job_description(current_actor(), slug, Level(level), "pdf", press)
    return send_download(made)
