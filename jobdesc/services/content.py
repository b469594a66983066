"""Read the content folder, check it, and load it into the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from jobdesc.content.reader import ContentError, ContentFile, read_content
from jobdesc.roles.check_references import check_references
from jobdesc.roles.checks import check_role
from jobdesc.roles.inherit_levels import Body
from jobdesc.roles.library import OPTIONAL, REFERENCE_MODELS, References, references_from
from jobdesc.roles.lineage import EXTENDS, locate, whole_role
from jobdesc.roles.own_part import body_of, parse_stored
from jobdesc.roles.parse import Problem, Problems, parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.content_wages import ShippedWages, read_wages, seed_wages
from jobdesc.services.seeding import Out, Seeded, take_editions
from jobdesc.services.seeding_references import take_shipped_references
from jobdesc.store.engine import lift_limits
from jobdesc.store.roles import all_references, hold_roles
from jobdesc.store.transactions import writing

M = TypeVar("M", bound=BaseModel)
Check = Callable[[RoleTemplate, References], Iterable[Problem]]
"""What must hold of a role beside its shape."""
RETIRED = "retired"
"""The key of a file whose role is out of the library."""
OFFERED = "offered"
"""The key of a file whose role has never been in the library."""
STANDING = {RETIRED: True, OFFERED: False}
"""The keys that say how a role stands in the library, each with the one value that it can have."""


class BadContent(Exception):
    """Content with faults; `faults` has a line for each: file, line, field and remedy."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Content:
    """The checked content folder, as models and as the plain values that are stored.

    `roles` are whole; `own` are the stored bodies of those that extend another.
    """

    roles: dict[str, RoleTemplate]
    references: References
    reference_bodies: dict[str, Any]
    own: Mapping[str, Body] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    wages: tuple[ShippedWages, ...] = ()

    @property
    def role_bodies(self) -> dict[str, Body]:
        """Each role as stored: plain values, by slug."""
        return {slug: self.own.get(slug) or body_of(role) for slug, role in self.roles.items()}


def read_folder(folder: Path, check: Check = check_role, *, shipped: bool = True) -> Content:
    """Everything under `folder`, checked; raises BadContent with every fault found.

    What is `shipped` extends no retired role, and says nothing that does not fit its parent. In a
    library that people edit both come about, and are no faults.
    """
    faults: list[str] = []
    files = {
        name: _read(folder / f"{name}.yaml", faults)
        for name in REFERENCE_MODELS
        if name not in OPTIONAL or (folder / f"{name}.yaml").exists()
    }
    read = {
        name: _parse(REFERENCE_MODELS[name], file, faults) for name, file in files.items() if file
    }
    if faults:
        raise BadContent(faults)
    for name, problem in check_references({name: m.root for name, m in read.items() if m}):
        if file := files[name]:
            faults += _located(file, [problem])
    if faults:
        raise BadContent(faults)
    bodies = {name: file.data for name, file in files.items() if file}
    references = references_from(bodies)
    shelf = _Shelf(folder / "roles", faults, shipped=shipped)
    roles = shelf.whole_roles(references, check)
    wages = read_wages(folder / "wages", references.sources, faults)
    if faults:
        raise BadContent(faults)
    own = {slug: body for slug, body in shelf.stored.items() if "extends" in body}
    retired, withheld = (frozenset(shelf.standing[key]) for key in (RETIRED, OFFERED))
    return Content(roles, references, bodies, own, retired, withheld, wages)


def seed(content: Content, now: datetime) -> Seeded:
    """Load `content` into the database; what was edited or retired here stays as it is."""
    with writing() as session:
        lift_limits(session.connection())
        hold_roles(session)
        shipped, stored = content.reference_bodies, all_references(session)
        rows = take_shipped_references(session, shipped, stored, now)
        seed_wages(session, content.wages, now)
        out = Out(content.retired, content.withheld)
        seeded = take_editions(session, content.role_bodies, out, now)
        return replace(seeded, references=rows)


def _read(path: Path, faults: list[str]) -> ContentFile | None:
    try:
        return read_content(path)
    except ContentError as error:
        faults.append(str(error))
        return None


def _located(file: ContentFile, problems: Iterable[Problem]) -> list[str]:
    return [f"{file.path}:{file.line_of(problem.place)}: {problem}" for problem in problems]


def _parse(model: type[M], file: ContentFile, faults: list[str]) -> M | None:
    try:
        return parse(model, file.data)
    except Problems as error:
        faults += _located(file, error.problems)
        return None


class _Shelf:
    """The files of roles: each read by itself, then made whole on the ones that it extends."""

    def __init__(self, folder: Path, faults: list[str], *, shipped: bool) -> None:
        self.faults, self.shipped = faults, shipped
        paths = sorted(folder.glob("*.yaml"))
        self.names = {path.stem for path in paths}
        self.files: dict[str, ContentFile] = {}
        self.stored: dict[str, Body] = {}
        self.standing: dict[str, set[str]] = {key: set() for key in STANDING}
        for path in paths:
            if file := _read(path, faults):
                self._read_role(path.stem, file)
        if not paths:
            faults.append(f"{folder}: has no role. Add one file for each role.")

    def whole_roles(self, references: References, check: Check) -> dict[str, RoleTemplate]:
        """All roles that can be made whole; what is wrong with them is added to the faults."""
        whole: dict[str, RoleTemplate] = {}
        found: dict[str, list[Problem]] = {}
        for name in self._parents_first():
            problems, role = self._whole(name)
            if role is not None:
                whole[name] = role
                found[name] = [*check(role, references), *_check_neighbors(role, self.names)]
                problems += self._at_home(name, role, found)
            self.faults += _located(self.files[name], problems)
        return {whole[name].slug: whole[name] for name in sorted(whole)}

    def _read_role(self, name: str, file: ContentFile) -> None:
        data = file.data
        if isinstance(data, dict):
            self._read_standing(name, file)
            data = {key: value for key, value in data.items() if key not in STANDING}
        try:
            role = parse_stored(data)
        except Problems as error:
            self.faults += _located(file, error.problems)
            return
        if role.slug != name:
            problem = Problem(("slug",), f"differs from the file's name. Write {name}.")
            self.faults += _located(file, [problem])
        self.files[name], self.stored[name] = file, body_of(role)

    def _read_standing(self, name: str, file: ContentFile) -> None:
        for key in STANDING.keys() & file.data.keys():
            if file.data[key] is not STANDING[key]:
                value = str(STANDING[key]).lower()
                problem = Problem((key,), f"must be {value}, or not be there. Remove it.")
                self.faults += _located(file, [problem])
            self.standing[key].add(name)

    def _parents_first(self) -> Iterator[str]:
        done: set[str] = set()
        for name in self.stored:
            chain = [name]
            while (parent := self._parent(chain[-1])) and parent not in {*chain, *done}:
                chain.append(parent)
            yield from (one for one in reversed(chain) if one not in done)
            done.update(chain)

    def _parent(self, name: str) -> str | None:
        parent = self.stored[name].get("extends")
        return parent if parent in self.stored else None

    def _whole(self, name: str) -> tuple[list[Problem], RoleTemplate | None]:
        """The role made whole and what does not fit its parent; none where that is not right."""
        parent = self.stored[name].get("extends")
        if parent in self.names and not self._all_read(name):
            return [], None
        try:
            found = whole_role(self.stored, name)
        except Problems as error:
            return list(error.problems), None
        problems = list(found.problems) if self.shipped else []
        if self.shipped and self._is_out(parent) and not self._is_out(name):
            message = f"{parent} is retired. Extend another role, or bring that one back."
            if parent in self.standing[OFFERED]:
                message = f"{parent} is not offered. Extend another role, or offer that one."
            problems.append(Problem(EXTENDS, message))
        return problems, parse(RoleTemplate, found.body)

    def _is_out(self, name: str | None) -> bool:
        return any(name in names for names in self.standing.values())

    def _all_read(self, name: str) -> bool:
        """Whether all that the role rests on could be read; else the fault is told there."""
        seen: set[str] = set()
        while name in self.stored and name not in seen:
            seen.add(name)
            name = self.stored[name].get("extends") or ""
        return name in seen or name not in self.names

    def _at_home(
        self, name: str, role: RoleTemplate, found: Mapping[str, list[Problem]]
    ) -> list[Problem]:
        """The faults at their places in the file; what the parent's file has too is told there."""
        own = self.stored[name]
        if "extends" not in own:
            return found[name]
        whole = body_of(role)
        inherited = {str(problem) for problem in found.get(own["extends"], ())}
        placed = [(problem, locate(problem, whole, own)) for problem in found[name]]
        return [
            there
            for problem, there in placed
            if there.place != EXTENDS or str(problem) not in inherited
        ]


def _check_neighbors(role: RoleTemplate, slugs: Iterable[str]) -> Iterator[Problem]:
    """Similar roles are in the library."""
    for index, similar in enumerate(role.guide.similar):
        if similar.role and similar.role not in slugs:
            message = f"{similar.role} is not in the library. Correct or remove it."
            yield Problem(("guide", "similar", index, "role"), message)
