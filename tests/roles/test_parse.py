"""Values of a wrong type are refused in words that say what to write."""

from typing import Any

import pytest
from pydantic import ValidationError

from jobdesc.roles.lines import Line
from jobdesc.roles.parse import SENTENCES, Problems, parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.roles.values import Source
from tests.roles.builders import role_body

SOURCE = {"id": "survey", "name": "A survey", "as_of": "May 2025", "verified": True}
LIST = "must be a list. Write one item a line, each after a hyphen."
NAMED = "must hold named values. Write one a line, as name: value."


def refused(model: Any, data: Any) -> list[str]:
    with pytest.raises(Problems) as caught:
        parse(model, data)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"synonyms": "Caseworker"}, f"synonyms: {LIST}"),
        ({"duties": {"a": 1}}, f"duties: {LIST}"),
        ({"titles": ["CM"]}, f"titles: {NAMED}"),
        ({"guide": "text"}, f"guide: {NAMED}"),
        ({"updated": "soon"}, "updated: is 'soon'. Write a day, like 2026-11-23."),
        ({"name": 5}, "name: must be text. Put it in quotes."),
        ({"name": "x" * 200}, "name: is too long. Use up to 120 characters."),
        ({"family": "zoo"}, "family: is 'zoo'. Use one of 'social-services', "),
    ],
)
def test_a_value_of_a_wrong_type_is_refused_with_what_to_write(
    changes: dict[str, Any], said: str
) -> None:
    found = refused(RoleTemplate, role_body(**changes))
    assert any(problem.startswith(said) for problem in found), found


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ("many", "is 'many'. Write a number, like 2 or 1.5."),
        (-1, "is -1. Give at least 0."),
        (99, "is 99. Give at most 40."),
    ],
)
def test_a_number_out_of_its_bounds_is_refused_with_the_bounds(years: Any, said: str) -> None:
    body = role_body()
    body["experience"][0]["levels"]["mid"]["years"] = years
    assert f"experience.0.levels.mid.years: {said}" in refused(RoleTemplate, body)


def test_yes_and_no_are_written_as_true_and_false() -> None:
    found = refused(Source, SOURCE | {"verified": "perhaps"})
    assert found == ["verified: is 'perhaps'. Write true or false."]


def test_a_long_value_is_said_again_in_part() -> None:
    (found,) = refused(Source, SOURCE | {"id": "An Id " * 100})
    assert len(found) < 150


def test_what_a_model_refuses_never_comes_to_the_log() -> None:
    with pytest.raises(ValidationError) as caught:
        Source.model_validate(SOURCE | {"verified": "a secret"})
    assert "a secret" not in str(caught.value)


def test_no_sentence_speaks_of_types() -> None:
    for sentence in SENTENCES.values():
        assert "Input" not in sentence
        assert "valid" not in sentence
        assert sentence.endswith(".")


def test_a_cell_with_a_fault_is_not_told_of_the_word_that_it_could_have_been() -> None:
    duty = {"id": "a", "levels": {"entry": {"text": "Work.", "years": "some"}}}
    with pytest.raises(Problems) as refused:
        parse(Line, duty)
    assert [problem.place for problem in refused.value.problems] == [("levels", "entry", "years")]
    with pytest.raises(Problems) as refused:
        parse(Line, {**duty, "levels": {"entry": 5}})
    assert [problem.place for problem in refused.value.problems] == [("levels", "entry")]
