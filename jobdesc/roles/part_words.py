"""The parts of a role in words: under which heading a part stands, and how its value reads."""

from collections.abc import Callable
from typing import Any

from jobdesc.roles.levels import Level
from jobdesc.roles.lines import END, NeedAt

BASICS, PAY, GUIDE = "Basics", "Pay", "Guide"
FIELDS = {
    "name": (BASICS, "Name"),
    "family": (BASICS, "Family"),
    "tagline": (BASICS, "Tagline"),
    "synonyms": (BASICS, "Also called"),
    "titles": (BASICS, "Title"),
    "reports_to": (BASICS, "Reports to"),
    "summary": (BASICS, "Summary"),
    "caseload": (BASICS, "Caseload"),
    "supervision": (BASICS, "Supervision"),
    "flsa": (BASICS, "Overtime status (FLSA)"),
    "flsa_source": (BASICS, "Source of the overtime status"),
    "occupations": (PAY, "Occupations"),
    "pay": (PAY, "Pay"),
}
"""Heading and name of what is no list of lines, in the order of a file."""
LIST_HEADINGS = {
    "duties": "Duties",
    "skills": "Skills",
    "education": "Education",
    "credentials": "Licenses and certifications",
    "experience": "Experience",
    "conditions": "Working conditions",
}
GUIDE_NAMES = {
    "what": "What the role does",
    "where": "Where it works",
    "day": "A typical day",
    "good": "What makes a good one",
    "education": "Education",
    "studies": "Fields of study",
    "certification": "Licenses and certification",
    "experience": "Experience",
    "pay": "Pay",
    "pay_factors": "What moves pay",
    "similar": "Similar roles",
    "questions": "Questions",
}
LINE_FIELDS = {
    "kind": "Kind",
    "credential": "Credential",
    "source": "Source",
    "locked": "Lock",
}


def label(level: str) -> str:
    """'III' of 'senior'."""
    return Level(level).label


def read(value: Any) -> str:
    """How a value of a role reads; '' for nothing."""
    if value is None or value is False:
        return ""
    if value is True:
        return "Locked"
    if isinstance(value, list):
        return "\n".join(read(item) for item in value)
    if isinstance(value, dict):
        return _read_values(value)
    if value == END:
        return "Ends here"
    return str(value)


def where_of(path: tuple[str, ...], *bodies: dict[str, Any]) -> str:
    """'Duties, Clinical assessment: III' for a path of a merge, in any of `bodies`."""
    name, rest = path[0], path[1:]
    if name == "guide":
        return f"{GUIDE}, {GUIDE_NAMES.get(rest[0], rest[0])}"
    if name in FIELDS:
        part, words = FIELDS[name]
        return f"{part}, {words}" + (f" at {label(rest[0])}" if rest else "")
    lines = (line for body in bodies for line in body.get(name, []) if line["id"] == rest[0])
    line = next(lines, None)
    words = f"{LIST_HEADINGS[name]}, {title_of(line) if line else rest[0]}"
    if len(rest) < 2:
        return words
    return f"{words}: {label(rest[2]) if rest[1] == 'levels' else LINE_FIELDS[rest[1]]}"


def read_at(path: tuple[str, ...], value: Any) -> str:
    """How the value at a path of a merge reads: a whole line, or a part."""
    is_line = isinstance(value, dict) and path[0] in LIST_HEADINGS and len(path) == 2
    return read_line(value) if is_line else read(value)


def read_line(line: dict[str, Any]) -> str:
    """All that a line says: one row a level, below what names it."""
    rows = [read(line[name]) for name in ("credential",) if line.get(name)]
    rows += [f"{label(level)}: {read(cell)}" for level, cell in line["levels"].items()]
    return "\n".join(rows)


def title_of(line: dict[str, Any]) -> str:
    """What a line is known by: its credential, else its name in the matrix."""
    return str(line.get("credential") or name_of(line["id"]))


def name_of(line_id: str) -> str:
    """'Clinical assessment' for clinical-assessment."""
    return line_id.replace("-", " ").capitalize()


def _read_values(value: dict[str, Any]) -> str:
    shape = next((read for key, read in SHAPES.items() if key in value), None)
    return shape(value) if shape else str(value)


def _cell(cell: dict[str, Any]) -> str:
    marks = ["essential"] if cell.get("essential") else []
    marks += [cell["need"]] if cell.get("need", "required") != "required" else []
    if (years := cell.get("years")) is not None:
        marks.append(f"{years:g} year{'' if years == 1 else 's'}")
    marks += [f"source {name}" for name in cell.get("source", [])]
    return str(cell["text"]) + (f" ({', '.join(marks)})" if marks else "")


def _need(asked: dict[str, Any]) -> str:
    words = NeedAt.model_validate(asked).words
    return str(asked["need"]).capitalize() + (f", {words}" if words else "")


def _pay(pay: dict[str, Any]) -> str:
    parts = [f"${pay['low']:,} to ${pay['high']:,} a year", *pay.get("occupations", [])]
    if percentiles := pay.get("percentiles"):
        parts.append(f"{percentiles[0]}th to {percentiles[1]}th percentile")
    return ", ".join([*parts, *(f"source {name}" for name in pay.get("source", []))])


def _study(study: dict[str, Any]) -> str:
    sources = "".join(f" (source {name})" for name in study.get("source", []))
    return f"{study['study']}: {study['leads_to']}{sources}"


def _similar(other: dict[str, Any]) -> str:
    linked = f" ({other['role']})" if other.get("role") else ""
    return f"{other['name']}{linked}: {other['difference']}"


SHAPES: dict[str, Callable[[dict[str, Any]], str]] = {
    "need": lambda value: _cell(value) if "text" in value else _need(value),
    "text": _cell,
    "low": _pay,
    "code": lambda value: f"{value['code']}: {value['why']}",
    "when": lambda value: f"{value['when']}: {value['what']}",
    "quality": lambda value: f"{value['quality']}: {value['shows']}",
    "study": _study,
    "difference": _similar,
    "question": lambda value: f"{value['question']}\n{read(value.get('answer', []))}".rstrip(),
}
"""How a mapping with this key reads."""
