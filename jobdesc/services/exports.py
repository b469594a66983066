"""Zips of many postings: ask for one, see how far it is, cancel, retry, take it."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.postings.organization import UNNAMED
from jobdesc.services.documents import local_day
from jobdesc.services.listing import Selection, chosen_in
from jobdesc.store import exports as store
from jobdesc.store.exports import Chosen, Export, LeftOut, State
from jobdesc.store.organizations import load_organization
from jobdesc.store.postings import changed_after
from jobdesc.store.transactions import reading, writing
from jobdesc.workers.kept_files import KeptFiles

log = logging.getLogger(__name__)

Formats = Literal["pdf", "html", "both"]
FORMATS: tuple[Formats, ...] = ("pdf", "html", "both")
MOST_POSTINGS = 500
MOST_AT_ONCE = 5
KEPT_FOR = timedelta(days=7)
LISTED = 100
MISSING = "missing"
"""Why a posting is left out that was gone before the zip was begun."""


class NoSuchExport(Exception):
    """There is no export of this id, or it is somebody else's."""


class NotExported(Exception):
    """Nothing was begun; the message is one for the person."""


@dataclass(frozen=True)
class ZipFile:
    """A zip to hand out."""

    path: Path
    name: str


def ask_for_export(actor: Person, selection: Selection, formats: Formats, now: datetime) -> int:
    """Begin a zip of the chosen postings; the same one again where it is under way already and none
    of them changed since it was asked for.

    Returns its id. Raises NotExported.
    """
    require(actor, Action.DOWNLOAD_POSTING)
    with writing() as session:
        found, gone = chosen_in(session, actor, selection, MOST_POSTINGS)
        if not found:
            raise NotExported(_words_of_none(selection))
        if len(found) > MOST_POSTINGS:
            raise NotExported(
                f"A zip holds up to {MOST_POSTINGS} postings. Narrow the list, then select again."
            )
        missing = [LeftOut(number, f"Posting {number}", MISSING) for number in gone]
        chosen = [Chosen(*row) for row in found]
        chosen += [Chosen(left.id, left.title) for left in missing]
        return _begin(session, actor, formats, chosen, missing, now)


def list_exports(actor: Person) -> list[Export]:
    """The actor's exports, the newest first."""
    require(actor, Action.DOWNLOAD_POSTING)
    with reading() as session:
        return store.exports_of(session, actor.id, LISTED)


def read_export(actor: Person, export_id: int) -> Export:
    """One of the actor's exports; raises NoSuchExport."""
    require(actor, Action.DOWNLOAD_POSTING)
    with reading() as session:
        return _found(session, actor, export_id)


def news_of_exports(actor: Person) -> Export | None:
    """The last export that is over and was not told yet."""
    with reading() as session:
        return store.news_for(session, actor.id)


def dismiss_news(actor: Person, export_id: int) -> None:
    """The actor knows that this export is over. Raises NoSuchExport."""
    require(actor, Action.DOWNLOAD_POSTING)
    with writing() as session:
        _found(session, actor, export_id)
        store.see_exports(session, actor.id, export_id)


def cancel_export(actor: Person, export_id: int, now: datetime) -> bool:
    """Stop making it; False where it was over already. Raises NoSuchExport."""
    require(actor, Action.DOWNLOAD_POSTING)
    with writing() as session:
        _found(session, actor, export_id)
        return store.cancel_export(session, export_id, actor.id, now)


def retry_export(actor: Person, export_id: int, now: datetime) -> int:
    """Begin a zip of those that are not in this one: all of them, where it has none.

    Returns its id. Raises NoSuchExport and NotExported.
    """
    require(actor, Action.DOWNLOAD_POSTING)
    with writing() as session:
        export = _found(session, actor, export_id)
        if export.under_way:
            raise NotExported("This zip is still being made. Wait until it is over.")
        left = [Chosen(one.id, one.title) for one in export.failed]
        chosen = left if export.state is State.READY else list(export.postings)
        if not chosen:
            raise NotExported("Nothing of this zip failed. Select postings to begin another one.")
        formats = next(form for form in FORMATS if form == export.formats)
        return _begin(session, actor, formats, chosen, [], now)


def zip_of(actor: Person, export_id: int, files: KeptFiles) -> ZipFile:
    """The finished file, which its person then was told of. Raises NoSuchExport and NotExported."""
    require(actor, Action.DOWNLOAD_POSTING)
    with reading() as session:
        export = _found(session, actor, export_id)
        organization = load_organization(session) or UNNAMED
    if export.state is not State.READY:
        raise NotExported("This zip is not ready.")
    if not (path := files.path(export.file)).exists():
        raise NotExported("This file is not on the server any more. Select the postings again.")
    with writing() as session:
        store.see_exports(session, actor.id, export_id)
    what = "posting" if export.made == 1 else "postings"
    form = "" if export.formats == "both" else f"_{export.formats}"
    day = local_day(export.asked_at, organization)
    return ZipFile(path, f"{export.made}-{what}_{day}{form}.zip")


def _begin(
    session: Session,
    actor: Person,
    formats: Formats,
    chosen: list[Chosen],
    missing: list[LeftOut],
    now: datetime,
) -> int:
    under_way = store.exports_under_way(session, actor.id)
    for export in under_way:
        same = (export.formats, export.postings) == (formats, tuple(chosen))
        if same and not _may_be_outdated(session, export):
            return export.id
    if len(under_way) >= MOST_AT_ONCE:
        raise NotExported(
            f"{MOST_AT_ONCE} zips of yours are being made. Wait for one, or cancel one."
        )
    number = store.add_export(session, actor.id, formats, chosen, missing, now, now + KEPT_FOR)
    log.info("export %d: person %d asked for %d postings", number, actor.id, len(chosen))
    return number


def _may_be_outdated(session: Session, export: Export) -> bool:
    """Whether a file may be in it already that says what its posting said before."""
    ids = [posting.id for posting in export.postings]
    return export.state is not State.WAITING and changed_after(session, ids, export.asked_at)


def _found(session: Session, actor: Person, export_id: int) -> Export:
    export = store.export_by_id(session, export_id, actor.id)
    if export is None:
        raise NoSuchExport(export_id)
    return export


def _words_of_none(selection: Selection) -> str:
    if selection.ids:
        return "None of these postings is here any more. Reload the list and select others."
    return "Select at least one posting, then download."
