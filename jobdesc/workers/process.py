"""One worker process as its parent sees it: started, asked, stopped."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from jobdesc.workers.errors import EntryFailed, RenderCrashed, RenderTimedOut
from jobdesc.workers.frames import FAILURE, READY, TASK, BrokenFrame, receive, send
from jobdesc.workers.limits import Limits

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
# No password or key of the app reaches a worker.
PASSED_ON = (
    "PATH HOME LANG LC_ALL LC_CTYPE TZ TMPDIR TEMP TMP XDG_CACHE_HOME SYSTEMROOT PYTHONPATH "
    "LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH WEASYPRINT_DLL_DIRECTORIES"
).split()
LONGEST_LINE = 8192


class Worker:
    """A child process that imported `entry` and answers one task at a time."""

    def __init__(
        self, entry: str, warm: str, limits: Limits, environ: Mapping[str, str] | None = None
    ) -> None:
        """Start the process and wait until it is ready. Raises as `ask` does."""
        self.served = 0
        self._limits = limits
        self._process = _spawn(entry, warm, limits, environ)
        self._tasks, self._answers, errors = _pipes(self._process)
        name = f"worker-{self._process.pid}-log"
        self._log = threading.Thread(target=_log_lines, args=(errors,), name=name, daemon=True)
        self._log.start()
        try:
            self._converse(None, limits.start_seconds)
        except BaseException:
            self.kill()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes) -> bytes:
        """The entry's answer to `request`.

        Raises `EntryFailed`, and then the process may go on; after `RenderCrashed` and
        `RenderTimedOut` it is dead.
        """
        self.served += 1
        return self._converse(request, self._limits.wall_seconds)

    def kill(self) -> None:
        """Stop at once, whatever it is doing."""
        self._process.kill()
        self._finish()

    def interrupt(self) -> None:
        """End the process; the thread that waits for its answer is told and tidies up."""
        self._process.kill()

    def close(self) -> None:
        """Let it end by itself, which it does between tasks; kill it if it does not."""
        try:
            self._tasks.close()
            self._process.wait(timeout=2)
        except (OSError, subprocess.TimeoutExpired):
            self._process.kill()
        self._finish()

    def _converse(self, request: bytes | None, seconds: float) -> bytes:
        with _deadline(self._process, seconds) as passed:
            try:
                if request is not None:
                    send(self._tasks, TASK, request)
                message = receive(self._answers)
            except (OSError, BrokenFrame) as error:
                message = None
                logger.warning("Worker %s: %s", self.pid, error)
        if passed.is_set():
            self.kill()
            raise RenderTimedOut(f"Stopped after {seconds:g} s")
        if message is None:
            self.kill()
            raise RenderCrashed(f"Worker {self.pid} ended with status {self._process.returncode}")
        kind, body = message
        if kind == FAILURE:
            name, _, detail = body.decode(errors="replace").partition("\n")
            if name == "MemoryError":
                self.kill()
            raise EntryFailed(name, detail)
        if (kind == READY) != (request is None):
            self.kill()
            raise RenderCrashed(f"Worker {self.pid} answered out of turn")
        return body

    def _finish(self) -> None:
        """Reap the process and close the pipes; what was left unsent is of no use."""
        self._process.wait()
        self._log.join(timeout=1)
        for pipe in (self._tasks, self._answers):
            try:
                pipe.close()
            except OSError as error:
                logger.debug("Worker %s: %s", self.pid, error)


def _spawn(
    entry: str, warm: str, limits: Limits, environ: Mapping[str, str] | None
) -> subprocess.Popen[bytes]:
    arguments = (entry, warm, str(limits.memory), str(limits.cpu_seconds))
    return subprocess.Popen(
        [sys.executable, "-m", "jobdesc.workers.child", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=environ_of_child(os.environ if environ is None else environ),
    )


def environ_of_child(environ: Mapping[str, str]) -> dict[str, str]:
    """What a child needs of the environment; it finds this package, and not the folder it is in."""
    kept = {name: environ[name] for name in PASSED_ON if name in environ}
    path = os.pathsep.join(filter(None, (str(ROOT), environ.get("PYTHONPATH", ""))))
    return {**kept, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}


def _pipes(process: subprocess.Popen[bytes]) -> tuple[BinaryIO, BinaryIO, BinaryIO]:
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise RenderCrashed("The worker has no pipes")
    return process.stdin, process.stdout, process.stderr  # type: ignore[return-value]


@contextmanager
def _deadline(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """Kill `process` if the block takes longer; the event then is set."""
    passed = threading.Event()

    def end() -> None:
        passed.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield passed
    finally:
        timer.cancel()


def _log_lines(errors: BinaryIO) -> None:
    """Hand the child's log and whatever its libraries print to our logger, line by line."""
    with errors:
        for line in iter(lambda: errors.readline(LONGEST_LINE), b""):
            logger.warning("%s", line.decode(errors="replace").rstrip())
