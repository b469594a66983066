"""Check the content folder, and load it into the database."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from jobdesc.cli.database import database_words
from jobdesc.config import Settings
from jobdesc.services.content import BadContent, Content, read_folder, seed


def _read() -> Content:
    settings: Settings = current_app.config["JOBDESC"]
    try:
        return read_folder(settings.content)
    except BadContent as error:
        for fault in error.faults:
            click.echo(fault, err=True)
        raise SystemExit(1) from error


@click.command("check-content")
@with_appcontext
def check_content() -> None:
    """Check every file under content/; name file, line, field and remedy of each fault."""
    content = _read()
    click.echo(f"Content is right: {len(content.roles)} roles.")


@click.command("seed")
@with_appcontext
def seed_command() -> None:
    """Load content/ into the database. Roles that were edited there stay as they are."""
    content = _read()
    with database_words():
        taken = seed(content, datetime.now(UTC))
    click.echo(f"Roles loaded: {', '.join(taken)}." if taken else "The library is up to date.")


commands = [check_content, seed_command]
