"""One sample of each stored body for each schema that was released: `<thing>.<schema>.json`.

A sample is written once, when its schema is released, and never changed: later code has to read
it as it is.
"""

import json
from pathlib import Path
from typing import Any

from jobdesc.postings.organization import Organization
from jobdesc.roles.parse import parse

FOLDER = Path(__file__).parent


def sample(name: str) -> Any:
    """The sample called `name`, such as posting.1."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def harbor_county(**changes: Any) -> Organization:
    """An organization whose profile is filled, without a logo; `changes` replace its fields."""
    return parse(Organization, sample("organization.1") | {"schema": 2, "logo": None} | changes)
