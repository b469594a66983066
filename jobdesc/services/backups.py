"""Back the database up into one file, and restore it on either database."""

import logging
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection

from jobdesc.extensions import db
from jobdesc.store import backup, restore
from jobdesc.store.backup_file import Manifest, NotABackup, opened

log = logging.getLogger(__name__)


def make_backup(output: Path, now: datetime) -> Manifest:
    """Write the whole database to a new file. Raises BackupFailed and StoreBusy."""
    return backup.back_up(db.engine, db.metadata, output, now)


def restore_backup(file: Path, *, replace: bool) -> Manifest:
    """Put what a backup holds in place of all that the database holds.

    The file is read through before the database is touched, and whatever fails leaves it as it
    was. Raises NotABackup, OSError, HoldsPeople and StoreBusy.
    """
    with opened(file) as found:
        manifest = found.manifest
        _check_revision(manifest.revision)
        db.session.rollback()
        try:
            restore.restore(db.engine, db.metadata, found, migrate, replace)
        except CommandError as error:
            raise NotABackup(f"The tables could not be made: {error}") from error
    log.info("restored a backup of %s: %d rows", manifest.made_at.isoformat(), manifest.rows)
    return manifest


def migrate(connection: Connection, revision: str) -> None:
    """Bring the tables to `revision`, 'base' for none, in the connection's own transaction."""
    config = current_app.extensions["migrate"].migrate.get_config()
    config.attributes["connection"] = connection
    if revision == restore.EMPTY:
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _check_revision(revision: str) -> None:
    folder = current_app.extensions["migrate"].directory
    known = {script.revision for script in ScriptDirectory(str(folder)).walk_revisions()}
    if revision not in known:
        raise NotABackup(
            f"It was made by a newer version of jobdesc (tables {revision}). Update this one first"
        )
