"""What a search finds things by: a title, other names, and texts; here of roles and credentials."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jobdesc.roles.lines import END
from jobdesc.roles.template import FAMILIES

LISTS = ("duties", "skills", "education", "experience", "conditions")


@dataclass(frozen=True)
class Searched:
    """The texts of a thing as they are searched: a word in the title says more than one below."""

    title: str
    names: str = ""
    text: str = ""


def searched_role(body: Mapping[str, Any]) -> Searched:
    """A role's stored body, complete or not."""
    family = next((name for key, name in FAMILIES.items() if key == body.get("family")), "")
    names = (
        *body.get("synonyms", ()),
        *filter(None, body.get("titles", {}).values()),
        family,
    )
    texts = [body.get("tagline", ""), *_cells(body)]
    return Searched(str(body.get("name", "")), "\n".join(names), "\n".join(texts))


def searched_credential(body: Mapping[str, Any]) -> Searched:
    """A license or certification: by its name and abbreviation, then by who issues it."""
    title = f"{body.get('name', '')}\n{body.get('abbreviation', '')}"
    return Searched(title, f"{body.get('issuer', '')}\n{body.get('kind', '')}")


def _cells(body: Mapping[str, Any]) -> Iterator[str]:
    for name in LISTS:
        for line in body.get(name, ()):
            for cell in line.get("levels", {}).values():
                if isinstance(cell, Mapping):
                    yield str(cell.get("text", ""))
                elif cell != END:
                    yield str(cell)
