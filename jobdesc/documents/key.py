"""The name of a document's bytes: equal keys mean equal files, so it serves cache and ETag.

The system's Pango and HarfBuzz, which shape the lines of a PDF, are not part of it: to ask for
their versions would load them into the server. After a system update, PDFs that were made before
are still served; remove the folder `documents` under JOBDESC_DATA to have them made anew.
"""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jobdesc.documents.blocks import Outline
from jobdesc.documents.html import FILE_SHEETS, STATIC
from jobdesc.documents.typefaces import fingerprint

ENGINES = ("weasyprint", "pydyf", "fonttools", "jinja2")


def document_key(outline: Outline, form: str = "pdf") -> str:
    """SHA-256 in hex over the outline, the format, and all else that shapes the bytes.

    `form` is html, pdf, or layout for the pages of the PDF. Raises `PdfUnavailable` for the latter
    two where the fonts are missing.
    """
    digest = hashlib.sha256(setting(pdf=form != "html").encode())
    digest.update(f"\0{form}\0".encode())
    digest.update(outline.model_dump_json().encode())
    return digest.hexdigest()


@cache
def setting(*, pdf: bool) -> str:
    """A hash of our code, templates and styles; for PDF also of fonts and library versions."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    if pdf:
        digest.update(fingerprint().encode())
    for name in ENGINES if pdf else ENGINES[-1:]:
        digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()


def _sources() -> list[Path]:
    here = Path(__file__).parent
    templates = here.parent / "templates" / "document"
    return [
        *sorted(here.glob("*.py")),
        *sorted(templates.glob("*.html")),
        *(STATIC / name for name in (*FILE_SHEETS, "posting-print.css")),
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
