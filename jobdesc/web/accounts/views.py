"""Set-up, sign-in and sign-out."""

import logging

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from jobdesc.people.entries import NotAccepted
from jobdesc.services.accounts import NotSignedIn, TooManyTries
from jobdesc.services.accounts import sign_in as begin
from jobdesc.services.sessions import SignedIn
from jobdesc.services.sessions import sign_out as end
from jobdesc.services.setup import LinkGone, create_first_administrator, link_works
from jobdesc.store.transactions import StoreBusy
from jobdesc.web.access import actor_or_none, always, public
from jobdesc.web.accounts.forms import SetUpForm, SignInForm, show_problems
from jobdesc.web.browsers import browser_words
from jobdesc.web.clock import now
from jobdesc.web.known_browser import known_browser
from jobdesc.web.next_page import safe_next
from jobdesc.web.session_cookie import (
    bind_forms,
    remove_session_cookie,
    session_token,
    set_session_cookie,
)

bp = Blueprint("accounts", __name__)
log = logging.getLogger(__name__)

Page = str | tuple[str, int] | tuple[str, int, dict[str, str]] | Response


@bp.get("/set-up/<token>")
@always
def set_up(token: str) -> Page:
    """The page behind the link that the server printed."""
    if not link_works(token):
        return _link_gone()
    return render_template("accounts/set_up.html", form=SetUpForm())


@bp.post("/set-up/<token>")
@always
def create_administrator(token: str) -> Page:
    """Make the first administrator, sign them in, go on to the organization."""
    form = SetUpForm()
    try:
        begun = create_first_administrator(
            token,
            form.name.data or "",
            form.email.data or "",
            form.password.data or "",
            form.organization.data or "",
            now(),
        )
    except LinkGone:
        return _link_gone()
    except NotAccepted as refusal:
        show_problems(form, refusal.problems)
        return render_template("accounts/set_up.html", form=form), 422
    return _signed_in(begun, url_for("organization.edit"))


@bp.get("/sign-in")
@public
def sign_in() -> Page:
    """The sign-in page; whoever is signed in goes on."""
    target = safe_next(request.args.get("next", ""))
    if actor_or_none():
        return redirect(target or "/", 303)
    return render_template("accounts/sign_in.html", form=SignInForm(next=target or ""))


@bp.post("/sign-in")
@public
def submit_sign_in() -> Page:
    """Begin a session; one that this browser had ends."""
    form = SignInForm()
    if not form.validate():
        return _sign_in_again(form, 422)
    address = request.remote_addr or ""
    browser = browser_words(request.headers.get("User-Agent", ""))
    known = known_browser(form.email.data)
    try:
        begun = begin(
            form.email.data, form.password.data, form.keep.data, address, now(), browser, known
        )
    except NotSignedIn as refusal:
        show_problems(form, {"password": str(refusal)})
        return _sign_in_again(form, 422)
    except TooManyTries as refusal:
        show_problems(form, {"password": str(refusal)})
        return _sign_in_again(form, 429, {"Retry-After": str(refusal.seconds)})
    return _signed_in(begun, safe_next(form.next.data or "") or "/")


@bp.post("/sign-out")
@public
def sign_out() -> Page:
    """End the session of this browser, and forget what its cookie knows."""
    token = session_token()
    try:
        if token:
            end(token)
    except StoreBusy as error:  # this browser forgets its token; the row ends by time
        log.warning("a session was not ended at sign-out: %s", error)
    session.clear()
    response = redirect(url_for("accounts.sign_in"), 303)
    remove_session_cookie(response)
    return response


def _signed_in(begun: SignedIn, target: str) -> Response:
    former = session_token()
    if former:
        end(former)
    bind_forms(begun.person.id)
    response = redirect(target, 303)
    set_session_cookie(response, begun)
    return response


def _sign_in_again(form: SignInForm, status: int, headers: dict[str, str] | None = None) -> Page:
    form.next.data = safe_next(form.next.data or "") or ""
    return render_template("accounts/sign_in.html", form=form), status, headers or {}


def _link_gone() -> Page:
    return render_template("accounts/link_gone.html"), 404
