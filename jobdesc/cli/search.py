"""The search index, made anew from what is stored."""

import click
from flask.cli import with_appcontext

from jobdesc.cli.database import database_words
from jobdesc.services.reindex import reindex


@click.command("reindex")
@with_appcontext
def reindex_command() -> None:
    """Make the search index anew. People can go on working; a save may wait for a moment."""
    with database_words():
        count = reindex()
    click.echo(f"The search index is made anew: {count:,} posting{'' if count == 1 else 's'}.")


commands = [reindex_command]
