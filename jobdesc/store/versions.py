"""The versions of a posting: its revisions with the names of who made them, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from jobdesc.postings.posting import Posting, upgrade
from jobdesc.roles.parse import parse
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.revisions import Reason
from jobdesc.store.tables import RevisionRow

Query = Select[RevisionRow, str]


@dataclass(frozen=True)
class Version:
    """A posting as it stood once. The first save that it holds was at `opened_at`."""

    number: int
    person_id: int
    who: str
    reason: Reason
    opened_at: datetime
    changed_at: datetime
    counter: int
    posting: Posting

    @property
    def moment(self) -> datetime:
        """When what was done was done: a named act does not change the text."""
        return self.changed_at if self.reason is Reason.EDITED else self.opened_at


def versions_of(
    session: Session, posting_id: int, limit: int, until: int | None = None
) -> list[Version]:
    """The newest versions, up to the number `until`."""
    query = _versions(posting_id)
    if until is not None:
        query = query.where(RevisionRow.number <= until)
    return [_version(*row) for row in session.execute(query.limit(limit))]


def version_by_number(session: Session, posting_id: int, number: int) -> Version | None:
    """One version."""
    found = session.execute(_versions(posting_id).where(RevisionRow.number == number)).first()
    return _version(*found) if found else None


def _versions(posting_id: int) -> Query:
    return (
        select(RevisionRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == RevisionRow.person_id)
        .where(RevisionRow.posting_id == posting_id)
        .order_by(RevisionRow.number.desc())
    )


def _version(row: RevisionRow, who: str) -> Version:
    return Version(
        number=row.number,
        person_id=row.person_id,
        who=who,
        reason=Reason(row.reason),
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        counter=row.counter,
        posting=parse(Posting, upgrade(row.body, row.base_hash)),
    )
