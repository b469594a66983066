"""Check the content folder, and load it into the database."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from jobdesc.cli.database import database_words
from jobdesc.config import Settings
from jobdesc.people.person import OPERATOR
from jobdesc.services.content import (
    BadContent,
    Content,
    NotExported,
    export_content,
    read_folder,
    seed,
)
from jobdesc.services.reindex import index_is_incomplete, reindex


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
        if index_is_incomplete():  # the tables were brought up to date just now
            reindex()
    click.echo(f"Roles loaded: {', '.join(taken)}." if taken else "The library is up to date.")


@click.command("export-content")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@with_appcontext
def export_content_command(folder: Path) -> None:
    """Write the library to FOLDER as the YAML that check-content and seed read."""
    try:
        with database_words():
            count = export_content(OPERATOR, folder)
    except NotExported as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except OSError as error:
        message = f"{folder} cannot be written ({error.strerror}). Check its name and the space."
        raise click.ClickException(message) from error
    click.echo(f"Wrote {count} roles and what they point to to {folder}.")


commands = [check_content, seed_command, export_content_command]
