"""The pages of licenses, certifications and sources, for everybody who may read the library."""

from collections.abc import Iterable, Mapping

from flask import Blueprint, render_template, request

from jobdesc.people.rights import Action
from jobdesc.roles.credential import KINDS, Credential
from jobdesc.roles.words import fold
from jobdesc.services import references as service
from jobdesc.services.credential_postings import phrase_of
from jobdesc.web.access import current_actor, needs
from jobdesc.web.words import capitalize_first

bp = Blueprint("references", __name__)

LONGEST_QUERY = 200
CHECKED = {"yes": "Checked against the source", "no": "Not yet checked"}
REASONS = {
    "shipped": "Shipped",
    "created": "Added",
    "edited": "Changed",
    "restored": "A former version restored",
    "imported": "Imported",
}


@bp.get("/credentials")
@needs(Action.READ_LIBRARY)
def credentials() -> str:
    """All licenses and certifications, narrowed by words, kind, issuer and whether checked."""
    library = service.all_rows(current_actor())
    rows = library.references.credentials.values()
    wanted = _wanted("q", "kind", "issuer", "checked")
    issuers = {row.issuer for row in rows}
    unchecked = {row.id for row in rows if _is_unchecked(row, library.references.sources)}
    found = [
        row
        for row in rows
        if _says(wanted["q"], (row.name, row.abbreviation, row.issuer))
        and wanted["kind"] in ("", row.kind)
        and wanted["issuer"] in ("", row.issuer)
        and wanted["checked"] in ("", "no" if row.id in unchecked else "yes")
    ]
    return render_template(
        "references/credentials.html",
        rows=found,
        total=len(rows),
        unchecked=unchecked,
        counts=service.credential_counts(library),
        wanted=wanted,
        kinds=KINDS,
        issuers=[(one, capitalize_first(one)) for one in sorted(issuers, key=str.casefold)],
        checked=CHECKED,
    )


@bp.get("/credentials/<credential>")
@needs(Action.READ_LIBRARY)
def credential(credential: str) -> str:
    """One credential: who may hold it, where it differs, where it is used."""
    page = service.open_credential(current_actor(), credential)
    return render_template(
        "references/credential.html",
        page=page,
        credential=page.credential,
        kind=KINDS[page.credential.kind],
        phrase=phrase_of(page.credential),
        reasons=REASONS,
    )


@bp.get("/sources")
@needs(Action.READ_LIBRARY)
def sources() -> str:
    """All sources, narrowed by words and whether they were checked."""
    library = service.all_rows(current_actor())
    rows = list(library.references.sources.values())
    wanted = _wanted("q", "checked")
    found = [
        row
        for row in rows
        if _says(wanted["q"], (row.full_name, row.note, row.url))
        and wanted["checked"] in ("", "yes" if row.verified else "no")
    ]
    return render_template(
        "references/sources.html",
        rows=found,
        total=len(rows),
        verified=sum(row.verified for row in rows),
        uses=service.source_uses(library),
        wanted=wanted,
        checked=CHECKED,
    )


@bp.get("/sources/<source>")
@needs(Action.READ_LIBRARY)
def source(source: str) -> str:
    """One source and what rests on it."""
    page = service.open_source(current_actor(), source)
    return render_template("references/source.html", page=page, source=page.source, reasons=REASONS)


def _wanted(*names: str) -> dict[str, str]:
    given = {name: request.args.get(name, "")[:LONGEST_QUERY] for name in names}
    return {name: " ".join(text.split()) for name, text in given.items()}


def _says(query: str, texts: Iterable[str]) -> bool:
    """Whether the texts have every word, or the beginning of one."""
    said = fold(" ".join(texts))
    return all(word in said for word in fold(query).split())


def _is_unchecked(row: Credential, sources: Mapping[str, object]) -> bool:
    return any(not getattr(sources.get(name), "verified", False) for name in row.source)
