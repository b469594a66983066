"""Which tests go to one process, where several run side by side.

Each test goes wherever there is room, but those of a file that makes something dear once, and has
it asked one question after another, go together: whatever they ask would be made in each process.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = (
    "tests/browser/test_axe.py",  # installations
    "tests/documents/test_all.py",  # every PDF and what it says, read back
    "tests/services/test_references.py",  # content without roles
    "tests/web/test_every_screen.py",  # every page
)


class Sharing(LoadScopeScheduling):
    """Begins with the files that stay together, as what is largest is handed out first."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: Any, log: Any) -> Sharing | None:
    """In place of `--dist loadscope`; any other is as it is."""
    return Sharing(config, log) if config.getoption("dist") == "loadscope" else None
