"""All roles with what their ranges are, for the page that lists them."""

from collections import defaultdict
from dataclasses import dataclass

from jobdesc.postings.bands import PayBand, say_age, say_where
from jobdesc.roles.levels import Level
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.pay_bands import AllBands


@dataclass(frozen=True)
class RoleLine:
    """A role, how many ranges it has, where, and what is to do about them."""

    role: RoleTemplate
    retired: bool
    count: int
    places: str
    missing: tuple[Level, ...]
    old: int


def role_lines(found: AllBands) -> tuple[RoleLine, ...]:
    """Every role in the order of the library, those without ranges too."""
    by_role: dict[str, list[PayBand]] = defaultdict(list)
    for band in found.bands:
        by_role[band.role].append(band)
    return tuple(_line(role, by_role[role.slug], found) for role in found.roles)


def _line(role: RoleTemplate, bands: list[PayBand], found: AllBands) -> RoleLine:
    levels = {band.level for band in bands}
    names = list(dict.fromkeys(say_where(band.state, band.city) for band in bands))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return RoleLine(
        role=role,
        retired=role.slug in found.retired,
        count=len(bands),
        places="; ".join(names[:3]) + more,
        missing=tuple(level for level in role.levels if level not in levels) if bands else (),
        old=sum(bool(say_age(band, found.today, found.pay_age)) for band in bands),
    )
