"""The base of the posting models, the sizes of their texts, and how text is cleaned."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

SHORT, LINE, LONG = 300, 2_000, 6_000
"""The most characters of a one-line field, of a line in a list, and of running text."""
LINES, PLACES = 200, 20
"""The most lines and places of a posting."""


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""The controls but tab and line end (category Cc), and halves of surrogate pairs (Cs)."""


def clean(text: Any) -> Any:
    """Line ends as \\n, and no characters that no document can hold (controls, surrogates)."""
    if not isinstance(text, str):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text).strip()


class Value(BaseModel):
    """Frozen, and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


ShortText = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=SHORT)]
LineText = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=LINE)]
LongText = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=LONG)]
Seen = Annotated[str, BeforeValidator(clean)]
"""A text as a person saw it; it is compared, never kept."""
Written = Annotated[str, BeforeValidator(clean)]
"""A text as a person wrote it; its size is checked where it is kept."""


def say_too_long(text: str, limit: int) -> str:
    """What to say of a text over `limit` characters, else nothing."""
    if len(text) <= limit:
        return ""
    return f"This is {len(text):,} characters. It can have up to {limit:,}."
