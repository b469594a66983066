"""How Alembic reaches the application's database and tables."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

from jobdesc.extensions import db
from jobdesc.store.times import Moment


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our column type as the plain one, so that migrations never change with our code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def migrate() -> None:
    """Run the migrations in one transaction, SQLite's tables copied where it cannot alter them."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=current_app.extensions["migrate"].db.metadata,
            render_item=render_item,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


migrate()
