"""What was published: the very bytes of one publication, and all that was public on a day."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.postings.dates import read_date, say_no_day
from jobdesc.services.published import (
    NotPublished,
    count_published_on,
    download_published,
    published_on,
)
from jobdesc.web.access import current_actor, needs
from jobdesc.web.door import read_number
from jobdesc.web.downloads import send_download
from jobdesc.web.pages import local_day
from jobdesc.web.publishing import words

bp = Blueprint("published", __name__, url_prefix="/postings")

PAGE = 100
FIRST = date(2000, 1, 1)
NO_DATE = "Enter the day as month, day and year, like 11/3/2026."
LATER = "Enter today or a day before it: later ones have not come yet."
EARLIER = "Enter a day from Jan 1, 2000 on."


@bp.record_once
def _tell_templates(state: BlueprintSetupState) -> None:
    """Templates say things with the functions of `words`."""
    state.app.jinja_env.globals["publication_words"] = words


@bp.get("/published")
@needs(Action.READ_POSTINGS)
def on_day() -> str | tuple[str, int]:
    """What was public on the day that `?on=` names, by default today."""
    today = local_day()
    typed = request.args.get("on", "")[:40].strip()
    day = read_date(typed) if typed else today
    error = _error(day, today, typed)
    asked = day if not error else None
    total = count_published_on(current_actor(), asked) if asked else 0
    number = _page_of(total)
    first = (number - 1) * PAGE
    found = published_on(current_actor(), asked, first, PAGE) if asked else []
    body = render_template(
        "publishing/published.html",
        day=day,
        today=today,
        typed=typed,
        error=error,
        total=total,
        publications=found,
        before=number - 1,
        after=number + 1 if number * PAGE < total else 0,
    )
    return (body, 422) if error else body


@bp.get("/<int:posting_id>/published.pdf")
@needs(Action.DOWNLOAD_POSTING)
def pdf(posting_id: int) -> Response:
    """The PDF as it was published; `?number=2` is that of a former publication."""
    return send_download(download_published(current_actor(), posting_id, "pdf", _number()))


@bp.get("/<int:posting_id>/published.html")
@needs(Action.DOWNLOAD_POSTING)
def html(posting_id: int) -> Response:
    """The HTML file as it was published."""
    return send_download(download_published(current_actor(), posting_id, "html", _number()))


def _error(day: date | None, today: date, typed: str) -> str:
    if day is None:
        wrong = say_no_day(typed)
        return f"Correct the day: {wrong}." if wrong else NO_DATE
    if day < FIRST:
        return EARLIER
    return LATER if day > today else ""


def _page_of(total: int) -> int:
    """The page that the address asks for, as far as there is one."""
    last = max(1, -(-total // PAGE))
    return min(max(1, request.args.get("page", 1, type=int)), last)


def _number() -> int | None:
    """The number in the address; one that none can have is not published."""
    given = request.args.get("number")
    if given is None:
        return None
    if not (number := read_number(given)):
        raise NotPublished(given)
    return number
