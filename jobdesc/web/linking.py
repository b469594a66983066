"""Joins a script and all that it imports into one, so that a page asks for one file.

Each module becomes a function whose exports are constants beside it, under the name that they have
everywhere: an import then needs no code. That asks for plain modules, as ours are: comments taken
away, no two exports of one name, and no import or export under another name. Anything else is
refused with its reason. Modules may import each other in a circle, as long as they need each other
only once all are read; whichever needs another sooner fails as soon as it is loaded.

`import("./later.js")` stays as it is and leads to another linked script. A module that both need is
then in both, hence twice in the page: such a module may keep nothing that the two would share.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath

_NAMES = r"\{\s*((?:[\w$]+\s*,\s*)*(?:[\w$]+\s*)?)\}"
_IMPORT = re.compile(rf'^(import|export)\s*{_NAMES}\s*from\s*"(\.\.?/[^"]+)";[ \t]*$', re.MULTILINE)
_LIST = re.compile(rf"^export\s*{_NAMES};[ \t]*$", re.MULTILINE)
_DECLARED = re.compile(
    r"^export\s+((?:async\s+)?function\b[\s*]*|class\s+|const\s+)([\w$]+)", re.MULTILINE
)
_LATER = re.compile(r'import(?:\.meta|\s*\(\s*(?:"(\.\.?/[^"]+)"\s*\))?)')
_OTHER = re.compile(
    r"^(?:import\b(?!\s*\()|export\b|(?:(?:const|let|var)\b[^=;]*=\s*)?(?:for\s+)?await\b).*",
    re.MULTILINE,
)


class CannotLink(ValueError):
    """A script is written in a way that is not joined, or imports what is not there."""


@dataclass(frozen=True)
class _Module:
    """One script: its text without imports and exports, and what it takes, has and gives."""

    body: str
    taken: tuple[tuple[str, tuple[str, ...]], ...]
    declared: tuple[str, ...]
    exports: tuple[str, ...]


def link(entry: str, sources: Mapping[str, str]) -> str:
    """The script `entry` of `sources` (texts by path) with what it imports; its exports stay."""
    modules: dict[str, _Module] = {}
    _gather(entry, sources, modules)
    _check_names(modules)
    _check_later(entry, sources, modules)
    exports = modules[entry].exports
    whole = _scope(exports, "\n".join(_scope(it.declared, it.body) for it in modules.values()))
    return f"{whole}\nexport {{ {', '.join(exports)} }};" if exports else whole


def imported(sources: Mapping[str, str]) -> set[str]:
    """The scripts that another one imports from the start."""
    return {
        _beside(name, found[3])
        for name, text in sources.items()
        for found in _IMPORT.finditer(text)
    }


def _gather(name: str, sources: Mapping[str, str], modules: dict[str, _Module]) -> None:
    """Read `name` and what it imports, in the order in which a browser would run them."""
    modules[name] = module = _read(name, sources[name])
    for other, _ in module.taken:
        if other not in sources:
            raise CannotLink(f"{name} imports {other}, which is not there")
        if other not in modules:
            _gather(other, sources, modules)
    modules[name] = modules.pop(name)


def _read(name: str, text: str) -> _Module:
    taken: list[tuple[str, tuple[str, ...]]] = []
    exports: list[str] = []
    for word, names, path in _IMPORT.findall(text):
        taken.append((_beside(name, path), tuple(_split(names))))
        exports += _split(names) if word == "export" else []
    declared = [found[1] for found in _DECLARED.findall(text)]
    declared += [one for names in _LIST.findall(text) for one in _split(names)]
    body = _DECLARED.sub(r"\1\2", _LIST.sub(_lines, _IMPORT.sub(_lines, text)))
    if other := _OTHER.search(body):
        line = body.count("\n", 0, other.start()) + 1
        raise CannotLink(f"{name}, line {line}: this cannot be joined to others: {other[0]}")
    return _Module(body, tuple(taken), tuple(declared), tuple(declared + exports))


def _check_names(modules: Mapping[str, _Module]) -> None:
    owners: dict[str, str] = {}
    for name, module in modules.items():
        for other, names in module.taken:
            for missing in set(names).difference(modules[other].exports):
                raise CannotLink(f"{name} imports {missing}, which {other} does not export")
        for one in module.declared:
            if one in owners:
                raise CannotLink(f"{owners[one]} and {name} both export {one}")
            owners[one] = name


def _check_later(entry: str, sources: Mapping[str, str], modules: Mapping[str, _Module]) -> None:
    """A dynamic import is read beside the linked script, wherever its module lay."""
    for name, module in modules.items():
        for found in _LATER.finditer(module.body):
            if not found[1] or _beside(name, found[1]) not in sources:
                raise CannotLink(f"{name}: there is no script for {found[0]}")
            if dirname(name) != dirname(entry):
                raise CannotLink(f"{name}: {found[0]} would be looked for beside {entry}")


def _scope(names: tuple[str, ...], body: str) -> str:
    listed = ", ".join(names)
    if not names:
        return f"(() => {{\n{body}\n}})();"
    return f"const [{listed}] = (() => {{\n{body}\nreturn [{listed}];\n}})();"


def _split(names: str) -> Iterator[str]:
    return (name.strip() for name in names.split(",") if name.strip())


def _beside(name: str, path: str) -> str:
    return normpath(join(dirname(name), path))


def _lines(found: re.Match[str]) -> str:
    """As many empty lines, so that numbers in messages stay right."""
    return "\n" * found[0].count("\n")
