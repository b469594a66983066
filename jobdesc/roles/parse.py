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
        errors = [e for e in error.errors(include_url=False) if not _is_other_door(e)]
        found = {_place(e["loc"], data): e for e in reversed(errors)}
        raise Problems(
            [Problem(place, _say(e, place, data)) for place, e in reversed(found.items())]
        ) from error


def _is_other_door(error: ErrorDetails) -> bool:
    """Whether a cell with faults of its own is also told that it could have been a word: 'end'."""
    last = str(error["loc"][-1]) if error["loc"] else ""
    return last.startswith("literal[") and isinstance(error["input"], dict)


A_LIST = "must be a list. Write one item a line, each after a hyphen."
NAMED = "must hold named values. Write one a line, as name: value."
NUMBER, WHOLE = "is {given}. Write a number, like 2 or 1.5.", "is {given}. Write a whole number."
YES_OR_NO, DAY = "is {given}. Write true or false.", "is {given}. Write a day, like 2026-11-23."
TEXT, CHOICE = "must be text. Put it in quotes.", "is {given}. Use one of {expected}."
SENTENCES = {
    "missing": "is missing. Add it.",
    "string_type": TEXT,
    "string_too_short": "is empty. Fill it.",
    "string_too_long": "is too long. Use up to {max_length} characters.",
    "string_pattern_mismatch": "is {given}, which does not have the form asked for here. "
    "Correct it.",
    "string_unicode": "holds signs that no file can hold. Remove them.",
    "too_short": "has too few. Give at least {min_length}.",
    "too_long": "has too many. Give at most {max_length}.",
    "enum": CHOICE,
    "literal_error": CHOICE,
    "none_required": "must be empty. Remove what is there.",
    **dict.fromkeys(("tuple_type", "list_type", "set_type"), A_LIST),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), NAMED),
    **dict.fromkeys(("bool_type", "bool_parsing"), YES_OR_NO),
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), WHOLE),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), NUMBER),
    **dict.fromkeys(("date_type", "date_parsing"), DAY),
    **dict.fromkeys(("date_from_datetime_parsing", "date_from_datetime_inexact"), DAY),
    "greater_than": "is {given}. Give more than {gt}.",
    "greater_than_equal": "is {given}. Give at least {ge}.",
    "less_than": "is {given}. Give less than {lt}.",
    "less_than_equal": "is {given}. Give at most {le}.",
}
"""What is wrong and what to do, by pydantic's type of error; names are of its context."""
SHOWN = 60
"""The most characters of a wrong value that are said again."""


def _shown(given: Any) -> str:
    words = f"{given:,}" if type(given) is int and abs(given) >= 10_000 else repr(given)
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}..."


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
    given = _shown(error["input"])
    if kind == "extra_forbidden":
        return _say_unknown_key(str(place[-1]), place, data)
    if sentence := SENTENCES.get(kind):
        return sentence.format(given=given, **{name: _plain(v) for name, v in context.items()})
    return error["msg"].removeprefix("Value error, ").rstrip(".") + "."


def _plain(value: Any) -> Any:
    """A number of the context as people write it."""
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:g}"
    return f"{value:,}" if type(value) is int else value


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
