"""Two roles side by side: what they say alike stands once, and each thing that differs is there."""

from typing import Any

from jobdesc.roles.at_level import role_at_level
from jobdesc.roles.levels import Level
from jobdesc.roles.side_by_side import Topic, nearest_level, side_by_side
from tests.roles.builders import a_role, role_body, some_references


def topics(only: bool = False, **changes: Any) -> dict[str, Topic]:
    """A role beside itself with `changes`, at II."""
    known = some_references().credentials
    left, right = (role_at_level(role, Level.MID, known) for role in (a_role(), a_role(**changes)))
    return {topic.title: topic for topic in side_by_side(left, right, only)}


def test_a_role_beside_itself_says_everything_alike() -> None:
    assert all(pair.alike for topic in topics().values() for pair in topic.pairs)
    assert topics(only=True) == {}


def test_lines_are_joined_by_their_words_whatever_they_are_called() -> None:
    duties = [line | {"id": f"other-{line['id']}"} for line in role_body()["duties"]]
    assert topics(duties=duties)["Duties"] == topics()["Duties"]


def test_a_line_of_one_name_stands_beside_the_other_and_a_new_one_by_itself() -> None:
    first, *rest = role_body()["duties"]
    name = first["id"]
    new = {"id": "new-line", "levels": {"entry": "Sings."}}
    pairs = topics(duties=[{"id": name, "levels": {"entry": "Dances."}}, *rest, new])[
        "Duties"
    ].pairs
    assert [pair.title for pair in pairs] == [
        "In both", name.replace("-", " ").capitalize(), "In one of them",
    ]  # fmt: skip
    assert pairs[1].right == (("Dances.", ""),)
    assert (pairs[2].left, pairs[2].right) == ((), (("Sings.", ""),))


def test_a_duty_that_only_one_calls_essential_differs() -> None:
    first, *rest = role_body()["duties"]
    levels = {"entry": {"text": "Helps.", "essential": True}}
    plain = {"entry": {"text": "Helps."}}
    known = some_references().credentials
    left, right = (
        role_at_level(a_role(duties=[first | {"levels": own}, *rest]), Level.MID, known)
        for own in (levels, plain)
    )
    duties = next(one for one in side_by_side(left, right, only=True) if one.title == "Duties")
    assert [(pair.left, pair.right) for pair in duties.pairs] == [
        ((("Helps.", "Essential"),), (("Helps.", ""),))
    ]


def test_a_credential_is_one_whatever_its_line_is_called() -> None:
    lines = [
        {"id": "board", "credential": "ccm", "levels": {"mid": "required"}},
        {"id": "license", "credential": "rn", "levels": {"mid": "required"}},
    ]
    one, other = topics(credentials=lines)["Licenses and certifications"].pairs
    assert (one.left, one.right) == ((("Preferred", ""),), (("Required", ""),))
    assert (other.left, other.right) == ((), (("Required", ""),))


def test_what_neither_says_is_no_row() -> None:
    known = some_references().credentials
    bare = role_at_level(a_role(guide={}), Level.MID, known)
    assert "Where it works" not in {topic.title for topic in side_by_side(bare, bare)}


def test_a_role_is_read_at_its_nearest_level() -> None:
    few = a_role(titles={"entry": "One", "lead": "Four"})
    assert [nearest_level(few, level) for level in Level] == [
        Level.ENTRY, Level.ENTRY, Level.LEAD, Level.LEAD, Level.LEAD,
    ]  # fmt: skip
