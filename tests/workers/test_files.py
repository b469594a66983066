"""The folder of finished results."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jobdesc.workers.files import HEAD, ResultFiles

KEY = "ab" * 32
OTHER = "cd" * 32


class Clock:
    """A clock that a test turns by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def stored(folder: Path, key: str = KEY) -> Path:
    return folder / key[:2] / key


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    files = ResultFiles(tmp_path / "new" / "folder")
    assert files.read(KEY) is None
    files.write(KEY, b"a file")
    assert files.read(KEY) == b"a file"
    assert files.read(OTHER) is None


def test_an_empty_result_is_a_result(tmp_path: Path) -> None:
    files = ResultFiles(tmp_path)
    files.write(KEY, b"")
    assert files.read(KEY) == b""


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: body[:-1],
        lambda body: body + b"x",
        lambda body: body[:HEAD] + b"X" + body[HEAD + 1 :],
        lambda body: b"\0" * len(body),
        lambda _body: b"",
    ],
)
def test_a_damaged_file_is_dropped_and_made_anew(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    files = ResultFiles(tmp_path)
    files.write(KEY, b"a whole file")
    stored(tmp_path).write_bytes(damage(stored(tmp_path).read_bytes()))
    assert files.read(KEY) is None
    assert not stored(tmp_path).exists()
    assert files.fetch(KEY, lambda: b"made anew") == b"made anew"
    assert files.fetch(KEY, lambda: b"not called") == b"made anew"


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "AB" * 32, "ab/cd" * 8, "a" * 200])
def test_only_a_hash_is_a_key(tmp_path: Path, key: str) -> None:
    files = ResultFiles(tmp_path)
    with pytest.raises(ValueError, match="hash"):
        files.read(key)
    with pytest.raises(ValueError, match="hash"):
        files.write(key, b"x")


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    clock = Clock()
    files = ResultFiles(tmp_path, budget=2 * (HEAD + 100), clock=clock)
    keys = [f"{n:02d}" * 32 for n in range(3)]
    for key in keys[:2]:
        clock.now += 10
        files.write(key, b"x" * 100)
    clock.now += 10
    assert files.read(keys[0])
    clock.now += 10
    files.write(keys[2], b"x" * 100)
    assert [files.read(key) is not None for key in keys] == [True, False, True]


def test_strays_of_a_crash_are_removed_when_they_are_old(tmp_path: Path) -> None:
    clock = Clock()
    files = ResultFiles(tmp_path, clock=clock)
    files.write(KEY, b"x")
    stray = stored(tmp_path).parent / "new-123"
    stray.write_bytes(b"half a fi")
    os.utime(stray, (clock.now, clock.now))
    assert files.prune() == 0
    clock.now += 7200
    assert files.prune() == 1
    assert files.read(KEY) == b"x"


def test_a_failed_write_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    files = ResultFiles(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write(KEY, b"x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_many_writers_and_readers_see_whole_files_only(tmp_path: Path) -> None:
    files = ResultFiles(tmp_path)
    bodies = [bytes([n]) * 50_000 for n in range(8)]

    def work(n: int) -> bytes | None:
        files.write(KEY, bodies[n % 8])
        return files.read(KEY)

    with ThreadPoolExecutor(8) as threads:
        assert all(body in bodies for body in threads.map(work, range(80)))
