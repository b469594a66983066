"""The page that edits one part of a role: its controls, and what is said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.library import References
from jobdesc.roles.parse import Problem
from jobdesc.services.role_drafts import RoleDraft
from jobdesc.web.roles.basics import Basics, view_basics
from jobdesc.web.roles.boxes import Look
from jobdesc.web.roles.conflicts import Contest, Path, contests
from jobdesc.web.roles.faults import Fault, faults_of
from jobdesc.web.roles.guide_form import Section, view_guide
from jobdesc.web.roles.inheriting import OwnCell, own_cells, own_lines
from jobdesc.web.roles.lines_view import LineView, Names, view_lines
from jobdesc.web.roles.new_source import NewSource, NewSourceView, view_new_source
from jobdesc.web.roles.parts import PARTS, Part, part_of
from jobdesc.web.roles.pay_form import Pay, view_pay
from jobdesc.web.roles.remarks import Remarks


@dataclass(frozen=True)
class State:
    """What the page shows beside what is stored: the body as typed, and what is wrong with it.

    `dropping` are the levels that saving would take out, to be confirmed.
    """

    body: dict[str, Any]
    problems: Sequence[Problem] = ()
    contested: Sequence[Path] = ()
    unsaved: bool = False
    focus: str = ""
    shown: str = ""
    dropping: tuple[Level, ...] = ()
    source: NewSource | None = None


@dataclass(frozen=True)
class RailItem:
    """A part in the rail, with how many warnings it has."""

    part: Part
    warnings: int


@dataclass(frozen=True)
class Page:
    """Everything on the page; one of the four views is there."""

    draft: RoleDraft
    part: Part
    rail: tuple[RailItem, ...]
    levels: tuple[Level, ...]
    contests: tuple[Contest, ...]
    faults: tuple[Fault, ...]
    dropping: tuple[Level, ...]
    warnings: tuple[str, ...]
    unsaved: bool
    focus: str
    shown: str
    names: Names
    source: NewSourceView
    basics: Basics | None = None
    lines: list[LineView] = field(default_factory=list)
    pay: Pay | None = None
    guide: tuple[Section, ...] = ()
    wrong: int = 0
    own_cells: Mapping[str, OwnCell] = field(default_factory=dict)
    own_lines: frozenset[str] = frozenset()
    all_levels: tuple[Level, ...] = LEVELS


def names_of(draft: RoleDraft, roles: Mapping[str, str], may_lock: bool) -> Names:
    """What the page calls sources, credentials and other roles."""
    references = draft.references
    return Names(
        source_names(references),
        {key: credential.full_name for key, credential in references.credentials.items()},
        roles,
        may_lock,
    )


def source_names(references: References) -> dict[str, str]:
    """The sources as people pick them, by id."""
    return {key: source.cited for key, source in references.sources.items()}


def levels_of(body: dict[str, Any]) -> tuple[Level, ...]:
    """The levels that have a title in what the page shows."""
    return tuple(level for level in LEVELS if body.get("titles", {}).get(level))


def build_page(draft: RoleDraft, part: Part, state: State, names: Names, today: str) -> Page:
    """The page of a part."""
    warned = () if state.unsaved else draft.warnings
    sources = {**names.sources, **(state.source.names if state.source else {})}
    look = Look(Remarks(state.problems), Remarks(_of_part(warned, part)), sources)
    levels = levels_of(state.body)
    view: dict[str, Any] = {}
    match part.shape:
        case "basics":
            view["basics"] = view_basics(state.body, look)
        case "pay":
            view["pay"] = view_pay(state.body, levels, draft.references.wages, look)
        case "guide":
            view["guide"] = view_guide(state.body, look)
        case _:
            rows = state.body.get(part.key, [])
            seen = replace(names, sources=sources)
            view["lines"] = view_lines(part, rows, levels, seen, look)
    lines = tuple((line.id, line.title) for line in view.get("lines", ()) if line.source)
    source = view_new_source(state.source, today, lines, look)
    return Page(
        draft=draft,
        part=part,
        rail=rail_items(draft),
        levels=levels,
        contests=tuple(contests(state.contested, state.body, draft.body)),
        faults=faults_of(state.problems, state.body),
        dropping=state.dropping,
        warnings=look.warnings.rest(part),
        unsaved=state.unsaved,
        focus=state.focus,
        shown=_shown(state.shown, levels if part.shape != "basics" else LEVELS),
        names=names,
        own_cells=own_cells(part, state.body, draft.parent),
        own_lines=own_lines(part, state.body, draft.parent),
        source=source,
        wrong=len({problem.place for problem in state.problems}),
        **view,
    )


def rail_items(draft: RoleDraft) -> tuple[RailItem, ...]:
    """The parts with what shipped content would not have."""
    return tuple(RailItem(part, len(_of_part(draft.warnings, part))) for part in PARTS)


def _of_part(problems: Iterable[Problem], part: Part) -> list[Problem]:
    return [problem for problem in problems if part_of(problem.place) is part]


def _shown(wanted: str, levels: Sequence[Level]) -> str:
    """The level that a narrow screen shows first."""
    usual = Level.MID if Level.MID in levels else (levels[0] if levels else Level.ENTRY)
    return wanted if wanted in levels else usual.value
