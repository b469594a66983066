"""A message of the checks names what it speaks of, and says once what several levels lack."""

from jobdesc.roles.checks import check_role
from jobdesc.roles.lacks import CountAtLevel, Missing, NoneAtLevel, TooFew
from jobdesc.roles.levels import LEVELS
from jobdesc.roles.parse import Problem, parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.web.roles.subjects import with_subjects
from tests.roles.builders import some_references


def test_a_warning_says_what_it_is_about_and_what_several_levels_lack_is_said_once() -> None:
    problems = [
        *(NoneAtLevel.of("flsa", level) for level in LEVELS),
        *(CountAtLevel.of("duties", level, "0 duties. Give at least 10.") for level in LEVELS[:2]),
        TooFew.of(("education",), 0, 1),
        TooFew.of(("conditions",), 2, 3),
        TooFew.of(("guide", "day"), 0, 5),
        Missing.of(("pay", "mid", "percentiles"), "Add what the figures rest on."),
        Problem(("slug",), "is taken."),
    ]
    assert [message for _, message in with_subjects(problems)] == [
        "Levels I, II, III, Lead and Director have a title but no overtime status. "
        "Add it, or remove the titles.",
        "Levels I and II each have 0 duties. Give at least 10.",
        "Education is missing. Give at least one line.",
        "Working conditions: 2 so far. Give at least 3 lines.",
        '"A typical day" in the guide is missing. Give at least 5 entries.',
        "Percentiles are missing. Add what the figures rest on.",
        "is taken.",
    ]


def test_a_warning_of_every_check_begins_with_what_it_is_about() -> None:
    bare = {"slug": "new", "name": "New", "family": "legal", "titles": {"mid": "New"},
            "schema": 1, "updated": "2026-11-23"}  # fmt: skip
    bare["pay"] = {"mid": {"low": 50_000, "high": 60_000}}
    bare["guide"] = {"questions": [{"question": "Is it hard?"}]}
    found = check_role(parse(RoleTemplate, bare), some_references(), shipped=False)
    said = [message for _, message in with_subjects(found)]
    assert [one for one in said if one.startswith(("is missing", "has "))] == []
