"""What every template can use: times, levels, the printed fragment, and versioned addresses."""

from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g, url_for
from jinja2 import StrictUndefined
from markupsafe import Markup

from jobdesc.documents.blocks import Outline
from jobdesc.documents.html import render_fragment
from jobdesc.postings.lifecycle import local_today
from jobdesc.roles.days import short_date, write_days
from jobdesc.services.organization import the_organization
from jobdesc.web.clock import now
from jobdesc.web.words import capitalize_first, level_label, write_exact, write_when

YEAR = 365 * 24 * 3600
UNVERSIONED = "fonts/"
"""Fonts are named in a style sheet too, and both names must be one."""


def init_app(app: Flask) -> None:
    """Give the templates their filters and globals."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["when"] = _when
    app.jinja_env.filters["exact_time"] = _exact
    app.jinja_env.filters["short_date"] = short_date
    app.jinja_env.filters["write_days"] = write_days
    app.jinja_env.filters["capitalize_first"] = capitalize_first
    app.jinja_env.filters["level_label"] = level_label
    app.jinja_env.globals["fragment"] = _fragment
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR
    version = cache(lambda name: _version(Path(app.static_folder or "") / name))

    @app.url_defaults
    def _add_version(endpoint: str, values: dict[str, Any]) -> None:
        name = values.get("filename", "")
        if endpoint == "static" and not name.startswith(UNVERSIONED):
            values["v"] = version(name)


def _version(path: Path) -> str:
    """A part of the hash of a file, so that a browser fetches it anew when it changes."""
    return sha256(path.read_bytes()).hexdigest()[:8]


def _zone() -> ZoneInfo:
    """The organization's time zone, looked up once a request: a list writes a hundred times."""
    if "zone" not in g:
        g.zone = ZoneInfo(the_organization().time_zone)
    zone: ZoneInfo = g.zone
    return zone


def local_day() -> date:
    """The day where the organization is."""
    return local_today(now(), _zone().key)


def _when(moment: datetime) -> str:
    return write_when(moment, now(), _zone())


def _exact(moment: datetime) -> str:
    return write_exact(moment, _zone())


def _fragment(outline: Outline) -> Markup:
    """The document as it is printed, its title one heading below the page's."""
    source = ""
    if outline.logo:
        source = url_for("organization.logo", version=sha256(outline.logo.data).hexdigest()[:8])
    fragment = render_fragment(outline, heading_level=2, targets=True, logo_source=source)
    return Markup(fragment)  # noqa: S704
