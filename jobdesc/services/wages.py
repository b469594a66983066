"""What the market pays for a role at a level, near a place."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.organization import UNNAMED
from jobdesc.postings.places import Place, state_of
from jobdesc.postings.posting import Posting
from jobdesc.roles.levels import Level
from jobdesc.roles.library import Library, References
from jobdesc.roles.template import RoleTemplate
from jobdesc.roles.values import Source
from jobdesc.services.catalog import library_in, role_in
from jobdesc.store.organizations import load_organization
from jobdesc.store.transactions import reading
from jobdesc.store.wages import StandingFigures, areas_near, standing_figures
from jobdesc.wages.figures import Area, AreaKind, WageFigures
from jobdesc.wages.levels import (
    MarketPay,
    hourly_points,
    is_usable,
    ranges_by_rule,
    yearly_points,
)
from jobdesc.wages.nearest import nearest

BUREAU, SURVEY = "U.S. Bureau of Labor Statistics", "Occupational Employment and Wage Statistics"
TABLES = "https://www.bls.gov/oes/tables.htm"

Found = Mapping[tuple[str, str], StandingFigures]


def market_by_level(
    actor: Person, slug: str, state: str = "", city: str = ""
) -> dict[Level, MarketPay]:
    """What a role's levels are paid near a place, for each that rests on occupations.

    The area is the nearest one that has figures of all the occupations of a level, and may differ
    between levels. Raises NoSuchRole.
    """
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        library = library_in(session)
        return market_in(session, role_in(library, slug), library.references, state, city)


def market_pay_of(actor: Person, posting: Posting) -> MarketPay | None:
    """What the market pays for a posting's role and level at its first place."""
    require(actor, Action.READ_POSTINGS)
    with reading() as session:
        return market_of_posting(session, library_in(session), posting)


def market_of_posting(session: Session, library: Library, posting: Posting) -> MarketPay | None:
    """The same in a transaction that is already open."""
    role = library.role(posting.role)
    if role is None or posting.level not in role.pay:
        return None
    state, city = place_of(posting.places)
    levels = (posting.level,)
    found = market_in(session, role, library.references, state, city, levels)
    return found.get(posting.level)


def usual_place(actor: Person) -> tuple[str, str]:
    """State and city of the organization's first place, empty where it has none."""
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        return place_of((load_organization(session) or UNNAMED).places)


def place_of(places: Iterable[Place]) -> tuple[str, str]:
    """The postal code of the first place's state, and its city; empty abroad."""
    for place in places:
        if not place.in_states:
            return "", ""
        if state := state_of(place.state):
            return state, place.city.strip()
    return "", ""


def market_in(
    session: Session,
    role: RoleTemplate,
    references: References,
    state: str,
    city: str,
    levels: Iterable[Level] | None = None,
) -> dict[Level, MarketPay]:
    """What the market pays at these levels, by default all, near a place."""
    wanted = [level for level in levels or role.levels if level in role.pay]
    codes = {code for pay in role.pay.values() for code in pay.occupations}
    if not wanted or not codes:
        return {}
    near = list(nearest(areas_near(session, state), state, city))
    found = standing_figures(session, codes, near)
    markets = {}
    for level in wanted:
        if occupations := role.pay[level].occupations:
            market = _nearest_market(role, level, occupations, near, found, references, state)
            if market:
                markets[level] = market
    return markets


def _nearest_market(
    role: RoleTemplate,
    level: Level,
    occupations: tuple[str, ...],
    near: list[Area],
    found: Found,
    references: References,
    state: str,
) -> MarketPay | None:
    lacking: dict[str, str] = {}
    for area in near:
        here = {code: found[area.code, code] for code in occupations if (area.code, code) in found}
        missing = [code for code in occupations if not _is_whole(here.get(code))]
        if not missing:
            why = _why(area, state, lacking)
            return _market(role, level, area, why, found, references)
        if here or area.kind in (AreaKind.STATE, AreaKind.TERRITORY):
            lacking[area.title] = _title_of(missing[0], found)
    return None


def _is_whole(standing: StandingFigures | None) -> bool:
    return standing is not None and is_usable(standing.figures)


def _market(
    role: RoleTemplate,
    level: Level,
    area: Area,
    why: str,
    found: Found,
    references: References,
) -> MarketPay:
    occupations = role.pay[level].occupations
    standing = [found[area.code, code] for code in occupations]
    figures = [one.figures for one in standing]
    here: dict[str, WageFigures] = {
        code: one.figures for (where, code), one in found.items() if where == area.code
    }
    hourly, converted = hourly_points(figures)
    oldest = min(standing, key=lambda one: one.figures.year)
    return MarketPay(
        area=area,
        why=why,
        year=oldest.figures.year,
        occupations=tuple((row.occupation, row.title) for row in figures),
        yearly=yearly_points(figures),
        hourly=hourly,
        is_converted=converted,
        by_rule=ranges_by_rule(role.pay, here).get(level),
        source=_source(oldest, references),
    )


def _why(area: Area, state: str, lacking: Mapping[str, str]) -> str:
    """'Oregon, as its metropolitan areas ...': how this area came to be taken."""
    lacks = "; ".join(f"{title} has no figures of {what}" for title, what in lacking.items())
    if lacks:
        return f"The nearest area with all figures: {lacks}."
    if area.kind is AreaKind.METRO:
        return "The metropolitan area of the place."
    if area.kind is AreaKind.NATION:
        return "No state is known." if not state else "There are no figures of the state."
    return "The state of the place; there are no figures of a metropolitan area that names it."


def _title_of(code: str, found: Found) -> str:
    titles = (one.figures.title for (_, occupation), one in found.items() if occupation == code)
    return next(titles, code)


def _source(standing: StandingFigures, references: References) -> Source:
    if known := references.sources.get(standing.source_id):
        return known
    values: dict[str, Any] = {
        "id": f"bls-oews-imported-{standing.release_id}",
        "name": SURVEY,
        "publisher": BUREAU,
        "as_of": f"May {standing.figures.year}",
        "verified": True,
        "url": TABLES,
        "note": f"Imported here from {standing.file_name[:200]}.",
    }
    return Source.model_validate(values)
