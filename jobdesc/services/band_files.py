"""Pay bands out to a CSV file and in from one: planned, shown, and taken whole or not at all."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.band_file import BandFile, LineFault, RoleNames, read_bands, write_bands
from jobdesc.postings.band_limits import over_limits
from jobdesc.postings.band_plan import Plan, plan_bands
from jobdesc.postings.organization import UNNAMED
from jobdesc.services.catalog import library_in
from jobdesc.services.pay_bands import today_of
from jobdesc.store import bands as store
from jobdesc.store.bands import BandAct
from jobdesc.store.organizations import load_organization
from jobdesc.store.transactions import reading, writing

log = logging.getLogger(__name__)


class PlanOutdated(Exception):
    """The bands or the file changed since the plan was shown; nothing was taken."""


@dataclass(frozen=True)
class Reading:
    """What a file would change, and the lines of it that cannot be read: with any, nothing."""

    plan: Plan
    faults: tuple[LineFault, ...]
    names: Mapping[str, str]


def export_bands(actor: Person) -> str:
    """Every band in use as a CSV file."""
    require(actor, Action.EDIT_PAY_BANDS)
    with reading() as session:
        return write_bands(store.all_bands(session))


def plan_import(actor: Person, text: str, now: datetime) -> Reading:
    """What a file would change. Raises NotAFile."""
    require(actor, Action.EDIT_PAY_BANDS)
    with reading() as session:
        return _read(session, text, now)


def take_import(actor: Person, text: str, shown: str, now: datetime) -> Plan:
    """Take the file, all of it, where it still does what was `shown`, by the plan's mark.

    Raises PlanOutdated and NotAFile, and changes nothing then.
    """
    require(actor, Action.EDIT_PAY_BANDS)
    with writing() as session:
        store.hold_bands(session)
        found = _read(session, text, now)
        if found.faults or found.plan.mark != shown:
            raise PlanOutdated
        for one in found.plan.planned:
            store.keep_change(session, one.change, BandAct(actor.id, now, from_file=True))
    log.info("pay: person %d took %d bands from a file", actor.id, len(found.plan.planned))
    return found.plan


def _read(session: Session, text: str, now: datetime) -> Reading:
    library = library_in(session)
    roles = (*library.roles.values(), *library.retired.values())
    names = {role.slug: RoleNames(role.slug, role.name, role.levels) for role in roles}
    today = today_of(load_organization(session) or UNNAMED, now)
    file: BandFile = read_bands(text, names, today)
    stored = {band.key: band for band in store.all_bands(session)}
    plan = plan_bands(stored, store.removed_keys(session), file.bands)
    faults = file.faults + over_limits(stored, file)
    return Reading(plan, faults, {slug: role.name for slug, role in names.items()})
