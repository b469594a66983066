"""Role templates as people edit them: each act is one transaction and one revision."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may, require
from jobdesc.roles.checks import check_ids
from jobdesc.roles.inherit_levels import Body
from jobdesc.roles.lost_levels import at_lost_levels
from jobdesc.roles.merge import merge_roles
from jobdesc.roles.named_rows import unknown_rows, with_new_source
from jobdesc.roles.own_part import body_of
from jobdesc.roles.parse import Problem, Problems, parse
from jobdesc.roles.reference_rows import RESERVED
from jobdesc.roles.reference_rows import Shelf as Rows
from jobdesc.roles.template import Family, RoleTemplate
from jobdesc.roles.words import slug_of
from jobdesc.services.reference_keeping import RowAct, add_row
from jobdesc.services.role_drafts import RoleDraft, RoleSummary, SavedRole
from jobdesc.services.role_keeping import Keeping, Shelf, keep_whole, open_shelf, whole_at
from jobdesc.services.role_merging import in_words, placed
from jobdesc.services.role_opening import draft_of, summaries
from jobdesc.store.role_revisions import Reason
from jobdesc.store.roles import RoleAct, all_references, set_retired, withhold
from jobdesc.store.transactions import reading, writing

SLUG_LENGTH, LONGEST_NAME = 60, 120
NOT_EDITED = ("schema", "slug", "updated")
FIRST_LEVEL = "mid"
"""The one level of a role that is made from nothing."""


def list_roles(actor: Person) -> tuple[RoleSummary, ...]:
    """Every role, the retired ones last. Asks for EDIT_ROLES."""
    require(actor, Action.EDIT_ROLES)
    with reading() as session:
        return summaries(session)


def open_role(actor: Person, slug: str, started: str = "") -> RoleDraft:
    """A role with all that its editor needs, `started` being that of a form which is to be read.

    Raises NoSuchRole. Asks for READ_LIBRARY.
    """
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        shelf = open_shelf(session, slug)
        draft = draft_of(session, shelf, slug)
        if started in ("", draft.started):
            return draft
        try:
            return replace(draft, shown=whole_at(session, shelf, slug, started))
        except Problems:
            return draft  # nobody has shown that, which its save will say


def save_role(
    actor: Person,
    slug: str,
    body: dict[str, Any],
    started: str,
    now: datetime,
    adding: Mapping[str, Any] | None = None,
) -> SavedRole:
    """Keep the whole role as `body` says it; `started` is that of the draft the form was made from.

    What others changed meanwhile stays; a part that both changed is a conflict and stays as theirs,
    and so does a line that was locked meanwhile. What says something new at a level that was taken
    out meanwhile is a problem.
    The day in `updated` is set here. `adding` is a source that comes with it, which the body names
    `new`. Raises NoSuchRole, and Problems at the places of `body`, or at `new_source`.
    """
    require(actor, Action.EDIT_ROLES)
    with writing() as session:
        shelf = open_shelf(session, slug, to_write=True)
        theirs = shelf.whole(slug)
        body = _edited(body) | {name: theirs[name] for name in NOT_EDITED}
        found: list[Problem] = []
        if adding is not None:
            act = RowAct(actor, Reason.CREATED, now)
            body, found = _with_source(session, body, adding, act)
        base = whole_at(session, shelf, slug, started)
        mine = body_of(_read_role(session, body, base, found))
        merged = merge_roles(base, mine, theirs, may(actor, Action.CHANGE_LOCKED))
        if found := at_lost_levels(base, mine, merged.body):
            raise Problems(found)
        changed = merged.body != theirs
        if changed:
            keeping = Keeping(actor, Reason.EDITED, now)
            try:
                keep_whole(session, shelf, merged.body, shelf.marks[slug].extends, keeping)
            except Problems as error:
                found = [placed(problem, merged.body, mine) for problem in error.problems]
                raise Problems(found) from error
            shelf = open_shelf(session, slug)
        conflicts = tuple(
            in_words(session, conflict, mine, theirs) for conflict in merged.conflicts
        )
        return SavedRole(draft_of(session, shelf, slug), changed, conflicts)


def create_role(
    actor: Person,
    name: str,
    slug: str | None,
    extends: str | None,
    now: datetime,
    family: Family | None = None,
    tagline: str = "",
) -> RoleDraft:
    """A new role: everything as in the role it extends, or empty with one level.

    It waits outside the library until `bring_back_role` puts it in.

    Without `slug` one is made of the name. Raises Problems at name, slug, extends, tagline.
    """
    require(actor, Action.EDIT_ROLES)
    _refuse_long(name)
    with writing() as session:
        shelf = open_shelf(session, *((extends,) if extends else ()), to_write=True)
        parent = _parent(shelf, extends) if extends else None
        given: Body = {"name": name, "tagline": tagline}
        given |= {"family": family} if family else {}
        title = name.strip() or "Title"
        start = parent or {"titles": {FIRST_LEVEL: title}}
        body = start | given | {"schema": 1, "updated": now.date(), "slug": slug or ""}
        note = f"Extends {parent['name']}" if parent else ""
        keeping = Keeping(actor, Reason.CREATED, now, note)
        return _add(session, shelf, body, extends, keeping, parent)


def duplicate_role(actor: Person, slug: str, name: str, now: datetime) -> RoleDraft:
    """A new role that says what this one says, and extends what it extends. It waits likewise."""
    require(actor, Action.EDIT_ROLES)
    _refuse_long(name)
    with writing() as session:
        shelf = open_shelf(session, slug, to_write=True)
        source = shelf.whole(slug)
        extends = shelf.marks[slug].extends
        if extends and shelf.marks[extends].retired:
            extends = None
        body = source | {"name": name, "slug": "", "updated": now.date()}
        keeping = Keeping(actor, Reason.CREATED, now, f"Copy of {source['name']}")
        return _add(session, shelf, body, extends, keeping, source)


def change_extends(
    actor: Person, slug: str, extends: str | None, started: str, now: datetime
) -> SavedRole:
    """Let a role extend another, or none, and go on saying what it says now.

    Raises Problems at `extends` for a circle, a retired or a missing role, and at `started` where
    the role has changed meanwhile.
    """
    require(actor, Action.EDIT_ROLES)
    with writing() as session:
        shelf = open_shelf(session, slug, *((extends,) if extends else ()), to_write=True)
        whole = shelf.whole(slug)
        if started != shelf.started(slug):
            message = "was made from an older version. Look at the role and choose again."
            raise Problems([Problem(("started",), message)])
        changed = extends != shelf.marks[slug].extends
        if changed:
            note = f"Extends {_parent(shelf, extends)['name']}" if extends else "Extends no role"
            keep_whole(session, shelf, whole, extends, Keeping(actor, Reason.PARENT, now, note))
            shelf = open_shelf(session, slug)
        return SavedRole(draft_of(session, shelf, slug), changed)


def retire_role(actor: Person, slug: str, now: datetime) -> RoleDraft:
    """Take a role out of the library; its postings, its guide and its children go on."""
    return _set_retired(actor, slug, now, retired=True)


def bring_back_role(actor: Person, slug: str, now: datetime) -> RoleDraft:
    """Put a retired role back into the library, or a new one into it."""
    return _set_retired(actor, slug, now, retired=False)


def _set_retired(actor: Person, slug: str, now: datetime, *, retired: bool) -> RoleDraft:
    require(actor, Action.EDIT_ROLES)
    with writing() as session:
        shelf = open_shelf(session, slug, to_write=True)
        shelf.whole(slug)
        mark = shelf.marks[slug]
        if retired != (mark.retired_at is not None):
            back = Reason.BROUGHT_BACK if mark.retired else Reason.OFFERED
            reason = Reason.RETIRED if retired else back
            act = RoleAct(reason, actor.id, now)
            set_retired(session, slug, now if retired else None, act)
            shelf = open_shelf(session, slug)
        return draft_of(session, shelf, slug)


def _with_source(
    session: Session, body: Body, adding: Mapping[str, Any], act: RowAct
) -> tuple[Body, list[Problem]]:
    """Add the source that comes with a role; the body names it by its id. Or what is wrong."""
    try:
        source = add_row(session, Rows.SOURCES, adding, act)
    except Problems as error:
        return body, [Problem(("new_source", *one.place), one.message) for one in error.problems]
    return with_new_source(body, source.id), []


def _read_role(session: Session, body: Body, before: Body, wrong: list[Problem]) -> RoleTemplate:
    """The role that a form says, where nothing is `wrong` with the source that comes with it.

    Raises Problems, also for what it names and nobody knows.
    """
    references = all_references(session)
    ids = [[row["id"] for row in references.get(shelf.value, ())] for shelf in Rows]
    ids[0] += [RESERVED] if wrong else []
    found = [*wrong, *unknown_rows(body, before, *ids)]
    try:
        role = parse(RoleTemplate, body)
        found += check_ids(role)
    except Problems as error:
        told = {problem.place for problem in found}
        found += [problem for problem in error.problems if problem.place not in told]
    if found:
        raise Problems(found)
    return role


def _edited(body: dict[str, Any]) -> dict[str, Any]:
    """What a form says of a role; what it rests on is said elsewhere."""
    return {name: value for name, value in body.items() if name not in (*NOT_EDITED, "extends")}


def _parent(shelf: Shelf, extends: str) -> Body:
    """The role to extend, whole. Raises Problems."""
    if extends not in shelf.stored:
        raise Problems([Problem(("extends",), "is not in the library. Choose another role.")])
    whole = shelf.whole(extends)
    if shelf.marks[extends].retired:
        message = f"{whole['name']} is retired. Choose another role, or bring that one back."
        raise Problems([Problem(("extends",), message)])
    return whole


def _add(
    session: Session,
    shelf: Shelf,
    body: Body,
    extends: str | None,
    keeping: Keeping,
    like: Body | None,
) -> RoleDraft:
    """Keep a new role under its slug, or one made of its name."""
    slug = body["slug"] or _free_slug(str(body["name"]), shelf.marks)
    role = parse(RoleTemplate, body | {"slug": slug})
    if slug in shelf.marks:
        message = f"{slug} is taken. Choose another, or leave it empty."
        raise Problems([Problem(("slug",), message)])
    keep_whole(session, shelf, body_of(role), extends, keeping, like)
    withhold(session, slug)
    return draft_of(session, open_shelf(session, slug), slug)


def _refuse_long(name: str) -> None:
    """Before anything is made of a name: to form a long one takes the square of its length."""
    if len(name) > LONGEST_NAME:
        raise Problems([Problem(("name",), f"is too long. Use up to {LONGEST_NAME} characters.")])


def _free_slug(name: str, taken: Collection[str]) -> str:
    """'rn-case-manager-2' of 'RN Case Manager', where that is the first that is free."""
    words = slug_of(name)[: SLUG_LENGTH - 5].strip("-") or "role"
    if words not in taken:
        return words
    return next(slug for n in range(2, 10_000) if (slug := f"{words}-{n}") not in taken)
