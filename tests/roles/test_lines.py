"""How a line is read at a level."""

import pytest

from jobdesc.roles.at_level import NoSuchLevel, role_at_level
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.lines import Cell, Line, at_level
from tests.roles.builders import a_role, role_body, some_references


def text_at(levels: dict[str, object], level: Level) -> str | None:
    line = Line.model_validate({"id": "x", "levels": levels})
    cell = at_level(line.levels, level)
    return cell.text if cell else None


def test_a_level_that_says_nothing_takes_the_text_below() -> None:
    assert text_at({"entry": "a", "senior": "b"}, Level.MID) == "a"
    assert text_at({"entry": "a", "senior": "b"}, Level.DIRECTOR) == "b"


def test_a_line_is_not_there_before_its_first_level() -> None:
    assert text_at({"senior": "b"}, Level.MID) is None


def test_an_end_stops_a_line_until_it_is_said_anew() -> None:
    levels: dict[str, object] = {"entry": "a", "mid": "end", "lead": "c"}
    found = [text_at(levels, level) for level in LEVELS]
    assert found == ["a", None, None, "c", "c"]


def test_a_cell_is_a_whole_value_and_inherits_no_part() -> None:
    line = Line.model_validate(
        {"id": "x", "levels": {"entry": {"text": "a", "essential": True}, "mid": "b"}}
    )
    assert at_level(line.levels, Level.MID) == Cell(text="b")


def test_reading_a_role_at_a_level_resolves_everything() -> None:
    held = role_at_level(a_role(), Level.SENIOR, some_references().credentials)
    assert held.title == "CM III"
    assert held.reports_to == "Supervisor"
    assert held.flsa == "nonexempt"
    assert [c.text for c in held.credentials] == ["Certified Case Manager (CCM), the Commission"]
    assert held.experience[0].cell.years == 2
    assert len(held.duties) == 11


def test_a_level_that_the_role_lacks_is_refused() -> None:
    titles = {k: v for k, v in role_body()["titles"].items() if k != "lead"}
    with pytest.raises(NoSuchLevel, match="has no level Lead"):
        role_at_level(a_role(titles=titles), Level.LEAD, some_references().credentials)
