"""The one organization of this installation, and its logo."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from jobdesc.postings.organization import UNNAMED, Organization, upgrade_organization
from jobdesc.roles.parse import parse
from jobdesc.store.tables import OrganizationRow

THE_ONE = 1
"""The id of the only row, so that a second one cannot come to be."""


def create_organization(session: Session, name: str, now: datetime) -> None:
    """Name the organization; everything else of its profile is still empty.

    One that is there already (people were made from the terminal first) takes the name.
    """
    former = organization_to_change(session)
    body = (former.model_dump(by_alias=True) if former else {}) | {"name": name}
    save_organization(session, parse(Organization, body), now)


def load_organization(session: Session) -> Organization | None:
    """The profile as it is stored; None where the organization has not been named."""
    body = session.scalar(select(OrganizationRow.body).where(OrganizationRow.id == THE_ONE))
    return None if body is None else _read(body)


def time_zone(session: Session) -> str:
    """Where the organization's days begin."""
    return (load_organization(session) or UNNAMED).time_zone


def load_logo(session: Session) -> tuple[Organization, bytes] | None:
    """The logo's bytes and the profile that tells about them, from one reading."""
    row = session.get(OrganizationRow, THE_ONE, options=[undefer(OrganizationRow.logo)])
    if row is None or row.logo is None:
        return None
    return _read(row.body), row.logo


def organization_to_change(session: Session) -> Organization | None:
    """The profile, held until the transaction ends, so that no other save comes between."""
    row = session.get(OrganizationRow, THE_ONE, with_for_update=True)
    return _read(row.body) if row else None


def save_organization(session: Session, organization: Organization, now: datetime) -> None:
    """Keep the profile. Comes after `organization_to_change` in the same transaction."""
    row = session.get(OrganizationRow, THE_ONE)
    if row is None:
        row = OrganizationRow(id=THE_ONE, counter=0)
        session.add(row)
    row.body, row.changed_at = _body(organization), now
    row.counter += 1


def save_logo(session: Session, data: bytes) -> None:
    """Keep the logo's bytes; what is told about them is saved with the profile."""
    row = session.get_one(OrganizationRow, THE_ONE)
    row.logo = data


def _read(body: Mapping[str, Any]) -> Organization:
    return parse(Organization, upgrade_organization(body))


def _body(organization: Organization) -> dict[str, Any]:
    return organization.model_dump(mode="json", by_alias=True)
