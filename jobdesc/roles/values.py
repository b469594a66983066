"""The small shared parts of the role models: strict frozen base, texts, ids, sources."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints


class Value(BaseModel):
    """Frozen, and refuses keys that it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True
    )


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


def _one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Sources = Annotated[tuple[Id, ...], BeforeValidator(_one_or_many)]
"""Ids in content/sources.yaml; a single id may be written without brackets."""


class Source(Value):
    """Where a fact was read. `verified` is false where nobody has checked it there yet."""

    id: Id
    name: Text
    as_of: Short
    verified: bool
    url: str = ""
    note: str = ""


class Passage(Value):
    """A paragraph or an item of a guide, with the sources of what it states."""

    text: Text
    source: Sources = ()


def passage_or_text(value: Any) -> Any:
    """Let a passage without sources be written as plain text."""
    return {"text": value} if isinstance(value, str) else value


Passages = tuple[Annotated[Passage, BeforeValidator(passage_or_text)], ...]
