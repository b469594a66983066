"""What a file of wage figures says beside what stands."""

from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from jobdesc.store.wage_tables import (
    State,
    WageAreaRow,
    WageFigureRow,
    WageOccupationRow,
    WageReleaseRow,
)
from jobdesc.store.wages import AMOUNTS

EXAMPLES = 20


def compare(session: Session, release_id: int) -> tuple[dict[str, int], list[list[Any]]]:
    """How many figures are new, the same, or differ from what stands; and some that differ.

    An example is area, occupation, and the medians by year, before and after, in cents.
    Area and occupation are said by their titles in this file.
    """
    new, standing = aliased(WageFigureRow), aliased(WageFigureRow)
    joined = (
        select(new.area, new.occupation, standing.a50, new.a50.label("after"))
        .select_from(new)
        .join(standing, _same_pair(new, standing))
        .where(new.release_id == release_id, _stands(standing))
    )
    there = select(func.count()).select_from(joined.distinct().subquery())
    differing = joined.where(_differs(new, standing)).distinct()
    differ = session.scalar(select(func.count()).select_from(differing.subquery())) or 0
    some = differing.order_by(new.area, new.occupation).limit(EXAMPLES).subquery()
    named = (
        select(WageAreaRow.title, WageOccupationRow.title, some.c.a50, some.c.after)
        .join(WageAreaRow, WageAreaRow.code == some.c.area)
        .join(WageOccupationRow, WageOccupationRow.code == some.c.occupation)
        .where(WageAreaRow.release_id == release_id, WageOccupationRow.release_id == release_id)
        .order_by(some.c.area, some.c.occupation)
    )
    counts = {"there": session.scalar(there) or 0, "differ": differ}
    return counts, [list(row) for row in session.execute(named)]


def drop_differing(session: Session, release_id: int) -> None:
    """Delete a file's figures that differ from what stands."""
    new, standing = aliased(WageFigureRow), aliased(WageFigureRow)
    beside = select(new.area, new.occupation).select_from(new)
    beside = beside.join(standing, _same_pair(new, standing))
    beside = beside.where(new.release_id == release_id, _stands(standing), _differs(new, standing))
    pairs = [{"at": area, "of": code} for area, code in session.execute(beside.distinct())]
    table = WageFigureRow.__table__
    if pairs:
        gone = delete(table).where(  # type: ignore[arg-type]
            table.c.release_id == release_id,
            table.c.area == bindparam("at"),
            table.c.occupation == bindparam("of"),
        )
        session.connection().execute(gone, pairs)


def _same_pair(new: Any, standing: Any) -> Any:
    return and_(
        standing.occupation == new.occupation,
        standing.area == new.area,
        standing.year == new.year,
        standing.release_id != new.release_id,
    )


def _stands(figure: Any) -> Any:
    """Whether these are what is shown: of a file that counts, and before all others that do."""
    own, other, release = aliased(WageReleaseRow), aliased(WageFigureRow), aliased(WageReleaseRow)
    ready = exists(literal(1)).where(own.id == figure.release_id, own.state == State.READY.value)
    before = (
        exists(literal(1))
        .where(other.occupation == figure.occupation, other.area == figure.area)
        .where(other.year == figure.year, release.id == other.release_id)
        .where(release.state == State.READY.value, own.id == figure.release_id)
        .where(
            or_(
                and_(own.shipped.is_(True), release.shipped.is_(False)),
                and_(own.shipped == release.shipped, release.id > own.id),
            )
        )
    )
    return and_(ready, ~before)


def _differs(new: Any, standing: Any) -> Any:
    """Whether both say something of the same figure, and not the same."""
    parts = [getattr(new, name) != getattr(standing, name) for name in (*AMOUNTS, "employment")]
    for start, length in ((1, 1), (2, 5), (7, 5)):
        ours = func.substr(new.marks, start, length)
        theirs = func.substr(standing.marks, start, length)
        unknown = "-" * length
        parts.append(and_(ours != theirs, ours != unknown, theirs != unknown))
    return or_(*parts)
