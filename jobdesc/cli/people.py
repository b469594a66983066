"""`flask create-user`: give a person access from the terminal of the server."""

import sys
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from jobdesc.cli.database import database_words
from jobdesc.people.entries import NotAccepted
from jobdesc.people.person import OPERATOR, Kind
from jobdesc.services.accounts import create_person

KINDS = {kind.value.replace("_", "-"): kind for kind in Kind}


class KindChoice(click.Choice[str]):
    """The kinds with hyphens, as options are written; underscores are taken too."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind as `KINDS` spells it."""
        return super().convert(value.replace("_", "-"), param, ctx)


@click.command("create-user")
@click.option("--email", required=True, help="The address to sign in with.")
@click.option("--kind", required=True, type=KindChoice(list(KINDS)), help="What the person may do.")
@click.option("--name", help="As others see it. Left out: made from the email.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def create_user(email: str, kind: str, name: str | None, password_stdin: bool) -> None:
    """Give a person access. Asks for the password twice, hidden."""
    password = _piped_password() if password_stdin else _asked_password()
    name = name if name is not None else _name_from(email)
    try:
        with database_words():
            person = create_person(OPERATOR, name, email, KINDS[kind], password, datetime.now(UTC))
    except NotAccepted as refusal:
        raise click.ClickException(f"{refusal}.") from refusal
    click.echo(f"{person.name} ({person.email}) can sign in as {person.kind.label}.")


commands: list[click.Command] = [create_user]


def _piped_password() -> str:
    return sys.stdin.readline().removesuffix("\n").removesuffix("\r")


def _asked_password() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def _name_from(email: str) -> str:
    """A name to start with: pat.garcia@county.gov becomes Pat Garcia."""
    return email.partition("@")[0].replace(".", " ").replace("_", " ").title() or email
