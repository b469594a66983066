"""The organization's profile: read it, change it, give it a logo."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from jobdesc.documents.blocks import Logo
from jobdesc.documents.logos import read_logo
from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.organization import UNNAMED, LogoFacts, Organization
from jobdesc.postings.profile import FieldChange, Merged, apply_to_profile
from jobdesc.roles.parse import Problems
from jobdesc.services.catalog import load_library
from jobdesc.services.statements import locked_fields
from jobdesc.store.organizations import (
    load_logo,
    load_organization,
    organization_to_change,
    save_logo,
    save_organization,
)
from jobdesc.store.transactions import reading, writing

log = logging.getLogger(__name__)


def the_organization() -> Organization:
    """The profile. Inside another transaction use `store.organizations` instead."""
    with reading() as session:
        return load_organization(session) or UNNAMED


def profile_is_empty() -> bool:
    """Whether nobody has said yet where the organization is."""
    return not the_organization().places


def standard_statements() -> dict[str, str]:
    """The shipped statements by field of the profile."""
    shipped = load_library().references.statements
    return {name.replace("-", "_"): text for name, text in shipped.items()}


def edit_organization(actor: Person, changes: Sequence[FieldChange], now: datetime) -> Merged:
    """Save `changes`; those that met a change of somebody else come back with both texts.

    Raises Problems, each at its field; nothing is saved then.
    """
    require(actor, Action.EDIT_ORGANIZATION)
    with writing() as session:
        current = _to_change(session)
        if locked := locked_fields(actor, current, changes):
            raise Problems(locked)
        merged = apply_to_profile(current, changes)
        if merged.changed:
            save_organization(session, merged.organization, now)
    if merged.changed:
        log.info("organization: person %d changed %s", actor.id, ", ".join(merged.changed))
    return merged


def set_logo(actor: Person, stream: IO[bytes], now: datetime) -> Logo:
    """Check and keep a logo; raises LogoRefused, and the former one stays."""
    require(actor, Action.EDIT_ORGANIZATION)
    logo = read_logo(stream)
    facts = LogoFacts(
        media_type=logo.media_type,
        width=logo.width,
        height=logo.height,
        version=hashlib.sha256(logo.data).hexdigest()[:16],
    )
    with writing() as session:
        _save_logos(session, facts, None, now)
        save_logo(session, logo.data)
    log.info("organization: person %d set the logo", actor.id)
    return logo


def remove_logo(actor: Person, now: datetime) -> None:
    """Show no logo any more; `restore_logo` brings it back."""
    require(actor, Action.EDIT_ORGANIZATION)
    with writing() as session:
        current = _to_change(session)
        if current.logo:
            _save_logos(session, None, current.logo, now)
            log.info("organization: person %d removed the logo", actor.id)


def restore_logo(actor: Person, now: datetime) -> None:
    """Show the logo again that was removed last, where none has come since."""
    require(actor, Action.EDIT_ORGANIZATION)
    with writing() as session:
        current = _to_change(session)
        if current.former_logo and not current.logo:
            _save_logos(session, current.former_logo, None, now)
            log.info("organization: person %d restored the logo", actor.id)


def the_logo() -> Logo | None:
    """The logo as documents show it."""
    with reading() as session:
        found = load_logo(session)
    if found is None or found[0].logo is None:
        return None
    facts, data = found[0].logo, found[1]
    return Logo(media_type=facts.media_type, data=data, width=facts.width, height=facts.height)


def _to_change(session: Session) -> Organization:
    return organization_to_change(session) or UNNAMED


def _save_logos(
    session: Session, logo: LogoFacts | None, former: LogoFacts | None, now: datetime
) -> None:
    organization = _to_change(session).model_copy(update={"logo": logo, "former_logo": former})
    save_organization(session, organization, now)
