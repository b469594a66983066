"""The outline: what a document says, in order, before any format dresses it."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

Paper = Literal["letter", "a4"]


class Block(BaseModel):
    """Frozen, and refuses keys that it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        ser_json_bytes="base64",
        val_json_bytes="base64",
    )


class Fact(Block):
    """One of the facts at the head: place, pay, schedule, closing date."""

    label: str
    value: str


class Paragraph(Block):
    """Running text. `target` is the posting's field or line that it shows, for the preview."""

    text: str
    target: str = ""


class Item(Block):
    """One item of a list. `mark` is a word set before it, such as Essential."""

    text: str
    target: str = ""
    mark: str = ""


class Items(Block):
    """A list of items, with a lead-in line where the section has several lists."""

    items: tuple[Item, ...]
    lead: str = ""


class Section(Block):
    """A heading and what stands under it; never empty."""

    key: str
    heading: str
    blocks: tuple[Paragraph | Items, ...]


class Logo(Block):
    """The organization's logo as it was re-encoded at upload."""

    media_type: Literal["image/png", "image/jpeg"]
    data: bytes
    width: int
    height: int


class Outline(Block):
    """A whole document. Empty parts were dropped, money and dates written out already."""

    title: str
    organization: str
    kind: Literal["posting", "job description"]
    subtitle: str = ""
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    lang: str = "en-US"
    paper: Paper = "letter"
    accent: str = ""
    logo: Logo | None = None
    footnote: str = ""
    created: datetime
    modified: datetime
