"""What the page of standing texts shows: every kind in its order, and what a posting would get."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from jobdesc.postings.organization import Organization
from jobdesc.postings.places import STATES
from jobdesc.postings.statements import (
    Chosen,
    Facts,
    Shipped,
    list_text,
    say_conditions,
    statement_for,
    usual_statement,
)
from jobdesc.postings.values import SHORT
from jobdesc.postings.variants import Lock, StatementKind, Variant, state_code
from jobdesc.roles.levels import Level

HINTS = {
    StatementKind.ABOUT: "Whom you serve, and where. It stands near the end of a posting.",
    StatementKind.BENEFITS: "What people get, in the order of a posting.",
    StatementKind.HOW_TO_APPLY: "An address, a link or an email, and what to send.",
    StatementKind.EQUAL_OPPORTUNITY: "Some states ask for words of their own.",
    StatementKind.ACCOMMODATION: "How to ask for what a person needs to apply or to work.",
}
SECTIONS = {
    StatementKind.ABOUT: "about",
    StatementKind.BENEFITS: "benefits",
    StatementKind.HOW_TO_APPLY: "apply",
    StatementKind.EQUAL_OPPORTUNITY: "statements",
    StatementKind.ACCOMMODATION: "statements",
}
"""The section of the profile's page in which the usual text of a kind is changed."""


@dataclass(frozen=True)
class Row:
    """A variant; `unused` says that one before it fits every posting."""

    variant: Variant
    conditions: str
    text: str
    unused: str


@dataclass(frozen=True)
class KindView:
    """A card: the variants in order, the usual text at their end, and those that were removed.

    `usual_unused` names a variant that fits every posting, so that the usual text fits none.
    """

    kind: StatementKind
    hint: str
    rows: tuple[Row, ...]
    usual: str
    usual_words: str
    usual_unused: str
    lock: Lock | None
    removed: tuple[Row, ...]
    section: str


@dataclass(frozen=True)
class Got:
    """The text of a kind that a posting with the chosen facts would get, and why."""

    kind: StatementKind
    text: str
    why: str


@dataclass(frozen=True)
class Page:
    """The whole page. `asked` is whether a posting was described, `undo` what was just removed."""

    kinds: tuple[KindView, ...]
    facts: Facts
    asked: bool
    got: tuple[Got, ...]
    roles: Mapping[str, str]
    undo: Variant | None

    states = STATES
    levels = tuple(Level)


def build_page(
    organization: Organization,
    shipped: Shipped,
    roles: Mapping[str, str],
    args: MultiDict[str, str],
) -> Page:
    """The page for an address with these arguments; `roles` are names by slug."""
    facts = _facts(args, roles)
    asked = any(args.get(name) for name in ("state", "city", "department", "role", "level"))
    undo = [v for v in organization.variants if v.removed and v.id == args.get("removed")]
    return Page(
        kinds=tuple(_kind(kind, organization, shipped, roles) for kind in StatementKind),
        facts=facts,
        asked=asked,
        got=tuple(
            _got(statement_for(organization, kind, facts, shipped), roles) for kind in StatementKind
        )
        if asked
        else (),
        roles=roles,
        undo=undo[0] if undo else None,
    )


def _facts(args: MultiDict[str, str], roles: Mapping[str, str]) -> Facts:
    state, role, level = args.get("state", ""), args.get("role", ""), args.get("level", "")
    return Facts(
        state=state_code(state) if state_code(state) in STATES else "",
        city=args.get("city", "")[:SHORT].strip(),
        department=args.get("department", "")[:SHORT].strip(),
        role=role if role in roles else "",
        level=Level(level) if level in set(Level) else None,
    )


def _kind(
    kind: StatementKind, organization: Organization, shipped: Shipped, roles: Mapping[str, str]
) -> KindView:
    usual = usual_statement(organization, kind, shipped)
    rows: list[Row] = []
    general = ""
    for variant in organization.variants_of(kind):
        rows.append(_row(variant, roles, general))
        general = general or (variant.name if variant.is_general else "")
    return KindView(
        kind=kind,
        hint=HINTS[kind],
        rows=tuple(rows),
        usual=usual.text or list_text(usual.items),
        usual_words="the standard text" if usual.shipped else "your organization's text",
        usual_unused=general,
        lock=usual.lock,
        removed=tuple(_row(v, roles, "") for v in organization.variants_of(kind, removed=True)),
        section=SECTIONS[kind],
    )


def _row(variant: Variant, roles: Mapping[str, str], general: str) -> Row:
    text = variant.text or list_text(variant.items)
    return Row(variant, say_conditions(variant, roles), text, general)


def _got(chosen: Chosen, roles: Mapping[str, str]) -> Got:
    text = chosen.text or list_text(chosen.items)
    if chosen.variant:
        why = f"{chosen.variant.name} ({say_conditions(chosen.variant, roles)})"
    elif chosen.shipped:
        why = "No variant fits: the standard text"
    else:
        why = "No variant fits: your organization's text"
    return Got(chosen.kind, text, why)
