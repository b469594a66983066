"""The base of the posting models, the sizes of their texts, and how text is cleaned."""

import unicodedata
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

SHORT, LINE, LONG = 300, 2_000, 6_000
"""The most characters of a one-line field, of a line in a list, and of running text."""
LINES, PLACES = 200, 20
"""The most lines and places of a posting."""


def clean(text: Any) -> Any:
    """Line ends as \\n, and no characters that no document can hold (controls, surrogates)."""
    if not isinstance(text, str):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


class Value(BaseModel):
    """Frozen, and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


ShortText = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=SHORT)]
LineText = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=LINE)]
Seen = Annotated[str, BeforeValidator(clean)]
"""A text as a person saw it; it is compared, never kept."""
LongText = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=LONG)]
