"""Faults turned into pages, or into JSON where a script asked; the only place that does so."""

import logging
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from jobdesc.people.rights import Forbidden, kinds_that_may
from jobdesc.postings.lifecycle import InArchive, NotAllowed
from jobdesc.roles.at_level import NoSuchLevel
from jobdesc.roles.listed import listed
from jobdesc.services.access_links import NoSuchInvitation
from jobdesc.services.catalog import NoLibrary, NoSuchRole
from jobdesc.services.documents import PdfNotMade
from jobdesc.services.exports import NoSuchExport
from jobdesc.services.people import NoSuchPerson, administrators_to_ask
from jobdesc.services.postings import NoSuchPosting
from jobdesc.services.published import NotPublished
from jobdesc.services.reference_keeping import NoSuchReference
from jobdesc.services.role_history import NoSuchRevision
from jobdesc.services.saved_views import NoSuchView
from jobdesc.services.versions import NoSuchVersion
from jobdesc.services.wage_imports import NoSuchImport
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.database_words import STORE_WORDS, retry_header
from jobdesc.web.json_requests import Malformed, wants_json
from jobdesc.web.next_page import safe_next

log = logging.getLogger(__name__)

NAMED = 3
"""The most administrators that a refusal names."""

Body = str | dict[str, str]
Answer = tuple[Body, int] | tuple[Body, int, dict[str, str]]

PDF_WORDS = {
    "unavailable": (
        "PDF export needs a system library that is not installed",
        "Ask whoever runs this server to follow 'PDF' in the README. HTML download works now.",
    ),
    "busy": (
        "Many PDFs are being made right now",
        "Try again in a few seconds. HTML download works now.",
    ),
    "failed": (
        "This PDF could not be made",
        "Nothing was lost. HTML download works now; try the PDF again, and if it "
        "fails twice, give the reference below to whoever runs this server.",
    ),
}
NO_LIBRARY = (
    "The library is not loaded",
    "Ask whoever runs this server to type .venv/bin/flask seed.",
)
NOT_PUBLISHED = (
    "This is not published",
    "Nothing of this posting stands published, or not under this number. Its versions list every "
    "publication with its files.",
)
IN_ARCHIVE = "Nothing was changed. Bring the posting back on its page first."
KEPT_HERE = "Reload to bring it back: your changes are kept on this device."
HTTP_WORDS = {
    400: ("This request could not be read", "Go back, reload the page and try again."),
    405: ("This address does not work this way", "Open the page from the library and try again."),
    413: (
        "This is more than can be sent at once",
        "Files can have up to 2 MB, and a page about 200,000 words. Go back: what you typed is "
        "still there.",
    ),
}
TOO_LARGE_AN_IMPORT = (
    "This file is over 100 MB",
    "Go back and import the zip as it was published, which is smaller.",
)
CSRF_WORDS = (
    "This page was open too long, or your browser refuses cookies",
    "Nothing was changed. Go back, copy what you typed, reload the page and send it again.",
)


def init_app(app: Flask) -> None:
    """Register a page for each fault that people can meet."""
    for missing in (
        NoSuchExport,
        NoSuchImport,
        NoSuchInvitation,
        NoSuchPerson,
        NoSuchPosting,
        NoSuchReference,
        NoSuchRevision,
        NoSuchRole,
        NoSuchLevel,
        NoSuchVersion,
        NoSuchView,
    ):
        app.register_error_handler(missing, _not_found)
    app.register_error_handler(404, _not_found)
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(StoreBusy, _busy)
    app.register_error_handler(NoLibrary, _no_library)
    app.register_error_handler(PdfNotMade, _pdf_not_made)
    app.register_error_handler(NotPublished, _not_published)
    app.register_error_handler(NotAllowed, _not_published)
    app.register_error_handler(InArchive, _in_archive)
    app.register_error_handler(Malformed, _malformed)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(InternalServerError, _fault)
    app.register_error_handler(SecurityError, _other_host)
    app.register_error_handler(HTTPException, _http)


def _message(title: str, text: str, status: int, said: str = "", **more: Any) -> Answer:
    """A page, `bare` of the bar if so; for a script the title, and what is `said` beside it."""
    if wants_json():
        return {"message": f"{title}. {said}".strip()}, status
    again = _again() if status in (500, 503) else ""
    words = {"heading": title, "text": text, "again": again}
    words |= more
    return _page(lambda bare: render_template("errors/message.html", **words | bare)), status


def _page(render: Callable[[dict[str, bool]], str]) -> str:
    """A page with the bar; `bare` where the database does not tell what the bar asks."""
    try:
        return render({})
    except StoreBusy as error:
        log.error("a message is sent without its bar (%s): %s", error.reason, error)
        return render({"bare": True})


def _again() -> str:
    """The address of this page, where to ask for it once more may help."""
    query = request.query_string.decode("ascii", "replace")
    path = quote(request.path) + (f"?{query}" if query else "")
    return (safe_next(path) or "") if request.method == "GET" else ""


def _not_found(error: Exception) -> Answer:
    if wants_json():
        what = "posting" if isinstance(error, NoSuchPosting) else "address"
        text = f"This {what} is not here. It was removed, or the address is mistyped."
        return {"message": text}, 404
    return _page(lambda bare: render_template("errors/not_found.html", **bare)), 404


def _forbidden(error: Forbidden) -> Answer:
    who = listed((kind.label for kind in kinds_that_may(error.action)), "or")
    text = f"To {error.action} takes an account as {who}. {_who_gives_access()} can give it to you."
    return _message("Your account does not allow this", text, 403, text)


def _who_gives_access() -> str:
    """The administrators by name, as many as can be read at a glance."""
    try:
        names = administrators_to_ask()
    except StoreBusy as error:
        log.error("a refusal names nobody (%s): %s", error.reason, error)
        names = []
    if not names:
        return "An administrator"
    if len(names) > NAMED:
        names[NAMED:] = ["another administrator"]
    return listed(names, "or")


def _busy(error: StoreBusy) -> Answer:
    log.error("the database did not do it (%s): %s", error.reason, error)
    page, status = _message(*STORE_WORDS[error.reason], 503, bare=True)[:2]
    return page, status, retry_header(error)


def _no_library(_error: NoLibrary) -> Answer:
    return _message(*NO_LIBRARY, 503)


def _pdf_not_made(error: PdfNotMade) -> Answer:
    heading, text = PDF_WORDS[error.reason]
    reference = _reference(error.__cause__) if error.reason == "failed" else ""
    html = request.path.removesuffix(".pdf") + ".html" if request.path.endswith(".pdf") else ""
    headers = {"Retry-After": "5"} if error.reason == "busy" else {}
    status = 500 if error.reason == "failed" else 503
    said = f"Reference: {reference}." if reference else ""
    page, status = _message(heading, text, status, said, reference=reference, html=html)[:2]
    return page, status, headers


def _not_published(_error: Exception) -> Answer:
    return _message(*NOT_PUBLISHED, 409)


def _in_archive(error: InArchive) -> Answer:
    heading = f"{error.by} archived this posting"
    return _message(heading, IN_ARCHIVE, 409, KEPT_HERE, posting=error.posting_id)


def _malformed(error: Malformed) -> Answer:
    return {"message": str(error)}, 422


def _csrf(_error: CSRFError) -> Answer:
    return _message(*CSRF_WORDS, 400)


def _http(error: HTTPException) -> Any:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error
    if status == 413 and request.blueprint == "wages":
        return _message(*TOO_LARGE_AN_IMPORT, status)
    return _message(*HTTP_WORDS.get(status, HTTP_WORDS[400]), status)


def _other_host(_error: SecurityError) -> Answer:
    """Plain text: for a host that is not ours, no page and no address can be built."""
    text = "This server does not answer to that name. JOBDESC_TRUSTED_HOSTS lists its names.\n"
    return text, 400, {"Content-Type": "text/plain; charset=utf-8"}


def _fault(error: InternalServerError) -> Answer:
    reference = _reference(error.original_exception)
    text = (
        "What you saved before is kept. Try again; if it happens twice, give the reference below "
        "to whoever runs this server."
    )
    said = f"Reference: {reference}."
    return _message("Something went wrong here", text, 500, said, reference=reference, bare=True)


def _reference(cause: BaseException | None) -> str:
    """A code that joins a person's report to the line in the log, which says the cause."""
    reference = secrets.token_hex(4)
    where = (reference, request.method, request.path)
    log.error("reference %s for %s %s: %s", *where, cause, exc_info=cause)
    return reference
