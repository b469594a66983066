"""Downloads while the disk is full, files are damaged, PDF processes die or cannot be made."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from jobdesc.people.person import Person
from jobdesc.postings.changes import SetField
from jobdesc.roles.levels import Level
from jobdesc.services.documents import Press
from jobdesc.services.postings import keep_posting, read_posting, save_changes, start_posting
from jobdesc.workers.files import ResultFiles
from jobdesc.workers.pool import RenderPool
from tests.accounts import NOW, quick_hashes, set_up, sign_in
from tests.marks import on_sqlite

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

Fetch = Callable[..., TestResponse]


@pytest.fixture
def actor(seeded_app: Flask) -> Person:
    """The administrator."""
    return set_up(seeded_app)


@pytest.fixture
def posting_id(seeded_app: Flask, actor: Person) -> int:
    """A posting that was downloaded before."""
    with seeded_app.app_context():
        started = start_posting(actor, "case-manager", Level.MID, NOW)
        keep_posting(actor, started)
    return started


@pytest.fixture
def made_with(seeded_app: Flask, tmp_path: Path) -> Iterator[Callable[..., Press]]:
    """Give the application other PDF processes."""
    pools: list[RenderPool] = []

    def make(entry: str, warm: str = "") -> Press:
        pools.append(RenderPool(f"tests.workers.entries:{entry}", warm=warm, size=1))
        press = Press(pools[-1], ResultFiles(tmp_path / "made"))
        seeded_app.extensions["press"] = press
        return press

    yield make
    for pool in pools:
        pool.close()


@pytest.fixture
def fetch(seeded_app: Flask, actor: Person) -> Fetch:
    """Fetch a path as the administrator."""
    client = seeded_app.test_client()
    sign_in(client)
    return client.get


def stored_files(folder: Path) -> list[Path]:
    return [path for path in (folder / "made").rglob("*") if path.is_file()]


def test_a_folder_that_takes_no_files_stops_no_download(
    made_with: Callable[..., Press], fetch: Fetch, posting_id: int, tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    made_with("echo")
    for number in range(256):
        (tmp_path / "made" / f"{number:02x}").write_text("in the way")
    for _ in range(2):
        assert fetch(f"/postings/{posting_id}/download.pdf").status_code == 200
    assert "A finished PDF could not be kept" in caplog.text


def test_a_disk_that_is_full_stops_no_download(
    made_with: Callable[..., Press], fetch: Fetch, posting_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ResultFiles, "write", full)
    made_with("echo")
    assert fetch(f"/postings/{posting_id}/download.pdf").status_code == 200


def test_a_stored_file_that_may_only_be_read_is_served(
    made_with: Callable[..., Press], fetch: Fetch, posting_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_with("echo")
    path = f"/postings/{posting_id}/download.pdf"
    first = fetch(path).data

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.utime", refuse)
    assert fetch(path).data == first


def test_a_damaged_file_is_never_served(
    made_with: Callable[..., Press], fetch: Fetch, posting_id: int, tmp_path: Path
) -> None:
    made_with("render_or_die")
    path = f"/postings/{posting_id}/download.pdf"
    first = fetch(path)
    (kept,) = stored_files(tmp_path)
    kept.write_bytes(kept.read_bytes()[:-100] + b"\0" * 100)
    assert fetch(path).data == first.data
    assert stored_files(tmp_path)[0].read_bytes().endswith(first.data[-100:])


def test_a_process_that_dies_is_told_with_a_reference_and_the_next_pdf_works(
    seeded_app: Flask, actor: Person, made_with: Callable[..., Press], fetch: Fetch,
    posting_id: int, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    made_with("render_or_die")
    with seeded_app.app_context():
        title = read_posting(actor, posting_id).posting.title
        change = SetField(target="title", before=title, after="Kill this process")
        save_changes(actor, posting_id, (change,), NOW)
        other = start_posting(actor, "rn-case-manager", Level.LEAD, NOW)
    answer = fetch(f"/postings/{posting_id}/download.pdf")
    assert answer.status_code == 500
    assert "This PDF could not be made" in answer.text
    assert f'href="/postings/{posting_id}/download.html"' in answer.text
    reference = re.search(r"Reference: <code>([0-9a-f]{8})</code>", answer.text)
    assert reference
    assert reference[1] in caplog.text
    assert fetch(f"/postings/{posting_id}/download.html").status_code == 200
    assert fetch(f"/postings/{other}/download.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("entry", "warm"),
    [("lack_a_library_later", ""), ("echo", "tests.workers.entries:lack_a_library")],
)
def test_a_missing_library_is_told_with_what_to_do_and_html_works(
    made_with: Callable[..., Press], fetch: Fetch, posting_id: int, entry: str, warm: str
) -> None:
    made_with(entry, warm)
    for page in (f"/postings/{posting_id}/download", "/roles/case-manager/mid/description"):
        answer = fetch(f"{page}.pdf")
        assert answer.status_code == 503
        assert "PDF export needs a system library that is not installed" in answer.text
        assert "in the README" in answer.text
        assert f'href="{page}.html"' in answer.text
        assert fetch(f"{page}.html").status_code == 200


def test_a_process_that_cannot_be_started_is_told(
    made_with: Callable[..., Press], fetch: Fetch, posting_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    made_with("echo")
    monkeypatch.setattr("jobdesc.workers.process.subprocess.Popen", refuse)
    assert fetch(f"/postings/{posting_id}/download.pdf").status_code == 500
    assert fetch(f"/postings/{posting_id}/download.html").status_code == 200


def test_a_pool_that_is_busy_asks_to_try_again(
    seeded_app: Flask, fetch: Fetch, posting_id: int, tmp_path: Path
) -> None:
    pool = RenderPool("tests.workers.entries:echo", size=1, wait_seconds=0)
    with closing(pool):
        pool._take()  # as another download does
        seeded_app.extensions["press"] = Press(pool, ResultFiles(tmp_path / "made"))
        answer = fetch(f"/postings/{posting_id}/download.pdf")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Many PDFs are being made right now" in answer.text
