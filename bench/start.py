"""How long `make run` takes, from the command to the first page.

bench/start.py [RUNS]    starts on a folder that is already set up
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError, URLError

ROOT = Path(__file__).resolve().parent.parent
LIMIT_SECONDS = 60
GOAL_SECONDS = 2.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def first_page(server: subprocess.Popen[bytes], url: str, begin: float) -> float:
    """Seconds from `begin` until the address answers with any page."""
    while time.monotonic() - begin < LIMIT_SECONDS and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=LIMIT_SECONDS).read()
            break
        except HTTPError:
            break  # a page that says to set up first is a page
        except (URLError, OSError):
            time.sleep(0.01)
    else:
        raise SystemExit("The server ended, or gave no page in time.")
    return time.monotonic() - begin


def start(folder: str) -> float:
    port = free_port()
    environment = os.environ | {"JOBDESC_DATA": folder, "HOST": "127.0.0.1", "PORT": str(port)}
    begin = time.monotonic()
    server = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return first_page(server, f"http://127.0.0.1:{port}/", begin)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(LIMIT_SECONDS)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        print(f"new data folder: {start(folder):.2f} s to the first page")
        again = [start(folder) for _ in range(runs)]
    median = statistics.median(again)
    print(f"next starts: median {median:.2f} s of {runs}, goal {GOAL_SECONDS} s")
    print("   ".join(f"{seconds:.2f}" for seconds in again))


if __name__ == "__main__":
    main()
