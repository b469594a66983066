"""Outline to HTML: the fragment that every view shows, and one file that needs nothing else."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from jobdesc.documents.blocks import Outline
from jobdesc.documents.text import clean, direction, mark_gaps, paragraphs

STATIC = Path(__file__).resolve().parents[2] / "static"
FILE_SHEETS = ("posting.css", "posting-file.css")
DEFAULT_ACCENT = "#0f5f66"
ROW_WIDTH = 106
DEFINITIONS = {"list": "dl", "fact": "div", "label": "dt", "value": "dd"}

_MODIFIED = re.compile(rb'(<meta name="dcterms.modified" content=")[^"]*')
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_SHEETS = {"letter": "8.5in 11in", "a4": "210mm 297mm"}
_environment = Environment(
    loader=PackageLoader("jobdesc", "templates/document"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_environment.filters["paragraphs"] = paragraphs
_environment.filters["direction"] = direction
_environment.filters["gaps"] = mark_gaps
_environment.filters["lines"] = lambda text: [line for words in paragraphs(text) for line in words]


def render_fragment(
    outline: Outline, *, heading_level: int = 1, targets: bool = False, logo_source: str = ""
) -> str:
    """The `<article class="posting">` alone, for a page of the app.

    `heading_level` is the title's (sections stand one below), `targets` adds `data-target` and
    `data-section` for the preview, `logo_source` replaces the logo's data URI by an address.
    The page includes posting.css and sets `--accent`: see `document_rules`.
    """
    values = {**_values(outline), "level": heading_level, "targets": targets}
    if logo_source:
        values["logo_source"] = logo_source
    return _environment.get_template("fragment.html").render(values)


def render_html(outline: Outline) -> bytes:
    """One self-contained UTF-8 file: style and logo within, no script, nothing fetched."""
    style = style_text(FILE_SHEETS) + document_rules(outline)
    policy = f"default-src 'none'; style-src 'sha256-{_digest(style)}'; img-src data:"
    return render_page(outline, style=style, policy=policy).encode()


def same_document(one: bytes, other: bytes) -> bool:
    """Whether two HTML files are the same but for the moment of the last change."""
    bare = [_MODIFIED.sub(rb"\1", body, count=1) for body in (one, other)]
    return bare[0] == bare[1]


def render_page(
    outline: Outline,
    *,
    style: str,
    policy: str = "",
    say: Callable[[str], str] = clean,
    logo_source: str = "",
    parts: Mapping[str, str] = DEFINITIONS,
    targets: bool = False,
) -> str:
    """A whole page around the fragment.

    `style` is our own CSS and stands as it is. `say` is called with every text before it is
    printed, `parts` names the elements that the facts are made of, `targets` as in a fragment.
    """
    values = {**_values(outline), "say": say, "policy": policy, "targets": targets}
    values |= {"style": style, "parts": parts}
    if logo_source:
        values["logo_source"] = logo_source
    return _environment.get_template("page.html").render(values)


def document_rules(outline: Outline) -> str:
    """The two style rules that differ by document: paper size and accent color.

    An accent that is not written #rrggbb is not used.
    """
    accent = outline.accent if _COLOR.fullmatch(outline.accent) else DEFAULT_ACCENT
    return f"@page{{size:{_SHEETS[outline.paper]}}}.posting{{--accent:{accent}}}"


@cache
def style_text(names: tuple[str, ...]) -> str:
    """Style sheets of the document, read once."""
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in names)


def _values(outline: Outline) -> dict[str, object]:
    return {
        "outline": outline,
        "say": clean,
        "level": 1,
        "targets": False,
        "facts_class": _facts_class([max(len(f.label), len(f.value)) for f in outline.facts]),
        "parts": DEFINITIONS,
        "logo_source": _data_uri(outline),
        "created": _moment(outline.created),
        "modified": _moment(outline.modified),
    }


def _facts_class(widths: list[int]) -> str:
    """In one row where all fit, else in columns, so many that the last row is not nearly empty."""
    if len(widths) <= 4 and sum(widths) + 6 * len(widths) <= ROW_WIDTH:
        return "in-a-row"
    return "in-pairs" if len(widths) in (2, 4) else "in-threes"


def _data_uri(outline: Outline) -> str:
    logo = outline.logo
    return f"data:{logo.media_type};base64,{base64.b64encode(logo.data).decode()}" if logo else ""


def _moment(moment: datetime) -> str:
    """W3C date and time in UTC, to the second; a time without a zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
