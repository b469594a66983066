"""A folder of files that people come back for: whole under their name, or not there at all."""

import os
import re
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

STRAY_SECONDS = 3600

_NAME = re.compile(r"[0-9a-f]{32}\.[a-z]{3}")


class KeptFiles:
    """Files by name: 32 hexadecimal digits and an ending, such as .zip."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @contextmanager
    def new(self, name: str) -> Iterator[IO[bytes]]:
        """A file to write; whole and on the disk at the end, and gone where anything failed."""
        path = self.path(name)
        descriptor, unfinished = tempfile.mkstemp(prefix="new-", dir=self._folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        self._sync()

    def path(self, name: str) -> Path:
        """Where the file of this name is, or would be."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a kept file")
        return self._folder / name

    def remove(self, name: str) -> None:
        """Remove a file, where it is still there."""
        self.path(name).unlink(missing_ok=True)

    def remove_others(self, kept: Collection[str]) -> int:
        """Remove what is not among `kept` and older than an hour. Returns how many."""
        removed = 0
        for path in list(self._folder.iterdir()):
            try:
                old = path.stat().st_mtime < self._clock() - STRAY_SECONDS
            except FileNotFoundError:  # another process removed it
                continue
            if path.name not in kept and old:
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def _sync(self) -> None:
        """Make the new name durable, where folders can be opened (not on Windows)."""
        if os.name != "posix":
            return
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
