"""What the migration to revisions of roles makes of the roles that were there, and back."""

import json

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from jobdesc.app import ROOT
from jobdesc.extensions import db
from jobdesc.services.content import read_folder, seed
from jobdesc.store.role_revisions import revisions_of
from jobdesc.store.roles import role_marks
from jobdesc.store.transactions import reading
from tests.databases import SEED_TIME
from tests.store.former_versions import fill_0004, fill_0005
from tests.store.test_migrations import count, differences


def test_what_came_with_0005_goes_back_to_what_0004_reads(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="0005")
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


def test_a_seed_after_going_back_and_forth_lets_roles_extend_others_again(
    seeded_app: Flask,
) -> None:
    content = read_folder(ROOT / "content")
    with seeded_app.app_context():
        with reading() as session:
            before = {slug: mark.extends for slug, mark in role_marks(session).items()}
        assert any(before.values())
        db.session.remove()
        downgrade(revision="0004")
        upgrade()
        seed(content, SEED_TIME)
        with reading() as session:
            after = role_marks(session)
            assert {slug: mark.extends for slug, mark in after.items()} == before
            assert not any(mark.edited for mark in after.values())
