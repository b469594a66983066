"""Disks that are soon full."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

BLOCK = 4096


@dataclass(frozen=True)
class Disk:
    """A small file system at `folder`."""

    folder: Path

    def fill(self) -> None:
        """Leave no room on it."""
        with (self.folder / "filler").open("ab", buffering=0) as file:
            try:
                while file.write(b"x" * BLOCK) == BLOCK:
                    pass
            except OSError:
                return

    def free(self) -> None:
        """Make room again."""
        (self.folder / "filler").unlink()


@contextmanager
def small_disk(megabytes: int) -> Iterator[Disk]:
    """A file system of so many megabytes in memory; skips where none may be mounted."""
    program = shutil.which("mount")
    if os.geteuid() != 0 or program is None:
        pytest.skip("only root may mount a small disk")
    folder = Path(tempfile.mkdtemp(prefix="jobdesc-disk-", dir="/tmp"))
    folder.chmod(0o755)  # PostgreSQL's user goes in
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    if (done := subprocess.run([program, *options], capture_output=True, text=True)).returncode:
        folder.rmdir()
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()
