"""What every answer tells the browser: own scripts and styles, no frames, no guessing."""

from flask import Flask, Response, request

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
DOWNLOAD_POLICY = "; ".join(
    (
        "sandbox",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "font-src data:",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""For files made of people's words: nothing runs in them, and they belong to no origin."""

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), "
    "payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
SECURE_ONLY = "max-age=31536000"


def init_app(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(_add_headers)


def as_download(response: Response) -> Response:
    """Give a file its own policy: it is shut in, should a browser show it."""
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", SECURE_ONLY)
    return response
