"""Named queries about views of the list that people gave a name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from jobdesc.store.account_tables import PersonRow
from jobdesc.store.view_tables import SavedViewRow


@dataclass(frozen=True)
class SavedView:
    """A view with its name; `query` is what the address of the list says."""

    id: int
    person_id: int
    person: str
    name: str
    query: str
    shared: bool


def views_for(session: Session, person_id: int, limit: int) -> list[SavedView]:
    """A person's own views, then those for everybody; each by name."""
    others = SavedViewRow.person_id != person_id
    query = _views().where(_seen(person_id))
    query = query.order_by(others, SavedViewRow.name_key, SavedViewRow.id)
    return [SavedView(*row) for row in session.execute(query.limit(limit))]


def view_by_id(session: Session, view_id: int, person_id: int) -> SavedView | None:
    """The view, where it is this person's own or for everybody."""
    row = session.execute(_views().where(SavedViewRow.id == view_id, _seen(person_id))).first()
    return SavedView(*row) if row else None


def count_views(session: Session, person_id: int) -> int:
    """How many views a person has."""
    count = select(func.count()).where(SavedViewRow.person_id == person_id)
    return session.scalar(count) or 0


def name_is_taken(session: Session, person_id: int, name: str, but: int = 0) -> bool:
    """Whether a person has another view of this name."""
    query = select(SavedViewRow.id).where(
        SavedViewRow.person_id == person_id,
        SavedViewRow.name_key == _key(name),
        SavedViewRow.id != but,
    )
    return session.scalar(query) is not None


def hold_views(session: Session, person_id: int) -> None:
    """Let nobody else change this person's views until the transaction ends."""
    query = select(PersonRow.id).where(PersonRow.id == person_id)
    session.execute(query.with_for_update(key_share=True))


def add_view(
    session: Session, person_id: int, name: str, query: str, shared: bool, now: datetime
) -> int:
    """Keep a view; returns its id."""
    row = SavedViewRow(
        person_id=person_id, name=name, name_key=_key(name), query=query, shared=shared, made_at=now
    )
    session.add(row)
    session.flush()
    return row.id


def rename_view(session: Session, view_id: int, name: str, shared: bool) -> None:
    """Give a view another name, and say whether it is for everybody."""
    values = {"name": name, "name_key": _key(name), "shared": shared}
    session.execute(update(SavedViewRow).where(SavedViewRow.id == view_id).values(**values))


def remove_view(session: Session, view_id: int) -> None:
    """Forget a view."""
    session.execute(delete(SavedViewRow).where(SavedViewRow.id == view_id))


def _views() -> Select[int, int, str, str, str, bool]:
    columns = (
        SavedViewRow.id,
        SavedViewRow.person_id,
        PersonRow.name,
        SavedViewRow.name,
        SavedViewRow.query,
        SavedViewRow.shared,
    )
    return select(*columns).join(PersonRow, PersonRow.id == SavedViewRow.person_id)


def _seen(person_id: int) -> ColumnElement[bool]:
    return or_(SavedViewRow.person_id == person_id, SavedViewRow.shared)


def _key(name: str) -> str:
    return name.casefold()[:100]
