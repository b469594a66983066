"""Who may use which page: declared at every view, held for the whole application."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, Forbidden, kind_may, may
from jobdesc.services.sessions import actor_of_session
from jobdesc.services.setup import is_set_up
from jobdesc.web.clock import now
from jobdesc.web.door import clean
from jobdesc.web.json_requests import wants_json
from jobdesc.web.next_page import safe_next
from jobdesc.web.session_cookie import bind_forms, session_token

Answer = BaseResponse | tuple[str | dict[str, str], int, dict[str, str]]
View = TypeVar("View", bound=Callable[..., Any])


MOST_KEPT = 2_000
"""The most fields of a form that are kept for who was signed out; a page of ours has fewer."""


class Undeclared(Exception):
    """A view that does not say who may use it; a mistake in the program."""


@dataclass(frozen=True)
class Access:
    """What a view asks of who uses it, and how much it takes from them, 0 for the usual.

    `upload_bytes` are left for the view to read, `form_bytes` are read before it as any form is.
    """

    signed_in: bool = True
    action: Action | None = None
    before_set_up: bool = False
    upload_bytes: int = 0
    form_bytes: int = 0
    secret: bool = False
    """Whether what is sent here is never to be shown again."""


def _declare(view: View, access: Access) -> View:
    view.__dict__["access"] = access
    return view


def public(view: View) -> View:
    """Everybody may use this view, once the installation is set up."""
    return _declare(view, Access(signed_in=False))


def always(view: View) -> View:
    """Everybody may use this view, also before set-up."""
    return _declare(view, Access(signed_in=False, before_set_up=True))


def signed_in(view: View) -> View:
    """Whoever is signed in may use this view."""
    return _declare(view, Access())


def secret(view: View) -> View:
    """What is sent to this view, which declares its access already, is shown on no page."""
    return _declare(view, replace(view.__dict__["access"], secret=True))


def needs(action: Action, upload_bytes: int = 0, form_bytes: int = 0) -> Callable[[View], View]:
    """Only people with the right to `action` may use this view, which may take large files."""
    access = Access(action=action, upload_bytes=upload_bytes, form_bytes=form_bytes)
    return lambda view: _declare(view, access)


def access_of(app: Flask, endpoint: str) -> Access:
    """What this endpoint declares; raises Undeclared."""
    if endpoint == "static":
        return Access(signed_in=False, before_set_up=True)
    access = getattr(app.view_functions[endpoint], "access", None)
    if not isinstance(access, Access):
        raise Undeclared(f"{endpoint} does not declare who may use it (jobdesc/web/access.py)")
    return access


def current_actor() -> Person:
    """Who is signed in, in a view that asks for it."""
    actor = actor_or_none()
    if actor is None:
        raise Undeclared(f"{request.endpoint} needs an actor but does not ask for one")
    return actor


def actor_or_none() -> Person | None:
    """Who is signed in, if anybody."""
    actor: Person | None = g.get("actor")
    return actor


def init_app(app: Flask) -> None:
    """Hold every request to what its view declares. Comes after door, before bodies and csrf."""
    app.before_request(_hold)
    app.after_request(_keep_out_of_caches)
    app.context_processor(lambda: {"actor": actor_or_none()})
    app.jinja_env.globals["may"] = may
    app.jinja_env.globals["kind_may"] = kind_may
    app.jinja_env.globals["Action"] = Action


def _hold() -> Answer | None:
    g.actor = None
    if request.endpoint == "static":
        return None
    access = access_of(current_app, request.endpoint) if request.endpoint else Access(False)
    if access.before_set_up:
        return None
    token = session_token()
    g.actor = actor_of_session(token, now()) if token else None
    if g.actor:
        bind_forms(g.actor.id)
    if g.actor is None and not is_set_up():
        return _not_set_up()
    answer = _refuse(access)
    if answer is None and g.actor:
        request.max_content_length = access.upload_bytes or access.form_bytes or None
    return answer


def _refuse(access: Access) -> Answer | None:
    if not access.signed_in:
        return None
    if g.actor is None:
        return _ask_to_sign_in()
    if access.action and not may(g.actor, access.action):
        raise Forbidden(g.actor, access.action)
    return None


def _not_set_up() -> Answer:
    headers = {"Retry-After": "60", "X-Robots-Tag": "noindex"}
    if wants_json():
        return {"message": "jobdesc is not set up yet."}, 503, headers
    return render_template("accounts/not_set_up.html"), 503, headers


def _ask_to_sign_in() -> Answer:
    """A page sends to sign-in and back; a form or a script is told, so that no text is lost."""
    headers = {"X-Robots-Tag": "noindex"}
    if wants_json():
        return {"message": "You are signed out. Sign in again, then go on here."}, 401, headers
    if request.method in ("GET", "HEAD") and _is_page_visit():
        return redirect(url_for("accounts.sign_in", next=_here()), 303)
    return render_template("accounts/signed_out.html", sent=_sent()), 401, headers


def _sent() -> list[tuple[str, str]]:
    """The form of ours that came, to be sent again; none where it is secret, an upload or large.

    Its token counts again once the same person has signed in, and for nobody else (`bind_forms`).
    """
    access = access_of(current_app, request.endpoint or "")
    if access.secret or request.mimetype != "application/x-www-form-urlencoded":
        return []
    try:
        fields = [(name, clean(value)) for name, value in request.form.items(multi=True)]
    except RequestEntityTooLarge:
        return []
    return fields if "csrf_token" in request.form and len(fields) <= MOST_KEPT else []


def _is_page_visit() -> bool:
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _here() -> str | None:
    query = request.query_string.decode("ascii", "replace")
    path = safe_next(quote(request.path) + (f"?{query}" if query else ""))
    return None if path == "/" else path


def _keep_out_of_caches(response: Response) -> Response:
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
