"""The organization's own pay bands: read, saved from what a page showed, brought back."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.band_edits import BandEdit, MergedBands, merge_bands
from jobdesc.postings.band_limits import is_over
from jobdesc.postings.bands import BandKey, PayBand, band_for, first_place, spots_of
from jobdesc.postings.lifecycle import local_today
from jobdesc.postings.organization import UNNAMED, Organization
from jobdesc.postings.pay_remarks import PayFacts
from jobdesc.postings.places import Place
from jobdesc.postings.posting import Posting
from jobdesc.roles.levels import Level
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.catalog import library_in, role_in
from jobdesc.store import bands as store
from jobdesc.store.bands import BandAct, BandRecord, RemovedBand
from jobdesc.store.organizations import load_organization
from jobdesc.store.transactions import reading, writing

RECORDS = 50
"""How much of the history a page shows."""

log = logging.getLogger(__name__)


class NoSuchBand(Exception):
    """No removed band of this role has this id."""


class TooManyBands(Exception):
    """A role would have more bands, or bands in more places, than it can."""


@dataclass(frozen=True)
class RoleBands:
    """A role with its bands, those that were removed, and what was done to them."""

    role: RoleTemplate
    bands: tuple[PayBand, ...]
    removed: tuple[RemovedBand, ...]
    records: tuple[BandRecord, ...]
    places: tuple[Place, ...]
    pay_age: int
    today: date


@dataclass(frozen=True)
class AllBands:
    """Every band, with the roles that can have one."""

    bands: tuple[PayBand, ...]
    roles: tuple[RoleTemplate, ...]
    retired: frozenset[str]
    pay_age: int
    today: date


def read_all(actor: Person, now: datetime) -> AllBands:
    """Every band in use; also those of retired roles."""
    require(actor, Action.EDIT_PAY_BANDS)
    with reading() as session:
        library, organization = library_in(session), _organization(session)
        bands = store.all_bands(session)
    used = {band.role for band in bands}
    retired = [role for slug, role in library.retired.items() if slug in used]
    return AllBands(
        tuple(bands),
        (*library.roles.values(), *retired),
        frozenset(library.retired),
        int(organization.pay_age),
        today_of(organization, now),
    )


def read_role_bands(actor: Person, slug: str, now: datetime) -> RoleBands:
    """The bands of a role. Raises NoSuchRole."""
    require(actor, Action.EDIT_PAY_BANDS)
    with reading() as session:
        organization = _organization(session)
        return RoleBands(
            role=role_in(library_in(session), slug),
            bands=tuple(store.bands_of(session, slug)),
            removed=tuple(store.removed_bands(session, slug)),
            records=tuple(store.records_of(session, slug, RECORDS)),
            places=organization.places,
            pay_age=int(organization.pay_age),
            today=today_of(organization, now),
        )


def save_bands(actor: Person, slug: str, edits: Sequence[BandEdit], now: datetime) -> MergedBands:
    """Make the edits whose start still stands; the others come back with both bands.

    Raises NoSuchRole and TooManyBands.
    """
    require(actor, Action.EDIT_PAY_BANDS)
    with writing() as session:
        role_in(library_in(session), slug)
        store.hold_bands(session)
        stored = {band.key: band for band in store.bands_of(session, slug)}
        merged = merge_bands(stored, [edit for edit in edits if edit.key[0] == slug])
        for change in merged.changes:
            store.keep_change(session, change, BandAct(actor.id, now))
        _hold_limits(session, slug, stored)
    if merged.changes:
        log.info("pay: person %d changed %d bands of %s", actor.id, len(merged.changes), slug)
    return merged


def bring_back_band(actor: Person, slug: str, band_id: int, now: datetime) -> PayBand:
    """Use a removed band again. Raises NoSuchBand and TooManyBands."""
    require(actor, Action.EDIT_PAY_BANDS)
    with writing() as session:
        store.hold_bands(session)
        stored = {band.key for band in store.bands_of(session, slug)}
        band = store.bring_back(session, slug, band_id, BandAct(actor.id, now))
        if band is None:
            raise NoSuchBand(band_id)
        _hold_limits(session, slug, stored)
    log.info("pay: person %d brought back band %d of %s", actor.id, band_id, slug)
    return band


def band_in(session: Session, slug: str, level: Level, place: Place | None) -> PayBand | None:
    """The band that a posting of this role, level and first place takes, if there is one."""
    return band_for(store.bands_at(session, slug, level, spots_of(place)), place)


def band_of_posting(session: Session, posting: Posting) -> PayBand | None:
    """The band for a posting as it stands."""
    return band_in(session, posting.role, posting.level, first_place(posting))


def pay_facts(
    session: Session, posting: Posting, organization: Organization, now: datetime
) -> PayFacts:
    """What the pay of a posting is held against."""
    return PayFacts(
        band_of_posting(session, posting), int(organization.pay_age), today_of(organization, now)
    )


def read_pay_facts(actor: Person, posting: Posting, now: datetime) -> PayFacts:
    """The same, for a page."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        return pay_facts(session, posting, _organization(session), now)


def today_of(organization: Organization, now: datetime) -> date:
    """The day where the organization is."""
    return local_today(now, organization.time_zone)


def _hold_limits(session: Session, slug: str, before: Collection[BandKey]) -> None:
    """Refuse bands that were added where the role has too many now; fewer is always possible."""
    keys = {band.key for band in store.bands_of(session, slug)}
    if is_over(keys) and not keys <= set(before):
        raise TooManyBands(slug)


def _organization(session: Session) -> Organization:
    return load_organization(session) or UNNAMED
