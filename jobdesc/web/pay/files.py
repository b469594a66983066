"""Pay ranges out to a CSV file, and in from one: looked at first, then taken."""

from hashlib import sha256

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.rights import Action
from jobdesc.postings.band_edits import describe
from jobdesc.postings.band_file import MOST_BYTES, NotAFile, decode
from jobdesc.postings.bands import say_where
from jobdesc.services import band_files as service
from jobdesc.services.band_files import PlanOutdated
from jobdesc.services.documents import Download
from jobdesc.services.pay_bands import read_all
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.access import current_actor, needs
from jobdesc.web.clock import now
from jobdesc.web.database_words import not_saved, retry_header
from jobdesc.web.downloads import send_download
from jobdesc.web.pages import local_day
from jobdesc.web.pay.views import render_index

bp = Blueprint("pay_files", __name__, url_prefix="/settings/pay")

SHOWN = 200
"""How many faults, or changes, a page lists."""
OUTDATED = "The ranges changed since this page was shown. Look at the changes again."

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@bp.get("/ranges.csv")
@needs(Action.EDIT_PAY_BANDS)
def download() -> Response:
    """Every range in use, for a spreadsheet."""
    body = service.export_bands(current_actor()).encode("utf-8-sig")
    day = local_day().isoformat()
    key = sha256(body).hexdigest()
    return send_download(Download(f"pay-ranges_{day}.csv", "text/csv; charset=utf-8", body, key))


@bp.post("/file/check")
@needs(Action.EDIT_PAY_BANDS)
def check() -> Answer:
    """What a chosen file would change. Nothing is changed yet."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _refused("Choose a CSV file.")
    with file.stream as stream:
        data = stream.read(MOST_BYTES + 1)
    try:
        return _render(decode(data))
    except NotAFile as error:
        return _refused(str(error))


@bp.post("/file/take")
@needs(Action.EDIT_PAY_BANDS)
def take() -> Answer:
    """Take all that was shown, or nothing."""
    text, shown = request.form.get("text", ""), request.form.get("mark", "")
    try:
        plan = service.take_import(current_actor(), text, shown, now())
    except PlanOutdated:
        return _render(text, OUTDATED)
    except NotAFile as error:
        return _refused(str(error))
    except StoreBusy as error:
        body, _ = _render(text, not_saved(error))
        return body, 503, retry_header(error)
    count = len(plan.planned)
    flash(f"{count} {'range' if count == 1 else 'ranges'} taken from the file", "green")
    return redirect(url_for("pay.index"), 303)


def _render(text: str, notice: str = "") -> tuple[str, int]:
    found = service.plan_import(current_actor(), text, now())
    body = render_template(
        "pay/file.html",
        found=found,
        plan=found.plan,
        faults=found.faults[:SHOWN],
        planned=found.plan.planned[:SHOWN],
        text=text,
        notice_text=notice,
        describe=describe,
        say_where=say_where,
    )
    return body, 422 if found.faults else 409 if notice else 200


def _refused(words: str) -> tuple[str, int]:
    return render_index(read_all(current_actor(), now()), words), 422
