"""INSERT that says what happens to a row that is there already, as each database writes it."""

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from jobdesc.extensions import Base


def insert_into(session: Session, row: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT into the table of these rows, to add `on_conflict_...` to."""
    table = cast(Table, row.__table__)
    by_name = session.get_bind().dialect.name
    return sqlite.insert(table) if by_name == "sqlite" else postgresql.insert(table)
