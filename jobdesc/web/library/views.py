"""The library page: search, families and the roles that a posting can start from."""

from flask import Blueprint, render_template, request

from jobdesc.people.rights import Action
from jobdesc.services.library import open_library
from jobdesc.services.search import search
from jobdesc.web.access import current_actor, needs

bp = Blueprint("library", __name__)

LONGEST_QUERY = 200


@bp.get("/")
@needs(Action.READ_LIBRARY)
def home() -> str:
    """The library, or what answers `q`: with `exact`, no word is taken for another. `part` is the
    answer without the page: `results`, or `bar`, which is shorter.
    """
    query = " ".join(request.args.get("q", "")[:LONGEST_QUERY].split())
    exact = request.args.get("exact") == "1"
    answers = search(current_actor(), query, exact=exact) if query else None
    if request.args.get("part") == "results":
        return render_template("library/results.html", answers=answers)
    if request.args.get("part") == "bar":
        return render_template("library/bar_results.html", answers=answers)
    page = open_library(current_actor(), request.args.get("family", ""))
    return render_template("library/home.html", page=page, answers=answers, query=query)
