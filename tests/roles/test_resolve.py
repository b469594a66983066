"""A role that extends another: what it takes, changes, moves and leaves out, and the way back."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jobdesc.roles.at_level import role_at_level
from jobdesc.roles.differing import own_part
from jobdesc.roles.levels import LEVELS
from jobdesc.roles.lineage import descendants, resolved_on, whole_role
from jobdesc.roles.own_part import body_of, parse_stored
from jobdesc.roles.parse import Problems, parse
from jobdesc.roles.resolve import resolve
from jobdesc.roles.template import RoleTemplate
from tests.postings.randomized import tried
from tests.roles.builders import a_role, role_body, some_references

PARENT = body_of(a_role())
NAMES = ("one", "two", "three", "four", "five", "six")


def child(**says: Any) -> dict[str, Any]:
    """The own part of a role that extends the usual one."""
    body = {key: role_body()[key] for key in ("schema", "family", "tagline", "updated")}
    own = body | {"slug": "hospital", "name": "Hospital", "extends": "case-manager"}
    return body_of(parse_stored(own | says))


def whole(**says: Any) -> dict[str, Any]:
    found = resolved_on(child(**says), PARENT)
    assert found.problems == ()
    return found.body


def faults(**says: Any) -> list[str]:
    return [str(problem) for problem in resolve(child(**says), PARENT).problems]


def ids(body: dict[str, Any], name: str) -> list[str]:
    return [line["id"] for line in body[name]]


def test_a_child_that_says_nothing_says_what_its_parent_says() -> None:
    body = whole()
    assert body == PARENT | {"slug": "hospital", "name": "Hospital"}
    assert "extends" not in body


def test_a_cell_takes_the_place_of_the_parents_cell_and_no_other() -> None:
    duty = whole(duties=[{"id": "duty-2", "levels": {"lead": "Run the ward."}}])["duties"][1]
    assert duty["levels"]["lead"] == {"text": "Run the ward."}
    assert duty["levels"]["entry"] == PARENT["duties"][1]["levels"]["entry"]


def test_levels_are_read_after_the_parent_so_a_new_cell_goes_on_upward() -> None:
    body = whole(duties=[{"id": "duty-2", "levels": {"mid": "Round.", "lead": None}}])
    held = role_at_level(parse(RoleTemplate, body), LEVELS[4], some_references().credentials)
    assert held.duties[1].cell.text == "Round."


def test_end_stops_a_line_of_the_parent() -> None:
    body = whole(duties=[{"id": "duty-2", "levels": {"senior": "end", "lead": None}}])
    role = parse(RoleTemplate, body)
    kept = [len(role_at_level(role, level, {}).duties) for level in LEVELS]
    assert kept == [11, 11, 10, 10, 10]


def test_remove_drops_a_line_at_all_levels() -> None:
    assert "duty-2" not in ids(whole(duties=[{"id": "duty-2", "remove": True}]), "duties")


def test_own_lines_come_last_unless_they_say_after_which() -> None:
    new = {"id": "rounds", "levels": {"entry": "Join rounds."}}
    assert ids(whole(duties=[new]), "duties")[-1] == "rounds"
    assert ids(whole(duties=[new | {"after": "duty-2"}]), "duties")[1:3] == ["duty-2", "rounds"]
    assert ids(whole(duties=[new | {"after": "start"}]), "duties")[0] == "rounds"


def test_several_after_one_line_keep_their_order() -> None:
    lines = [{"id": n, "levels": {"entry": n}, "after": "duty-1"} for n in ("x", "y", "z")]
    assert ids(whole(duties=lines), "duties")[:4] == ["duty-1", "x", "y", "z"]
    chain = [lines[0], lines[1] | {"after": "x"}, lines[2]]
    assert ids(whole(duties=chain), "duties")[:4] == ["duty-1", "x", "y", "z"]


def test_a_line_of_the_parent_can_be_moved_too() -> None:
    assert ids(whole(skills=[{"id": "skill-5", "after": "start"}]), "skills")[0] == "skill-5"


def test_source_kind_and_lock_of_a_line_are_the_childs_where_it_says_so() -> None:
    line = whole(education=[{"id": "degree", "source": "survey", "locked": True}])["education"][0]
    assert (line["source"], line["locked"]) == (["survey"], True)
    assert line["levels"] == PARENT["education"][0]["levels"]


def test_scalars_and_other_lists_are_replaced_whole_and_the_guide_by_section() -> None:
    body = whole(synonyms=["Ward Planner"], guide={"what": ["It plans discharges."]})
    assert body["synonyms"] == ["Ward Planner"]
    assert body["guide"]["what"] == [{"text": "It plans discharges."}]
    assert body["guide"]["day"] == PARENT["guide"]["day"]
    assert "tagline" not in whole(tagline="") or whole(tagline="")["tagline"] == ""


def test_a_level_without_a_title_is_gone_and_what_it_handed_on_stays() -> None:
    body = whole(titles={"entry": None, "director": None})
    assert list(body["titles"]) == ["mid", "senior", "lead"]
    assert list(body["pay"]) == ["mid", "senior", "lead"]
    assert body["reports_to"] == {"mid": "Supervisor", "lead": "Director"}
    before, after = parse(RoleTemplate, PARENT), parse(RoleTemplate, body)
    for level in after.levels:
        one, other = role_at_level(before, level, {}), role_at_level(after, level, {})
        assert one.duties == other.duties
        assert (one.reports_to, one.flsa, one.summary) == (
            other.reports_to, other.flsa, other.summary,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({"duties": [{"id": "duty-22", "remove": True}]},
         "duties.0.id: case-manager has no duty-22 in duties. Did you mean duty-2? Correct"),
        ({"duties": [{"id": "dutty-3", "levels": {"mid": None}}]},
         "duties.0: says nothing. case-manager has no dutty-3 in duties. Did you mean duty-3?"),
        ({"duties": [{"id": "duty-1", "after": "nowhere"}]},
         "duties.0.after: nowhere is not another line of duties here. Name a line, or write start"),
        ({"duties": [{"id": "duty-1", "after": "duty-1"}]},
         "duties.0.after: duty-1 is not another line"),
        ({"duties": [{"id": "duty-1", "levels": {"entry": None, "lead": None}}]},
         "duties.0: has no text left at any level. Write remove: true in place of levels."),
        ({"credentials": [{"id": "rn-line", "levels": {"mid": "required"}}]},
         "credentials.0: names no credential. case-manager has no rn-line in credentials."),
        ({"duties": [{"id": "duty-1", "levels": {"senior": None}}]},
         "duties.0.levels.senior: is empty, and case-manager says nothing here either."),
        ({"reports_to": {"mid": None}}, "reports_to.mid: is empty, and case-manager says nothing"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_parent_is_located_and_passed_over(
    says: dict[str, Any], said: str
) -> None:
    assert any(fault.startswith(said) for fault in faults(**says)), faults(**says)
    parse(RoleTemplate, resolve(child(**says), PARENT).body)


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({"duties": [{"id": "duty-1", "remove": True, "levels": {"mid": "x"}}]},
         "duties.0: is removed and also says levels. Keep one of the two."),
        ({"duties": [{"id": "duty-1", "remove": False}]}, "duties.0.remove: is False. Use one of"),
        ({"duties": [{"id": "a", "after": "start"}, {"id": "a", "remove": True}]},
         "duties: has a twice. Keep one of them, or choose another id."),
        ({"extends": None}, "extends: must be text."),
        ({"extends": 7}, "extends: must be text."),
        ({"dutys": []}, "dutys: is not a known key. Did you mean duties?"),
        ({"duties": [{"id": "a", "afterr": "b"}]}, "duties.0.afterr: is not a known key. Did you "
         "mean after?"),
        ({"titles": {"boss": None}}, "titles.boss: is 'boss'. Use one of"),
    ],
)  # fmt: skip
def test_what_is_not_an_own_part_is_refused(says: dict[str, Any], said: str) -> None:
    with pytest.raises(Problems) as caught:
        child(**says)
    found = [str(problem) for problem in caught.value.problems]
    assert any(fault.startswith(said) for fault in found), found


def test_a_line_may_not_be_called_start() -> None:
    with pytest.raises(Problems, match="has the id start, which means the beginning"):
        a_role(skills=[{"id": "start", "levels": {"entry": "Begin."}}])


def test_parents_extend_others_and_a_correction_reaches_all() -> None:
    grandchild = child(slug="ward", extends="hospital", synonyms=["Ward"])
    middle = child(duties=[{"id": "duty-2", "levels": {"entry": "Mend."}}])
    stored = {"case-manager": PARENT, "hospital": middle, "ward": grandchild}
    assert whole_role(stored, "ward").body["duties"][1]["levels"]["entry"] == {"text": "Mend."}
    assert list(descendants(stored, "case-manager")) == ["hospital", "ward"]
    corrected = body_of(a_role(reports_to={"entry": "Manager"}))
    assert whole_role(stored | {"case-manager": corrected}, "ward").body["reports_to"] == {
        "entry": "Manager"
    }


def test_a_circle_and_a_missing_parent_are_refused_in_words() -> None:
    stored = {"hospital": child(extends="ward"), "ward": child(slug="ward", extends="hospital")}
    with pytest.raises(Problems, match="makes a circle: hospital extends ward extends hospital"):
        whole_role(stored, "hospital")
    with pytest.raises(Problems, match="makes a circle: hospital extends hospital"):
        whole_role({"hospital": child(extends="hospital")}, "hospital")
    with pytest.raises(Problems, match="extends: nowhere, which this role extends, is not in"):
        whole_role({"hospital": child(extends="nowhere")}, "hospital")
    assert list(descendants(stored, "hospital"))


texts = st.sampled_from(["Do it.", "Do it well.", "See to it."])
cells = st.one_of(
    st.just("end"), texts.map(lambda text: {"text": text}),
    texts.map(lambda text: {"text": text, "essential": True}),
)  # fmt: skip
levels = st.sets(st.sampled_from([str(level) for level in LEVELS]))


@st.composite
def lines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Some lines in some order, each with a text at one level at least."""
    made = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        given_at = draw(st.dictionaries(st.sampled_from([str(lv) for lv in LEVELS]), cells))
        given_at[draw(st.sampled_from([str(lv) for lv in LEVELS]))] = {"text": draw(texts)}
        line: dict[str, Any] = {"id": name, "levels": given_at}
        if draw(st.booleans()):
            line["source"] = draw(st.sampled_from([["survey"], ["memory", "survey"]]))
        if draw(st.booleans()):
            line["kind"] = "setting"
        made.append(line | ({"locked": True} if draw(st.booleans()) else {}))
    return made


@st.composite
def roles(draw: st.DrawFn) -> dict[str, Any]:
    """A whole role with some levels, lines and texts."""

    def at(values: st.SearchStrategy[Any]) -> dict[str, Any]:
        return {level: draw(values) for level in draw(levels)}

    titles = at(texts) or {"mid": "CM"}
    asked = st.sampled_from(["required", "preferred", "end"])
    body = role_body(
        titles=titles, reports_to=at(texts), summary=at(cells), supervision=at(cells),
        caseload=at(texts), flsa=at(st.sampled_from(["exempt", "nonexempt"])),
        pay=at(st.builds(lambda low: {"low": low, "high": low + 1}, st.integers(1, 3))),
        duties=draw(lines()), skills=draw(lines()),
        credentials=[
            {"id": name, "credential": draw(st.sampled_from(["ccm", "rn"])), "levels": at(asked)}
            for name in draw(st.lists(st.sampled_from(NAMES), unique=True))
        ],
        synonyms=draw(st.lists(texts, max_size=2)),
        guide={"what": draw(st.lists(texts, max_size=2)), "where": draw(st.lists(texts))},
        tagline=draw(st.sampled_from(["", "Helps."])),
    )  # fmt: skip
    return body_of(parse(RoleTemplate, body))


@tried(60)
@given(roles(), roles())
def test_the_own_part_of_a_whole_role_resolves_to_that_role(
    whole_body: dict[str, Any], parent: dict[str, Any]
) -> None:
    parent |= {"slug": "parent"}
    own = own_part(whole_body, parent)
    assert body_of(parse_stored(own)) == own
    found = resolved_on(own, parent)
    assert found.problems == ()
    assert found.body == whole_body
    order = [[line["id"] for line in whole_body.get(name, [])] for name in ("duties", "skills")]
    assert [[x["id"] for x in found.body.get(n, [])] for n in ("duties", "skills")] == order


@tried(30)
@given(roles())
def test_nothing_differs_from_itself(parent: dict[str, Any]) -> None:
    own = own_part(parent | {"slug": "child"}, parent)
    assert own.keys() <= {"schema", "slug", "name", "family", "tagline", "updated", "extends"}
    assert resolved_on(own, parent).body == parent | {"slug": "child"}


@tried(60)
@given(roles(), roles())
def test_an_own_part_of_one_parent_never_fails_on_another(
    whole_body: dict[str, Any], parent: dict[str, Any]
) -> None:
    own = own_part(whole_body, parent)
    titles = PARENT["titles"] | own.get("titles", {})
    assume(any(titles.values()))
    resolved_on(own, PARENT)
