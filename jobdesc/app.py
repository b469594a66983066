"""create_app: settings, extensions, blueprints and error pages joined."""

import os
from functools import partial
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from jobdesc import cli
from jobdesc.config import FREE_THREADS, SERVER_THREADS, Settings, read_settings
from jobdesc.extensions import csrf, db, migrate
from jobdesc.people.person import Person
from jobdesc.services.documents import Download, Format, Press, download_posting
from jobdesc.services.export_work import Stopping, Workshop, clear_exports, make_next_export
from jobdesc.services.publishing import close_what_is_due
from jobdesc.services.wage_import_work import clear_imports, make_next_import
from jobdesc.store import (
    account_tables,
    band_tables,
    export_tables,
    publication_tables,
    reference_tables,
    role_tables,
    search_tables,
    tables,
    view_tables,
    wage_tables,
)
from jobdesc.store.engine import set_up_engine
from jobdesc.store.search_keeping import follow_saves
from jobdesc.web import (
    access,
    bodies,
    closing_dates,
    door,
    errors,
    pages,
    scripts,
    security_headers,
    session_cookie,
)
from jobdesc.web.accounts.views import bp as accounts
from jobdesc.web.clock import now
from jobdesc.web.exports.progress import bp as export_progress
from jobdesc.web.exports.views import bp as exports
from jobdesc.web.guides.compare import bp as compare
from jobdesc.web.guides.downloads import bp as guide_downloads
from jobdesc.web.guides.views import bp as guides
from jobdesc.web.health.views import bp as health
from jobdesc.web.library.views import bp as library
from jobdesc.web.organization.views import bp as organization
from jobdesc.web.pay.chart_page import bp as pay_chart
from jobdesc.web.pay.files import bp as pay_files
from jobdesc.web.pay.views import bp as pay
from jobdesc.web.people.account import bp as account
from jobdesc.web.people.joining import bp as joining
from jobdesc.web.people.views import bp as people
from jobdesc.web.postings.bulk import bp as bulk
from jobdesc.web.postings.cloning import bp as cloning
from jobdesc.web.postings.envelope import bp as envelope
from jobdesc.web.postings.levels import bp as levels
from jobdesc.web.postings.library import bp as posting_library
from jobdesc.web.postings.live import bp as live
from jobdesc.web.postings.numbers import bp as numbers
from jobdesc.web.postings.saved_views import bp as saved_views
from jobdesc.web.postings.views import bp as postings
from jobdesc.web.publishing.published import bp as published
from jobdesc.web.publishing.versions import bp as versions
from jobdesc.web.publishing.views import bp as publishing
from jobdesc.web.references.edit import bp as reference_edit
from jobdesc.web.references.restore import bp as reference_restore
from jobdesc.web.references.views import bp as references
from jobdesc.web.roles.edit import bp as role_edit
from jobdesc.web.roles.history import bp as role_history
from jobdesc.web.roles.levels import bp as role_levels
from jobdesc.web.roles.listing import bp as role_list
from jobdesc.web.roles.manage import bp as role_manage
from jobdesc.web.statements.views import bp as statements
from jobdesc.web.wages.progress import bp as wage_progress
from jobdesc.web.wages.views import bp as wages
from jobdesc.workers.background import Background
from jobdesc.workers.files import ResultFiles
from jobdesc.workers.kept_files import KeptFiles
from jobdesc.workers.mail import mail_server
from jobdesc.workers.pool import RenderPool, usual_size

ROOT = Path(__file__).resolve().parent.parent
FORM_BYTES, UPLOAD_BYTES = 9_000_000, 10_000_000
"""A form of a full posting in a script whose letters take nine bytes each, sent twice."""
BLUEPRINTS = (
    account,
    accounts,
    bulk,
    cloning,
    compare,
    envelope,
    export_progress,
    exports,
    guide_downloads,
    guides,
    health,
    joining,
    levels,
    library,
    live,
    numbers,
    organization,
    pay,
    pay_chart,
    pay_files,
    people,
    posting_library,
    postings,
    published,
    publishing,
    reference_edit,
    reference_restore,
    references,
    saved_views,
    statements,
    versions,
    role_edit,
    role_history,
    role_levels,
    role_list,
    role_manage,
    wage_progress,
    wages,
)
TABLES = (
    account_tables,
    band_tables,
    export_tables,
    publication_tables,
    reference_tables,
    role_tables,
    search_tables,
    tables,
    view_tables,
    wage_tables,
)
"""Imported so that migrations know them."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application for `settings`, by default those of the environment."""
    settings = settings or read_settings(os.environ, ROOT)
    app = Flask("jobdesc", root_path=str(ROOT / "jobdesc"), static_folder=str(ROOT / "static"))
    _configure(app, settings)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    with app.app_context():
        set_up_engine(db.engine)
    follow_saves(db.session)
    for room in (security_headers, door, access, bodies, closing_dates, errors, pages, scripts):
        room.init_app(app)
    csrf.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.extensions["press"] = _press(settings)
    app.extensions["mail"] = (
        mail_server(settings.smtp_url, settings.mail_from) if settings.smtp_url else None
    )
    app.extensions["export_files"] = KeptFiles(settings.data / "exports")
    app.extensions["exporter"] = Background("exports", partial(_export, app))
    app.extensions["closer"] = Background("closing dates", partial(_close, app))
    app.extensions["wage_files"] = KeptFiles(settings.data / "wages")
    app.extensions["wage_importer"] = Background("wages", partial(_import_wages, app))
    cli.register(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.from_mapping(
        JOBDESC=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            "hide_parameters": True,
            "pool_pre_ping": not settings.is_sqlite,  # a server may have restarted meanwhile
        },
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=bodies.FORM_PARTS,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.session_interface = session_cookie.FormCookie()
    if hops := settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def _press(settings: Settings) -> Press:
    """PDF processes, started by the server or by the first PDF, and the folder of finished ones."""
    size = usual_size()
    pool = RenderPool(
        "jobdesc.documents.layout:answer",
        warm="jobdesc.documents.pdf:warm_up",
        size=size,
        queue_limit=SERVER_THREADS - FREE_THREADS - size,
        wait_seconds=10,
    )
    return Press(pool, ResultFiles(settings.data / "documents"))


def _export(app: Flask, stopping: Stopping) -> bool:
    """One zip that waits, or else the clearing away of old ones; whether there was a zip."""
    with app.app_context():
        workshop = workshop_of(app)
        if make_next_export(workshop, stopping):
            return True
        clear_exports(workshop)
        return False


def _close(app: Flask, _stopping: Stopping) -> bool:
    """Close what is due; there is no more to do until time has passed."""
    with app.app_context():
        close_what_is_due(now())
        return False


def _import_wages(app: Flask, stopping: Stopping) -> bool:
    """One file of wage figures that waits, or else the clearing away of what was left."""
    with app.app_context():
        if make_next_import(app.extensions["wage_files"], now, stopping):
            return True
        clear_imports(app.extensions["wage_files"])
        return False


def workshop_of(app: Flask) -> Workshop:
    """What the zips of an application are made with, each file in a context of its own."""

    def fetch(person: Person, posting_id: int, form: Format) -> Download:
        with app.app_context():
            return download_posting(person, posting_id, form, app.extensions["press"])

    return Workshop(fetch, app.extensions["export_files"], now, usual_size())
