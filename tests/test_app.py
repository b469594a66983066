"""How the application joins its rooms."""

from pathlib import Path

import pytest

from jobdesc import app as factory
from jobdesc.config import FREE_THREADS, SERVER_THREADS
from tests.databases import make_settings


@pytest.mark.parametrize("processors", [1, 2, 4, 64])
def test_slow_pdfs_leave_threads_for_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    pool = factory.create_app(make_settings(tmp_path)).extensions["press"].pool
    assert pool._size + pool._queue_limit == SERVER_THREADS - FREE_THREADS
    assert pool._queue_limit > 0
    pool.close()
