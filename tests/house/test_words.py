"""What the README has to name, and what no file may."""

import re
import subprocess
from pathlib import Path

import pytest

from jobdesc.app import create_app
from tests.databases import make_settings

ROOT = Path(__file__).resolve().parents[2]
BORROWED = {"run", "shell", "routes", "db"}
"""Commands that Flask and Flask-Migrate bring along."""
MACHINE_PATH = re.compile(r"(?:^|[^\w.])/(?:work|farm|root|home/\w+|Users/\w+)/", re.MULTILINE)
REGISTRIES = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.org|deb\.debian\.org")


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_readme() -> None:
    source = (ROOT / "jobdesc" / "config.py").read_text(encoding="utf-8")
    settings = re.findall(r'environment\.get\(\s*"([A-Z_]+)"', source)
    assert "JOBDESC_DATA" in settings
    assert [name for name in settings if f"`{name}`" not in readme()] == []


def test_every_command_is_in_the_readme(tmp_path: Path) -> None:
    commands = set(create_app(make_settings(tmp_path)).cli.commands) - BORROWED
    assert "serve" in commands
    assert [name for name in sorted(commands) if f"flask {name}" not in readme()] == []


def test_every_verb_is_in_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)
    assert "run" in verbs
    assert [verb for verb in verbs if f"make {verb}" not in readme()] == []


def tracked_files() -> list[Path]:
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone")
def test_no_file_names_a_path_of_one_machine_or_a_package_registry() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # a picture or a font; removed and not yet committed; a link to a folder
        if MACHINE_PATH.search(text) or REGISTRIES.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert found == []
