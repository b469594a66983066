"""The browser of the tests: which program it is, and how it is started."""

import os
import shutil

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PROGRAMS = ("chromium-headless-shell", "chromium")
"""The first is the same without windows, and takes two thirds of the time for a page."""


def program() -> str:
    """What `tools/in_browser.sh` found, or what is on the path."""
    found = os.environ.get("JOBDESC_CHROMIUM") or next(
        filter(None, map(shutil.which, PROGRAMS)), ""
    )
    assert found, "Type `make test`, which installs Chromium, or set JOBDESC_CHROMIUM."
    return found
