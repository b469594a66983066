"""Placeholders are filled once, and nothing that stands for one is printed raw."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobdesc.postings.complete import find_faults, missing_details
from jobdesc.postings.placeholders import (
    GAP,
    PLACEHOLDERS,
    fill,
    filled,
    remarks_on,
    say_unknown,
    values_of,
    written_in,
)
from tests.postings.builders import a_posting, an_organization

HARBOR = an_organization()
KNOWN = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")
VALUES = dict.fromkeys(PLACEHOLDERS, "said")

pieces = st.one_of(
    st.sampled_from([f"{{{name}}}" for name in (*PLACEHOLDERS, "plaec", "Closing date")]),
    st.sampled_from(["{{", "}}", "{", "}", "{}", "{ place }", "words ", "\n", "\U0001f600"]),
    st.text(max_size=5),
)


@given(st.lists(pieces, max_size=12).map("".join), st.sampled_from(["said", "{title}", "{{", "}"]))
def test_no_known_placeholder_is_left_and_no_value_is_looked_at_again(
    text: str, value: str
) -> None:
    mark = "\U000f0000"
    marked = fill(text, dict.fromkeys(PLACEHOLDERS, mark))
    if mark not in text:
        assert fill(text, dict.fromkeys(PLACEHOLDERS, value)) == marked.replace(mark, value)
    if "{{" not in text:
        assert not KNOWN.search(marked)


@given(st.text(max_size=60))
def test_a_text_without_braces_stays_as_it_is(text: str) -> None:
    plain = text.replace("{", "").replace("}", "")
    assert fill(plain, VALUES) == plain


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Work in {place}.", "Work in Portland, Oregon."),
        ("{Title} at { organization }", "Case Manager at Harbor County"),
        ("Ask {contact}", "Ask [contact missing]"),
        ("Close on {closing_date}", "Close on [closing date missing]"),
        ("In {plaec}", "In [plaec missing]"),
        ("{{place}} and {{", "{place} and {"),
        ("{{{place}}}", "{Portland, Oregon}"),
        ("f{x, y} {} {1} {", "f{x, y} {} {1} {"),
        ("Level {level} {specialty}", "Level II case manager"),
    ],
)
def test_what_is_printed(text: str, made: str) -> None:
    assert fill(text, values_of(a_posting(), HARBOR)) == made


def test_a_value_with_braces_is_text() -> None:
    posting = a_posting(title="{department}", department="{title}", summary="{title} {department}")
    assert filled(posting, HARBOR).summary == "{department} {title}"


def test_fields_and_lines_are_filled_and_the_posting_itself_is_not() -> None:
    line = {"id": "a", "section": "duties", "text": "Serve {place}."}
    posting = a_posting(lines=[line], how_to_apply="Write to {organization}.")
    printed = filled(posting, HARBOR)
    assert printed.lines[0].text == "Serve Portland, Oregon."
    assert printed.how_to_apply == "Write to Harbor County."
    assert posting.lines[0].text == "Serve {place}."


def test_several_places_and_remote_work_are_said() -> None:
    places = [{"id": "p", "city": "Bend", "state": "or"}, {"id": "q", "city": "Salem"}]
    assert values_of(a_posting(places=places), HARBOR)["place"] == "Bend, Oregon; Salem"
    remote = a_posting(places=[], arrangement="remote", arrangement_detail="from Oregon")
    assert values_of(remote, HARBOR)["place"] == "remote, from Oregon"


def test_a_date_that_is_none_leaves_a_gap() -> None:
    assert filled(a_posting(closing_date="soon", summary="{closing_date}"), HARBOR).summary == (
        "[closing date missing]"
    )
    assert GAP.fullmatch("[closing date missing]")


def test_what_a_placeholder_lacks_is_asked_for_once_and_not_for_hidden_parts() -> None:
    posting = a_posting(schedule="Days", how_to_apply="{contact} {contact} {requisition} {place}")
    assert [it.field for it in missing_details(posting)] == [
        "pay_low", "pay_high", "contact", "requisition",
    ]  # fmt: skip
    hidden = posting.model_copy(update={"hidden_parts": ("apply",)})
    assert [it.field for it in missing_details(hidden)] == ["pay_low", "pay_high"]


def test_an_unknown_placeholder_is_named_where_it_stands() -> None:
    line = {"id": "a", "section": "duties", "text": "In {plaec} and {zzz}"}
    faults = {it.field: it.message for it in find_faults(a_posting(lines=[line], summary="{Xyz}"))}
    assert faults == {
        "line:a": "{plaec} is not a placeholder. Did you mean {place}?",
        "summary": "{Xyz} is not a placeholder. To print a brace, write it twice.",
    }


def test_a_brace_that_is_left_open_is_a_fault_where_it_would_be_printed() -> None:
    lines = [{"id": "a", "section": "duties", "text": "In {city, with {{ and {titel}"}]
    posting = a_posting(lines=lines, how_to_apply="Ask for {contact")
    assert {it.field: it.message for it in find_faults(posting)} == {
        "line:a": "{titel} is not a placeholder. Did you mean {title}?",
        "how_to_apply": "{contact is not closed. Write {contact}, or two braces to print one.",
    }
    shown = posting.model_copy(update={"hidden_parts": ("apply", "duties")})
    assert find_faults(shown) == []


def test_what_is_written_twice_is_no_placeholder() -> None:
    assert written_in("{{place}} {title}") == ["title"]
    assert [say_unknown(name) for name in PLACEHOLDERS] == [""] * len(PLACEHOLDERS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{city}", ["{city} is not a placeholder. Did you mean {place}?"]),
        ("{State}", ["{State} is not a placeholder. Did you mean {place}?"]),
        ("{salary}", ["{salary} is not a placeholder. Did you mean {pay}?"]),
        ("{titel}", ["{titel} is not a placeholder. Did you mean {title}?"]),
        ("{ties}", ["{ties} is not a placeholder. To print a brace, write it twice."]),
        ("In {place", ["{place is not closed. Write {place}, or two braces to print one."]),
        ("{town, {title}", ["{town is not closed. Write {place}, or two braces to print one."]),
        ("{x1.", ["{x1 is not closed. Close it with a brace, or two braces to print one."]),
        ("{place} {{place { } {{ {1} {", []),
        ("{RN, LPN} or {RN/LPN} or {a text of more than forty characters, closed}", []),
        (
            "{RN, {LPN}",
            [
                "{LPN} is not a placeholder. To print a brace, write it twice.",
                "{RN is not closed. Close it with a brace, or two braces to print one.",
            ],
        ),
        ("{plaec} {plaec}", ["{plaec} is not a placeholder. Did you mean {place}?"]),
    ],
)
def test_braces_that_stand_for_nothing_are_remarked_on_once(text: str, said: list[str]) -> None:
    assert remarks_on(text) == said
