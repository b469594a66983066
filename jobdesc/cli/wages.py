"""Import a file of wage figures from the terminal."""

from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import click
from flask import current_app
from flask.cli import with_appcontext

from jobdesc.cli.database import database_words
from jobdesc.people.person import OPERATOR
from jobdesc.services.wage_import_work import make_next_import
from jobdesc.services.wage_imports import NotImported, answer_import, begin_import, read_import
from jobdesc.store.wage_imports import Release
from jobdesc.store.wage_tables import State
from jobdesc.workers.kept_files import KeptFiles

SECONDS = 1
"""Between two looks at a file that a server reads."""


def _now() -> datetime:
    return datetime.now(UTC)


@click.command("import-wages")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--year", type=int, help="Of the survey, where no name in the file says it.")
@click.option("--differing", is_flag=True, help="Take figures that differ from what is shown.")
@with_appcontext
def import_wages(file: Path, year: int | None, differing: bool) -> None:
    """Import FILE of the Occupational Employment and Wage Statistics: xlsx, csv or zip."""
    files = current_app.extensions["wage_files"]
    with database_words():
        make_next_import(files, _now)  # what a command that was killed left to be read
        try:
            with file.open("rb") as upload:
                number = begin_import(OPERATOR, upload, file.name, year, files, _now())
        except NotImported as refusal:
            raise click.ClickException(str(refusal)) from refusal
        release = _read(number, files)
        count = release.count("differ")
        if release.state is State.ASKING:
            answer_import(OPERATOR, number, differing, _now())
            release = read_import(OPERATOR, number)
            what = "taken too" if differing else "left as shown; --differing takes them"
            click.echo(f"{count:,} figures differ from what is shown, and were {what}.")
    if release.state is not State.READY:
        raise click.ClickException(release.why or "The import did not come to its end.")
    faults = release.count("fault")
    click.echo(f"{release.read:,} rows read, {release.taken:,} figures in use.")
    if faults:
        click.echo(f"{faults:,} rows could not be read: /settings/wages/{number} lists them.")


def _read(number: int, files: KeptFiles) -> Release:
    """The file when it is read, here or by a server that was quicker."""
    make_next_import(files, _now)
    while (release := read_import(OPERATOR, number)).worked_on:
        sleep(SECONDS)
        make_next_import(files, _now)
    return release


commands = [import_wages]
