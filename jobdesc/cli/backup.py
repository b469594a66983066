"""Write everything that people made into one file while the server runs, and put it back."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from jobdesc.cli.database import database_words
from jobdesc.services.backups import make_backup, restore_backup
from jobdesc.store.backup import BackupFailed
from jobdesc.store.backup_file import Manifest, NotABackup
from jobdesc.store.restore import HoldsPeople

IN_USE = (
    "This database holds people already, and restoring would replace all of it. Back it up, then "
    "add --replace."
)
WITHOUT = "Not in it: sessions (people sign in again) and the secret key (see docs/operations.md)."


@click.command("backup")
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(output: Path) -> None:
    """Write the database to the new file OUTPUT, whole and checked. People can go on working."""
    if output.exists():
        raise click.ClickException(f"{output} is there already. Name a new file.")
    try:
        with database_words():
            made = make_backup(output, datetime.now(UTC))
    except BackupFailed as error:
        message = (
            f"No backup was made ({error}). Check JOBDESC_DATA, the folder of OUTPUT and the free "
            "space."
        )
        raise click.ClickException(message) from error
    size = output.stat().st_size
    click.echo(f"Wrote {output}: {size:,} bytes, {_held(made)}, read back and checked.")
    click.echo(WITHOUT)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Replace a database that people use already.")
@click.pass_context
@with_appcontext
def restore(context: click.Context, file: Path, replace: bool) -> None:
    """Put what FILE holds in place of all that the database holds. Stop the server first."""
    try:
        with database_words():
            held = restore_backup(file, replace=replace)
    except HoldsPeople as error:
        raise click.ClickException(IN_USE) from error
    except NotABackup as error:
        message = f"{file} cannot be restored. {error}. Nothing was changed."
        raise click.ClickException(message) from error
    except OSError as error:
        message = f"{file} cannot be read ({error.strerror}). Nothing was changed."
        raise click.ClickException(message) from error
    made = f"{held.made_at:%Y-%m-%d %H:%M} UTC"
    click.echo(f"Restored {_held(held)} as of {made}. Start the server; people sign in again.")
    reindex = current_app.cli.commands.get("reindex")
    if reindex:
        context.invoke(reindex)


def _held(manifest: Manifest) -> str:
    people, postings = (manifest.tables[name].rows for name in ("person", "posting"))
    return f"{people:,} people, {postings:,} postings, {manifest.rows:,} rows in all"


commands = [backup, restore]
