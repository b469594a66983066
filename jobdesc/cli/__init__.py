"""The same services from a terminal: `.venv/bin/flask --help` lists them."""

from flask import Flask

from jobdesc.cli import backup, content, export, people
from jobdesc.cli.serve import serve


def register(app: Flask) -> None:
    """Add our commands to the `flask` command."""
    for command in (serve, *backup.commands, *content.commands, *export.commands, *people.commands):
        app.cli.add_command(command)
