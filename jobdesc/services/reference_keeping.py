"""Rows of the shared references in an open transaction: read, checked, kept with revisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.roles.parse import Problem, Problems
from jobdesc.roles.reference_rows import (
    Body,
    Row,
    Shelf,
    body_of_row,
    free_id,
    read_row,
    row_problems,
    twin_problem,
)
from jobdesc.services.catalog import NoLibrary
from jobdesc.store.reference_revisions import record_row, row_revisions
from jobdesc.store.role_revisions import Reason
from jobdesc.store.roles import all_references, hold_roles, store_references


class NoSuchReference(Exception):
    """There is no source or credential of this id."""


@dataclass(frozen=True)
class RowAct:
    """Who keeps a row, why, and when."""

    actor: Person
    reason: Reason
    now: datetime


def rows_of(references: Mapping[str, Any], shelf: Shelf) -> dict[str, Row]:
    """The rows of one of them by id, in order. Raises NoLibrary."""
    if shelf.value not in references:
        raise NoLibrary("the library is not loaded")
    return {body["id"]: read_row(shelf, body) for body in references[shelf.value]}


def row_of(references: Mapping[str, Any], shelf: Shelf, key: str) -> Row:
    """A row as it stands. Raises NoSuchReference."""
    rows = rows_of(references, shelf)
    if key not in rows:
        raise NoSuchReference(shelf, key)
    return rows[key]


def held_references(session: Session) -> dict[str, Any]:
    """All references, which nobody else changes until the transaction ends."""
    hold_roles(session)
    return all_references(session)


def add_row(session: Session, shelf: Shelf, values: Mapping[str, Any], act: RowAct) -> Row:
    """A new row under its id, or under one made of its name. Raises Problems, each at its field."""
    references = held_references(session)
    rows = rows_of(references, shelf)
    wanted = str(values.get("id") or "")
    called = str(values.get("abbreviation") or values.get("name") or "")[:200]
    row = read_row(shelf, {**values, "id": wanted or free_id(called, rows)})
    if row.id in rows:
        message = f"{row.id} is taken. Choose another, or leave it empty."
        raise Problems([Problem(("id",), message)])
    refuse(row, shelf, references)
    keep_row(session, shelf, row, references, act)
    return row


def refuse(row: Row, shelf: Shelf, references: Mapping[str, Any]) -> None:
    """Raise Problems for what keeps a row from being kept."""
    problems = row_problems(row, rows_of(references, Shelf.SOURCES))
    if twin := twin_problem(row, list(rows_of(references, shelf).values())):
        problems.append(twin)
    if problems:
        raise Problems(problems)


def keep_row(
    session: Session, shelf: Shelf, row: Row, references: Mapping[str, Any], act: RowAct
) -> None:
    """Make `row` what the library says, in its place or behind the others; one revision."""
    bodies: list[Body] = references[shelf.value]
    before = next((body for body in bodies if body["id"] == row.id), None)
    body, key = body_of_row(row), (shelf.value, row.id)
    if before is not None and not row_revisions(session, key):
        record_row(session, key, before, Reason.SHIPPED, 0, act.now)
    kept = [body if one["id"] == row.id else one for one in bodies]
    store_references(session, {shelf.value: kept if before else [*kept, body]}, act.now)
    record_row(session, key, body, act.reason, act.actor.id, act.now)


def merged_rows(ours: Sequence[Body], theirs: Mapping[str, Body]) -> list[Body]:
    """Our rows in their order, those of theirs in their places, and then what only they have."""
    known = {body["id"] for body in ours}
    kept = [theirs.get(body["id"], body) for body in ours]
    return [*kept, *(body for key, body in theirs.items() if key not in known)]
