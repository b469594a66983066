"""What the matrix shows: each line with its cells, and what a cell without text inherits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.lines import END
from jobdesc.roles.part_words import name_of
from jobdesc.web.roles.boxes import Box, Look, SourceBoxes, source_box
from jobdesc.web.roles.lines_form import NEW
from jobdesc.web.roles.parts import Part

Choices = tuple[tuple[str, str], ...]
CHOICES: dict[str, Choices] = {
    "duties": (("essential", "Essential"), ("not-essential", "Not essential")),
    "conditions": (("here", "Own text"),),
    "credentials": (("required", "Required"), ("preferred", "Preferred")),
}
NEEDS: Choices = (("required", "Required"), ("preferred", "Preferred"))


@dataclass(frozen=True)
class Cell:
    """A line at a level. `inherited` is the text from below, empty where nothing comes up."""

    level: Level
    text: Box
    choice: Box
    choices: Choices
    inherited: str
    inherited_from: str
    years: Box | None = None
    months: Box | None = None

    @property
    def ends(self) -> bool:
        """Whether the line ends here."""
        return self.choice.text == END

    @property
    def state(self) -> str:
        """own, inherited, ended or absent; for the look of the cell."""
        if self.ends:
            return "ended"
        if self.text.text or self.choice.text:
            return "own"
        return "inherited" if self.inherited_from else "absent"


@dataclass(frozen=True)
class LineView:
    """A row of the matrix; `fixed` is one that is locked for whoever sees it."""

    id: str
    title: str
    kind: Box | None
    credential: Box | None
    credential_name: str
    source: SourceBoxes | None
    source_names: tuple[str, ...]
    locked: bool
    fixed: bool
    cells: tuple[Cell, ...]
    remark: Box

    @property
    def needs_look(self) -> bool:
        """Whether what is folded away has something said about it."""
        boxes = [box for box in (self.kind, self.source, self.credential) if box]
        return any(box.errors or box.warnings for box in boxes)


@dataclass(frozen=True)
class Names:
    """Names of sources, credentials and other roles by id, and whether locks may be changed.

    `fixed` are the lines that are locked for whoever sees them.
    """

    sources: Mapping[str, str]
    credentials: Mapping[str, str]
    roles: Mapping[str, str]
    may_lock: bool
    fixed: frozenset[str] = frozenset()


def view_lines(
    part: Part, lines: list[dict[str, Any]], levels: tuple[Level, ...], names: Names, look: Look
) -> list[LineView]:
    """The rows of `part`, in order."""
    return [_view_line(part, index, line, levels, names, look) for index, line in enumerate(lines)]


def title_of(line_id: str) -> str:
    """'Clinical assessment' for clinical-assessment: what a line is called on our pages."""
    return "New line" if line_id.startswith(NEW) else name_of(line_id)


def _view_line(
    part: Part,
    index: int,
    line: dict[str, Any],
    levels: tuple[Level, ...],
    names: Names,
    look: Look,
) -> LineView:
    spot = (part.key, index)
    is_credential = part.shape == "credentials"
    chosen = str(line.get("credential") or "")
    view_cells = _view_needs if is_credential else _view_cells
    cells = tuple(view_cells(part, line, levels, spot, look))
    with_kind = part.key in ("education", "experience", "conditions")
    return LineView(
        id=line["id"],
        title=title_of(line["id"]),
        kind=look.box(f"{line['id']}:kind", line.get("kind"), *spot, "kind") if with_kind else None,
        credential=look.box(f"{line['id']}:credential", chosen, *spot, "credential")
        if is_credential
        else None,
        credential_name=names.credentials.get(chosen, chosen),
        source=None if is_credential else source_box(look, line["id"], line, *spot),
        source_names=tuple(names.sources.get(name, name) for name in line.get("source", ())),
        locked=bool(line.get("locked")),
        fixed=line["id"] in names.fixed,
        cells=cells,
        remark=look.box(line["id"], "", *spot),
    )


def choices_of(part: str, below: str) -> Choices:
    """What a cell can be: as below or absent, its own, or the end of the line."""
    first = ("", f"Same as {below}" if below else "Not at this level")
    own = CHOICES.get(part, NEEDS)
    return (first, *own, (END, "Ends here")) if below else (first, *own)


def _view_cells(
    part: Part, line: dict[str, Any], levels: tuple[Level, ...], spot: tuple[Any, ...], look: Look
) -> Iterable[Cell]:
    below: dict[str, Any] = {}
    whose = ""
    with_years = part.key == "experience" or any(
        isinstance(cell, dict) and cell.get("years") is not None for cell in line["levels"].values()
    )
    for level in LEVELS:
        cell = line["levels"].get(level)
        own = cell if isinstance(cell, dict) else {}
        name = f"{line['id']}:{level}"
        if level in levels:
            place = (*spot, "levels", level)
            years = own.get("years")
            yield Cell(
                level,
                years=look.box(f"{name}:years", years, *place, "years") if with_years else None,
                choice=look.box(f"{name}:as", _choice(part.key, cell), *place, "need"),
                text=look.box(f"{name}:text", own.get("text"), *place),
                choices=_with_end(choices_of(part.key, whose), cell),
                inherited=str(below.get("text", "")),
                inherited_from=whose,
            )
        if cell is not None:
            below, whose = own, level.label if own else ""


def _with_end(choices: Choices, cell: Any) -> Choices:
    """An end where nothing comes up from below stays a choice."""
    ends = (END, "Ends here")
    return (*choices, ends) if cell == END and ends not in choices else choices


def _choice(part: str, cell: Any) -> str:
    if not isinstance(cell, dict):
        return END if cell == END else ""
    if part == "duties":
        return "essential" if cell.get("essential") else "not-essential"
    return "here" if part == "conditions" else str(cell.get("need", "required"))


def _view_needs(
    part: Part, line: dict[str, Any], levels: tuple[Level, ...], spot: tuple[Any, ...], look: Look
) -> Iterable[Cell]:
    below: dict[str, Any] = {}
    whose = ""
    for level in LEVELS:
        cell = line["levels"].get(level)
        own = cell if isinstance(cell, dict) else {}
        name = f"{line['id']}:{level}"
        if level in levels:
            place = (*spot, "levels", level)
            months = own.get("earned_within_months")
            yield Cell(
                level,
                months=look.box(f"{name}:months", months, *place, "earned_within_months"),
                text=look.box(f"{name}:note", own.get("note"), *place, "note"),
                choice=look.box(f"{name}:as", END if cell == END else own.get("need", ""), *place),
                choices=_with_end(choices_of(part.key, whose), cell),
                inherited="" if own else str(below.get("note", "")),
                inherited_from=whose,
            )
        if cell is not None:
            below, whose = own, level.label if own else ""
