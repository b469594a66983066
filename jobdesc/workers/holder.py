"""Which process holds a piece of work, so that another on the same machine sees that it is gone."""

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

PROC = Path("/proc")
LENGTH = 24
"""Of a mark: eight letters each for the machine, the process, and when that began."""
OVER = ("Z", "X")


def holder_mark() -> str:
    """This process; empty where the system does not tell processes apart."""
    place, began = _place(), _began(os.getpid())
    return f"{place}{os.getpid():08x}{began:08x}" if place and began is not None else ""


def is_holder_gone(mark: str) -> bool:
    """Whether the process of this mark ran here and does not any more; False where unknown."""
    place = _place()
    if not place or len(mark) < LENGTH or not mark.startswith(place):
        return False
    try:
        process, began = int(mark[8:16], 16), int(mark[16:24], 16)
    except ValueError:
        return False
    return _began(process) != began


@cache
def _place() -> str:
    """This start of this machine, and what in it sees the same processes; empty where unknown."""
    try:
        started = (PROC / "sys/kernel/random/boot_id").read_text()
        seen = (PROC / "self/ns/pid").readlink()
    except OSError:
        return ""
    return sha256(f"{started}{os.uname().nodename}{seen}".encode()).hexdigest()[:8]


def _began(process: int) -> int | None:
    """When a process began, in the system's own count; None where it is over."""
    try:
        state, *fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
        return None if state in OVER else int(fields[18]) % 16**8
    except (OSError, ValueError, IndexError):
        return None
