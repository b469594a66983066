"""Write a posting to a file without a browser."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from jobdesc.content.reader import ContentError, read_content
from jobdesc.postings.organization import Organization
from jobdesc.roles.at_level import NoSuchLevel
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.parse import Problems, parse
from jobdesc.services.catalog import NoSuchRole, load_library
from jobdesc.services.documents import PdfNotMade, make_posting
from jobdesc.services.organization import the_organization

PDF_SENTENCES = {
    "unavailable": "PDF needs a system library that is not installed. Follow 'PDF' in the README, "
    "or use --format html.",
    "busy": "Other PDFs are being made. Try again in a few seconds.",
    "failed": "This PDF could not be made. The log says why; --format html works.",
}


@click.command("export")
@click.argument("role")
@click.argument("level")
@click.option("--format", "form", type=click.Choice(["pdf", "html"]), default="pdf")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--organization", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def export(role: str, level: str, form: str, output: Path, organization: Path | None) -> None:
    """Write the posting for ROLE (a slug) at LEVEL (entry, mid, senior, lead, director)."""
    if level not in LEVELS:
        raise click.ClickException(f"{level} is not a level. Use one of {', '.join(LEVELS)}.")
    hiring = _organization(organization) if organization else the_organization()
    press = current_app.extensions["press"]
    try:
        made = make_posting(role, Level(level), hiring, form, press, datetime.now(UTC))  # type: ignore[arg-type]
        output.write_bytes(made.body)
    except NoSuchRole as error:
        known = ", ".join(load_library().roles) or "none; run flask seed"
        raise click.ClickException(f"There is no role {role}. Roles: {known}.") from error
    except NoSuchLevel as error:
        raise click.ClickException(str(error)) from error
    except PdfNotMade as error:
        raise click.ClickException(PDF_SENTENCES[error.reason]) from error
    except OSError as error:
        message = f"{output} cannot be written ({error.strerror}). Choose another --output."
        raise click.ClickException(message) from error
    click.echo(f"Wrote {output}: {len(made.body):,} bytes.")


def _organization(path: Path) -> Organization:
    try:
        file = read_content(path)
        return parse(Organization, file.data)
    except ContentError as error:
        raise click.ClickException(str(error)) from error
    except Problems as error:
        lines = [f"{path}:{file.line_of(p.place)}: {p}" for p in error.problems]
        raise click.ClickException("\n".join(lines)) from error


commands = [export]
