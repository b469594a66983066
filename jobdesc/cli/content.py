"""Check the content folder, and load it into the database."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from jobdesc.cli.database import database_words
from jobdesc.config import Settings
from jobdesc.people.person import OPERATOR
from jobdesc.roles.facts import count_facts
from jobdesc.services.content import BadContent, Content, read_folder, seed
from jobdesc.services.content_export import NotExported, export_content
from jobdesc.services.content_import import import_content
from jobdesc.services.reindex import index_is_incomplete, reindex
from jobdesc.services.seeding import Outcome, SeededRole


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


@click.command("content-facts")
@with_appcontext
def content_facts() -> None:
    """Count the facts of content/ and how many of them were checked against their sources."""
    content = _read()
    counted = count_facts(content.roles, content.references)
    width = max(len(one.name) for one in counted)
    click.echo(f"{'':{width}}   Facts  Checked")
    for one in counted:
        click.echo(f"{one.name:{width}}  {one.total:6,}  {one.checked:7,}")


@click.command("seed")
@with_appcontext
def seed_command() -> None:
    """Load content/ into the database. Roles that were edited there stay as they are."""
    content = _read()
    with database_words():
        seeded = seed(content, datetime.now(UTC))
        if index_is_incomplete():  # the tables were brought up to date just now
            reindex()
    for row in seeded.references:
        said = f"{SAID[Outcome.KEPT]}: {row.noun} {row.key}. The shipped edition differs:"
        click.echo(f"{said} {row.words}.")
    for role in seeded.roles:
        if role.outcome is not Outcome.SAME:
            click.echo(say(role))
    if not seeded.loaded:
        click.echo("The library is up to date.")


SAID = {
    Outcome.NEW: "New",
    Outcome.TAKEN: "Updated",
    Outcome.KEPT: "Kept as edited here",
    Outcome.UNFIT: "Not taken, as it does not fit here",
}


def say(role: SeededRole) -> str:
    """'Updated: case-manager. Duties: 1 reworded at III.'"""
    what = f" {role.words}." if role.words else ""
    if role.outcome is Outcome.KEPT:
        what = f" The shipped edition differs:{what}"
    retired = " It is retired, and stays so." if role.retired else ""
    return f"{SAID[role.outcome]}: {role.slug}.{what}{retired}"


@click.command("import-content")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@with_appcontext
def import_content_command(folder: Path) -> None:
    """Take the roles of FOLDER, as export-content writes it, as edits: all of them or none."""
    try:
        with database_words():
            imported = import_content(OPERATOR, folder, datetime.now(UTC))
    except BadContent as error:
        for fault in error.faults:
            click.echo(fault, err=True)
        raise SystemExit(1) from error
    for row in imported.rows:
        what = f"{row.noun} {row.key}. {row.words}".rstrip()
        click.echo(f"{'New' if row.is_new else 'Changed'}: {what}")
    for role in imported.roles:
        click.echo(f"{'New' if role.is_new else 'Changed'}: {role.slug}. {role.words}".rstrip())
    if not (imported.roles or imported.rows):
        click.echo("Nothing differs from the library.")


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


commands = [
    check_content,
    content_facts,
    seed_command,
    export_content_command,
    import_content_command,
]
