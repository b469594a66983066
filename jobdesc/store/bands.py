"""Named queries about the organization's own pay bands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select, text
from sqlalchemy.orm import Session

from jobdesc.postings.band_edits import Act, BandChange
from jobdesc.postings.bands import BandKey, PayBand, Spot
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import parse
from jobdesc.store.account_tables import PersonRow
from jobdesc.store.band_tables import PayBandChangeRow, PayBandRow

ORDER = (PayBandRow.role_slug, PayBandRow.state, PayBandRow.city_key, PayBandRow.id)


@dataclass(frozen=True)
class BandAct:
    """Who does what to bands, and when; `from_file` where a file says so."""

    person_id: int
    now: datetime
    from_file: bool = False


@dataclass(frozen=True)
class RemovedBand:
    """A band that is not used any more, and can be brought back by its id."""

    id: int
    band: PayBand


@dataclass(frozen=True)
class BandRecord:
    """One act on a band, as the history tells it."""

    person: str
    made_at: datetime
    act: str
    before: PayBand | None
    after: PayBand | None
    from_file: bool


def hold_bands(session: Session) -> None:
    """Let nobody else change a band until the transaction ends: a page saves several."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE pay_band IN SHARE ROW EXCLUSIVE MODE"))


def all_bands(session: Session) -> list[PayBand]:
    """Every band in use, by role, level and place."""
    query = select(PayBandRow).where(PayBandRow.removed_at.is_(None))
    return [_band(row) for row in session.scalars(query.order_by(*ORDER))]


def bands_of(session: Session, slug: str) -> list[PayBand]:
    """The bands in use of a role, by level and place."""
    query = select(PayBandRow).where(PayBandRow.role_slug == slug, PayBandRow.removed_at.is_(None))
    return [_band(row) for row in session.scalars(query.order_by(*ORDER))]


def bands_at(session: Session, slug: str, level: Level, spots: Iterable[Spot]) -> list[PayBand]:
    """The bands in use of a role at a level, of those that hold at one of these."""
    here = [and_(PayBandRow.state == state, PayBandRow.city_key == city) for state, city in spots]
    query = select(PayBandRow).where(
        PayBandRow.role_slug == slug,
        PayBandRow.level == level.value,
        PayBandRow.removed_at.is_(None),
        or_(*here),
    )
    return [_band(row) for row in session.scalars(query)]


def removed_bands(session: Session, slug: str) -> list[RemovedBand]:
    """The bands of a role that are not used any more, by level and place."""
    query = select(PayBandRow).where(
        PayBandRow.role_slug == slug, PayBandRow.removed_at.is_not(None)
    )
    return [RemovedBand(row.id, _band(row)) for row in session.scalars(query.order_by(*ORDER))]


def removed_keys(session: Session) -> set[BandKey]:
    """The keys of all bands that are not used any more."""
    query = select(PayBandRow).where(PayBandRow.removed_at.is_not(None))
    return {_band(row).key for row in session.scalars(query)}


def records_of(session: Session, slug: str, limit: int) -> list[BandRecord]:
    """What was done to the bands of a role, the newest first."""
    query = (
        select(PayBandChangeRow, PersonRow.name)
        .join(PayBandRow, PayBandRow.id == PayBandChangeRow.band_id)
        .join(PersonRow, PersonRow.id == PayBandChangeRow.person_id)
        .where(PayBandRow.role_slug == slug)
        .order_by(PayBandChangeRow.id.desc())
    )
    return [
        BandRecord(
            name,
            row.made_at,
            row.act,
            parse(PayBand, row.before) if row.before else None,
            parse(PayBand, row.after) if row.after else None,
            row.from_file,
        )
        for row, name in session.execute(query.limit(limit))
    ]


def keep_change(session: Session, change: BandChange, by: BandAct) -> None:
    """Make a change; one that adds a removed band brings it back with what it says now."""
    one = change.after or change.before
    if one is None:
        return
    query = select(PayBandRow).where(
        PayBandRow.role_slug == one.role,
        PayBandRow.level == one.level.value,
        PayBandRow.state == one.state,
        PayBandRow.city_key == one.spot[1],
    )
    row = session.scalars(query).one_or_none()
    act: Act = "brought back" if row is not None and change.before is None else change.act
    if row is None:
        row = PayBandRow()
        session.add(row)
    if change.after:
        _write(row, change.after)
    row.removed_at = None if change.after else by.now
    session.flush()
    _record(session, row, act, change, by)


def bring_back(session: Session, slug: str, band_id: int, by: BandAct) -> PayBand | None:
    """Use a removed band of this role again; None where there is none of this id."""
    row = session.get(PayBandRow, band_id)
    if row is None or row.role_slug != slug or row.removed_at is None:
        return None
    row.removed_at = None
    band = _band(row)
    _record(session, row, "brought back", BandChange(None, band), by)
    return band


def _record(session: Session, row: PayBandRow, act: Act, change: BandChange, by: BandAct) -> None:
    session.add(
        PayBandChangeRow(
            band_id=row.id,
            person_id=by.person_id,
            made_at=by.now,
            act=act,
            before=change.before.model_dump(mode="json") if change.before else None,
            after=change.after.model_dump(mode="json") if change.after else None,
            from_file=by.from_file,
        )
    )


def _write(row: PayBandRow, band: PayBand) -> None:
    row.role_slug, row.level = band.role, band.level.value
    row.state, row.city, row.city_key = band.state, band.city, band.spot[1]
    row.low_cents, row.high_cents, row.unit = band.low, band.high, band.unit
    row.as_of, row.note = band.as_of, band.note


def _band(row: PayBandRow) -> PayBand:
    return PayBand(
        role=row.role_slug,
        level=Level(row.level),
        state=row.state,
        city=row.city,
        low=row.low_cents,
        high=row.high_cents,
        unit="hour" if row.unit == "hour" else "year",
        as_of=row.as_of,
        note=row.note,
    )
