"""Two people changed one role: what each changed alone is kept, the rest is a conflict."""

from typing import Any

from hypothesis import given

from jobdesc.roles.lost_levels import at_lost_levels
from jobdesc.roles.merge import merge_roles
from jobdesc.roles.own_part import body_of
from jobdesc.roles.part_differences import in_words, part_differences
from tests.postings.randomized import tried
from tests.roles.builders import a_role
from tests.roles.test_resolve import roles

BASE = body_of(a_role())


def with_lines(*names: str, **texts: str) -> dict[str, Any]:
    """The usual role with these skills, some of them with other words."""
    lines = [{"id": n, "levels": {"mid": {"text": texts.get(n, f"Know {n}.")}}} for n in names]
    return BASE | {"skills": lines}


def ids(body: dict[str, Any]) -> list[str]:
    return [line["id"] for line in body.get("skills", [])]


def merged(base: Any, mine: Any, theirs: Any) -> tuple[list[str], list[tuple[str, ...]]]:
    found = merge_roles(base, mine, theirs)
    return ids(found.body), [conflict.path for conflict in found.conflicts]


def test_lines_that_each_added_stand_where_each_put_them() -> None:
    base = with_lines("a", "b", "c")
    mine, theirs = with_lines("a", "x", "b", "c"), with_lines("y", "a", "b", "c", "z")
    assert merged(base, mine, theirs) == (["y", "a", "x", "b", "c", "z"], [])


def test_a_line_that_one_removed_is_gone_unless_the_other_changed_it() -> None:
    base = with_lines("a", "b")
    assert merged(base, with_lines("a"), base) == (["a"], [])
    assert merged(base, base, with_lines("a")) == (["a"], [])
    assert merged(base, with_lines("a"), with_lines("b")) == ([], [])
    changed = with_lines("a", "b", b="Mine.")
    assert merged(base, changed, with_lines("a")) == (["a"], [("skills", "b")])
    assert merged(base, with_lines("a"), changed) == (["a", "b"], [("skills", "b")])


def test_who_moved_lines_has_their_order_and_of_both_mine_stands() -> None:
    base = with_lines("a", "b", "c")
    mine, theirs = with_lines("c", "a", "b"), with_lines("a", "c", "b")
    assert merged(base, mine, base)[0] == ["c", "a", "b"]
    assert merged(base, base, theirs)[0] == ["a", "c", "b"]
    assert merged(base, mine, theirs)[0] == ["c", "a", "b"]


def test_two_cells_of_one_line_are_two_parts() -> None:
    base = BASE | {"skills": [{"id": "a", "levels": {"mid": {"text": "Know."}}}]}
    mine = BASE | {"skills": [{"id": "a", "levels": {"mid": {"text": "Master."}}}]}
    theirs = BASE | {
        "skills": [{"id": "a", "levels": {"mid": {"text": "Know."}, "lead": {"text": "Teach."}}}]
    }
    [line] = merge_roles(base, mine, theirs).body["skills"]
    assert line["levels"] == {"mid": {"text": "Master."}, "lead": {"text": "Teach."}}


def test_a_line_whose_texts_were_taken_out_by_two_is_a_conflict_and_stays() -> None:
    cells = {"mid": {"text": "Know."}, "lead": {"text": "Teach."}}
    base = BASE | {"skills": [{"id": "a", "levels": cells}]}
    mine = BASE | {"skills": [{"id": "a", "levels": {"mid": cells["mid"]}}]}
    theirs = BASE | {"skills": [{"id": "a", "levels": {"lead": cells["lead"]}}]}
    found = merge_roles(base, mine, theirs)
    assert found.body == theirs
    assert [conflict.path for conflict in found.conflicts] == [("skills", "a")]


def test_a_line_that_theirs_locked_stays_theirs_for_who_may_not_unlock() -> None:
    base, mine, theirs = with_lines("a", "b"), with_lines("b", "a", a="Mine."), with_lines("a", "b")
    theirs["skills"][0]["locked"] = True
    found = merge_roles(base, mine, theirs, may_unlock=False)
    assert found.body["skills"] == theirs["skills"][::-1]
    assert [conflict.path for conflict in found.conflicts] == [("skills", "a")]
    [_, line] = merge_roles(base, mine, theirs).body["skills"]
    assert (line["levels"]["mid"]["text"], line["locked"]) == ("Mine.", True)
    assert merge_roles(base, base, theirs, may_unlock=False).conflicts == ()
    assert merge_roles(theirs, mine, theirs, may_unlock=False).conflicts == ()


def test_what_is_new_at_a_level_that_the_role_lost_is_named_at_its_place() -> None:
    left = {level: title for level, title in BASE["titles"].items() if level != "mid"}
    merged, mine = BASE | {"titles": left}, with_lines("a", "b", b="Mine.")
    mine |= {"pay": BASE["pay"] | {"mid": {"low": 1, "high": 2}}}
    found = at_lost_levels(with_lines("a", "b"), mine, merged)
    assert [problem.place for problem in found] == [("skills", 1, "levels", "mid"), ("pay", "mid")]
    assert at_lost_levels(mine, mine, merged) == at_lost_levels(BASE, mine, BASE) == []


@tried(40)
@given(roles(), roles())
def test_what_one_changed_alone_is_taken_whole(base: dict[str, Any], other: dict[str, Any]) -> None:
    for found in (merge_roles(base, other, base), merge_roles(base, base, other)):
        assert found.conflicts == ()
        assert found.body == other | {"updated": found.body["updated"]}
    assert merge_roles(base, other, other).conflicts == ()
    assert bool(part_differences(base, other)) == bool(in_words(part_differences(base, other)))
    assert (base == other) == (part_differences(base, other) == ())


@tried(60)
@given(roles(), roles(), roles())
def test_of_what_both_changed_nothing_is_dropped_unsaid(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    found = merge_roles(base, mine, theirs)
    said = {conflict.path for conflict in found.conflicts}
    for name in ("titles", "pay", "summary", "guide"):
        for key in {**base.get(name, {}), **mine.get(name, {})}:
            wanted = mine.get(name, {}).get(key)
            changed = wanted != base.get(name, {}).get(key)
            kept = found.body.get(name, {}).get(key) == wanted
            assert not changed or kept or (name, key) in said
    for name in ("duties", "credentials"):
        after = {line["id"]: line for line in found.body.get(name, [])}
        before = {line["id"]: line for line in base.get(name, [])}
        for line in mine.get(name, []):
            if line == before.get(line["id"]):
                continue
            for level, cell in line["levels"].items():
                if cell != before.get(line["id"], {"levels": {}})["levels"].get(level):
                    kept = after.get(line["id"], {"levels": {}})["levels"].get(level) == cell
                    paths = {(name, line["id"]), (name, line["id"], "levels", level)}
                    assert kept or paths & said
