"""A message of the checks names what it speaks of, and says once what several levels lack."""

from jobdesc.roles.checks import check_role
from jobdesc.roles.levels import LEVELS
from jobdesc.roles.parse import Problem, parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.web.roles.subjects import with_subjects
from tests.roles.builders import some_references


def test_a_warning_says_what_it_is_about_and_what_several_levels_lack_is_said_once() -> None:
    lacking = [f"has no {level}. Add it, or remove the level's title." for level in LEVELS]
    few = [f"{level} has 0 duties. Give at least 10." for level in LEVELS[:2]]
    problems = [
        *(Problem(("flsa",), message) for message in lacking),
        *(Problem(("duties",), message) for message in few),
        Problem(("education",), "is missing. Give at least 1."),
        Problem(("conditions",), "has 2. Give at least 3."),
        Problem(("guide", "day"), "is missing. Give at least 5."),
    ]
    assert [message for _, message in with_subjects(problems)] == [
        "Levels I, II, III, Lead and Director have a title but no overtime status. "
        "Add it, or remove the titles.",
        "Levels I and II each have 0 duties. Give at least 10.",
        "Education is missing. Give at least one line.",
        "Working conditions: 2 so far. Give at least 3 lines.",
        '"A typical day" in the guide is missing. Give at least 5 entries.',
    ]


def test_a_warning_of_every_check_begins_with_what_it_is_about() -> None:
    bare = {"slug": "new", "name": "New", "family": "legal", "titles": {"mid": "New"},
            "schema": 1, "updated": "2026-11-23"}  # fmt: skip
    found = check_role(parse(RoleTemplate, bare), some_references(), shipped=False)
    said = [message for _, message in with_subjects(found)]
    assert [one for one in said if one.startswith(("is missing", "has "))] == []
