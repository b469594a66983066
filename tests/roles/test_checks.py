"""What must hold of a role, and the words for what does not."""

from dataclasses import replace
from typing import Any

import pytest

from jobdesc.roles.at_level import role_at_level
from jobdesc.roles.check_credentials import check_credentials
from jobdesc.roles.checks import check_role
from jobdesc.roles.levels import Level
from jobdesc.roles.lines import NeedAt
from jobdesc.roles.parse import Problems, parse
from jobdesc.roles.template import RoleTemplate
from tests.roles.builders import a_role, role_body, some_references


def faults(**changes: Any) -> list[str]:
    return [str(problem) for problem in check_role(a_role(**changes), some_references())]


def with_pay(level: str, **changes: Any) -> dict[str, Any]:
    pay = role_body()["pay"]
    return pay | {level: pay[level] | changes}


def test_a_right_role_has_no_fault() -> None:
    assert faults() == []


def test_a_misspelled_key_is_named_with_the_nearest_right_one() -> None:
    with pytest.raises(Problems) as caught:
        parse(RoleTemplate, role_body(tag_line="x") | {})
    assert [str(p) for p in caught.value.problems] == [
        "tag_line: is not a known key. Correct or remove it."
    ]
    body = role_body()
    body["dutys"] = body.pop("duties")
    with pytest.raises(Problems) as caught:
        parse(RoleTemplate, body)
    said = {str(p) for p in caught.value.problems}
    assert "dutys: is not a known key. Did you mean duties? Correct or remove it." in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"synonyms": ["One"]}, "synonyms: has 1. Give at least 3."),
        ({"experience": []}, "experience: is missing. Give at least 1."),
        ({"tagline": ""}, "tagline: is missing. Write one."),
        ({"guide": {}}, "guide.day: is missing. Give at least 5."),
        ({"pay": {"entry": {"low": 1, "high": 2}}},
         "pay.entry.percentiles: is missing. Add what the figures rest on."),
    ],
)  # fmt: skip
def test_what_a_draft_may_lack_shipped_content_must_have(
    changes: dict[str, Any], said: str
) -> None:
    sparse = a_role(**changes)
    assert said in [str(problem) for problem in check_role(sparse, some_references())]


def test_a_name_and_a_title_are_a_role() -> None:
    body = {key: role_body()[key] for key in ("schema", "slug", "name", "family", "updated")}
    role = parse(RoleTemplate, body | {"titles": {"mid": "Planner"}})
    held = role_at_level(role, Level.MID, {})
    assert (held.title, held.reports_to, held.flsa, held.pay, held.duties) == (
        "Planner", "", "", None, (),
    )  # fmt: skip
    assert check_role(role, some_references())
    with pytest.raises(Problems, match="titles: has too few"):
        parse(RoleTemplate, body | {"titles": {}})


def test_a_fault_inside_a_cell_is_located_at_the_cell() -> None:
    body = role_body()
    body["duties"][2]["levels"]["mid"] = {"text": "x", "essentail": True}
    with pytest.raises(Problems) as caught:
        parse(RoleTemplate, body)
    problem = caught.value.problems[0]
    assert problem.place == ("duties", 2, "levels", "mid", "essentail")
    assert "Did you mean essential?" in problem.message


def test_an_unknown_level_names_the_levels() -> None:
    body = role_body()
    body["duties"][0]["levels"]["boss"] = "x"
    with pytest.raises(Problems) as caught:
        parse(RoleTemplate, body)
    assert "director" in str(caught.value)


def test_a_level_that_earns_less_than_the_one_below_is_refused() -> None:
    assert any(
        fault.startswith("pay.senior: earns less than the level below. Give at least 50,000")
        for fault in faults(pay=with_pay("senior", low=45_000))
    )


def test_pay_off_the_wage_table_is_refused_with_the_right_figures() -> None:
    assert (
        "pay.lead: is 70,100 to 80,000; the wage table gives 70,000 to 80,000. Write it."
        in faults(pay=with_pay("lead", low=70_100))
    )


def test_an_unknown_occupation_is_refused() -> None:
    occupations = [*role_body()["occupations"], {"code": "99-9999", "why": "x"}]
    assert "occupations.2.code: 99-9999 is not in content/wages.yaml. Correct or add it." in faults(
        occupations=occupations
    )


def test_a_range_rests_on_the_occupations_of_the_role() -> None:
    found = faults(pay=with_pay("mid", occupations=["11-9151", "29-1141"]))
    assert any(fault.startswith("pay.mid.occupations: 29-1141 is not one of") for fault in found)


def test_a_figure_needs_a_source() -> None:
    body = role_body()
    body["duties"][0]["levels"]["entry"]["text"] = "See 20 people."
    assert "duties.0: states a fact without a source. Add source." in faults(duties=body["duties"])
    guide = body["guide"] | {"what": ["It helps 400 people."]}
    assert "guide.what.0: states a figure without a source. Add source." in faults(guide=guide)


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("supervision", {"entry": "Has 3 interns."}, "supervision.entry"),
        ("summary", {"entry": "You help 20 people."}, "summary.entry"),
        ("occupations", [{"code": "21-1093", "why": "It pays 5% more."},
                         {"code": "11-9151", "why": "x"}], "occupations.0.why"),
        ("credentials", [{"id": "c", "credential": "ccm", "levels":
                          {"mid": {"need": "preferred", "note": "or 2 years"}}}],
         "credentials.0.levels.mid.note"),
        ("day", [{"when": "8:00 AM", "what": "See 9 people."}] * 5, "guide.day.0.what"),
        ("good", [{"quality": "Calm", "shows": "In 9 of 10."}] * 4, "guide.good.0"),
        ("similar", [{"name": "A", "difference": "Earns $5 less."}] * 3, "guide.similar.0"),
        ("studies", [{"study": "A", "leads_to": "40% work."}] * 3, "guide.studies.0"),
    ],
)  # fmt: skip
def test_a_figure_is_refused_wherever_it_has_no_source(key: str, value: Any, place: str) -> None:
    body = role_body()
    guide = key in body["guide"]
    found = faults(guide=body["guide"] | {key: value}) if guide else faults(**{key: value})
    assert any(f.startswith(f"{place}: states a figure without a source. ") for f in found), found


def test_a_study_with_a_source_may_state_a_figure() -> None:
    studies = [{"study": "A", "leads_to": "40% work.", "source": "survey"}] * 3
    assert faults(guide=role_body()["guide"] | {"studies": studies}) == []


@pytest.mark.parametrize(
    ("level", "asked", "years", "said"),
    [
        ("entry", "required", 0, "Remove it, or ask for the experience."),
        ("entry", "preferred", 0, "Remove it, or ask for the experience."),
        ("mid", "required", 0, "Make it preferred, or ask for the experience."),
        ("mid", "preferred", 0, ""),
        ("mid", "required", 2, ""),
        ("entry", "required", 2, ""),
        ("entry", {"need": "required", "earned_within_months": 24}, 0, ""),
    ],
)
def test_a_license_that_takes_supervised_work_is_not_asked_where_no_work_is(
    level: str, asked: Any, years: float, said: str
) -> None:
    references = some_references()
    license_ = references.credentials["rn"].model_copy(update={"supervision": "2 years of work."})
    known = replace(references, credentials={**references.credentials, "rn": license_})
    work = {"id": "work", "levels": {"entry": {"text": "Some work.", "years": years}}}
    line = {"id": "license", "credential": "rn", "levels": {level: asked, "senior": "end"}}
    role = a_role(experience=[work], credentials=[line])
    found = [problem.message for problem in check_credentials(role, known)]
    assert bool(found) == bool(said)
    for message in found[:1]:
        assert "takes work under supervision before it is given" in message
        assert message.endswith(said)


def test_a_source_must_be_known() -> None:
    assert "flsa_source.0: nowhere is not in content/sources.yaml. Add or correct it." in [
        fault.replace("flsa_source: ", "flsa_source.0: ") for fault in faults(flsa_source="nowhere")
    ]


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ({"entry": "preferred"}, "cannot be held at entry"),
        ({"entry": "required"}, "cannot be held at entry"),
    ],
)
def test_a_credential_that_takes_years_is_not_asked_of_beginners(
    levels: dict[str, str], said: str
) -> None:
    lines = [{"id": "ccm-line", "credential": "ccm", "levels": levels}]
    assert any(said in fault for fault in faults(credentials=lines))


def test_a_required_credential_fits_the_experience_of_its_level() -> None:
    lines = [{"id": "ccm-line", "credential": "ccm", "levels": {"mid": "required"}}]
    assert faults(credentials=lines) == []
    body = role_body()
    body["experience"][0]["levels"]["mid"]["years"] = 1
    found = faults(credentials=lines, experience=body["experience"])
    assert any("takes 24 months of case management, and the level asks for 12" in f for f in found)


def test_a_credential_that_may_be_earned_after_hire_takes_no_experience_before() -> None:
    body = role_body()
    body["experience"][0]["levels"]["mid"]["years"] = 1
    asked = {"need": "required", "note": "or within reason"}
    lines = [{"id": "ccm-line", "credential": "ccm", "levels": {"mid": asked}}]
    assert faults(credentials=lines, experience=body["experience"]) != []
    asked["earned_within_months"] = 12  # type: ignore[assignment]
    assert faults(credentials=lines, experience=body["experience"]) == []


@pytest.mark.parametrize(
    ("note", "months", "words"),
    [
        ("", None, ""),
        ("or the RN", None, "or the RN"),
        ("or the RN", 12, "or the RN; may be earned within a year of hire"),
        ("", 1, "may be earned within a month of hire"),
        ("", 18, "may be earned within 18 months of hire"),
        ("", 24, "may be earned within 2 years of hire"),
    ],
)
def test_the_time_to_earn_a_credential_is_written_out(
    note: str, months: int | None, words: str
) -> None:
    assert NeedAt(need="required", note=note, earned_within_months=months).words == words


def test_an_unknown_credential_is_refused() -> None:
    lines = [{"id": "x", "credential": "xyz", "levels": {"mid": "preferred"}}]
    assert (
        "credentials.0.credential: xyz is not in content/credentials.yaml. Add or correct it."
        in (faults(credentials=lines))
    )


def test_every_level_has_ten_duties_and_seven_skills() -> None:
    body = role_body()
    body["duties"][10]["levels"]["lead"] = "end"
    body["duties"][9]["levels"]["lead"] = "end"
    body["skills"][0]["levels"]["mid"] = "end"
    found = faults(duties=body["duties"], skills=body["skills"])
    assert "duties: lead has 9 duties. Give at least 10." in found
    assert "skills: director has 6 skills. Give at least 7." in found


def test_required_years_do_not_fall() -> None:
    body = role_body()
    body["experience"][0]["levels"]["senior"] = {"text": "1 year.", "years": 1}
    assert (
        "experience.0.levels.senior: asks for less than the level below. Give at least 2."
        in faults(experience=body["experience"])
    )


def test_an_id_is_used_once() -> None:
    body = role_body()
    body["skills"][0]["id"] = "duty-1"
    assert "skills.0.id: duty-1 is used twice. Choose another id." in faults(skills=body["skills"])


def test_a_level_with_a_title_has_pay() -> None:
    pay = {level: value for level, value in role_body()["pay"].items() if level != "mid"}
    assert "pay: has no mid. Add it, or remove the level's title." in faults(pay=pay)
