"""The form of a role and its body: what a page shows comes back as it was, what is typed stays."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from werkzeug.datastructures import MultiDict

from jobdesc.roles.lacks import CountAtLevel, NoneAtLevel
from jobdesc.roles.levels import LEVELS, Level
from jobdesc.roles.parse import Problem
from jobdesc.web.roles.basics import view_basics
from jobdesc.web.roles.boxes import Look, number
from jobdesc.web.roles.conflicts import as_text, contests, put_at, read_path, value_at, words_of
from jobdesc.web.roles.faults import faults_of
from jobdesc.web.roles.guide_form import Row as GuideRow
from jobdesc.web.roles.guide_form import rearrange_guide, view_guide
from jobdesc.web.roles.lines_form import (
    NEW,
    Reading,
    name_new_lines,
    new_line,
    read_lines,
    rearrange,
    without_blank,
)
from jobdesc.web.roles.lines_view import LineView, Names, view_lines
from jobdesc.web.roles.parts import BY_KEY, titles_of
from jobdesc.web.roles.pay_form import references, view_pay
from jobdesc.web.roles.remarks import Remarks
from tests.part_forms import read_part
from tests.roles.builders import a_role, some_references

NAMES = Names({}, {"ccm": "Certified Case Manager (CCM)"}, {}, may_lock=True)
QUIET = Look(Remarks(()), Remarks(()))
Lines = list[dict[str, Any]]


def body_of(**changes: Any) -> dict[str, Any]:
    """A role's body as it is stored, with nothing left out that goes without saying."""
    return a_role(**changes).model_dump(mode="json", by_alias=True)


def sent(part: str, lines: Lines, may_lock: bool = True, **typed: str) -> Lines:
    """The lines that the page of `part` sends back when these controls are typed into."""
    fixed = frozenset(() if may_lock else (x["id"] for x in lines if x.get("locked")))
    names = Names({}, {}, {}, may_lock, fixed)
    form = form_of(view_lines(BY_KEY[part], lines, LEVELS, names, QUIET))
    for name, text in typed.items():
        form[name] = text
    return read_lines(form, Reading(lines, may_lock))


def form_of(views: list[LineView]) -> MultiDict[str, str]:
    form: MultiDict[str, str] = MultiDict()
    for line in views:
        form.add("line", line.id)
        if line.fixed:
            continue
        boxes = [line.kind, line.credential, line.source]
        for cell in line.cells:
            boxes += [cell.text, cell.choice, cell.years, cell.months]
        for box in filter(None, boxes):
            form[box.name] = box.text
        if line.locked:
            form[f"{line.id}:locked"] = "y"
    return form


def plain(lines: Lines) -> Lines:
    """Lines as the parser reads them, so that two of one meaning are equal."""
    return [without_nothing(line) for line in lines]


def without_nothing(value: Any) -> Any:
    if isinstance(value, list):
        return [without_nothing(one) for one in value]
    if not isinstance(value, dict):
        return value
    usual = {"essential": False, "need": "required", "locked": False, "note": ""}
    kept = {key: without_nothing(one) for key, one in value.items()}
    return {
        key: one for key, one in kept.items() if one not in (None, []) and one != usual.get(key, 0)
    }


@pytest.mark.parametrize(
    "part", ["duties", "skills", "education", "credentials", "experience", "conditions"]
)
def test_a_matrix_that_nobody_touched_says_what_it_said(part: str) -> None:
    lines = body_of()[part]
    ends = {"id": "ends", "levels": {**lines[0]["levels"], "senior": "end"}, "locked": True}
    lines.append({**lines[0], **ends})
    assert plain(sent(part, lines)) == plain(lines)


DUTY = {
    "id": "intake",
    "levels": {"entry": {"text": "Open files.", "essential": True}, "senior": {"text": "Audit."}},
}


def test_a_cell_that_is_emptied_inherits_again() -> None:
    (line,) = sent("duties", [DUTY], **{"intake:senior:text": "", "intake:senior:as": ""})
    assert line["levels"] == {"entry": {"text": "Open files.", "essential": True}}


def test_a_text_without_a_choice_takes_how_it_stands_from_below() -> None:
    (line,) = sent("duties", [DUTY], **{"intake:mid:text": "Run files."})
    assert line["levels"]["mid"] == {"text": "Run files.", "essential": True}


def test_a_choice_without_a_text_takes_the_text_from_below() -> None:
    (line,) = sent("duties", [DUTY], **{"intake:mid:as": "not-essential"})
    assert line["levels"]["mid"] == {"text": "Open files."}


def test_a_line_can_end() -> None:
    (line,) = sent("duties", [DUTY], **{"intake:lead:as": "end"})
    assert line["levels"]["lead"] == "end"


def test_years_that_are_no_number_stay_as_they_were_typed() -> None:
    line = {"id": "years", "levels": {"entry": {"text": "A year.", "years": 1}}}
    (read,) = sent("experience", [line], **{"years:entry:years": "one or two"})
    assert read["levels"]["entry"]["years"] == "one or two"
    (read,) = sent("experience", [line], **{"years:entry:years": "1.5"})
    assert read["levels"]["entry"]["years"] == 1.5
    (read,) = sent("experience", [line], **{"years:entry:years": ""})
    assert read["levels"]["entry"] == {"text": "A year."}


def test_what_a_level_holds_that_the_role_lacks_stays() -> None:
    form = form_of(view_lines(BY_KEY["duties"], [DUTY], (Level.ENTRY,), NAMES, QUIET))
    (line,) = read_lines(form, Reading([DUTY], may_lock=True))
    assert line["levels"]["senior"] == {"text": "Audit."}


def test_a_locked_line_is_taken_as_it_was_shown_and_nothing_sent_of_it_is_dropped() -> None:
    locked = {**DUTY, "locked": True}
    assert sent("duties", [locked], may_lock=False) == [locked]
    assert read_lines(MultiDict({"line": "intake"}), Reading([locked], may_lock=True)) == [locked]
    typed = {"intake:entry:text": "Mine.", "intake:locked": ""}
    for lock in (False, True):
        (line,) = sent("duties", [locked], lock, **typed)
        assert (line["levels"]["entry"]["text"], "locked" in line) == ("Mine.", not lock)


def test_who_may_not_lock_cannot_lock_by_naming_the_control() -> None:
    (line,) = sent("duties", [DUTY], may_lock=False, **{"intake:locked": "y"})
    assert "locked" not in line


def test_a_credential_says_how_much_it_is_asked_for_at_each_level() -> None:
    line = {"id": "ccm", "credential": "ccm", "levels": {"mid": {"need": "preferred"}}}
    (read,) = sent("credentials", [line], **{
        "ccm:lead:as": "required", "ccm:lead:months": "12", "ccm:lead:note": "or the ACM",
        "ccm:director:as": "end",
    })  # fmt: skip
    asked = {"need": "required", "note": "or the ACM", "earned_within_months": 12}
    assert read["levels"] == {"mid": {"need": "preferred"}, "lead": asked, "director": "end"}


def test_sources_are_named_by_id_with_commas() -> None:
    (line,) = sent("duties", [DUTY], **{"intake:source": "flsa, ,memory,flsa"})
    assert line["source"] == ["flsa", "memory"]


def test_a_new_line_gets_an_id_of_its_words_that_nothing_else_has() -> None:
    line = new_line("duties")
    assert line["id"].startswith(NEW)
    assert without_blank([line]) == []
    filled = {**line, "levels": {"entry": {"text": "Open the files, at once and well."}}}
    (named,) = name_new_lines(without_blank([filled]), frozenset({"open-the-files-at"}))
    assert named["id"] == "open-the-files-at-2"
    (signs,) = name_new_lines([{**line, "levels": {"entry": {"text": "???"}}}], frozenset())
    assert signs["id"] == "line"


def test_a_stored_line_whose_id_begins_with_new_keeps_it() -> None:
    line = {**DUTY, "id": "new-hire-training"}
    assert name_new_lines([line], frozenset()) == [line]


def test_lines_go_up_and_down_and_stop_at_the_ends() -> None:
    lines: Lines = [{"id": name} for name in "abc"]

    def order(verb: str, which: str) -> str:
        return "".join(line["id"] for line in rearrange(lines, verb, which))

    assert order("up", "c") == "acb"
    assert order("down", "a") == "bac"
    assert order("up", "a") == "abc"
    assert order("down", "c") == "abc"
    assert order("remove", "b") == "ac"
    assert order("up", "nobody") == "abc"


@given(
    some.lists(some.tuples(some.text(max_size=20), some.text(max_size=30)), max_size=30),
    some.booleans(),
)
def test_no_form_breaks_the_reading_of_lines(pairs: list[tuple[str, str]], may_lock: bool) -> None:
    form = MultiDict([("line", "intake"), ("line", "../x"), ("line", "b"), *pairs])
    lines = read_lines(form, Reading([DUTY], may_lock))
    assert [line["id"] for line in lines][:2] == ["intake", "b"]


def test_basics_that_nobody_touched_say_what_they_said() -> None:
    before = body_of()
    before["summary"]["lead"] = "end"
    basics = view_basics(before, QUIET)
    form = MultiDict(
        (box.name, box.text)
        for box in (basics.name, basics.family, basics.tagline, basics.synonyms,
                    basics.flsa_source)
    )  # fmt: skip
    for row in basics.rows:
        for cell in row.cells:
            form[cell.box.name] = cell.box.text
            if cell.source:
                form[cell.source.name] = cell.source.text
    read = read_part("basics", form, before)
    assert without_nothing({key: before[key] for key in read}) == without_nothing(read)


def test_a_level_goes_with_its_title_and_names_are_one_a_line() -> None:
    form = MultiDict({"titles:entry": "CM", "titles:mid": " ", "synonyms": "One\n\n Two \nOne\r\n"})
    read = read_part("basics", form, {"titles": {"mid": "CM II", "lead": "Lead"}})
    assert read["titles"] == {"entry": "CM", "lead": "Lead"}
    assert read["synonyms"] == ["One", "Two"]


def test_pay_that_nobody_touched_says_what_it_said() -> None:
    before = body_of()
    pay = view_pay(before, LEVELS, some_references().wages, QUIET)
    form: MultiDict[str, str] = MultiDict()
    for row in pay.levels:
        boxes = (row.low, row.high, row.occupations, row.low_at, row.high_at, row.source)
        form.update({box.name: box.text for box in boxes})
    for index, occupation in enumerate(pay.occupations):
        form.add("occupation", str(index))
        form.update({box.name: box.text for box in (occupation.code, occupation.why)})
    read = read_part("pay", form, before, LEVELS)
    assert read == {"pay": before["pay"], "occupations": before["occupations"]}


def test_pay_is_read_with_commas_and_stays_as_typed_where_it_is_no_number() -> None:
    form = MultiDict({"pay:entry:low": "$78,500", "pay:entry:high": "plenty",
                      "pay:entry:low_at": "10", "pay:entry:high_at": "50"})  # fmt: skip
    read = read_part("pay", form, {}, (Level.ENTRY, Level.MID))["pay"]
    assert (read["entry"]["low"], read["entry"]["high"]) == (78_500, "plenty")
    assert "mid" not in read


@pytest.mark.parametrize(
    "text",
    ["nan", "inf", "1e400", "-", "12x", "1_000_000_000_000_000", "98.000,50", "98,00", "1,23,456"],
)
def test_what_is_no_usual_number_stays_text(text: str) -> None:
    assert number(text) == text


def test_the_reference_is_there_where_the_wage_table_has_the_occupations() -> None:
    pay = body_of()["pay"] | {"lead": {"occupations": ["99-9999"], "percentiles": [10, 50]}}
    pay |= {"mid": {"occupations": [], "percentiles": [10, 50]}}
    found = references(pay, some_references().wages)
    assert set(found) == {Level.ENTRY, Level.SENIOR, Level.DIRECTOR}
    assert found[Level.ENTRY] == (40_000, 50_000)


def guide_form(rows: tuple[GuideRow, ...], spot: str, form: MultiDict[str, str]) -> None:
    for row in rows:
        form.add(spot, row.key)
        boxes = [entry.box for entry in row.entries] + [row.source, row.role]
        form.update({box.name: box.text for box in boxes if box})
        guide_form(row.answers, f"{spot}:{row.key}:answer", form)


def test_a_guide_that_nobody_touched_says_what_it_said() -> None:
    before = body_of()
    before["guide"]["questions"][0]["answer"].append({"text": "And 2.", "source": ["survey"]})
    before["guide"]["similar"][0]["role"] = "rn-case-manager"
    form: MultiDict[str, str] = MultiDict()
    for section in view_guide(before, QUIET):
        guide_form(section.rows, f"guide:{section.key}", form)
    read = read_part("guide", form, {})
    assert without_nothing(read["guide"]) == without_nothing(before["guide"])


def test_rows_of_the_guide_go_up_down_and_away() -> None:
    guide = {"what": [{"text": "a"}, {"text": "b"}], "where": []}
    assert rearrange_guide(guide, "up", "what.1")["what"] == [{"text": "b"}, {"text": "a"}]
    assert rearrange_guide(guide, "remove", "what.0")["what"] == [{"text": "b"}]
    for nonsense in ("what.9", "what", "what.x", "nothing.0", ".", "what.\u00b2"):
        assert rearrange_guide(guide, "remove", nonsense) == guide


def test_a_problem_stands_at_its_cell_and_the_rest_at_the_top() -> None:
    problems = [
        Problem(("duties", 0, "levels", "entry", "text"), "is empty. Fill it."),
        Problem(("duties", 0), "states a fact without a source. Add source."),
        CountAtLevel.of("duties", Level("entry"), "8 duties. Give at least 10."),
    ]
    look = Look(Remarks(problems), Remarks(()))
    (line,) = view_lines(BY_KEY["duties"], [DUTY], LEVELS, NAMES, look)
    assert line.cells[0].text.errors == ("Is empty. Fill it.",)
    assert line.remark.errors == ("States a fact without a source. Add source.",)
    assert look.errors.rest(BY_KEY["pay"]) == ("Duties: Level I has 8 duties. Give at least 10.",)


def test_a_level_is_called_as_people_call_it() -> None:
    said = Remarks([NoneAtLevel.of("pay", Level("mid"))]).rest()
    assert said == ("Pay: Level II has a title but no pay. Add it, or remove the title.",)
    (told,) = Remarks([Problem((), "Lead the way. No mid-level managers.")]).rest()
    assert told == "Lead the way. No mid-level managers."


def test_the_two_texts_of_a_conflict_are_shown_with_where_they_stand() -> None:
    path = ("duties", "intake", "levels", "mid")
    mine = {"duties": [{**DUTY, "levels": {"mid": {"text": "Mine."}}}]}
    theirs = {"duties": [{**DUTY, "levels": {"mid": {"text": "Theirs.", "essential": True}}}]}
    (contest,) = contests([path, path], mine, theirs)
    assert contest.where == "Duties, intake, II"
    assert (contest.mine, contest.theirs) == ("Mine.", "Theirs. (essential)")
    assert read_path(contest.key) == path
    taken = put_at(mine, path, value_at(theirs, path))
    assert contests([path], taken, theirs) == []
    assert mine["duties"][0]["levels"]["mid"] == {"text": "Mine."}


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("name",), "B", {"name": "B", "duties": [DUTY], "pay": {}}),
        (("duties", "intake"), None, {"name": "A", "duties": [], "pay": {}}),
        (("duties", "other"), {"id": "other"}, {"name": "A", "duties": [DUTY, {"id": "other"}],
                                                "pay": {}}),
        (("pay", "mid", "low"), 5, {"name": "A", "duties": [DUTY], "pay": {"mid": {"low": 5}}}),
    ],
)  # fmt: skip
def test_a_value_is_put_where_its_path_leads(path: Any, value: Any, expected: Any) -> None:
    body = {"name": "A", "duties": [DUTY], "pay": {}}
    assert put_at(body, path, value) == expected


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", "[1]", '["a", null]', "[" * 5_000, '"a"'])
def test_a_path_that_is_none_is_not_read(text: str) -> None:
    assert read_path(text) is None


def test_places_and_values_are_said_in_words() -> None:
    assert words_of(("titles", "lead")) == "Basics, titles, Lead"
    assert words_of(("guide", "pay_factors")) == "Guide, pay factors"
    assert as_text({"mid": "end", "entry": {"text": "A", "source": ["x"]}}) == (
        "I: A; II: (ends here)"
    )
    assert as_text([{"text": "A"}, "B"]) == "A\nB"
    pay = {"low": 50_000, "high": 60_000, "occupations": ["21-1093"], "percentiles": [10, 50]}
    said = "$50,000 to $60,000 a year, 21-1093, 10th to 50th percentile"
    assert as_text({"mid": pay}) == f"II: {said}"
    assert as_text(pay | {"low": "plenty"}).startswith("plenty; 60,000")
    assert titles_of([("pay", "mid"), ("name",), ("duties",), ("nowhere",)]) == (
        "Basics, Duties and Pay"
    )


def test_faults_name_their_place_and_lead_to_it() -> None:
    body = body_of()
    empty = "is empty. Fill it."
    found = faults_of(
        [
            Problem(("duties", 1, "levels", "mid", "text"), empty),
            Problem(("titles", "senior"), empty),
            Problem(("name",), empty),
            Problem(("pay", "mid", "low"), "must be a number."),
            Problem(("pay", "mid", "percentiles"), empty),
            Problem(("pay", "mid", "source", 1), empty),
            Problem(("occupations", 0, "why"), empty),
            Problem(("guide", "day", 2, "when"), empty),
            Problem(("new_source", "url"), "must begin with https://."),
            Problem(("duties", 99), empty),
            Problem((), "No edition was shipped."),
        ],
        body,
    )
    assert [(fault.words, fault.anchor) for fault in found] == [
        ("Duties, line 2, level II is empty. Fill it.", "line-duty-2"),
        ("Title, level III is empty. Fill it.", "titles-senior"),
        ("Name is empty. Fill it.", "name"),
        ("Pay, level II, low must be a number.", "pay-mid-low"),
        ("Pay, level II, percentiles is empty. Fill it.", "pay-mid-low_at"),
        ("Pay, level II, source, line 2 is empty. Fill it.", "pay-mid-source-1"),
        ("Occupations, line 1, why is empty. Fill it.", "occupation-0-why"),
        ("Guide, day, line 3, when is empty. Fill it.", "guide-day"),
        ("New source, link must begin with https://.", "new_source-url"),
        ("Duties, line 100 is empty. Fill it.", ""),
        ("No edition was shipped.", ""),
    ]
