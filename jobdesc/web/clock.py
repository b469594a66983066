"""The one clock of the web; a test puts its own under JOBDESC_CLOCK."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import current_app


def now() -> datetime:
    """The moment, in UTC."""
    clock: Callable[[], datetime] | None = current_app.config.get("JOBDESC_CLOCK")
    return clock() if clock else datetime.now(UTC)
