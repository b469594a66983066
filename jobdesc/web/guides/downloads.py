"""The internal job description of a role at a level, as a file."""

from flask import Blueprint, current_app, render_template
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.roles.levels import Level
from jobdesc.services.documents import Format, download_job_description
from jobdesc.web.access import current_actor, needs
from jobdesc.web.downloads import send_download

bp = Blueprint("descriptions", __name__, url_prefix="/roles")

Answer = Response | tuple[str, int]


@bp.get("/<slug>/<level>/description.pdf")
@needs(Action.READ_LIBRARY)
def download_pdf(slug: str, level: str) -> Answer:
    """All duties of a role at a level, for the file beside the advertisement."""
    return _download(slug, level, "pdf")


@bp.get("/<slug>/<level>/description.html")
@needs(Action.READ_LIBRARY)
def download_html(slug: str, level: str) -> Answer:
    """The same as one self-contained HTML file, also where no PDF can be made."""
    return _download(slug, level, "html")


def _download(slug: str, level: str, form: Format) -> Answer:
    if level not in set(Level):
        return render_template("errors/not_found.html"), 404
    press = current_app.extensions["press"]
    return send_download(download_job_description(current_actor(), slug, Level(level), form, press))
