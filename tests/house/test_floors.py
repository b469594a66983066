"""The floors of the house hold."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PURE = ("roles", "people", "postings", "documents", "content")
HEAVY = ("flask", "sqlalchemy", "weasyprint")


def test_a_room_imports_only_from_rooms_on_lower_floors() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_the_pure_rooms_load_neither_framework_nor_database_nor_renderer() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for room in PURE
        for path in sorted((ROOT / "jobdesc" / room).rglob("*.py"))
    ]
    assert {module.split(".")[1] for module in modules} == set(PURE)
    code = (
        "import importlib, json, sys\n"
        f"for module in {modules}: importlib.import_module(module)\n"
        f"print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == []
