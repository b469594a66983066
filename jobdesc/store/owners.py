"""Whose a posting is: hand it to somebody else, and who could have it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, true, update
from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, kinds_that_may
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.accounts import person_of
from jobdesc.store.postings import visible_to
from jobdesc.store.revisions import keep_first_revisions
from jobdesc.store.tables import PostingRow


@dataclass(frozen=True)
class Owned:
    """Whose a posting is."""

    id: int
    name: str
    requisition: str


def possible_owners(session: Session) -> list[Person]:
    """Everybody who has access and may edit postings, by name."""
    query = select(PersonRow).where(PersonRow.active, PersonRow.kind.in_(_kinds()))
    ordered = query.order_by(func.lower(PersonRow.name), PersonRow.id)
    return [person_of(row) for row in session.scalars(ordered)]


def possible_owner(session: Session, person_id: int) -> Person | None:
    """The person, held as one who may own postings until the transaction ends."""
    query = select(PersonRow).where(PersonRow.id == person_id).with_for_update(key_share=True)
    row = session.scalars(query.execution_options(populate_existing=True)).first()
    return person_of(row) if row and row.active and row.kind in _kinds() else None


def owner_of(session: Session, posting_id: int, person_id: int) -> Owned | None:
    """The owner of a posting that this person sees, and its requisition number."""
    query = select(PersonRow.id, PersonRow.name, PostingRow.requisition)
    query = query.join(PostingRow, PostingRow.owner_id == PersonRow.id)
    found = session.execute(query.where(PostingRow.id == posting_id, visible_to(person_id))).first()
    return Owned(*found) if found else None


def assign_postings(
    session: Session, person_id: int, ids: Sequence[int], owner_id: int, only_of: int | None = None
) -> set[int]:
    """Make a person the owner of those that `person_id` sees; returns those that are theirs now.

    They are held. With `only_of`, those alone whose owner that person is.
    """
    owned = PostingRow.owner_id == only_of if only_of is not None else true()
    return _hand(session, and_(PostingRow.id.in_(ids), visible_to(person_id), owned), owner_id)


def hand_over_postings(session: Session, from_id: int, to_id: int) -> int:
    """Make another person the owner of all postings of a person; returns how many."""
    theirs = and_(PostingRow.owner_id == from_id, PostingRow.touched)
    held = select(PostingRow.id).where(theirs).order_by(PostingRow.id).with_for_update()
    session.execute(held).all()
    return len(_hand(session, theirs, to_id))


def _hand(session: Session, which: ColumnElement[bool], owner_id: int) -> set[int]:
    """The history says who started a posting, whoever has it when it is first saved."""
    keep_first_revisions(session, which)
    handed = update(PostingRow).where(which).values(owner_id=owner_id, touched=True)
    found = session.scalars(
        handed.returning(PostingRow.id), execution_options={"synchronize_session": False}
    )
    return set(found)


def _kinds() -> list[str]:
    return [kind.value for kind in kinds_that_may(Action.EDIT_POSTING)]
