"""What a worker process may use of the machine, set by the process itself before it starts work."""

import math
import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource


@dataclass(frozen=True)
class Limits:
    """Bytes of memory, CPU seconds for each task, and wall seconds for task and start."""

    memory: int = 1 << 30
    cpu_seconds: int = 6
    wall_seconds: float = 8.0
    start_seconds: float = 30.0


def limit_memory(limit: int) -> None:
    """Cap address space and data, as far as the platform allows; no core files."""
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_DATA, limit)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, limit)


def limit_cpu(seconds: int) -> None:
    """Allow `seconds` more of CPU time, counted from now; beyond it the kernel ends the process."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _lower(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(kind, (limit, limit))
