"""Make documents: the outline of a posting or role, and its files."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from jobdesc.documents.blocks import Logo, Outline
from jobdesc.documents.errors import PdfUnavailable
from jobdesc.documents.html import render_html, same_document
from jobdesc.documents.job_description import job_description_outline
from jobdesc.documents.key import document_key
from jobdesc.documents.layout import Layout, layout_request
from jobdesc.documents.naming import unprintable
from jobdesc.documents.outline import posting_outline
from jobdesc.people.person import Person
from jobdesc.people.rights import Action, may, require
from jobdesc.postings.lifecycle import local_today
from jobdesc.postings.organization import Organization
from jobdesc.roles.at_level import role_at_level
from jobdesc.roles.levels import Level
from jobdesc.roles.words import slug_of
from jobdesc.services.catalog import library_in, load_library, role_in
from jobdesc.services.organization import the_logo, the_organization
from jobdesc.services.postings import assemble_fresh, keep_posting, read_posting
from jobdesc.store.postings import StoredPosting
from jobdesc.store.publications import file_of
from jobdesc.store.transactions import reading
from jobdesc.workers.errors import EntryFailed, PoolBusy, PoolClosed, WorkerError
from jobdesc.workers.files import ResultFiles
from jobdesc.workers.pool import RenderPool
from jobdesc.workers.recent import RecentResults

Format = Literal["pdf", "html"]
FORMATS: tuple[Format, ...] = ("pdf", "html")
NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
MEDIA_TYPES: dict[Format, str] = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}

log = logging.getLogger(__name__)


class PdfNotMade(Exception):
    """A PDF could not be made; `reason` says which message the person gets."""

    def __init__(self, reason: Literal["unavailable", "busy", "failed"]) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Press:
    """What PDFs are made with: the processes, the folder of finished ones, the latest layouts."""

    pool: RenderPool
    files: ResultFiles
    layouts: RecentResults = field(default_factory=RecentResults)


@dataclass(frozen=True)
class Download:
    """A file to hand out. `key` changes whenever a byte of it could."""

    name: str
    media_type: str
    body: bytes
    key: str


def posting_document(stored: StoredPosting) -> Outline:
    """The outline of a posting, as the preview and every file of it show."""
    organization, logo = the_organization(), the_logo()
    role = load_library().role(stored.posting.role)
    moments = stored.created_at, stored.changed_at
    name = role.name if role else ""
    return posting_outline(stored.posting, organization, logo, *moments, name)


def named_in_pdf(outline: Outline) -> tuple[str, ...]:
    """The characters that a PDF names in brackets, as no font here has them, by name.

    Nothing where PDF is unavailable: the download says that.
    """
    try:
        return unprintable(outline)
    except PdfUnavailable:
        return ()


def lay_out_posting(outline: Outline, press: Press) -> Layout:
    """The pages that a PDF of `outline` has, and where they begin. Raises PdfNotMade."""
    # When it was made and changed is written in the file and moves nothing on its pages.
    timeless = outline.model_copy(update={"created": NO_MOMENT, "modified": NO_MOMENT})
    key = _key(timeless, "layout")
    request = layout_request(timeless)
    made = press.layouts.fetch(key, lambda: _render(lambda: press.pool.render(request, key)))
    return Layout.model_validate_json(made)


def download_posting(actor: Person, posting_id: int, form: Format, press: Press) -> Download:
    """A posting as a file. Raises NoSuchPosting, and PdfNotMade where `form` is pdf.

    Who may not edit a published posting gets what was published, and who may the draft.
    """
    require(actor, Action.DOWNLOAD_POSTING)
    stored = read_posting(actor, posting_id)
    if not may(actor, Action.EDIT_POSTING) and (kept := published_file(posting_id, form)):
        return kept
    made = _make(posting_document(stored), form, press)
    keep_posting(actor, posting_id)
    name = file_name(stored, the_organization(), form)
    return Download(name, MEDIA_TYPES[form], *made)


def published_file(posting_id: int, form: Format, number: int | None = None) -> Download | None:
    """The bytes of a publication, by default of the one that stands; None where there is none."""
    with reading() as session:
        kept = file_of(session, posting_id, form, number)
    return Download(kept.name, kept.media_type, kept.body, kept.digest) if kept else None


def differs_from_kept(posting_id: int, outline: Outline) -> bool:
    """Whether `outline` says or looks other than the HTML file of what stands published."""
    kept = published_file(posting_id, "html")
    return kept is not None and not same_document(kept.body, render_html(outline))


def make_document(outline: Outline, form: Format, press: Press) -> bytes:
    """The bytes of a document. Raises PdfNotMade where `form` is pdf."""
    return _make(outline, form, press)[0]


def download_job_description(
    actor: Person, slug: str, level: Level, form: Format, press: Press
) -> Download:
    """The internal description of a role at a level. Raises NoSuchRole, NoSuchLevel, PdfNotMade."""
    require(actor, Action.READ_LIBRARY)
    made = _make(job_description(slug, level), form, press)
    name = f"{slug}-{level.label.lower()}_job-description.{form}"
    return Download(name, MEDIA_TYPES[form], *made)


def make_posting(
    slug: str,
    level: Level,
    organization: Organization,
    form: Format,
    press: Press,
    now: datetime,
    logo: Logo | None = None,
) -> Download:
    """A fresh posting for an organization, not kept. Raises NoSuchRole, NoSuchLevel, PdfNotMade."""
    with reading() as session:
        library = library_in(session)
        held = role_at_level(role_in(library, slug), level, library.references.credentials)
        posting = assemble_fresh(session, library, held, organization)
    stored = StoredPosting(0, posting, "draft", 0, 0, now, now)
    outline = posting_outline(posting, organization, logo, now, now, held.role.name)
    name = file_name(stored, organization, form)
    return Download(name, MEDIA_TYPES[form], *_make(outline, form, press))


def job_description(slug: str, level: Level) -> Outline:
    """The outline of the internal description of a role at a level."""
    library = load_library()
    held = role_at_level(role_in(library, slug), level, library.references.credentials)
    return job_description_outline(held, the_organization(), the_logo())


def file_name(stored: StoredPosting, organization: Organization, form: Format) -> str:
    """'rn-case-manager-ii_portland_2026-11-23.pdf': role, level, city, day of the last change."""
    posting = stored.posting
    city = next((place.city for place in posting.places if place.city), "")
    day = local_day(stored.changed_at, organization)
    parts = (f"{posting.role}-{posting.level.label.lower()}", slug_of(city)[:60], day)
    return "_".join(part for part in parts if part) + f".{form}"


def local_day(moment: datetime, organization: Organization) -> str:
    """The day of `moment` in the organization's time zone, as 2026-11-23."""
    return local_today(moment, organization.time_zone).isoformat()


def _make(outline: Outline, form: Format, press: Press) -> tuple[bytes, str]:
    """The bytes and their key; a PDF is made once and kept."""
    if form == "html":
        return render_html(outline), document_key(outline, "html")
    key = _key(outline, "pdf")
    kept = press.files.read(key)
    if kept is not None:
        return kept, key
    body = _render(lambda: press.pool.render(outline.model_dump_json().encode(), key))
    try:
        press.files.write(key, body)
    except OSError as error:
        log.warning("A finished PDF could not be kept: %s", error)
    return body, key


def _key(outline: Outline, form: Literal["pdf", "layout"]) -> str:
    try:
        return document_key(outline, form)
    except PdfUnavailable as error:
        log.error("PDF is unavailable: %s", error)
        raise PdfNotMade("unavailable") from error


def _render(make: Callable[[], bytes]) -> bytes:
    try:
        return make()
    except (PoolBusy, PoolClosed) as error:
        log.warning("PDF is busy: %s", error)
        raise PdfNotMade("busy") from error
    except EntryFailed as error:
        log.error("PDF failed: %s", error)
        unavailable = error.kind == PdfUnavailable.__name__
        raise PdfNotMade("unavailable" if unavailable else "failed") from error
    except (WorkerError, OSError) as error:
        log.error("PDF process ended or did not start: %s", error)
        raise PdfNotMade("failed") from error
