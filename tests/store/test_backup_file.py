"""A file that is torn, altered, foreign or made to burst is refused, and says why."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from jobdesc.store import backup_file
from jobdesc.store.backup_file import (
    DIGITS,
    FIRST,
    MARK,
    START,
    BackupWriter,
    Manifest,
    NotABackup,
    TableEntry,
    opened,
)
from jobdesc.store.portable import KINDS, read_line, write_line

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KINDS_USED = (KINDS["integer"], KINDS["text"])


def a_backup(path: Path, rows: int = 100) -> Path:
    """A backup of one table."""
    with path.open("w+b") as file:
        writer = BackupWriter(file, NOW)
        writer.begin()
        lines = [write_line(KINDS_USED, (number, f"Text {number}")) for number in range(rows)]
        tally = writer.add_table("thing", lines)
        columns = {"id": "integer", "text": "text"}
        entry = TableEntry(columns=columns, rows=tally.rows, digest=tally.digest, last_id=rows)
        writer.finish(Manifest(revision="0001", made_at=NOW, tables={"thing": entry}, left_out=()))
    return path


def sealed(path: Path, parts: dict[str, bytes], mark: bytes = MARK) -> Path:
    """A zip that somebody made, with a checksum that agrees."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
        archive.comment = mark + b"0" * DIGITS
    body = made.getvalue()[:-DIGITS]
    path.write_bytes(body + sha256(body).hexdigest().encode())
    return path


def manifest(**changes: object) -> bytes:
    entry = {"columns": {"id": "integer"}, "rows": 1, "digest": "x", "last_id": 1}
    plain = {
        "format": 1, "revision": "0001", "made_at": "2026-11-23T12:00:00Z",
        "tables": {"thing": entry}, "left_out": [],
    }  # fmt: skip
    return json.dumps(plain | changes).encode()


def refusal(path: Path) -> str:
    with pytest.raises(NotABackup) as caught, opened(path):
        pass
    return str(caught.value)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    with opened(a_backup(tmp_path / "a")) as backup:
        assert list(backup.rows("thing")) == [[n, f"Text {n}"] for n in range(100)]
        assert backup.manifest.revision == "0001"


def test_values_of_every_kind_come_back() -> None:
    values = ("{}", False, NOW, NOW.date(), b"\0\xff", 1, 1.0, "é")
    kinds = tuple(KINDS.values())
    assert read_line(kinds, write_line(kinds, values)) == list(values)
    assert read_line(kinds, write_line(kinds, (None,) * 8)) == [None] * 8
    assert read_line((KINDS["number"],), b"[0.0]") == [0.0]


def test_a_file_that_is_torn_anywhere_is_refused(tmp_path: Path) -> None:
    whole = a_backup(tmp_path / "a").read_bytes()
    for size in range(0, len(whole), 37):
        (tmp_path / "torn").write_bytes(whole[:size])
        told = "not made by" if size < len(START) + 26 + len(FIRST) else "not whole"
        assert told in refusal(tmp_path / "torn")


def test_a_byte_that_was_altered_anywhere_is_refused(tmp_path: Path) -> None:
    whole = a_backup(tmp_path / "a").read_bytes()
    for place in [*range(0, len(whole), 41), len(whole) - 1, len(whole) - DIGITS - 1]:
        altered = bytearray(whole)
        altered[place] ^= 1
        (tmp_path / "altered").write_bytes(altered)
        in_head = place < len(START) + 26 + len(FIRST)
        in_mark = -DIGITS - len(MARK) <= place - len(whole) < -DIGITS
        told = refusal(tmp_path / "altered")
        assert in_head or in_mark or "checksum does not agree" in told


def test_something_appended_is_refused(tmp_path: Path) -> None:
    path = a_backup(tmp_path / "a")
    path.write_bytes(path.read_bytes() + b"\n")
    assert "not whole" in refusal(path)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + b"\0" * 500, b"\x1f\x8b" * 99])
def test_a_foreign_file_is_named_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    assert refusal(tmp_path / "a") == "It was not made by flask backup"


def test_a_copy_of_the_embedded_database_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"SQLite format 3\0" + b"\0" * 5000)
    assert "copy of an embedded database" in refusal(tmp_path / "a")


Parts = dict[str, bytes]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda p: p | {"manifest.json": b"[" * 100_000}, "no manifest"),
        (lambda p: p | {"manifest.json": b"{}"}, "no manifest"),
        (lambda p: {n: b for n, b in p.items() if n != "manifest.json"}, "no manifest"),
        (lambda p: p | {"manifest.json": manifest(format=2)}, "newer version"),
        (lambda p: p | {"../secret-key": b"x"}, "parts are not those"),
        (lambda p: p | {"tables/other.jsonl": b""}, "parts are not those"),
        (lambda p: p | {"tables/thing.jsonl": b"[1]\n"}, "not those that were written"),
        (lambda p: p | {"tables/thing.jsonl": b"[1, 2]\n"}, "other columns"),
        (lambda p: p | {"tables/thing.jsonl": b'["a"]\n'}, "no integer"),
        (lambda p: p | {"tables/thing.jsonl": b"[true]\n"}, "no integer"),
        (lambda p: p | {"tables/thing.jsonl": b"[9223372036854775808]\n"}, "no integer"),
        (lambda p: p | {"tables/thing.jsonl": b"[" * 200_000 + b"\n"}, "cannot be read"),
        (lambda p: p | {"tables/thing.jsonl": b"[" + b"9" * 9000 + b"]\n"}, "cannot be read"),
        (lambda p: p | {"tables/thing.jsonl": b"\xff\n"}, "cannot be read"),
        (lambda p: p | {"tables/thing.jsonl": b" " * 200_000_000}, "far too much"),
    ],
)
def test_a_file_that_somebody_made_up_is_refused(
    tmp_path: Path, change: Callable[[Parts], Parts], words: str
) -> None:
    parts = change({FIRST: b"", "tables/thing.jsonl": b"[1]\n", "manifest.json": manifest()})
    assert words in refusal(sealed(tmp_path / "a", parts))


def test_a_line_without_end_is_not_taken_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_file, "LINE_BYTES", 1000)
    parts = {FIRST: b"", "tables/thing.jsonl": b"[" + b" " * 5000, "manifest.json": manifest()}
    assert "cannot be read" in refusal(sealed(tmp_path / "a", parts))


def test_parts_that_overlap_are_refused(tmp_path: Path) -> None:
    """A few bytes that stand for many parts burst without packing tightly."""
    body = random.Random(1).randbytes(50_000)
    path = sealed(tmp_path / "a", {FIRST: b"", "tables/a.jsonl": body, "tables/b.jsonl": body})
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        first, second = (archive.getinfo(f"tables/{name}.jsonl") for name in "ab")
        begin, end = second.header_offset, archive.start_dir
    directory = bytearray(content[end:-DIGITS])
    point = directory.index(b"tables/b.jsonl") - 4
    directory[point : point + 4] = first.header_offset.to_bytes(4, "little")
    point = directory.index(b"PK\x05\x06") + 16
    directory[point : point + 4] = begin.to_bytes(4, "little")
    made = content[:begin] + bytes(directory)
    path.write_bytes(made + sha256(made).hexdigest().encode())
    assert "overlap" in refusal(path)


def test_a_newer_format_says_so(tmp_path: Path) -> None:
    parts = {FIRST: b"", "manifest.json": manifest()}
    path = sealed(tmp_path / "a", parts, b"jobdesc-backup-2 ")
    assert "newer version of jobdesc" in refusal(path)


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(a_backup(tmp_path / "a")) as archive:
        assert "flask restore" in archive.read(FIRST).decode()
        assert archive.testzip() is None
