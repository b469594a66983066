"""Take another organization's exported library as edits of ours: all of it or nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.roles.check_credentials import unknown_credentials
from jobdesc.roles.check_sources import unknown_sources
from jobdesc.roles.checks import check_ids
from jobdesc.roles.inherit_levels import Body
from jobdesc.roles.library import References
from jobdesc.roles.lineage import whole_role
from jobdesc.roles.parse import Problem, Problems
from jobdesc.roles.part_differences import in_words, part_differences
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.catalog import NoSuchRole
from jobdesc.services.content import BadContent, read_folder
from jobdesc.services.role_keeping import Keeping, Shelf, locked_lines, open_shelf, why_not_keep
from jobdesc.services.seeding import Out, parents_first
from jobdesc.services.seeding_references import SeededRow, take_imported_references
from jobdesc.store.engine import lift_limits
from jobdesc.store.role_revisions import Reason
from jobdesc.store.roles import RoleAct, all_references, keep_role, store_references
from jobdesc.store.transactions import writing


@dataclass(frozen=True)
class ImportedRole:
    """A role that says something new; `words` are what changed."""

    slug: str
    is_new: bool
    words: str


@dataclass(frozen=True)
class Imported:
    """What says something new: roles, and sources and credentials."""

    roles: tuple[ImportedRole, ...]
    rows: tuple[SeededRow, ...]


def import_content(actor: Person, folder: Path, now: datetime) -> Imported:
    """Let our library say what `folder` says, a revision each; returns what changed.

    A role that is retired or not offered there is so here only where it is new. Sources and
    credentials that only we have stay, and so do our wages and standing texts. Raises BadContent
    with every fault, and nothing is changed.
    """
    require(actor, Action.EDIT_ROLES)
    content = read_folder(folder, check_import, shipped=False)
    keeping = Keeping(actor, Reason.IMPORTED, now)
    out = Out(content.retired, content.withheld)
    with writing() as session:
        lift_limits(session.connection())
        open_shelf(session, to_write=True)
        ours = all_references(session)
        rows: tuple[SeededRow, ...] = ()
        if ours:
            rows = take_imported_references(session, content.reference_bodies, ours, actor, now)
        else:
            store_references(session, content.reference_bodies, now)
        bodies = content.role_bodies
        shelf = open_shelf(session, *bodies)
        new = {slug: bodies[slug] for slug in parents_first(bodies)
               if shelf.stored.get(slug) != bodies[slug]}  # fmt: skip
        if found := _why_not_take(shelf, new, actor):
            path = folder / "roles"
            raise BadContent([f"{path / slug}.yaml: {problem}" for slug, problem in found])
        taken = [_take(session, shelf, new, slug, keeping) for slug in new]
        for role in taken:
            if role.is_new:
                out.take_out(session, role.slug, RoleAct(Reason.RETIRED, actor.id, now))
        return Imported(tuple(sorted(taken, key=lambda role: role.slug)), rows)


def check_import(role: RoleTemplate, references: References) -> Iterator[Problem]:
    """What a role must hold to be edited here: what it names is there; shipped ones hold more."""
    yield from check_ids(role)
    yield from unknown_sources(role, references)
    yield from unknown_credentials(role, references)


def _why_not_take(
    shelf: Shelf, new: Mapping[str, Body], actor: Person
) -> list[tuple[str, Problem]]:
    """What stands against all of them together, each with the slug of its file."""
    if found := why_not_keep(shelf, new, actor):
        return found
    planned = {**shelf.stored, **new}
    return [
        (slug, problem)
        for slug in new
        for problem in locked_lines(_before(shelf, slug), whole_role(planned, slug).body, actor)
    ]


def _take(
    session: Session, shelf: Shelf, new: Mapping[str, Body], slug: str, keeping: Keeping
) -> ImportedRole:
    was, whole = _before(shelf, slug), whole_role({**shelf.stored, **new}, slug).body
    act = RoleAct(keeping.reason, keeping.actor.id, keeping.now)
    keep_role(session, slug, new[slug], act)
    words = in_words(part_differences(was, whole)) if was else ""
    return ImportedRole(slug, slug not in shelf.stored, words)


def _before(shelf: Shelf, slug: str) -> Body | None:
    """The role as it stands here, whole; None where there is none that can be."""
    try:
        return shelf.whole(slug)
    except (NoSuchRole, Problems):
        return None
