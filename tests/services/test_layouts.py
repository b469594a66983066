"""Layouts for the builder: made once by the processes that make PDFs."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobdesc.documents.layout import answer, lay_out
from jobdesc.services.documents import PdfNotMade, Press, lay_out_posting
from jobdesc.workers.errors import EntryFailed, PoolBusy, RenderTimedOut, WorkerError
from jobdesc.workers.files import ResultFiles
from jobdesc.workers.pool import RenderPool
from tests.documents.builders import a_long_outline, an_outline

LATER = datetime(2027, 1, 1, tzinfo=UTC)


class CountingPool(RenderPool):
    """Answers in this process, or fails, and counts."""

    def __init__(self, fault: WorkerError | None = None) -> None:
        super().__init__("no.such:entry")
        self.fault, self.asked = fault, 0

    def render(self, request: bytes, key: str = "") -> bytes:
        self.asked += 1
        if self.fault:
            raise self.fault
        return answer(request)


def a_press(folder: Path, pool: RenderPool) -> Press:
    return Press(pool, ResultFiles(folder))


def test_a_process_that_makes_pdfs_lays_out_too(tmp_path: Path) -> None:
    outline = a_long_outline()
    with closing(RenderPool("jobdesc.documents.layout:answer", size=1)) as pool:
        assert lay_out_posting(outline, a_press(tmp_path, pool)) == lay_out(outline)
        assert pool.render(outline.model_dump_json().encode()).startswith(b"%PDF-")


def test_what_was_laid_out_is_remembered_whenever_it_was_changed(tmp_path: Path) -> None:
    pool = CountingPool()
    press = a_press(tmp_path, pool)
    first = lay_out_posting(an_outline(), press)
    assert lay_out_posting(an_outline(modified=LATER), press) == first
    assert pool.asked == 1
    lay_out_posting(an_outline(title="Another"), press)
    assert pool.asked == 2
    assert list(tmp_path.iterdir()) == [], "no file is written for a pause in typing"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (PoolBusy("32 tasks are waiting"), "busy"),
        (EntryFailed("PdfUnavailable", "no Pango"), "unavailable"),
        (EntryFailed("RenderFailed", "gave up"), "failed"),
        (RenderTimedOut("20 s"), "failed"),
    ],
)
def test_a_fault_is_told_like_that_of_a_pdf_and_not_remembered(
    tmp_path: Path, fault: WorkerError, reason: str
) -> None:
    pool = CountingPool(fault)
    press = a_press(tmp_path, pool)
    for _ in range(2):
        with pytest.raises(PdfNotMade) as told:
            lay_out_posting(an_outline(), press)
        assert told.value.reason == reason
    assert pool.asked == 2
