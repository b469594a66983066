"""One parser for file, form and stored row: data to a frozen model, or located problems."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Problem:
    """What is wrong at a place of the data, and what to do about it."""

    place: Place
    message: str

    def __str__(self) -> str:
        where = ".".join(str(part) for part in self.place)
        return f"{where}: {self.message}" if where else self.message


class Problems(Exception):
    """Data that a model refuses."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


def parse(model: type[M], data: Any) -> M:
    """`data` as a `model`; raises Problems with every fault, each at its place."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = {_place(e["loc"], data): e for e in reversed(error.errors(include_url=False))}
        raise Problems(
            [Problem(place, _say(e, place, data)) for place, e in reversed(found.items())]
        ) from error


def _place(loc: tuple[str | int, ...], data: Any) -> Place:
    """The part of a pydantic location that stands in the data; union and function names drop."""
    place: list[str | int] = []
    node = data
    for index, part in enumerate(loc):
        if isinstance(node, dict) and part in node:
            node = node[part]
        elif isinstance(node, (list, tuple)) and isinstance(part, int) and part < len(node):
            node = node[part]
        elif not (isinstance(node, dict) and index == len(loc) - 1 and part != "[key]"):
            continue
        place.append(part)
    return tuple(place)


def _say(error: ErrorDetails, place: Place, data: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    given = error["input"]
    if kind == "extra_forbidden":
        return _say_unknown_key(str(place[-1]), place, data)
    sentences = {
        "missing": "is missing. Add it.",
        "string_type": "must be text. Put it in quotes.",
        "string_too_short": "is empty. Fill it.",
        "string_too_long": f"is too long. Use up to {context.get('max_length')} characters.",
        "string_pattern_mismatch": f"is {given!r}, which does not have the form asked for here.",
        "too_short": f"has too few. Give at least {context.get('min_length')}.",
        "enum": f"is {given!r}. Use one of {context.get('expected')}.",
        "literal_error": f"is {given!r}. Use one of {context.get('expected')}.",
        "int_parsing": f"is {given!r}. Write a whole number.",
        "int_type": f"is {given!r}. Write a whole number.",
    }
    return sentences.get(kind) or error["msg"].removeprefix("Value error, ").rstrip(".") + "."


def _say_unknown_key(key: str, place: Place, data: Any) -> str:
    node = data
    for part in place[:-1]:
        node = node[part]
    others = {str(k) for k in node} if isinstance(node, dict) else set()
    near = get_close_matches(key, KNOWN_KEYS - others, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"is not a known key. {hint}Correct or remove it."


KNOWN_KEYS: set[str] = set()


def know_keys(*models: type[BaseModel]) -> None:
    """Add the keys of `models` to those that a misspelled key is compared with."""
    for model in models:
        KNOWN_KEYS.update(f.alias or name for name, f in model.model_fields.items())
