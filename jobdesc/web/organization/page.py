"""What the profile's page shows around its form: the preview, conflicts, what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flask import url_for
from markupsafe import Markup
from wtforms import Field

from jobdesc.documents.blocks import Fact, Logo, Outline, Paragraph
from jobdesc.documents.blocks import Section as Part
from jobdesc.documents.html import render_fragment
from jobdesc.postings.accent import say_accent
from jobdesc.postings.organization import LogoFacts, Organization
from jobdesc.postings.places import Place
from jobdesc.postings.profile import Conflict
from jobdesc.web.clock import now
from jobdesc.web.organization.sections import SECTIONS, Section
from jobdesc.web.organization.sheet import Sheet

THUMBNAIL = (240, 80)
SAMPLE = "Case Manager II"
SAMPLE_TEXT = "Headings are in your accent color, as they will be in every posting."


@dataclass(frozen=True)
class Wrong:
    """What is wrong on the page, in the shape that components/error_summary.html reads."""

    controls: tuple[Field, ...]

    @property
    def errors(self) -> dict[str, list[str]]:
        """The messages by control."""
        return {control.id: list(control.errors) for control in self.controls}

    def __iter__(self) -> Iterator[Field]:
        return iter(self.controls)


@dataclass(frozen=True)
class Page:
    """The whole page. `focus` is the id of the control to begin at."""

    sheet: Sheet
    organization: Organization
    preview: Markup
    accent_words: str
    sections: tuple[Section, ...] = SECTIONS
    wrong: Wrong = field(default_factory=lambda: Wrong(()))
    theirs: Mapping[str, str] = field(default_factory=dict)
    unsaved: tuple[str, ...] = ()
    focus: str = ""

    @property
    def thumbnail(self) -> tuple[int, int]:
        """Width and height at which the page shows the logo."""
        facts = self.organization.logo
        return _fit(facts) if facts else (0, 0)


def build_page(
    sheet: Sheet,
    organization: Organization,
    conflicts: Iterable[Conflict] = (),
    focus: str = "",
    *,
    after_save: bool = False,
) -> Page:
    """The page of `sheet`, beside a preview of what is stored."""
    return Page(
        sheet=sheet,
        organization=organization,
        preview=_preview(organization),
        accent_words=say_accent(organization.accent),
        wrong=Wrong(tuple(control for control in sheet.controls() if control.errors)),
        theirs={conflict.field: _words(conflict.theirs) for conflict in conflicts},
        unsaved=_unsaved_titles(sheet) if after_save else (),
        focus=focus,
    )


def logo_address(facts: LogoFacts) -> str:
    """Where the page finds the logo; a new logo has a new address."""
    return url_for("organization.logo", version=facts.version)


def _unsaved_titles(sheet: Sheet) -> tuple[str, ...]:
    names = set(sheet.unsaved())
    return tuple(section.title for section in SECTIONS if names & set(section.fields))


def _fit(facts: LogoFacts) -> tuple[int, int]:
    scale = min(THUMBNAIL[0] / facts.width, THUMBNAIL[1] / facts.height, 1)
    return max(round(facts.width * scale), 1), max(round(facts.height * scale), 1)


def _words(value: object) -> str:
    """A stored value as a person reads it."""
    if isinstance(value, tuple):
        return "\n".join(part.full if isinstance(part, Place) else str(part) for part in value)
    return str(value)


def _preview(organization: Organization) -> Markup:
    """The head of a posting with what is stored now."""
    facts = organization.logo
    logo = None
    if facts:
        logo = Logo(media_type=facts.media_type, data=b"", width=facts.width, height=facts.height)
    place = organization.places[0].short if organization.places else "City, state"
    outline = Outline(
        title=SAMPLE,
        organization=organization.name,
        kind="posting",
        facts=(
            Fact(label="Location", value=place),
            Fact(label="Schedule", value=organization.schedule or "Days and hours"),
        ),
        sections=(
            Part(key="about", heading="About the role", blocks=(Paragraph(text=SAMPLE_TEXT),)),
        ),
        logo=logo,
        created=now(),
        modified=now(),
    )
    source = logo_address(facts) if facts else ""
    return Markup(render_fragment(outline, heading_level=2, logo_source=source))  # noqa: S704
