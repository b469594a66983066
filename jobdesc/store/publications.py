"""Publications: what was public of postings and when. At most one of a posting stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from jobdesc.postings.dates import read_date
from jobdesc.postings.lifecycle import Act, day_begins, day_ends, local_today, move
from jobdesc.postings.posting import Posting, upgrade
from jobdesc.roles.parse import parse
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.postings import visible_to
from jobdesc.store.publication_tables import PublicationFileRow, PublicationRow
from jobdesc.store.revisions import Reason, keep_first_revisions, last_number, record_save
from jobdesc.store.search_keeping import note_postings
from jobdesc.store.tables import PostingRow, RevisionRow

Why = Literal["", "by hand", "date", "replaced"]
Query = Select[PublicationRow, str, str | None]


@dataclass(frozen=True)
class NewFile:
    """A file to keep of a publication."""

    form: str
    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True)
class KeptFile:
    """A file of a publication; `digest` is the SHA-256 of its bytes, in hex."""

    name: str
    media_type: str
    digest: str
    body: bytes


@dataclass(frozen=True)
class Publication:
    """A posting as it was public once, by whom and from when to when.

    `closed_by` is empty where nobody ended it but its closing date.
    """

    posting_id: int
    number: int
    revision: int
    counter: int
    title: str
    place: str
    closing_date: date | None
    published_by: str
    published_at: datetime
    closed_by: str
    closed_at: datetime | None
    closed_why: Why

    @property
    def stands(self) -> bool:
        """Whether it is public."""
        return self.closed_at is None


def publish(
    session: Session, posting_id: int, person_id: int, now: datetime, files: Iterable[NewFile]
) -> None:
    """Freeze the posting as it stands and keep its files; what stood until then ends.

    Comes after `posting_to_change` in the same transaction.
    """
    row = session.get_one(PostingRow, posting_id)
    now = _end_standing(session, posting_id, now, person_id, "replaced")
    keep_first_revisions(session, PostingRow.id == row.id)
    record_save(session, row, person_id, now, Reason.PUBLISHED)
    row.status, row.touched = move(row.status, Act.PUBLISH).value, True
    session.flush()
    publication = PublicationRow(
        posting_id=posting_id,
        number=_last_number(session, posting_id) + 1,
        revision=last_number(session, posting_id),
        counter=row.counter,
        title=row.title,
        place=row.place,
        closing_date=read_date(row.body.get("closing_date", "")),
        published_by=person_id,
        published_at=now,
    )
    session.add(publication)
    session.flush()
    for file in files:
        digest = sha256(file.body).hexdigest()
        session.add(PublicationFileRow(publication_id=publication.id, digest=digest, **vars(file)))


def close(session: Session, posting_id: int, person_id: int, now: datetime) -> None:
    """End what stands. Comes after `posting_to_change`; raises NotAllowed where nothing stands."""
    row = session.get_one(PostingRow, posting_id)
    row.status = move(row.status, Act.CLOSE).value
    _end_standing(session, posting_id, now, person_id, "by hand")


def close_many(session: Session, ids: Collection[int], person_id: int, now: datetime) -> None:
    """End what stands of these published postings, which are held already."""
    at_once = {"synchronize_session": False}
    rows = update(PostingRow).where(PostingRow.id.in_(ids), PostingRow.status == "published")
    closed = move("published", Act.CLOSE).value
    session.execute(rows.values(status=closed), execution_options=at_once)
    row = PublicationRow
    moment = case(
        (row.published_at > now, row.published_at), else_=literal(now, row.published_at.type)
    )
    ended = update(row).where(row.posting_id.in_(ids), _stands())
    values = {"closed_at": moment, "closed_by": person_id, "closed_why": "by hand"}
    session.execute(ended.values(values), execution_options=at_once)
    note_postings(session, ids)


def published_after(session: Session, ids: Collection[int], moment: datetime) -> set[int]:
    """Those of `ids` of which what stands was published after `moment`."""
    query = select(PublicationRow.posting_id).where(PublicationRow.posting_id.in_(ids), _stands())
    return set(session.scalars(query.where(PublicationRow.published_at > moment)))


def earliest_closing(session: Session) -> date | None:
    """The first closing date of all that stand."""
    return session.scalar(select(func.min(PublicationRow.closing_date)).where(_stands()))


def close_due(
    session: Session, now: datetime, zone: str, ids: Collection[int] | None = None
) -> int:
    """End, at their own midnights, all whose closing date has passed in this zone; how many.

    With `ids`, only of these postings: who holds some must not wait for others.
    """
    due = [PublicationRow.closing_date < local_today(now, zone), _stands()]
    if ids is not None:
        due.append(PublicationRow.posting_id.in_(ids))
    waiting = select(PublicationRow.posting_id).where(*due).scalar_subquery()
    held = select(PostingRow).where(PostingRow.id.in_(waiting)).order_by(PostingRow.id)
    rows = {row.id: row for row in session.scalars(held.with_for_update())}
    of_these = select(PublicationRow).where(*due, PublicationRow.posting_id.in_(rows))
    ended = session.scalars(of_these.execution_options(populate_existing=True)).all()
    for publication in ended:
        assert publication.closing_date  # noqa: S101  (the query asks for it)
        midnight = day_ends(publication.closing_date, zone)
        publication.closed_at = max(midnight, publication.published_at)
        publication.closed_why = "date"
        rows[publication.posting_id].status = move("published", Act.CLOSE).value
    session.flush()
    return len(ended)


def last_publication(session: Session, posting_id: int) -> Publication | None:
    """The newest publication of a posting, whether it stands or not."""
    query = _publications().where(PublicationRow.posting_id == posting_id)
    found = _read(session, query.order_by(PublicationRow.number.desc()).limit(1))
    return found[0] if found else None


def publications_of(session: Session, posting_id: int) -> list[Publication]:
    """All publications of a posting, the newest first."""
    query = _publications().where(PublicationRow.posting_id == posting_id)
    return _read(session, query.order_by(PublicationRow.number.desc()))


def published_on(
    session: Session, person_id: int, day: date, zone: str, first: int = 0, most: int | None = None
) -> list[Publication]:
    """Of each posting the last publication that stood at some moment of `day`, by title.

    One that ended at the day's first moment did not stand any more; one whose closing date has
    passed did not, even where nobody has noted it yet. At most `most`, from the `first` on.
    """
    query = _publications().where(PublicationRow.id.in_(_on_day(person_id, day, zone)))
    query = query.order_by(PublicationRow.title, PublicationRow.posting_id)
    return _read(session, query.limit(most).offset(first))


def count_published_on(session: Session, person_id: int, day: date, zone: str) -> int:
    """How many `published_on` has in all."""
    found = _on_day(person_id, day, zone).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def _on_day(person_id: int, day: date, zone: str) -> Select[int]:
    standing = _stands() & func.coalesce(PublicationRow.closing_date >= day, true())
    ended_later = PublicationRow.closed_at > day_begins(day, zone)
    stood = [PublicationRow.published_at < day_ends(day, zone), or_(standing, ended_later)]
    last = (
        select(PublicationRow.posting_id, func.max(PublicationRow.number).label("number"))
        .where(*stood)
        .group_by(PublicationRow.posting_id)
        .subquery()
    )
    query = select(PublicationRow.id).join(
        last,
        (last.c.posting_id == PublicationRow.posting_id) & (last.c.number == PublicationRow.number),
    )
    query = query.join(PostingRow, PostingRow.id == PublicationRow.posting_id)
    return query.where(visible_to(person_id))


def file_of(
    session: Session, posting_id: int, form: str, number: int | None = None
) -> KeptFile | None:
    """A file of a publication by its number, else of the one that stands."""
    which = _stands() if number is None else PublicationRow.number == number
    query = (
        select(
            PublicationFileRow.name,
            PublicationFileRow.media_type,
            PublicationFileRow.digest,
            PublicationFileRow.body,
        )
        .join(PublicationRow, PublicationRow.id == PublicationFileRow.publication_id)
        .where(PublicationRow.posting_id == posting_id, PublicationFileRow.form == form, which)
    )
    found = session.execute(query).first()
    return KeptFile(*found) if found else None


def posting_in(session: Session, publication: Publication) -> Posting:
    """The posting as it was published."""
    key = (publication.posting_id, publication.revision)
    row = session.get_one(RevisionRow, key)
    return parse(Posting, upgrade(row.body, row.base_hash))


def _end_standing(
    session: Session, posting_id: int, now: datetime, person_id: int, why: Why
) -> datetime:
    """End what stands, if anything does; the moment, which is never before its beginning."""
    query = select(PublicationRow).where(PublicationRow.posting_id == posting_id, _stands())
    standing = session.scalars(query.with_for_update()).one_or_none()
    if standing is None:
        return now
    standing.closed_at = max(now, standing.published_at)
    standing.closed_by, standing.closed_why = person_id, why
    return standing.closed_at


def _stands() -> ColumnElement[bool]:
    return PublicationRow.closed_at.is_(None)


def _last_number(session: Session, posting_id: int) -> int:
    query = select(func.max(PublicationRow.number)).where(PublicationRow.posting_id == posting_id)
    return session.scalar(query) or 0


def _publications() -> Query:
    publisher, closer = aliased(PersonRow), aliased(PersonRow)
    return (
        select(PublicationRow, publisher.name, closer.name)
        .join(publisher, publisher.id == PublicationRow.published_by)
        .outerjoin(closer, closer.id == PublicationRow.closed_by)
    )


def _read(session: Session, query: Query) -> list[Publication]:
    return [_publication(*row) for row in session.execute(query)]


def _publication(row: PublicationRow, publisher: str, closer: str | None) -> Publication:
    names = Publication.__dataclass_fields__
    values = {name: getattr(row, name) for name in names}
    return Publication(**values | {"published_by": publisher, "closed_by": closer or ""})
