"""A folder of finished results, named by content hash; what is damaged is dropped, not served."""

import hashlib
import logging
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

MAGIC = b"jobdesc1"
HEAD = len(MAGIC) + 32
STRAY_SECONDS = 3600

logger = logging.getLogger(__name__)

_KEY = re.compile(r"[0-9a-f]{16,128}")


class ResultFiles:
    """Results by key (a hash in lower-case hex), kept within `budget` bytes by last use.

    Several processes may share a folder: files appear whole, by renaming, or not at all.
    `clock` gives seconds since the epoch.
    """

    def __init__(
        self, folder: Path, budget: int = 512 * 1024 * 1024, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder = folder
        self._budget = budget
        self._clock = clock
        self._written = 0
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, key: str) -> bytes | None:
        """The stored bytes, or None where there are none or they were damaged."""
        path = self._path(key)
        try:
            stored = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            logger.warning("A stored result cannot be read: %s", error)
            return None
        body = stored[HEAD:]
        whole = stored[:HEAD] == _head(body)
        with suppress(OSError):  # a folder that may only be read still serves
            if whole:
                os.utime(path, (self._clock(), self._clock()))
            else:
                path.unlink(missing_ok=True)
        return body if whole else None

    def write(self, key: str, body: bytes) -> None:
        """Store `body`. Raises OSError, for example when the disk is full, and leaves no trace."""
        path = self._path(key)
        path.parent.mkdir(exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix="new-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_head(body))
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            os.utime(name, (self._clock(), self._clock()))
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        self._written += len(body)
        if self._written > self._budget // 10:
            self.prune()

    def fetch(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The stored bytes, or what `make` gives, which is stored then."""
        body = self.read(key)
        if body is None:
            body = make()
            self.write(key, body)
        return body

    def prune(self) -> int:
        """Remove the longest unused results beyond the budget, and strays. Returns how many."""
        self._written = 0
        kept, removed = 0, 0
        for used, size, path in sorted(self._entries(), reverse=True):
            stray = path.name.startswith("new-")
            kept += size
            if (used < self._clock() - STRAY_SECONDS) if stray else (kept > self._budget):
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        for path in self._folder.glob("??/*"):
            try:
                state = path.stat()
            except FileNotFoundError:  # another process removed it
                continue
            yield state.st_mtime, state.st_size, path

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("A key is a hash in lower-case hex")
        return self._folder / key[:2] / key


def _head(body: bytes) -> bytes:
    return MAGIC + hashlib.sha256(len(body).to_bytes(8, "big") + body).digest()


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where folders can be opened (not on Windows)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
