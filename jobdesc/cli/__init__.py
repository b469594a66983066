"""The same services from a terminal: `.venv/bin/flask --help` lists them."""

from flask import Flask

from jobdesc.cli import backup, content, export, people, search, wages
from jobdesc.cli.serve import serve


def register(app: Flask) -> None:
    """Add our commands to the `flask` command."""
    for room in (backup, content, export, people, search, wages):
        for command in room.commands:
            app.cli.add_command(command)
    app.cli.add_command(serve)
