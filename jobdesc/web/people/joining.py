"""The pages behind links that work once: accept an invitation, choose a new password."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.entries import NotAccepted
from jobdesc.services.access_links import (
    LinkEnded,
    accept_invitation,
    choose_new_password,
    read_link,
)
from jobdesc.services.organization import the_organization
from jobdesc.services.sessions import SignedIn
from jobdesc.services.sessions import sign_out as end
from jobdesc.store.people import Purpose
from jobdesc.web.access import public
from jobdesc.web.accounts.forms import show_problems
from jobdesc.web.browsers import browser_words
from jobdesc.web.clock import now
from jobdesc.web.people.forms import AcceptForm, NewPasswordForm
from jobdesc.web.session_cookie import bind_forms, session_token, set_session_cookie

bp = Blueprint("joining", __name__)

Page = str | tuple[str, int] | Response


@bp.get("/join/<token>")
@public
def show(token: str) -> Page:
    """Who is invited, and what they choose."""
    try:
        link = read_link(token, Purpose.INVITATION, now())
    except LinkEnded as ended:
        return _ended(ended)
    form = AcceptForm(name=link.name)
    return _accept_page(form, link.email)


@bp.post("/join/<token>")
@public
def accept(token: str) -> Page:
    """Become a person, signed in."""
    form = AcceptForm()
    try:
        begun = accept_invitation(
            token, form.name.data or "", form.password.data or "", now(), _browser()
        )
    except LinkEnded as ended:
        return _ended(ended)
    except NotAccepted as refusal:
        if "email" in refusal.problems:
            return _ended(LinkEnded("used"))
        show_problems(form, refusal.problems)
        return _accept_page(form, read_link(token, Purpose.INVITATION, now()).email), 422
    return _signed_in(begun)


@bp.get("/new-password/<token>")
@public
def new_password(token: str) -> Page:
    """Choose a new password."""
    try:
        link = read_link(token, Purpose.PASSWORD, now())
    except LinkEnded as ended:
        return _ended(ended)
    return render_template("people/new_password.html", form=NewPasswordForm(), email=link.email)


@bp.post("/new-password/<token>")
@public
def keep_new_password(token: str) -> Page:
    """Take the new password, signed in; every former session ends."""
    form = NewPasswordForm()
    try:
        email = read_link(token, Purpose.PASSWORD, now()).email
        begun = choose_new_password(token, form.password.data or "", now(), _browser())
    except LinkEnded as ended:
        return _ended(ended)
    except NotAccepted as refusal:
        show_problems(form, refusal.problems)
        return render_template("people/new_password.html", form=form, email=email), 422
    return _signed_in(begun)


def _browser() -> str:
    return browser_words(request.headers.get("User-Agent", ""))


def _accept_page(form: AcceptForm, email: str) -> str:
    name = the_organization().name
    return render_template("people/join.html", form=form, email=email, organization=name)


def _ended(ended: LinkEnded) -> tuple[str, int]:
    return render_template("people/link_ended.html", why=ended.why), 404


def _signed_in(begun: SignedIn) -> Response:
    former = session_token()
    if former:
        end(former)
    bind_forms(begun.person.id)
    response = redirect(url_for("library.home"), 303)
    set_session_cookie(response, begun)
    return response
