"""Requisition numbers: which postings in use have the same one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobdesc.store.list_columns import sort_key
from jobdesc.store.postings import in_use, visible_to
from jobdesc.store.tables import PostingRow

NAMED = 5
"""How many are named."""


def postings_with_requisition(
    session: Session, number: str, person_id: int, but: int
) -> list[tuple[int, str]]:
    """Id and title of postings in use, not closed, with this number, but for the one itself."""
    if not (key := sort_key(number.strip())):
        return []
    query = select(PostingRow.id, PostingRow.title).where(
        PostingRow.requisition_key == key,
        PostingRow.id != but,
        PostingRow.status != "closed",
        visible_to(person_id),
        in_use(),
    )
    found = session.execute(query.order_by(PostingRow.id).limit(NAMED))
    return [(row[0], row[1]) for row in found]
