"""One's own account: the password, the settings, and the browsers that are signed in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobdesc.people.entries import NotAccepted
from jobdesc.services.accounts import TooManyTries
from jobdesc.services.own_account import (
    change_password,
    change_settings,
    end_other_sessions,
    end_own_session,
    own_sessions,
)
from jobdesc.web.access import current_actor, secret, signed_in
from jobdesc.web.accounts.forms import show_problems
from jobdesc.web.clock import now
from jobdesc.web.people.forms import ChangePasswordForm, SettingsForm
from jobdesc.web.session_cookie import session_token

bp = Blueprint("account", __name__, url_prefix="/account")

Page = str | tuple[str, int] | tuple[str, int, dict[str, str]] | Response


@bp.get("")
@signed_in
def show() -> Page:
    """Password, settings and sessions."""
    return _page()


@bp.post("/password")
@secret
@signed_in
def keep_password() -> Page:
    """Take a new password."""
    form = ChangePasswordForm()
    try:
        ended = change_password(
            current_actor(), form.current.data or "", form.new.data or "",
            session_token() or "", request.remote_addr or "", now(),
        )  # fmt: skip
    except NotAccepted as refusal:
        show_problems(form, refusal.problems)
        return _page(password=form), 422
    except TooManyTries as refusal:
        show_problems(form, {"current": str(refusal)})
        return _page(password=form), 429, {"Retry-After": str(refusal.seconds)}
    others = f" {_counted(ended)} signed out." if ended else ""
    flash(f"Your password is changed.{others}", "green")
    return redirect(url_for("account.show"), 303)


@bp.post("/settings")
@signed_in
def keep_settings() -> Page:
    """Have the pages light or dark, with single-letter shortcuts or without."""
    form = SettingsForm()
    try:
        change_settings(current_actor(), form.theme.data or "", form.letter_keys.data)
    except NotAccepted as refusal:
        show_problems(form, refusal.problems)
        return _page(settings=form), 422
    flash("Your settings are saved.", "green")
    return redirect(url_for("account.show"), 303)


@bp.post("/sessions/<name>/end")
@signed_in
def end_session(name: str) -> Page:
    """Sign one browser out."""
    if end_own_session(current_actor(), name, now()):
        flash("That browser is signed out.", "green")
    else:
        flash("That browser was signed out before.", "amber")
    return redirect(url_for("account.show"), 303)


@bp.post("/sessions/end-others")
@signed_in
def end_others() -> Page:
    """Sign every other browser out."""
    ended = end_other_sessions(current_actor(), session_token() or "")
    flash(f"{_counted(ended)} signed out." if ended else "No other browser was signed in.", "green")
    return redirect(url_for("account.show"), 303)


def _counted(count: int) -> str:
    return "One other browser is" if count == 1 else f"{count} other browsers are"


def _page(password: ChangePasswordForm | None = None, settings: SettingsForm | None = None) -> str:
    """The page with the form that was refused, and the other one as it is at first."""
    actor = current_actor()
    return render_template(
        "account/account.html",
        form=password or ChangePasswordForm(formdata=None),
        settings=settings or SettingsForm(formdata=None, obj=actor.settings),
        sessions=own_sessions(actor, session_token() or "", now()),
    )
