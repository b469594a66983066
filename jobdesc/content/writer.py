"""Write plain values as the YAML that the reader reads: the same values as the same bytes."""

import os
from pathlib import Path
from typing import Any

import yaml

WIDTH = 100
SHORT_FORMS = ({"text"}, {"need"})
"""Mappings of one such key may be written as its value alone."""
END = "end"
"""What a text may not be shortened to: it would end the line."""
LISTS_OF_ONE = frozenset({"source", "flsa_source"})
"""Lists that may be written as their one value."""


def write_content(path: Path, value: Any) -> None:
    """Write `value` to `path`, whole or not at all; raises OSError.

    The file has another name until all of it is on the disk.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.write(as_yaml(value))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def as_yaml(value: Any) -> str:
    """`value` in the short forms of the content files, keys in their own order."""
    text: str = yaml.safe_dump(
        shortened(value), sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False
    )
    return text


def shortened(value: Any, key: str = "") -> Any:
    """`value` as people write it: a text or need that stands alone, and a list of one source."""
    if isinstance(value, dict):
        plain = {name: shortened(inner, name) for name, inner in value.items()}
        if any(plain.keys() == form for form in SHORT_FORMS):
            [alone] = plain.values()
            return alone if isinstance(alone, str) and alone != END else plain
        return plain
    if isinstance(value, list | tuple):
        if key in LISTS_OF_ONE and len(value) == 1:
            return value[0]
        return [shortened(inner) for inner in value]
    return value
