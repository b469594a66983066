"""Closing dates are kept to the second: before a page is read, what is due is closed.

The server does it in the background too; this is for what nobody has asked about since midnight.
"""

from flask import Flask, request

from jobdesc.services.publishing import close_what_is_due
from jobdesc.web.access import actor_or_none
from jobdesc.web.clock import now


def init_app(app: Flask) -> None:
    """Look before each page. Comes after access."""
    app.before_request(_close_what_is_due)


def _close_what_is_due() -> None:
    if request.method == "GET" and actor_or_none():
        close_what_is_due(now())
