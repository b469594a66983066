"""Runs our JavaScript outside of a browser."""

import os
import subprocess
import sys
from pathlib import Path

DENO = Path(sys.executable).with_name("deno")
QUIET = ("--quiet", "--no-check", "--no-config", "--no-remote", "--no-lock")


def deno(verb: str, *arguments: str | Path, given: bytes = b"", **environment: str) -> str:
    """What `deno run` or `deno test` writes of a script; its complaint is the failure."""
    surroundings = {
        **os.environ,
        "DENO_DIR": str(Path(sys.prefix) / "deno"),
        "DENO_NO_UPDATE_CHECK": "1",
        "NO_COLOR": "1",
        **environment,
    }
    command = [DENO, verb, *QUIET, *arguments]
    done = subprocess.run(command, input=given, env=surroundings, capture_output=True, check=False)
    written = done.stdout.decode()
    assert done.returncode == 0, written + done.stderr.decode()
    return written
