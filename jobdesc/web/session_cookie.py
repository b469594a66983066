"""The cookies: the token of a session, and Flask's own, which carries the CSRF token alone.

A third says where somebody signed in before (known_browser.py).
"""

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response

from jobdesc.services.sessions import KEPT, SignedIn
from jobdesc.web.known_browser import remember_browser

NAME = "jobdesc_session"


class FormCookie(SecureCookieSessionInterface):
    """Flask's cookie, marked secure whenever it goes over a secure connection."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether this request came over https."""
        return bool(app.config["SESSION_COOKIE_SECURE"]) or request.is_secure


def session_token() -> str | None:
    """The token that came with this request."""
    return request.cookies.get(NAME) or None


def bind_forms(person_id: int) -> None:
    """Tie the tokens of forms to whoever is signed in: those of anybody else are forgotten.

    A form that stayed open while its person signed in again still counts.
    """
    if session.get("person") != person_id:
        session.clear()
        session["person"] = person_id


def set_session_cookie(response: Response, begun: SignedIn) -> None:
    """Give the browser its new session; without "keep" the browser forgets it when it closes.

    That this person signed in with it is remembered either way.
    """
    remember_browser(response, begun.person.email)
    response.set_cookie(
        NAME,
        begun.token,
        max_age=int(KEPT.total_seconds()) if begun.keep else None,
        path="/",
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def remove_session_cookie(response: Response) -> None:
    """Take the cookie back."""
    response.delete_cookie(NAME, path="/", secure=request.is_secure, httponly=True, samesite="Lax")
