"""Named queries about wage figures: what stands for an occupation in an area."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from jobdesc.extensions import Base
from jobdesc.store.inserting import insert_into
from jobdesc.store.wage_tables import (
    WageAreaRow,
    WageFigureRow,
    WageOccupationRow,
    WageReleaseRow,
)
from jobdesc.wages.figures import Area, AreaKind, WageFigures, joined

READY = "ready"
AMOUNTS = ("h10", "h25", "h50", "h75", "h90", "a10", "a25", "a50", "a75", "a90")


@dataclass(frozen=True)
class StandingFigures:
    """The newest figures of an occupation in an area, and where they are from.

    `source_id` is of a shipped source, empty for a file that was imported.
    """

    figures: WageFigures
    release_id: int
    source_id: str
    file_name: str


def areas_near(session: Session, state: str) -> list[Area]:
    """The areas that may stand for a place in this state, and the nation.

    Each is named as in the newest year that counts, by an imported file before a shipped one.
    """
    at_state = and_(
        WageAreaRow.kind.in_((AreaKind.STATE.value, AreaKind.TERRITORY.value)),
        WageAreaRow.state == state,
    )
    ending = or_(WageAreaRow.title.like(f"%, %{state}"), WageAreaRow.title.like(f"%, %{state}-%"))
    in_metro = and_(WageAreaRow.kind == AreaKind.METRO.value, ending)
    near = or_(WageAreaRow.kind == AreaKind.NATION.value, *([at_state, in_metro] if state else []))
    query = (
        select(WageAreaRow)
        .join(WageReleaseRow, WageReleaseRow.id == WageAreaRow.release_id)
        .where(
            WageAreaRow.code.in_(select(WageAreaRow.code).where(near)),
            WageReleaseRow.state == READY,
        )
        .order_by(WageAreaRow.year.desc(), WageReleaseRow.shipped, WageReleaseRow.id.desc())
    )
    found: dict[str, Area] = {}
    for row in session.scalars(query):
        found.setdefault(row.code, _area(row))
    return list(found.values())


def standing_figures(
    session: Session, occupations: Collection[str], areas: Collection[Area]
) -> dict[tuple[str, str], StandingFigures]:
    """What stands, by code of area and occupation: of the newest year that has figures.

    An imported file goes before a shipped one, and a later before an earlier. What the one did
    not capture is taken from the other.
    """
    known = {area.code: area for area in areas}
    query = (
        select(WageFigureRow, WageReleaseRow, WageOccupationRow.title)
        .join(WageReleaseRow, WageReleaseRow.id == WageFigureRow.release_id)
        .join(
            WageOccupationRow,
            and_(
                WageOccupationRow.release_id == WageFigureRow.release_id,
                WageOccupationRow.code == WageFigureRow.occupation,
            ),
        )
        .where(
            WageFigureRow.occupation.in_(occupations),
            WageFigureRow.area.in_(known),
            WageReleaseRow.state == READY,
        )
        .order_by(WageFigureRow.year.desc(), WageReleaseRow.shipped, WageReleaseRow.id.desc())
    )
    found: dict[tuple[str, str], StandingFigures] = {}
    for row, release, title in session.execute(query):
        figures = _figures(row, known[row.area], title)
        key = (row.area, row.occupation)
        if key not in found:
            found[key] = StandingFigures(figures, release.id, release.source_id, release.file_name)
        elif found[key].figures.year == figures.year:
            found[key] = replace(found[key], figures=joined(found[key].figures, figures))
    return found


def keep_shipped(
    session: Session,
    name: str,
    sha256: str,
    source_id: str,
    figures: Sequence[WageFigures],
    now: datetime,
) -> bool:
    """Keep a shipped file of figures in place of its former edition; False where it stands."""
    query = select(WageReleaseRow.sha256, WageReleaseRow.id)
    former = session.execute(
        query.where(WageReleaseRow.shipped.is_(True), WageReleaseRow.file_name == name)
    ).all()
    if any(mark == sha256 for mark, _ in former):
        return False
    for _, number in former:
        for table in (WageFigureRow, WageAreaRow, WageOccupationRow):
            session.execute(delete(table).where(table.release_id == number))
        session.execute(delete(WageReleaseRow).where(WageReleaseRow.id == number))
    release = WageReleaseRow(
        file_name=name,
        sha256=sha256,
        size=0,
        shipped=True,
        source_id=source_id,
        year=figures[0].year,
        areas=areas_in_words(figures),
        state=READY,
        taken=len(figures),
        asked_at=now,
        finished_at=now,
    )
    session.add(release)
    session.flush()
    add_figures(session, release.id, figures)
    return True


def areas_in_words(figures: Iterable[WageFigures]) -> list[str]:
    """The kinds of areas that the figures are of, the widest first."""
    kinds = {row.area.kind for row in figures}
    return [kind.value for kind in AreaKind if kind in kinds]


def add_figures(session: Session, release_id: int, figures: Sequence[WageFigures]) -> None:
    """Add figures to a file's, but for those of an area's occupation that it has already."""
    if not figures:
        return
    areas = {row.area.code: _named(release_id, row) for row in figures}
    titles = {row.occupation: row.title for row in figures}
    occupations = [{"release_id": release_id, "code": at, "title": titles[at]} for at in titles]
    _add_all(session, WageAreaRow, list(areas.values()))
    _add_all(session, WageOccupationRow, occupations)
    _add_all(session, WageFigureRow, [_values(release_id, row) for row in figures])


def _add_all(session: Session, table: type[Base], values: list[dict[str, Any]]) -> None:
    session.execute(insert_into(session, table).on_conflict_do_nothing(), values)


def _named(release_id: int, row: WageFigures) -> dict[str, Any]:
    area = row.area
    values = {"release_id": release_id, "code": area.code, "title": area.title}
    return {**values, "kind": area.kind.value, "state": area.state, "year": row.year}


def _values(release_id: int, row: WageFigures) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(AMOUNTS, (*row.hourly, *row.annual), strict=True))
    values["release_id"], values["area"] = release_id, row.area.code
    values["occupation"], values["year"] = row.occupation, row.year
    values["employment"], values["marks"] = row.employment, row.marks
    return values


def _area(row: WageAreaRow) -> Area:
    return Area(row.code, row.title, AreaKind(row.kind), row.state)


def _figures(row: WageFigureRow, area: Area, title: str) -> WageFigures:
    return WageFigures(
        area=area,
        occupation=row.occupation,
        title=title,
        year=row.year,
        employment=row.employment,
        hourly=(row.h10, row.h25, row.h50, row.h75, row.h90),
        annual=(row.a10, row.a25, row.a50, row.a75, row.a90),
        marks=row.marks,
    )
