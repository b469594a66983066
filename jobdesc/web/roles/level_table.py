"""The levels of a role side by side: a row a topic or line, a column a level."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from jobdesc.roles.credential import Credential
from jobdesc.roles.levels import Level
from jobdesc.roles.lines import CellOrEnd, CredentialLine, Line, at_level
from jobdesc.roles.template import RoleTemplate
from jobdesc.web.roles.lines_view import title_of


@dataclass(frozen=True)
class Entry:
    """What stands at a level. `same_as` is the level on the left that says the same, or nothing."""

    level: Level
    text: str
    note: str = ""
    same_as: str = ""


@dataclass(frozen=True)
class Row:
    """A row, with the part of the editor that holds it."""

    title: str
    entries: tuple[Entry, ...]

    @property
    def differs(self) -> bool:
        """Whether the levels do not all say the same."""
        return any(not entry.same_as for entry in self.entries[1:])


@dataclass(frozen=True)
class Topic:
    """The rows under one heading; `part` is the part of the editor."""

    title: str
    part: str
    rows: tuple[Row, ...]


Says = tuple[str, str]
"""A text and a note to it: 'Essential', 'Preferred'."""


def level_table(
    role: RoleTemplate, credentials: Mapping[str, Credential], only_differences: bool
) -> tuple[Topic, ...]:
    """The topics of `role`; with `only_differences` without rows that are alike at every level."""
    topics = [Topic(title, part, tuple(rows)) for title, part, rows in _topics(role, credentials)]
    if only_differences:
        topics = [
            Topic(topic.title, topic.part, tuple(row for row in topic.rows if row.differs))
            for topic in topics
        ]
    return tuple(topic for topic in topics if topic.rows)


def _topics(
    role: RoleTemplate, credentials: Mapping[str, Credential]
) -> Iterator[tuple[str, str, Iterable[Row]]]:
    def one(title: str, part: str, says: Callable[[Level], str]) -> tuple[str, str, list[Row]]:
        row = _row(role, title, lambda level: (says(level), ""))
        return title, part, [row] if any(entry.text for entry in row.entries) else []

    def lines(name: str) -> Iterable[Row]:
        return _line_rows(role, getattr(role, name), name)

    yield one("Scope", "basics", lambda level: _told(role.summary, level))
    yield one("Autonomy", "basics", lambda level: _told(role.supervision, level))
    yield one("Caseload", "basics", lambda level: _passage(role, level))
    yield "Duties", "duties", lines("duties")
    yield "Education", "education", lines("education")
    yield (
        "Licenses and certifications", "credentials",
        _credential_rows(role, role.credentials, credentials),
    )  # fmt: skip
    yield "Experience", "experience", lines("experience")
    yield "Skills", "skills", lines("skills")
    yield "Working conditions", "conditions", lines("conditions")
    yield one("Overtime", "basics", lambda level: _below(role.flsa, level).capitalize())
    yield one("Reports to", "basics", lambda level: _below(role.reports_to, level))
    yield one("Pay", "pay", lambda level: _pay(role, level))


def _row(role: RoleTemplate, title: str, says: Callable[[Level], Says]) -> Row:
    entries: list[Entry] = []
    for level in role.levels:
        text, note = says(level)
        left = entries[-1] if entries else None
        alike = left is not None and (left.text, left.note) == (text, note)
        same_as = left.level.label if left is not None and alike else ""
        entries.append(Entry(level, text, note, same_as))
    return Row(title, tuple(entries))


def _line_rows(role: RoleTemplate, lines: Iterable[Line], part: str) -> Iterator[Row]:
    for line in lines:
        row = _row(role, title_of(line.id), partial(_cell, line, part))
        if any(entry.text for entry in row.entries):
            yield row


def _cell(line: Line, part: str, level: Level) -> Says:
    cell = at_level(line.levels, level)
    if cell is None:
        return "", ""
    if part == "duties":
        return cell.text, "Essential" if cell.essential else ""
    return cell.text, "Preferred" if cell.need == "preferred" else ""


def _credential_rows(
    role: RoleTemplate, lines: Iterable[CredentialLine], credentials: Mapping[str, Credential]
) -> Iterator[Row]:
    for line in lines:
        known = credentials.get(line.credential)
        title = known.full_name if known else line.credential
        row = _row(role, title, partial(_need, line))
        if any(entry.text for entry in row.entries):
            yield row


def _need(line: CredentialLine, level: Level) -> Says:
    need = at_level(line.levels, level)
    return (need.need.capitalize(), need.words) if need else ("", "")


def _told(cells: dict[Level, CellOrEnd], level: Level) -> str:
    cell = at_level(cells, level)
    return cell.text if cell else ""


def _passage(role: RoleTemplate, level: Level) -> str:
    return role.caseload[level].text if level in role.caseload else ""


def _below(values: Mapping[Level, str], level: Level) -> str:
    """The value of the level, else of the nearest below it."""
    below = [at for at in values if at.rank <= level.rank]
    return values[max(below, key=lambda at: at.rank)] if below else ""


def _pay(role: RoleTemplate, level: Level) -> str:
    pay = role.pay.get(level)
    return f"${pay.low:,} \u2013 ${pay.high:,}" if pay else ""
