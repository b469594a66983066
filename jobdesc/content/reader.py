"""Read one YAML file strictly: plain values, no repeated keys, and the line of every value."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor

PLAIN = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
)
Place = tuple[str | int, ...]


class ContentError(Exception):
    """A file that cannot be read as content; the message names file, line and remedy."""


@dataclass(frozen=True)
class ContentFile:
    """The values of one file and, for each place in them, its line (from 1)."""

    path: Path
    data: Any
    lines: dict[Place, int]

    def line_of(self, place: Place) -> int:
        """The line of `place`, or of the nearest thing around it that has one."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_content(path: Path) -> ContentFile:
    """Read `path`; raises ContentError for what is not UTF-8, not YAML, or says a key twice."""
    try:
        text = path.read_text(encoding="utf-8")
        node = _compose(path, text)
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror}). Check the name.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ContentError(f"{path}:{line}: is not UTF-8 text. Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        raise ContentError(_say_yaml_error(path, error)) from error
    except RecursionError as error:
        message = f"{path}: is nested too deeply. Write fewer lists inside lists."
        raise ContentError(message) from error
    if node is None:
        raise ContentError(f"{path}:1: the file is empty. Remove it or fill it.")
    values = _Values(path)
    return ContentFile(path, values.of(node, ()), values.lines)


if yaml.__with_libyaml__:

    class _Loader(Composer, yaml.CSafeLoader):
        """Reads with libyaml, ten times as fast, and composes here, which can be watched."""

        def __init__(self, text: str) -> None:
            yaml.CSafeLoader.__init__(self, text)
            Composer.__init__(self)

else:
    _Loader = yaml.SafeLoader  # type: ignore[assignment,misc]


class _NoAliases(_Loader):
    """Aliases are refused: one can stand for itself, or for a value a thousand times over."""

    path: Path

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """The next value, if it is written out."""
        event: Any = self.peek_event()
        if self.check_event(yaml.AliasEvent):
            where = f"{self.path}:{event.start_mark.line + 1}"
            raise ContentError(f"{where}: *{event.anchor} is an alias. Write the value out.")
        return super().compose_node(parent, index)


def _compose(path: Path, text: str) -> yaml.Node | None:
    loader = _NoAliases(text)
    loader.path = path
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


class _Values:
    """The plain values of the nodes of one file, and the line of each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Place, int] = {}
        self._constructor = SafeConstructor()

    def of(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place] = line = node.start_mark.line + 1
        if node.tag not in PLAIN:
            raise ContentError(f"{self.path}:{line}: {node.tag} is not plain YAML. Remove the tag.")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.of(item, (*place, i)) for i, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in values:
                line = key_node.start_mark.line + 1
                raise ContentError(f"{self.path}:{line}: {key} is there twice. Keep one of them.")
            values[key] = self.of(value_node, (*place, key))
        return values

    def _scalar(self, node: yaml.Node) -> str | int | float | bool | date | None:
        try:
            value: str | int | float | bool | date | None = self._constructor.construct_object(
                node, deep=True
            )
        except (ValueError, yaml.YAMLError) as error:
            where = f"{self.path}:{node.start_mark.line + 1}"
            raise ContentError(f"{where}: {node.value!r} cannot be read. Quote it.") from error
        return value


def _say_yaml_error(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    problem = getattr(error, "problem", None) or "is not YAML"
    return f"{path}:{line}: {problem}. Check indents, colons and quotes on this line."
