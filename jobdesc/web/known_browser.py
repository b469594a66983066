"""The cookie by which a browser is known in which somebody signed in before.

It opens nothing. Its browser has a count of failed tries of its own at the account that signed in
with it last, so that guesses from elsewhere make nobody wait there (people/slow_down.py).
"""

import secrets
from datetime import timedelta

from flask import current_app, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from jobdesc.people.slow_down import account_mark

NAME = "jobdesc_browser"
KEPT = timedelta(days=180)


def known_browser(email: str) -> str:
    """What stands for this browser where this account signed in with it last, else nothing."""
    try:
        account, name = _signer().loads(request.cookies.get(NAME, ""))
    except BadData:
        return ""
    return str(name) if account == account_mark(email) else ""


def remember_browser(response: Response, email: str) -> None:
    """Let this browser be known at the account of `email`; only the page of sign-in is told."""
    response.set_cookie(
        NAME,
        str(_signer().dumps([account_mark(email), secrets.token_urlsafe(16)])),
        max_age=int(KEPT.total_seconds()),
        path=url_for("accounts.sign_in"),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=NAME)
