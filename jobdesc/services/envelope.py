"""What goes with a posting beside its text: its owner, the archive, who shares its number."""

from dataclasses import dataclass

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may, require
from jobdesc.services.postings import found_or_gone
from jobdesc.store.archive import Archived, archived_state
from jobdesc.store.owners import owner_of, possible_owners
from jobdesc.store.requisitions import postings_with_requisition
from jobdesc.store.transactions import reading


@dataclass(frozen=True)
class Envelope:
    """The owner, and whether the actor may hand the posting over; `archived` where it is.

    `same_number` are other postings in use with the requisition number, by id and title.
    """

    owner_id: int
    owner: str
    may_assign: bool
    archived: Archived | None
    requisition: str
    same_number: tuple[tuple[int, str], ...]


def read_envelope(actor: Person, posting_id: int) -> Envelope:
    """Whose a posting is, and the rest. Raises NoSuchPosting."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        found = found_or_gone(owner_of(session, posting_id, actor.id), posting_id)
        return Envelope(
            owner_id=found.id,
            owner=found.name,
            may_assign=_may_assign(actor, found.id),
            archived=archived_state(session, posting_id, actor.id),
            requisition=found.requisition,
            same_number=tuple(
                postings_with_requisition(session, found.requisition, actor.id, posting_id)
            ),
        )


def same_number(actor: Person, posting_id: int, number: str) -> list[tuple[int, str]]:
    """Other postings in use with this requisition number, by id and title. Raises NoSuchPosting."""
    require(actor, Action.EDIT_POSTING)
    with reading() as session:
        found_or_gone(owner_of(session, posting_id, actor.id), posting_id)
        return postings_with_requisition(session, number, actor.id, posting_id)


def owners_to_choose(actor: Person) -> list[Person]:
    """Who postings can be handed to."""
    require(actor, Action.EDIT_POSTING)
    with reading() as session:
        return possible_owners(session)


def _may_assign(actor: Person, owner_id: int) -> bool:
    if may(actor, Action.ASSIGN_POSTING):
        return True
    return owner_id == actor.id and may(actor, Action.EDIT_POSTING)
