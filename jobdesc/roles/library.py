"""The library: all roles, and the sources, credentials and wages that they point to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import RootModel

from jobdesc.roles.credential import Credential
from jobdesc.roles.guide import Guide, Moment, Quality, Question, Similar, Study
from jobdesc.roles.lines import Cell, CredentialLine, Line, NeedAt
from jobdesc.roles.minimum_wage import NONE_HELD, MinimumWages
from jobdesc.roles.own_part import OwnCredentialLine, OwnLine, OwnPart
from jobdesc.roles.parse import KNOWN_KEYS, know_keys, parse
from jobdesc.roles.pay import PayRange, Wages, WageTable
from jobdesc.roles.template import Occupation, RoleTemplate
from jobdesc.roles.values import Passage, Source, Text

MINIMUM_WAGES = "law/minimum_wage"


@dataclass(frozen=True)
class References:
    """What roles share. `statements` are the shipped standing texts by name."""

    sources: Mapping[str, Source]
    credentials: Mapping[str, Credential]
    wages: WageTable
    statements: Mapping[str, str] = field(default_factory=dict)
    minimum_wages: MinimumWages = NONE_HELD


@dataclass(frozen=True)
class Library:
    """Roles by slug, in the order in which they are shown.

    `retired` are those that are shown no more, and that postings and other roles still rest on.
    """

    roles: Mapping[str, RoleTemplate]
    references: References
    retired: Mapping[str, RoleTemplate] = field(default_factory=dict)

    def role(self, slug: str) -> RoleTemplate | None:
        """The role of that slug, retired or not; None where there is none."""
        return self.roles.get(slug) or self.retired.get(slug)


REFERENCE_MODELS: dict[str, type[RootModel[Any]]] = {
    "sources": RootModel[tuple[Source, ...]],
    "credentials": RootModel[tuple[Credential, ...]],
    "wages": RootModel[WageTable],
    "statements": RootModel[dict[str, Text]],
    MINIMUM_WAGES: RootModel[MinimumWages],
}
"""The shape of each reference, by the name of its file and row."""
OPTIONAL = frozenset({MINIMUM_WAGES})
"""References that libraries of older versions do not have."""


def references_from(bodies: Mapping[str, Any]) -> References:
    """References from plain values by name; raises Problems, and KeyError for a missing one."""
    read = {
        name: parse(model, bodies[name]).root
        for name, model in REFERENCE_MODELS.items()
        if name in bodies or name not in OPTIONAL
    }
    return References(
        sources={source.id: source for source in read["sources"]},
        credentials={credential.id: credential for credential in read["credentials"]},
        wages=read["wages"],
        statements=read["statements"],
        minimum_wages=read.get(MINIMUM_WAGES, NONE_HELD),
    )


KNOWN_KEYS.add("retired")
know_keys(OwnPart, OwnLine, OwnCredentialLine)
know_keys(RoleTemplate, Occupation, Line, Cell, CredentialLine, NeedAt, PayRange, Wages, Credential)
know_keys(Source, Passage, Guide, Moment, Quality, Question, Similar, Study)
