"""The page that edits one part of a role: its controls, and what is said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jobdesc.roles.inherit_levels import LISTS
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.parse import Problem
from jobdesc.services.role_drafts import RoleDraft
from jobdesc.web.roles.basics import Basics, view_basics
from jobdesc.web.roles.boxes import Look
from jobdesc.web.roles.conflicts import Contest, contests
from jobdesc.web.roles.faults import Fault, faults_of
from jobdesc.web.roles.guide_form import Section, view_guide
from jobdesc.web.roles.inheriting import OwnCell, own_cells, own_lines
from jobdesc.web.roles.lines_view import LineView, Names, view_lines
from jobdesc.web.roles.part_forms import PartForm
from jobdesc.web.roles.parts import PARTS, Part, levels_of, part_of
from jobdesc.web.roles.pay_form import Pay, view_pay
from jobdesc.web.roles.remarks import Remarks


@dataclass(frozen=True)
class RailItem:
    """A part in the rail, with how many warnings it has."""

    part: Part
    warnings: int


@dataclass(frozen=True)
class Page:
    """Everything on the page; one of the four views is there.

    `sourced` are the lines that a new source can be for, and `dropping` the levels that saving
    would take out, to be confirmed.
    """

    form: PartForm
    rail: tuple[RailItem, ...]
    levels: tuple[Level, ...]
    contests: tuple[Contest, ...]
    faults: tuple[Fault, ...]
    dropping: tuple[Level, ...]
    warnings: tuple[str, ...]
    shown: str
    names: Names
    sourced: tuple[tuple[str, str], ...]
    basics: Basics | None = None
    lines: list[LineView] = field(default_factory=list)
    pay: Pay | None = None
    guide: tuple[Section, ...] = ()
    wrong: int = 0
    own_cells: Mapping[str, OwnCell] = field(default_factory=dict)
    own_lines: frozenset[str] = frozenset()
    all_levels: tuple[Level, ...] = LEVELS


def build_page(form: PartForm, roles: Mapping[str, str], dropping: tuple[Level, ...]) -> Page:
    """The page of a part; `roles` are the names of others by slug."""
    draft, part, body = form.draft, form.part, form.body
    warned = () if form.unsaved else draft.warnings
    known = draft.references.credentials.items()
    credentials = {key: credential.full_name for key, credential in known}
    names = Names(form.meta.sources, credentials, roles, form.meta.may_lock, _fixed(form))
    look = Look(Remarks(form.problems), Remarks(_of_part(warned, part)), names.sources, form.sent)
    levels = levels_of(body)
    view: dict[str, Any] = {}
    match part.shape:
        case "basics":
            view["basics"] = view_basics(body, look)
        case "pay":
            view["pay"] = view_pay(body, levels, draft.references.wages, look)
        case "guide":
            view["guide"] = view_guide(body, look)
        case _:
            view["lines"] = view_lines(part, body.get(part.key, []), levels, names, look)
    return Page(
        form=form,
        rail=rail_items(draft),
        levels=levels,
        contests=tuple(contests(form.contested.data, body, draft.body, names.may_lock)),
        faults=faults_of(form.problems, body),
        dropping=dropping,
        warnings=look.warnings.rest(part),
        shown=_shown(form.shown.data, levels if part.shape != "basics" else LEVELS),
        names=names,
        own_cells=own_cells(part, body, draft.parent),
        own_lines=own_lines(part, body, draft.parent),
        sourced=tuple(
            (line.id, line.title)
            for line in view.get("lines", ())
            if line.source and not line.fixed
        ),
        wrong=len({problem.place for problem in form.problems}),
        **view,
    )


def rail_items(draft: RoleDraft) -> tuple[RailItem, ...]:
    """The parts with what shipped content would not have."""
    return tuple(RailItem(part, len(_of_part(draft.warnings, part))) for part in PARTS)


def _fixed(form: PartForm) -> frozenset[str]:
    """The locked lines, for who may not unlock; one into which something was typed keeps it."""
    key, may_lock = form.part.key, form.meta.may_lock
    if may_lock or key not in LISTS:
        return frozenset()
    stands = {line["id"]: line for line in form.draft.shown.get(key, ())}
    lines = [line for line in form[key].data or () if line.get("locked")]
    return frozenset(line["id"] for line in lines if line == stands.get(line["id"]))


def _of_part(problems: Iterable[Problem], part: Part) -> list[Problem]:
    return [problem for problem in problems if part_of(problem.place) is part]


def _shown(wanted: str, levels: Sequence[Level]) -> str:
    """The level that a narrow screen shows first."""
    usual = Level.MID if Level.MID in levels else (levels[0] if levels else Level.ENTRY)
    return wanted if wanted in levels else usual.value
