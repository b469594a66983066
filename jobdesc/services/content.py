"""Read the content folder, check it, and load it into the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from jobdesc.content.reader import ContentError, ContentFile, read_content
from jobdesc.content.writer import write_content
from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.roles.check_references import check_references
from jobdesc.roles.checks import check_role
from jobdesc.roles.library import REFERENCE_MODELS, References, references_from
from jobdesc.roles.parse import Problem, Problems, parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.catalog import NoLibrary
from jobdesc.store.roles import all_references, all_roles, store_references, store_role
from jobdesc.store.transactions import reading, writing

M = TypeVar("M", bound=BaseModel)


class BadContent(Exception):
    """Content with faults; `faults` has a line for each: file, line, field and remedy."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class NotExported(Exception):
    """Nothing was written; the message says why and what to do."""


@dataclass(frozen=True)
class Content:
    """The checked content folder, as models and as the plain values that are stored."""

    roles: dict[str, RoleTemplate]
    references: References
    reference_bodies: dict[str, Any]

    @property
    def role_bodies(self) -> dict[str, dict[str, Any]]:
        """Each role as stored: plain values, by slug."""
        return {slug: role_body(role) for slug, role in self.roles.items()}


def role_body(role: RoleTemplate) -> dict[str, Any]:
    """A role as a portable JSON value."""
    return role.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"schema": 1}


def read_folder(folder: Path) -> Content:
    """Everything under `folder`, checked; raises BadContent with every fault found."""
    faults: list[str] = []
    files = {name: _read(folder / f"{name}.yaml", faults) for name in REFERENCE_MODELS}
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
    roles = _read_roles(folder / "roles", references, faults)
    if faults:
        raise BadContent(faults)
    return Content(roles, references, bodies)


def seed(content: Content, now: datetime) -> list[str]:
    """Load `content` into the database; returns the slugs of new and changed roles."""
    with writing() as session:
        store_references(session, content.reference_bodies, now)
        return [
            slug
            for slug, body in content.role_bodies.items()
            if store_role(session, slug, content.roles[slug].name, body, now)
        ]


def export_content(actor: Person, folder: Path) -> int:
    """Write the library as a content folder that `read_folder` reads; returns how many roles.

    Raises NotExported, and OSError where the folder cannot be written.
    """
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        roles, references = all_roles(session), all_references(session)
    if not REFERENCE_MODELS.keys() <= references.keys():
        raise NoLibrary("the library is not loaded")
    (folder / "roles").mkdir(parents=True, exist_ok=True)
    foreign = {path.stem for path in (folder / "roles").glob("*.yaml")} - roles.keys()
    if foreign:
        raise NotExported(
            f"{folder / 'roles'} has roles that the library does not have: "
            f"{', '.join(sorted(foreign))}. Remove their files, or name another folder."
        )
    for name in REFERENCE_MODELS:
        write_content(folder / f"{name}.yaml", references[name])
    for slug, body in roles.items():
        write_content(folder / "roles" / f"{slug}.yaml", in_order(body))
    return len(roles)


def in_order(body: dict[str, Any]) -> dict[str, Any]:
    """A role's stored body with its parts in the order of the content files."""
    names = [field.alias or name for name, field in RoleTemplate.model_fields.items()]
    return {name: body[name] for name in names if name in body}


def _read(path: Path, faults: list[str]) -> ContentFile | None:
    try:
        return read_content(path)
    except ContentError as error:
        faults.append(str(error))
        return None


def _located(file: ContentFile, problems: list[Problem]) -> list[str]:
    return [f"{file.path}:{file.line_of(problem.place)}: {problem}" for problem in problems]


def _parse(model: type[M], file: ContentFile, faults: list[str]) -> M | None:
    try:
        return parse(model, file.data)
    except Problems as error:
        faults += _located(file, error.problems)
        return None


def _read_roles(folder: Path, references: References, faults: list[str]) -> dict[str, RoleTemplate]:
    read: dict[str, tuple[ContentFile, RoleTemplate]] = {}
    paths = sorted(folder.glob("*.yaml"))
    for path in paths:
        if (file := _read(path, faults)) and (role := _parse(RoleTemplate, file, faults)):
            faults += _located(file, check_role(role, references))
            read[path.stem] = (file, role)
    if not read and not faults:
        faults.append(f"{folder}: has no role. Add one file for each role.")
    for stem, (file, role) in read.items():
        faults += _located(file, _check_neighbors(stem, role, {path.stem for path in paths}))
    return {role.slug: role for _, role in read.values()}


def _check_neighbors(stem: str, role: RoleTemplate, slugs: Collection[str]) -> list[Problem]:
    """The slug is the name of the file, and similar roles are in the library."""
    found = []
    if role.slug != stem:
        found.append(Problem(("slug",), f"differs from the file's name. Write {stem}."))
    for index, similar in enumerate(role.guide.similar):
        if similar.role and similar.role not in slugs:
            message = f"{similar.role} is not in the library. Correct or remove it."
            found.append(Problem(("guide", "similar", index, "role"), message))
    return found
