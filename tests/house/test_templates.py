"""No template and no macro lies about unused, none is long, and every one compiles."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, meta, nodes

from jobdesc.web.organization.sections import SECTIONS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "jobdesc" / "templates"
LINES = 100
ENVIRONMENT = Environment(loader=FileSystemLoader(FOLDER), autoescape=True)
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
TREES = {name: ENVIRONMENT.parse((FOLDER / name).read_text(encoding="utf-8")) for name in NAMES}
CHOSEN = {
    "organization/edit.html": {f"organization/parts/{section.key}.html" for section in SECTIONS}
}
"""Templates that are named by an expression."""
INCLUDED = {
    load.template.value
    for tree in TREES.values()
    for load in tree.find_all(nodes.Include)
    if isinstance(load.template, nodes.Const)
}
RENDERED = re.compile(r'(?:render_template|get_template)\(\s*"([^"]+)"')


def rendered_from_python() -> set[str]:
    """The templates that our code names; those of documents lie in a folder of their own."""
    named: set[str] = set()
    for path in (ROOT / "jobdesc").rglob("*.py"):
        folder = "document/" if "documents" in path.parts else ""
        found = RENDERED.findall(path.read_text(encoding="utf-8"))
        named |= {f"{folder}{name}" for name in found}
    return named


def named_by(name: str) -> set[str]:
    """The templates that a template extends, includes or imports from."""
    folder = "document/" if name.startswith("document/") else ""
    named = set(meta.find_referenced_templates(TREES[name]))
    return {f"{folder}{other}" for other in named if other} | CHOSEN.get(name, set())


def called_in(name: str) -> set[str]:
    """What a template reads by name, and what the templates read that it takes in."""
    called = {node.name for node in TREES[name].find_all(nodes.Name) if node.ctx == "load"}
    parts = [other for other in named_by(name) if "/parts/" in other or other in INCLUDED]
    return called.union(*map(called_in, parts))


def test_every_template_is_used() -> None:
    used = rendered_from_python()
    for name in NAMES:
        used |= named_by(name)
    assert sorted(set(NAMES) - used) == []


def test_every_template_that_is_named_is_there() -> None:
    named = rendered_from_python().union(*map(named_by, NAMES))
    assert sorted(named - set(NAMES)) == []


def test_every_macro_is_used() -> None:
    imported = {
        (load.template.value, name if isinstance(name, str) else name[0])  # type: ignore[attr-defined]
        for tree in TREES.values()
        for load in tree.find_all(nodes.FromImport)
        for name in load.names
    }
    unused = [
        f"{name}: {macro.name}"
        for name, tree in TREES.items()
        for macro in tree.find_all(nodes.Macro)
        if macro.name not in called_in(name) and (name, macro.name) not in imported
    ]
    assert unused == []


def test_everything_imported_is_called() -> None:
    idle = [
        f"{name}: {given}"
        for name, tree in TREES.items()
        for load in tree.find_all(nodes.FromImport)
        for given in load.names
        if (given if isinstance(given, str) else given[1]) not in called_in(name)
    ]
    assert idle == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_short_and_marks_nothing_as_safe_but_our_own_style(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.count("\n") <= LINES
    safe = re.findall(r"(\w+)\s*\|\s*safe", text)
    assert safe == (["style"] if name == "document/page.html" else [])
    assert "autoescape" not in text
