"""Copy the database while the server runs."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from jobdesc.config import Settings
from jobdesc.store.backup import BackupFailed, back_up


@click.command("backup")
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(output: Path) -> None:
    """Copy the embedded database to OUTPUT, whole and checked. People can go on working."""
    settings: Settings = current_app.config["JOBDESC"]
    if not settings.is_sqlite:
        raise click.ClickException("This installation uses PostgreSQL. Back it up with pg_dump.")
    if output.exists():
        raise click.ClickException(f"{output} is there already. Name a new file.")
    try:
        size = back_up(settings.database_url, output)
    except BackupFailed as error:
        message = (
            f"No backup was made ({error}). Check JOBDESC_DATA, the folder of OUTPUT and the free "
            "space."
        )
        raise click.ClickException(message) from error
    click.echo(f"Wrote {output}: {size:,} bytes.")


commands = [backup]
