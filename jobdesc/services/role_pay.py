"""What a whole role pays at a place: the organization's own ranges, the library's, the market."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.bands import PayBand, Spot, band_for
from jobdesc.postings.organization import UNNAMED
from jobdesc.postings.places import Place
from jobdesc.roles.levels import Level
from jobdesc.roles.library import References
from jobdesc.roles.minimum_wage import Minimum, minimum_in
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.catalog import library_in, role_in
from jobdesc.services.pay_bands import today_of
from jobdesc.services.wages import market_in
from jobdesc.store import bands as store
from jobdesc.store.organizations import load_organization
from jobdesc.store.transactions import reading
from jobdesc.wages.levels import MarketPay


@dataclass(frozen=True)
class RolePay:
    """A role, the band that holds at the place for each level, and where else there are bands."""

    role: RoleTemplate
    references: References
    bands: dict[Level, PayBand]
    spots: tuple[tuple[Spot, str], ...]
    places: tuple[Place, ...]
    minimum: Minimum | None
    markets: Mapping[Level, MarketPay]
    pay_age: int
    today: date


def open_role_pay(actor: Person, slug: str, state: str, city: str, now: datetime) -> RolePay:
    """The pay of a role at a place, by the code of its state. Raises NoSuchRole."""
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        library = library_in(session)
        role = role_in(library, slug)
        organization = load_organization(session) or UNNAMED
        bands = store.bands_of(session, slug)
        markets = market_in(session, role, library.references, state, city)
    today = today_of(organization, now)
    place = Place(id="place", state=state, city=city)
    found = {
        level: band_for([band for band in bands if band.level is level], place)
        for level in role.levels
    }
    return RolePay(
        role=role,
        references=library.references,
        bands={level: band for level, band in found.items() if band},
        spots=tuple({band.spot: band.city for band in bands}.items()),
        places=organization.places,
        minimum=minimum_in(library.references.minimum_wages, state, today) if state else None,
        markets=markets,
        pay_age=int(organization.pay_age),
        today=today,
    )
