"""The cookies: the token of a session, and Flask's own, which carries the CSRF token alone."""

from hashlib import sha256

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response

from jobdesc.services.sessions import KEPT, SignedIn

NAME = "jobdesc_session"


class FormCookie(SecureCookieSessionInterface):
    """Flask's cookie, marked secure whenever it goes over a secure connection."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether this request came over https."""
        return bool(app.config["SESSION_COOKIE_SECURE"]) or request.is_secure


def session_token() -> str | None:
    """The token that came with this request."""
    return request.cookies.get(NAME) or None


def bind_forms(token: str) -> None:
    """Tie the tokens of forms to this sign-in: those of another browser or time are forgotten."""
    mark = sha256(token.encode()).hexdigest()[:16]
    if session.get("signed_in") != mark:
        session.clear()
        session["signed_in"] = mark


def set_session_cookie(response: Response, begun: SignedIn) -> None:
    """Give the browser its new session; without "keep" the browser forgets it when it closes."""
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
