"""What lists sort by follows from the body, also for postings that are older than the columns."""

import json

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from jobdesc.extensions import db
from jobdesc.store.list_columns import fill_list_columns
from jobdesc.store.postings import posting_by_id
from jobdesc.store.tables import PostingRow
from jobdesc.store.transactions import reading
from tests.samples import sample
from tests.store.former_versions import fill_0002
from tests.store.test_migrations import count

BEFORE = "0003"
"""The version before the columns."""
LISTED = (
    "title_key",
    "place_key",
    "level_rank",
    "pay_low_cents",
    "pay_high_cents",
    "pay_order",
    "requisition",
    "requisition_key",
)


def test_the_migration_fills_what_lists_sort_by_from_the_bodies(app: Flask) -> None:
    pay = {"pay_low": "$30.50", "pay_high": "38k", "pay_unit": "hour"}
    body = sample("posting.2") | pay | {"requisition": "R-É1"}
    with app.app_context():
        downgrade(revision=BEFORE)
        with db.engine.begin() as connection:
            fill_0002(connection)
            values = {"body": json.dumps(body), "title": "Ärzte " + "x" * 300}
            connection.execute(text("UPDATE posting SET body = :body, title = :title"), values)
        upgrade()
        with reading() as session:
            row = session.get_one(PostingRow, 7)
            assert (row.title_key, row.place_key) == ("arzte " + "x" * 94, "portland, or")
            assert (row.level_rank, row.pay_unit) == (1, "hour")
            assert (row.pay_low_cents, row.pay_high_cents) == (3_050, 3_800_000)
            assert (row.requisition, row.requisition_key) == ("R-É1", "r-e1")
            filled = [getattr(row, name) for name in LISTED]
            stored_posting = posting_by_id(session, 7, 1)
            assert stored_posting
            fill_list_columns(row, stored_posting.posting)
            assert filled == [getattr(row, name) for name in LISTED]
        downgrade(revision=BEFORE)
        with db.engine.connect() as connection:
            assert count(connection, "posting") == count(connection, "change_list") - 1 == 1
