"""The builder in the browser and the server make the same posting of the same changes."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from jobdesc.postings.apply import apply_each
from jobdesc.postings.changes import Change
from jobdesc.postings.outcomes import Conflict
from jobdesc.postings.places import PLACE_PARTS
from jobdesc.postings.posting import Posting
from jobdesc.postings.sections import PARTS, Section
from jobdesc.postings.values import clean
from jobdesc.roles.levels import Level
from jobdesc.roles.parse import parse
from tests.deno import deno
from tests.postings.randomized import tried

SCRIPT = Path(__file__).with_name("apply_cases.js")
CHANGE: TypeAdapter[Change] = TypeAdapter(Change)
ODD = "\r\n\t\x00\x0b\x1c\x1f\x7f\x85\xa0\u1680\u180e\u200b\u2028\u202f\u3000\ufeff\ud800\udfff"

ids = st.sampled_from(("a", "b", "c", "d", "e", "f"))
place_ids = st.sampled_from(("p", "q", "r"))
sections = st.sampled_from(tuple(Section)[:3])
origins = st.sampled_from((None, "", "o1", "o2", "o3"))
parts = st.sampled_from(PARTS)
words = st.sampled_from(("", "x", "y", "x y", " x", "y\n", "x\r\ny", "\ufeffx\ufeff", "\U0001f600"))
texts = st.one_of(words, words, st.text(st.sampled_from("ab \U0001f600\u0301" + ODD), max_size=6))
fields = st.sampled_from(("title", "summary", "pay_low", "other_pay"))
levels = st.fixed_dictionaries(
    {
        "level": st.sampled_from((Level.MID.value, Level.SENIOR.value)),
        "base": st.sampled_from(("", "h1")),
    }
)
orders = st.sampled_from((PARTS, PARTS[::-1], (*PARTS[1:], PARTS[0])))
places = st.fixed_dictionaries({"id": place_ids, **dict.fromkeys(PLACE_PARTS, texts)})
targets = st.one_of(
    fields, st.builds("place:{}.{}".format, place_ids, st.sampled_from(PLACE_PARTS))
)
lines = st.fixed_dictionaries({"id": ids, "section": sections, "text": texts, "origin": origins})


def shaped(do: str, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Changes of one kind."""
    return st.fixed_dictionaries({"do": st.just(do), **values})


plain_changes = st.one_of(
    shaped("set", target=targets, before=texts, after=texts),
    shaped("set-line", line=ids, before=texts, after=texts),
    shaped(
        "add-line",
        line=ids,
        section=sections,
        text=texts,
        after=st.one_of(st.none(), ids),
        origin=origins,
    ),
    shaped("remove-line", line=ids, before=texts, forget=st.booleans()),
    shaped(
        "move-line",
        line=ids,
        after=st.one_of(st.none(), ids),
        section=st.one_of(st.none(), sections),
    ),
    shaped("add-place", place=places, first=st.booleans()),
    shaped("remove-place", place=place_ids, before=texts),
    shaped("arrange", before=orders, after=orders),
    shaped("hide", part=parts, before=st.booleans(), after=st.booleans()),
)
level_changes = shaped(
    "change-level", before=levels, after=levels, changes=st.lists(plain_changes, max_size=4)
)


@st.composite
def postings(draw: st.DrawFn) -> dict[str, Any]:
    """A posting as it is stored."""
    kept = draw(st.lists(lines, max_size=6, unique_by=lambda line: line["id"]))
    seen: set[str | None] = set()
    for line in kept:
        line["origin"] = None if line["origin"] in seen else line["origin"] or None
        seen.add(line["origin"])
    posting = {
        "role": "case-manager",
        **draw(levels),
        **{name: draw(texts) for name in ("title", "summary", "pay_low")},
        "places": draw(st.lists(places, max_size=3, unique_by=lambda place: place["id"])),
        "lines": kept,
        "removed_origins": draw(st.lists(st.sampled_from(("o1", "o3")), unique=True)),
        "part_order": draw(st.one_of(st.just(()), orders)),
        "hidden_parts": draw(st.lists(parts, max_size=3, unique=True)),
    }
    return parse(Posting, as_sent(posting)).model_dump(mode="json", by_alias=True)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A posting and changes, many of which start from what stands in it."""
    posting = draw(postings())
    changes = draw(st.lists(st.one_of(plain_changes, plain_changes, level_changes), max_size=8))
    for change in changes:
        if draw(st.integers(0, 3)):
            start_well(posting, change)
    return {"posting": posting, "changes": as_sent(changes)}


def start_well(posting: dict[str, Any], change: dict[str, Any]) -> None:
    """Let a change start from what the posting has, if it is about something there."""
    found = parse(Posting, posting)
    if "before" in change:
        change["before"] = seen_by(found, change)
    for inner in change.get("changes", ()):
        start_well(posting, inner)


def seen_by(posting: Posting, change: dict[str, Any]) -> Any:
    """What stands where a change is made, as a browser may send it."""
    lines = {line.id: f" {line.text}\r\n" for line in posting.lines}
    whole = {place.id: place.as_typed for place in posting.places}
    single = {
        f"place:{place.id}.{part}": getattr(place, part)
        for place in posting.places
        for part in PLACE_PARTS
    }
    match change["do"]:
        case "set":
            target = change["target"]
            return single.get(target, getattr(posting, target, "x"))
        case "set-line" | "remove-line":
            return lines.get(change["line"], "x")
        case "remove-place":
            return whole.get(change["place"], "x")
        case "arrange":
            return posting.parts
        case "hide":
            return change["part"] in posting.hidden_parts
        case _:
            return {"level": posting.level, "base": posting.base}


def as_sent(value: Any) -> Any:
    """What arrives of a value as JSON."""
    return json.loads(json.dumps(value))


def on_the_server(case: dict[str, Any]) -> dict[str, Any]:
    """The posting, and the indexes of the conflicts."""
    changes = [CHANGE.validate_python(change) for change in case["changes"]]
    applied = apply_each(parse(Posting, case["posting"]), changes)
    assert applied.refused == ()
    found = [i for i, outcome in enumerate(applied.outcomes) if isinstance(outcome, Conflict)]
    return {
        "posting": applied.posting.model_dump(mode="json", by_alias=True),
        "conflicts": found,
    }


def in_the_browser(some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same from the builder's own script."""
    made: list[dict[str, Any]] = json.loads(deno("run", SCRIPT, given=json.dumps(some).encode()))
    return made


def test_the_server_and_the_browser_apply_changes_alike() -> None:
    some: list[dict[str, Any]] = []

    @tried(800)
    @given(cases())
    def collect(case: dict[str, Any]) -> None:
        some.append(case)

    collect()
    for case, made in zip(some, in_the_browser(some), strict=True):
        assert made == on_the_server(case), json.dumps(case["changes"], indent=1)


def test_every_single_character_is_cleaned_alike() -> None:
    some = []
    for start in range(0, 0x30000, 0x4000):
        text = "".join(f"{chr(c)}|" for c in range(start, start + 0x4000))
        whole = [{"do": "add-line", "line": "all", "section": "duties", "text": text}]
        ends = [
            {"do": "add-line", "line": f"{c:x}", "section": "duties", "text": f"{chr(c)}x{chr(c)}"}
            for c in range(start, start + 0x4000)
            if chr(c).isspace() or c in range(0x2000, 0x2100) or c in (0x180E, 0xFEFF, 0x85, 0x1C)
        ]
        empty = parse(Posting, {"role": "r", "level": "mid"}).model_dump(mode="json", by_alias=True)
        some.append({"posting": empty, "changes": as_sent([*whole, *ends])})
    for case, made in zip(some, in_the_browser(some), strict=True):
        expected = [clean(change["text"]) for change in case["changes"]]
        assert [line["text"] for line in made["posting"]["lines"]] == expected
