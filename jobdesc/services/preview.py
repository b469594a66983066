"""The document of a posting as it stands on a screen: asked for at every keystroke, so few queries.

Nothing is written, and the logo's bytes stay where they are: a page shows them by their address.
"""

from dataclasses import dataclass
from datetime import datetime

from jobdesc.documents.blocks import Logo, Outline
from jobdesc.documents.outline import posting_outline
from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.organization import UNNAMED, LogoFacts
from jobdesc.postings.pay_remarks import PayFacts
from jobdesc.postings.posting import Posting
from jobdesc.roles.at_level import RoleAtLevel
from jobdesc.roles.library import References
from jobdesc.services.catalog import library_in
from jobdesc.services.keeping import held_in
from jobdesc.services.locks import Standing, standing_of
from jobdesc.services.pay_bands import pay_facts
from jobdesc.services.postings import found_or_gone
from jobdesc.services.wages import market_of_posting
from jobdesc.store.organizations import load_organization
from jobdesc.store.postings import moments_of
from jobdesc.store.transactions import reading
from jobdesc.wages.levels import MarketPay


@dataclass(frozen=True)
class Preview:
    """The outline, whose logo is empty, and the version of the logo to show in it ('' for none).

    `held` is the role at the posting's level, None where the library lacks it; `standing` what
    the organization has to say of its texts and `pay` of its pay, `zone` where its days begin, and
    `market` what is paid near its place.
    """

    outline: Outline
    logo_version: str
    held: RoleAtLevel | None
    references: References
    standing: Standing
    zone: str
    pay: PayFacts
    market: MarketPay | None


def preview_posting(actor: Person, posting_id: int, posting: Posting, now: datetime) -> Preview:
    """How `posting` would be printed in place of the stored one. Raises NoSuchPosting."""
    require(actor, Action.EDIT_POSTING)
    with reading() as session:
        moments = found_or_gone(moments_of(session, posting_id, actor.id), posting_id)
        organization = load_organization(session) or UNNAMED
        library = library_in(session)
        pay = pay_facts(session, posting, organization, now)
        market = market_of_posting(session, library, posting)
    facts = organization.logo
    role = library.role(posting.role)
    name = role.name if role else ""
    return Preview(
        outline=posting_outline(posting, organization, _frame(facts), *moments, name),
        logo_version=facts.version if facts else "",
        held=held_in(library, posting),
        references=library.references,
        zone=organization.time_zone,
        standing=standing_of(actor, posting, organization, library, pay.band),
        pay=pay,
        market=market,
    )


def _frame(facts: LogoFacts | None) -> Logo | None:
    if facts is None:
        return None
    return Logo(media_type=facts.media_type, data=b"", width=facts.width, height=facts.height)
