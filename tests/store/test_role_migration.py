"""What the migration to revisions of roles makes of the roles that were there, and back."""

import json

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from jobdesc.extensions import db
from jobdesc.store.role_revisions import revisions_of
from jobdesc.store.roles import role_marks
from jobdesc.store.transactions import reading
from tests.store.test_migrations import count, differences, fill_0004, fill_0005


def test_what_came_with_0005_goes_back_to_what_0004_reads(app: Flask) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            fill_0005(connection)
        downgrade(revision="0004")
        with db.engine.connect() as connection:
            bodies = connection.execute(text("SELECT slug, body FROM role ORDER BY slug")).all()
            read = {slug: json.loads(b) if isinstance(b, str) else b for slug, b in bodies}
            assert read["child"]["duties"] == read["case-manager"]["duties"]
            assert "extends" not in read["child"]
        upgrade()
        with db.engine.connect() as connection:
            assert differences(connection) == []
            assert count(connection, "role_revision") == 2


def test_each_role_that_0004_had_is_a_first_revision(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="0004")
        with db.engine.begin() as connection:
            fill_0004(connection)
            connection.execute(
                text(
                    "INSERT INTO role (slug, name, body, body_hash, shipped_hash, changed_at) "
                    "SELECT 'edited', name, body, 'other', shipped_hash, changed_at FROM role"
                )
            )
        upgrade()
        with reading() as session:
            marks = role_marks(session)
            assert (marks["edited"].edited, marks["edited"].shipped) == (True, False)
            assert (marks["case-manager"].edited, marks["case-manager"].shipped) == (False, True)
            [first] = revisions_of(session, "case-manager")
            assert (first.number, first.who, first.reason) == (1, None, "shipped")
            assert [revision.reason for revision in revisions_of(session, "edited")] == ["edited"]
