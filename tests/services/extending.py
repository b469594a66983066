"""A copy of the shipped content with a role that extends another."""

import shutil
from pathlib import Path

from jobdesc.app import ROOT

CHILD = "roles/seafarer-case-manager.yaml"
HEAD = """schema: 1
slug: seafarer-case-manager
name: Seafarer Case Manager
family: medical
tagline: "Holds a crew's care together from port to port."
updated: 2026-11-23
extends: case-manager
"""
GUIDE = """guide:
  pay:
    - "It follows the pay of case managers."
"""


def with_child(folder: Path, more: str = GUIDE, head: str = HEAD) -> Path:
    """Shipped content in `folder`, and a child of the role case-manager that says `more`."""
    if not folder.exists():
        shutil.copytree(ROOT / "content", folder)
    (folder / CHILD).write_text(head + more, encoding="utf-8")
    return folder
