"""The values of a role with names in place of ids, as people read them."""

from collections.abc import Iterable, Mapping
from typing import Any

KEPT_UNDER = {"credential": "credentials", "source": "sources", "flsa_source": "sources"}
"""Which reference a key's ids are of."""

Rows = Mapping[str, Iterable[Mapping[str, Any]]]
"""The rows of a reference by its name, each with its id and name."""


def with_names(value: Any, references: Rows, key: str = "") -> Any:
    """`value`, a whole role or what it says under `key`; an id that nothing has stays."""
    names = {
        kind: {row["id"]: row["name"] for row in references.get(kind, ())}
        for kind in sorted(set(KEPT_UNDER.values()))
    }
    return _named(value, names, key)


def _named(value: Any, names: Mapping[str, Mapping[str, str]], key: str) -> Any:
    if isinstance(value, dict):
        return {name: _named(item, names, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_named(item, names, key) for item in value]
    return names[KEPT_UNDER[key]].get(value, value) if key in KEPT_UNDER else value
