"""`flask serve`: migrate, load the content and serve, in one process."""

import errno
import logging
import signal
import socket
import sqlite3
from types import FrameType
from typing import Any, NoReturn

import click
import waitress
from flask import Flask, current_app
from flask.cli import with_appcontext

from jobdesc.cli.database import database_words
from jobdesc.cli.libraries import Loader, load_library, missing_libraries
from jobdesc.config import SERVER_THREADS, Settings
from jobdesc.services.health import bring_up_to_date
from jobdesc.services.setup import setup_link

BODY_BYTES = 128 * 1024 * 1024
"""What the server reads before the application refuses it: a dropped connection has no words."""
CONNECTIONS = 100
"""The most at once; a body that is still coming takes its bytes on the disk from each."""
SQLITE_FLOOR = (3, 40)
PORT_ERRORS = {
    errno.EADDRINUSE: "is in use by another program. Set PORT to a free one, like PORT={other}.",
    errno.EACCES: "may not be used by this user. Set PORT to a number above 1023, like PORT=8000.",
    errno.EADDRNOTAVAIL: "is not an address of this machine. Set HOST to one, like HOST=127.0.0.1.",
}


@click.command()
@click.pass_context
@with_appcontext
def serve(context: click.Context) -> None:
    """Bring the database up to date and start the server on HOST and PORT."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings: Settings = app.config["JOBDESC"]
    check_sqlite(settings, sqlite3.sqlite_version_info)
    listener = listen(settings.host, settings.port)
    prepare_database(context, app)
    click.echo(missing_words(load_library), nl=False, err=True)
    run(app, settings, listener)


def check_sqlite(settings: Settings, version: tuple[int, ...]) -> None:
    """Refuse an embedded database that is too old."""
    if settings.is_sqlite and version[:2] < SQLITE_FLOOR:
        found = ".".join(str(part) for part in version)
        raise click.ClickException(
            f"This Python has SQLite {found}, and 3.40 or newer is needed. Use a newer Python, "
            "or PostgreSQL by JOBDESC_DATABASE_URL."
        )


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done; who calls meanwhile waits."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise click.ClickException(
            f"HOST is {host!r}, which is no known address. Set it to one, like HOST=127.0.0.1."
        ) from error
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        what = PORT_ERRORS.get(error.errno or 0, f"cannot be used ({error.strerror}).")
        other = port + 1 if port < 65535 else 8000
        raise click.ClickException(f"{base_url(host, port)} {what.format(other=other)}") from error
    return listener


def prepare_database(context: click.Context, app: Flask) -> None:
    """Migrate the tables and load the content."""
    with database_words():
        bring_up_to_date()
        seed = app.cli.commands.get("seed")
        if seed:
            context.invoke(seed)


def missing_words(load: Loader) -> str:
    """What PDF lacks on this machine, in a sentence, or nothing."""
    missing = missing_libraries(load)
    if not missing:
        return ""
    return (
        f"PDF downloads need {', '.join(missing)}, which this system lacks; all else works. "
        "Type `make run` as a user who may install packages.\n"
    )


def make_server(app: Flask, settings: Settings, listener: socket.socket) -> Any:
    """The server, not yet running; forwarded headers pass only where proxies are set."""
    return waitress.create_server(
        app,
        sockets=[listener],
        threads=SERVER_THREADS,
        connection_limit=CONNECTIONS,
        max_request_body_size=BODY_BYTES,
        clear_untrusted_proxy_headers=settings.proxies == 0,
        asyncore_use_poll=True,
        ident=None,
    )


def run(app: Flask, settings: Settings, listener: socket.socket) -> None:
    """Serve until told to stop, then let running requests end."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    server = make_server(app, settings, listener)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    url = base_url(settings.host, settings.port)
    click.echo(f"jobdesc is at {url} (Ctrl+C stops it)")
    if link := setup_link(url):
        click.echo(f"Open this link once to make the first administrator: {link}")
    pool = app.extensions["press"].pool
    pool.start()
    for work in ("exporter", "closer", "wage_importer"):
        app.extensions[work].start()
    server.run()
    for work in ("exporter", "closer", "wage_importer"):
        app.extensions[work].stop()
    pool.close()
    click.echo("Stopped.")


def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End the server's loop."""
    raise SystemExit(0)


def base_url(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
