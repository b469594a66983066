"""What the merge of a saved role met, at its place in the form that came and in words."""

from sqlalchemy.orm import Session

from jobdesc.roles.inherit_levels import LISTS, Body
from jobdesc.roles.merge import Conflict
from jobdesc.roles.naming import with_names
from jobdesc.roles.parse import Problem
from jobdesc.roles.part_words import read_at, where_of
from jobdesc.services.role_drafts import RoleConflict
from jobdesc.store.roles import all_references


def placed(problem: Problem, merged: Body, mine: Body) -> Problem:
    """A problem of a merged role at its place in `mine`: lines of others may stand before it."""
    place = problem.place
    if len(place) < 2 or place[0] not in LISTS or not isinstance(place[1], int):
        return problem
    name = str(place[0])
    line_id = merged[name][place[1]]["id"]
    own = [line["id"] for line in mine.get(name, [])]
    if line_id not in own:
        return Problem((name,), f"{line_id} {problem.message}")
    return Problem((name, own.index(line_id), *place[2:]), problem.message)


def in_words(session: Session, conflict: Conflict, mine: Body, theirs: Body) -> RoleConflict:
    """The two texts of a conflict and where they stand, credentials and sources by their names."""
    names, key = all_references(session), conflict.path[-1]
    sides = [with_names(body, names) for body in (theirs, mine)]
    return RoleConflict(
        path=conflict.path,
        where=where_of(conflict.path, *sides),
        mine=conflict.mine,
        theirs=conflict.theirs,
        mine_text=read_at(conflict.path, with_names(conflict.mine, names, key)),
        theirs_text=read_at(conflict.path, with_names(conflict.theirs, names, key)),
    )
