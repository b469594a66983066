"""Write a posting to a file without a browser."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from jobdesc.cli.database import database_words
from jobdesc.cli.files import write_whole
from jobdesc.content.reader import ContentError, read_content
from jobdesc.documents.blocks import Logo
from jobdesc.postings.organization import Organization, upgrade_organization
from jobdesc.roles.at_level import NoSuchLevel
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.parse import Problems, parse
from jobdesc.services.catalog import NoSuchRole, load_library
from jobdesc.services.documents import Download, Format, PdfNotMade, make_posting
from jobdesc.services.organization import the_logo, the_organization

PDF_SENTENCES = {
    "unavailable": "PDF needs a system library that is not installed. Follow 'PDF' in the README, "
    "or use --format html.",
    "busy": "Other PDFs are being made. Try again in a few seconds.",
    "failed": "This PDF could not be made. The log says why; --format html works.",
}

FILE_KEYS = tuple(
    field.alias or name
    for name, field in Organization.model_fields.items()
    if name not in ("logo", "former_logo", "locks", "former", "former_locked")
)


@click.command("export")
@click.argument("role")
@click.argument("level")
@click.option("--format", "form", type=click.Choice(["pdf", "html"]), default="pdf")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option(
    "--organization",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A YAML file (docs/organization-file.md) instead of the stored profile.",
)
@with_appcontext
def export(role: str, level: str, form: Format, output: Path, organization: Path | None) -> None:
    """Write the posting for ROLE (a slug) at LEVEL (entry, mid, senior, lead, director)."""
    if level not in LEVELS:
        raise click.ClickException(f"{level} is not a level. Use one of {', '.join(LEVELS)}.")
    with database_words():
        if organization:
            made = _made(role, Level(level), _organization(organization), None, form)
        else:
            made = _made(role, Level(level), the_organization(), the_logo(), form)
    try:
        write_whole(output, made.body)
    except OSError as error:
        message = f"{output} cannot be written ({error.strerror}). Choose another --output."
        raise click.ClickException(message) from error
    click.echo(f"Wrote {output}: {len(made.body):,} bytes.")


def _made(
    role: str, level: Level, hiring: Organization, logo: Logo | None, form: Format
) -> Download:
    press = current_app.extensions["press"]
    try:
        return make_posting(role, level, hiring, form, press, datetime.now(UTC), logo)
    except NoSuchRole as error:
        known = ", ".join(load_library().roles) or "none; run flask seed"
        raise click.ClickException(f"There is no role {role}. Roles: {known}.") from error
    except NoSuchLevel as error:
        raise click.ClickException(str(error)) from error
    except PdfNotMade as error:
        raise click.ClickException(PDF_SENTENCES[error.reason]) from error


def _organization(path: Path) -> Organization:
    """The profile in a YAML file; docs/organization-file.md lists its keys."""
    try:
        file = read_content(path)
        return parse(Organization, _with_ids(file.data))
    except ContentError as error:
        raise click.ClickException(str(error)) from error
    except Problems as error:
        lines = [f"{path}:{file.line_of(p.place)}: {p}" for p in error.problems]
        lines.append(f"Keys of an organization file: {', '.join(FILE_KEYS)}.")
        raise click.ClickException("\n".join(lines)) from error


def _with_ids(data: Any) -> Any:
    """Places and variants are told apart by an id; nobody who writes a file has to."""
    if not isinstance(data, dict):
        return data
    return upgrade_organization(data) | {
        key: [
            {"id": f"{key}-{number}", **entry} if isinstance(entry, dict) else entry
            for number, entry in enumerate(data[key], 1)
        ]
        for key in ("places", "variants")
        if isinstance(data.get(key), list)
    }


commands = [export]
